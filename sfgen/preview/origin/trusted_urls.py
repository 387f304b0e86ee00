"""The project's Trusted URLs (CspTrustedSite) as Content-Security-Policy sources of a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from sfgen.preview.project.source import child_text, children

if TYPE_CHECKING:
    from lxml import etree

    from sfgen.preview.site import Site

#: A Trusted URL's own words for each directive.
DIRECTIVES: Final = {
    "connect-src": "isApplicableToConnectSrc",
    "font-src": "isApplicableToFontSrc",
    "frame-src": "isApplicableToFrameSrc",
    "img-src": "isApplicableToImgSrc",
    "media-src": "isApplicableToMediaSrc",
    "style-src": "isApplicableToStyleSrc",
}
LIGHTNING: Final = "lex"
VISUALFORCE: Final = "visualforce"
_EVERYWHERE: Final = "all"


def list_trusted(site: Site, context: str) -> dict[str, list[str]]:
    """Return what is trusted in a context, by directive.

    The messaging service and the external application are other hosts here than in the org: what
    trusts the one the project names trusts the local one that stands in for it.
    """
    found: dict[str, list[str]] = {directive: [] for directive in DIRECTIVES}
    source = site.workspace.source
    for name in source.of_type("CspTrustedSite"):
        trusted = source.metadata("CspTrustedSite", name)
        if trusted is None or not _applies(trusted, context):
            continue
        address = _localize(site, child_text(trusted, "endpointUrl"))
        for directive, flag in DIRECTIVES.items():
            if address and child_text(trusted, flag) == "true":
                found[directive].append(address)
    return {directive: sorted(set(addresses)) for directive, addresses in found.items()}


def _applies(trusted: etree._Element, context: str) -> bool:
    contexts = {(one.text or "").strip().lower() for one in children(trusted, "context")}
    is_active = child_text(trusted, "isActive") == "true"
    return is_active and (not contexts or bool(contexts & {context, _EVERYWHERE}))


def _localize(site: Site, address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme in {"ws", "wss"}:
        return site.pusher.origin
    if parts.scheme == "https" and parts.netloc:
        return site.addresses.external
    return ""
