"""HTTP access to the external application: login page, token and authorization endpoints, CORS.

Apex reaches the application by callouts, which are answered inside this process. Browsers need HTTP
for its login page, and for its authorization endpoint where the project has pusher-js call that.
"""

from __future__ import annotations

import html
import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aiohttp import web

from sfgen.preview.application.login_page import LOGGED_IN, LOGIN
from sfgen.preview.origin.addresses import LOGIN_PATH

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sfgen.preview.application.external_application import ExternalApplication
    from sfgen.preview.origin.addresses import Addresses
    from sfgen.preview.origin.gate import Gate
    from sfgen.preview.traffic import Traffic
    from sfgen.preview.worker_thread import WorkerThread


class ApplicationEndpoints:
    """What browsers reach of the external application.

    Args:
        application: answers the requests.
        addresses: of this preview; scripts of its Visualforce origin may call (CORS).
        gate: knows this run's key.
        apex_thread: where requests are answered, as callouts are.
        traffic: counts the requests.
    """

    def __init__(
        self,
        application: ExternalApplication,
        addresses: Addresses,
        gate: Gate,
        apex_thread: WorkerThread,
        traffic: Traffic,
    ) -> None:
        self._application = application
        self._addresses = addresses
        self._gate = gate
        self._apex_thread = apex_thread
        self._traffic = traffic

    def make_application(self) -> web.Application:
        """Return the origin."""
        application = web.Application(client_max_size=65_536, middlewares=[self._guard])
        router = application.router
        router.add_get(LOGIN_PATH, self._show_login)
        router.add_post(LOGIN_PATH, self._log_in)
        router.add_route("*", "/{path:.*}", self._serve)
        return application

    @web.middleware
    async def _guard(
        self,
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        """Refuse foreign hosts, and logins of others than this run's user.

        Everything else takes a token, and tokens come from a login alone.
        """
        if request.headers.getall("Host", []) != [self._addresses.external_host]:
            return web.Response(status=403, text="this is not a host of the preview\n")
        if request.path == LOGIN_PATH and not self._gate.holds_key(request):
            return web.Response(status=403, text="log in from a page of the preview\n")
        return await handler(request)

    async def _show_login(self, request: web.Request) -> web.Response:
        text = LOGIN.format(query=html.escape(request.query_string, quote=True))
        # The address holds the key: it goes to no other site.
        headers = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
        return web.Response(text=text, content_type="text/html", headers=headers)

    async def _log_in(self, request: web.Request) -> web.Response:
        if self._application.credential.complete(request.query.get("state", "")):
            return web.Response(text=LOGGED_IN, content_type="text/html")
        redirect = self._addresses.localize(request.query.get("redirect_uri", ""))
        if not redirect.startswith(f"{self._addresses.visualforce}/"):
            return web.Response(status=400, text="this redirect_uri is not registered\n")
        code = self._application.oauth.authorize(request.query)
        if code is None:
            return web.Response(status=400, text="a code needs PKCE with S256 and a state\n")
        answer = urlencode({"code": code, "state": request.query["state"]})
        raise web.HTTPSeeOther(f"{redirect}?{answer}")

    async def _serve(self, request: web.Request) -> web.Response:
        cors, allowed = {}, self._addresses.visualforce
        if request.headers.get("Origin") == allowed:
            cors = {
                "Access-Control-Allow-Origin": allowed,
                "Access-Control-Allow-Headers": "Authorization, Content-Type",
                "Vary": "Origin",
            }
        if request.method == "OPTIONS":
            return web.Response(status=204, headers=cors)
        started = time.perf_counter()
        headers = {name.lower(): value for name, value in request.headers.items()}
        body = (await request.read()).decode(errors="replace")
        found = await self._apex_thread.run(
            self._application.answer, request.method, str(request.rel_url), headers, body
        )
        label = f"{request.method} {request.path}"
        self._traffic.record("external", label, found.status, started)
        return web.json_response(found.body, status=found.status, headers=cors)
