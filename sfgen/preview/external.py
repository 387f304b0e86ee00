"""A stand-in for the external application: OAuth, channel authorization and messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from sfgen.preview.site import Site


class ExternalApplication:
    """Routes of the application that the firm's clients use."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._allowed = ""

    def allow(self, origin: str) -> None:
        """Name the origin whose scripts may call (CORS)."""
        self._allowed = origin

    def make_application(self) -> web.Application:
        """Return the application."""
        return web.Application()
