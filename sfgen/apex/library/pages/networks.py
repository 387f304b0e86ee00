"""Network (Apex Reference Guide, Network Class): the Experience Cloud site of the request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.pages.pages import PageReference

if TYPE_CHECKING:
    from sfgen.apex.runtime.values import Id

NETWORK = platform_members("Network")


@NETWORK.static("Id getNetworkId()")
def get_network_id() -> Id | None:
    """Null: nothing runs inside of a site here."""
    return None


def get_url(*_: Id | None) -> str | None:
    """Null: there is no site."""
    return None


for _name in ("getLoginUrl", "getLogoutUrl", "getSelfRegUrl"):
    NETWORK.static(f"String {_name}(Id networkId)")(get_url)


@NETWORK.static("PageReference communitiesLanding()")
def communities_landing() -> PageReference:
    """An empty address: there is no site whose first page it could be."""
    return PageReference("")


@NETWORK.static("PageReference forwardToAuthPage(String startUrl)")
def forward_to_auth_page(start: str | None) -> PageReference:
    """The site's login page."""
    return PageReference(f"/login?startURL={start or ''}")


@NETWORK.static("PageReference forwardToAuthPage(String startUrl, String displayType)")
def forward_to_auth_page_as(start: str | None, display: str | None) -> PageReference:
    """The site's login page."""
    del display
    return forward_to_auth_page(start)
