"""Trusted URLs (CspTrustedSite) of the project as sources of a Content-Security-Policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from sfgen.preview.project.source import child_text, children

if TYPE_CHECKING:
    from lxml import etree

    from sfgen.preview.project.source import Source

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


def list_trusted(
    source: Source, context: str, *, pusher: str, application: str
) -> dict[str, list[str]]:
    """Return the sources that Trusted URLs allow in a context, by directive.

    Pusher and the external application have other hosts here than in an org: whoever trusts the
    host that the project names trusts the local one that stands in for it.

    Args:
        source: the project.
        context: ``lex`` or ``visualforce``.
        pusher: the origin of the Pusher server.
        application: the origin of the external application.
    """
    found: dict[str, list[str]] = {directive: [] for directive in DIRECTIVES}
    for name in source.of_type("CspTrustedSite"):
        trusted = source.metadata("CspTrustedSite", name)
        if trusted is None or not _applies(trusted, context):
            continue
        address = _localize(child_text(trusted, "endpointUrl"), pusher, application)
        for directive, flag in DIRECTIVES.items():
            if address and child_text(trusted, flag) == "true":
                found[directive].append(address)
    return {directive: sorted(set(addresses)) for directive, addresses in found.items()}


def _applies(trusted: etree._Element, context: str) -> bool:
    contexts = {(one.text or "").strip().lower() for one in children(trusted, "context")}
    is_active = child_text(trusted, "isActive") == "true"
    return is_active and (not contexts or bool(contexts & {context, _EVERYWHERE}))


def _localize(address: str, pusher: str, application: str) -> str:
    parts = urlsplit(address)
    if parts.scheme in {"ws", "wss"}:
        return pusher
    if parts.scheme == "https" and parts.netloc:
        return application
    return ""
