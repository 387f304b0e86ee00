"""The side panel's server: what a person does as the client and as the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiohttp import web

    from sfgen.preview.site import Site

    Handler = Callable[[web.Request], Awaitable[web.Response]]
    Act = Callable[[dict[str, Any]], Awaitable[web.Response]]


class Panel:
    """Routes below ``/preview/panel``."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def add_routes(self, router: web.UrlDispatcher, with_body: Callable[[Act], Handler]) -> None:
        """Add the routes, each guarded by ``with_body``."""

    def keep(self) -> None:
        """Write what shall survive a restart."""
