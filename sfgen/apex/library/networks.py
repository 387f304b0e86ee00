"""Network (Apex Reference Guide, Network Class): the Experience Cloud site of the request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.library.registry import platform_members

if TYPE_CHECKING:
    from sfgen.apex.runtime.values import Id

NETWORK = platform_members("Network")


@NETWORK.static("Id getNetworkId()")
def get_network_id() -> Id | None:
    """Null: nothing runs inside of a site here."""
    return None


@NETWORK.static("String getLoginUrl(Id networkId)")
@NETWORK.static("String getLogoutUrl(Id networkId)")
@NETWORK.static("String getSelfRegUrl(Id networkId)")
def get_url(network_id: Id | None) -> str | None:
    """Null: there is no site."""
    del network_id
