"""Access control: only this machine's browser, holding this run's key, gets an answer."""

from __future__ import annotations

import hmac
import html
import secrets
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from aiohttp import web

from sfgen.preview.origin.failure_page import show_failure

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

COOKIE: Final = "sfgen-preview"
HEADER: Final = "X-Sfgen-Preview"
_SAFE: Final = frozenset({"GET", "HEAD"})
_GO_ON: Final = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>sfgen preview</title>
<meta http-equiv="refresh" content="0; url={address}"></head><body></body></html>
"""
_OWN_SITE: Final = frozenset({"none", "same-origin", "same-site"})


class Gate:
    """The key of one run and the origins that belong to it.

    Args:
        cookie_domain: the site that the Lightning and Visualforce hosts share.
    """

    def __init__(self, cookie_domain: str) -> None:
        self.key = secrets.token_urlsafe(24)
        self._cookie_domain = cookie_domain
        self._origins: set[str] = set()

    def allow(self, origins: Iterable[str]) -> None:
        """Name the origins of this run, once their ports are known."""
        self._origins.update(origins)

    @web.middleware
    async def guard(
        self,
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        """Refuse foreign hosts, cross-site requests and strangers to this run's key."""
        if f"http://{request.headers.get('Host', '')}" not in self._origins:
            return _refuse("this is not a host of the preview")
        if not self._is_own_site(request):
            return _refuse("cross-site requests are refused")
        if self.holds_key(request):
            return self._let_in(request)
        if not self._same(request.cookies.get(COOKIE, "")) and not _is_back_from_login(request):
            return _refuse("open the address that sfgen preview printed: it holds this run's key")
        return await handler(request)

    def _let_in(self, request: web.Request) -> web.Response:
        """Hand out the cookie, and lead to the same page without the key."""
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            # A redirect of a navigation that began elsewhere would go without a strict cookie.
            text = _GO_ON.format(address=html.escape(request.path, quote=True))
            answer = web.Response(text=text, content_type="text/html")
        else:
            answer = web.Response(status=302, headers={"Location": request.path})
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["Cache-Control"] = "no-store"
        answer.set_cookie(
            COOKIE, self.key, domain=self._cookie_domain, httponly=True, samesite="Strict"
        )
        return answer

    def holds_key(self, request: web.Request) -> bool:
        """Say whether the address that was opened holds this run's key."""
        return self._same(request.query.get("key", ""))

    def holds_header(self, request: web.Request) -> bool:
        """Say whether a script of the preview's own page sent the request."""
        return self._same(request.headers.get(HEADER, ""))

    def _is_own_site(self, request: web.Request) -> bool:
        origin = request.headers.get("Origin")
        if request.method not in _SAFE:
            return origin in self._origins
        if request.headers.get("Sec-Fetch-Site", "none") in _OWN_SITE:
            return origin is None or origin in self._origins
        # A link or a redirect may lead here; nothing else of another site may.
        return (
            request.headers.get("Sec-Fetch-Mode") == "navigate"
            and request.headers.get("Sec-Fetch-Dest") == "document"
        )

    def _same(self, text: str) -> bool:
        return hmac.compare_digest(text.encode(errors="replace"), self.key.encode())


def _is_back_from_login(request: web.Request) -> bool:
    """Say whether a browser comes back from the external application's login page.

    A strict cookie is not sent then; the page is a static shell and reveals nothing.
    """
    return (
        request.method == "GET"
        and request.headers.get("Sec-Fetch-Mode") == "navigate"
        and urlsplit(str(request.rel_url)).path.startswith("/apex/")
        and "code" in request.query
    )


def _refuse(reason: str) -> web.Response:
    return show_failure(403, "Refused", f"{reason[0].upper()}{reason[1:]}.")
