"""Remote sites: the hosts that an org lets Apex call (Metadata API, RemoteSiteSetting).

Apex Developer Guide, "Adding Remote Site Settings": a callout to a site that isn't registered
fails. A site is a scheme, a host and a port; its path says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from sfgen.apex.schema.source_files import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["RemoteSites", "read_remote_sites"]

_SUFFIXES: Final = (".remoteSite-meta.xml", ".remoteSite")
_PORTS: Final = {"http": 80, "https": 443}

Site = tuple[str, str, int | None]


class RemoteSites:
    """The active remote sites of an org; more may be registered at any time."""

    def __init__(self, urls: Iterable[str] = ()) -> None:
        self._sites: frozenset[Site] = frozenset()
        for url in urls:
            self.register(url)

    def register(self, url: str) -> None:
        """Add a site, as an administrator does by hand."""
        self._sites = self._sites | {_site(url)}

    def allow(self, endpoint: str) -> bool:
        """Whether Apex may call the address."""
        return _site(endpoint) in self._sites


def _site(url: str) -> Site:
    try:
        parts = urlsplit(url.strip())
        scheme = parts.scheme.lower()
        return scheme, (parts.hostname or "").rstrip("."), parts.port or _PORTS.get(scheme)
    except ValueError:
        return "", url, None  # no address at all: nothing is registered so


def read_remote_sites(files: Mapping[str, bytes]) -> RemoteSites:
    """The sites that the project's files register; those that aren't active don't count."""
    nodes = (parse_xml(path, data) for path, data in files.items() if path.endswith(_SUFFIXES))
    return RemoteSites(each.text("url") for each in nodes if each.flag("isActive"))
