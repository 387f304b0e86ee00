"""Serves the pages that the check opens, and a Pusher server for them."""

from __future__ import annotations

import asyncio
import json
import secrets
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import web

from sfgen import assets
from sfgen.lws.form import import_addresses, read_module
from sfgen.lws.packages import CouldNotRunError
from sfgen.lwscheck.authorizer import Authorizer
from sfgen.lwscheck.case import CheckCase, PageOutcome
from sfgen.preview.origin.addresses import LOOPBACK
from sfgen.pusherserver import App, Credentials, PusherServer

_REPORT_SECONDS: Final = 90.0


@dataclass(slots=True)
class Laboratory:
    """The servers; use `start`, `address` for each case, `wait`, `stop`."""

    _case: CheckCase | None = None
    _report: asyncio.Future[dict[str, Any]] | None = None
    _runners: list[web.AppRunner] = field(default_factory=list)
    _ports: list[int] = field(default_factory=list)
    _app: Credentials = field(
        default_factory=lambda: Credentials("1000", secrets.token_hex(8), secrets.token_hex(8))
    )
    _server: PusherServer | None = None
    _pusher_port: int = 0

    async def start(self) -> None:
        """Listen on loopback: the page, the framed page, the Pusher server."""
        self._server = PusherServer([App(self._app)])
        self._pusher_port = await self._server.start(LOOPBACK, 0)
        for make in (self._make_page, self._make_frame):
            runner = web.AppRunner(make(), access_log=None, shutdown_timeout=0.5)
            await runner.setup()
            await web.TCPSite(runner, LOOPBACK, 0).start()
            self._runners.append(runner)
            self._ports.append(runner.addresses[0][1])

    async def stop(self) -> None:
        """Release the ports."""
        for runner in self._runners:
            await runner.cleanup()
        if self._server is not None:
            await self._server.stop()

    def address(self, case: CheckCase) -> str:
        """Prepare a case and return what to open."""
        self._case = case
        self._report = asyncio.get_running_loop().create_future()
        return f"http://lws.lightning.localhost:{self._ports[0]}/"

    async def wait(self) -> PageOutcome:
        """Wait for the page's report.

        Raises:
            CouldNotRunError: there was none, or the sandbox had another form than asked for.
        """
        assert self._report is not None  # noqa: S101 - address() comes first
        assert self._case is not None  # noqa: S101
        try:
            report = await asyncio.wait_for(self._report, _REPORT_SECONDS)
        except asyncio.TimeoutError:
            raise CouldNotRunError("the browser reported nothing in time") from None
        wanted = {"production": (False, 0), "debug": (True, 1)}.get(self._case.form)
        form = (report["form"]["unminified"], report["form"]["frames"])
        if wanted is not None and form != wanted:
            reason = PageOutcome(tuple(report["results"])).reason or f"flag and frames are {form}"
            raise CouldNotRunError(
                f"Lightning Web Security {self._case.packages.version} did not run in its"
                f" {self._case.form} form: {reason}"
            )
        return PageOutcome(tuple(report["results"]))

    def _make_page(self) -> web.Application:
        application = web.Application()
        router = application.router
        router.add_get("/", self._show)
        router.add_get("/page.js", self._serve("lws/page.js"))
        router.add_get("/scenario.js", self._show_scenario)
        router.add_get("/frame.js", self._serve("lws/frame.js"))
        router.add_get("/lws/{version}/{path:.*}", self._serve_module)
        router.add_get("/pusher.js", self._serve_pusher)
        router.add_get("/script/{number}", self._serve_script)
        router.add_get("/favicon.ico", _nothing)
        router.add_post("/report", self._take_report)
        assert self._server is not None  # noqa: S101 - it runs
        Authorizer(self._server, self._pusher_port, self._app).add_routes(router)
        return application

    def _make_frame(self) -> web.Application:
        application = web.Application()
        application.router.add_get("/", self._show_frame)
        application.router.add_get("/framed.js", self._serve("lws/framed.js"))
        application.router.add_get("/pusher.js", self._serve_pusher)
        application.router.add_get("/favicon.ico", _nothing)
        return application

    def _need_case(self) -> CheckCase:
        if self._case is None:
            raise web.HTTPNotFound
        return self._case

    async def _show(self, request: web.Request) -> web.Response:
        del request
        case = self._need_case()
        settings = {
            "form": case.form,
            "scenario": f"/{case.scenario}.js",
            "env": {
                "key": self._app.key,
                "host": LOOPBACK,
                "port": self._pusher_port,
                "pusherUrl": "/pusher.js",
                "knowsAuthorization": case.knows_authorization,
                "scriptUrls": [f"/script/{number}" for number in range(len(case.scripts))],
                "frameOrigin": self._frame_origin,
                "frameUrl": f"{self._frame_origin}/",
            },
        }
        imports = _json({"imports": import_addresses(case.packages)})
        head = (
            f'<script type="importmap">{imports}</script>'
            '<script type="module" src="/page.js"></script>'
        )
        return _page(head, settings)

    @property
    def _frame_origin(self) -> str:
        return f"http://lws--c.vf.localhost:{self._ports[1]}"

    async def _show_frame(self, request: web.Request) -> web.Response:
        del request
        settings = {
            "key": self._app.key,
            "port": self._pusher_port,
            "parent": f"http://lws.lightning.localhost:{self._ports[0]}",
        }
        head = '<script src="/pusher.js"></script><script type="module" src="/framed.js"></script>'
        return _page(head, settings)

    def _serve(self, name: str) -> Any:
        async def serve(request: web.Request) -> web.Response:
            del request
            return _script(assets.read_text(name))

        return serve

    async def _show_scenario(self, request: web.Request) -> web.Response:
        del request
        text = assets.read_text("lws/scenario.js")
        # A shim may name the protocol outright; this laboratory's sockets are plain.
        shim = self._need_case().shim.replace("https:", "http:")
        return _script(text.replace("/* SHIM */", shim))

    async def _serve_module(self, request: web.Request) -> web.Response:
        case = self._need_case()
        text = read_module(case.packages, request.match_info["path"], case.form)
        if text is None:
            raise web.HTTPNotFound
        return _script(text)

    async def _serve_pusher(self, request: web.Request) -> web.Response:
        del request
        return _script(self._need_case().pusher.text)

    async def _serve_script(self, request: web.Request) -> web.Response:
        scripts = self._need_case().scripts
        number = int(request.match_info["number"])
        return _script(scripts[number].text)

    async def _take_report(self, request: web.Request) -> web.Response:
        report = await request.json()
        if self._report is not None and not self._report.done():
            self._report.set_result(report)
        return web.Response()


def _page(head: str, settings: dict[str, Any]) -> web.Response:
    text = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>LWS</title>'
        f'<script type="application/json" id="settings">{_json(settings)}</script>{head}'
        "</head><body></body></html>"
    )
    return web.Response(text=text, content_type="text/html")


def _script(text: str) -> web.Response:
    headers = {"Cache-Control": "no-store"}
    return web.Response(text=text, content_type="text/javascript", headers=headers)


def _json(value: object) -> str:
    return json.dumps(value).replace("<", "\\u003c")


async def _nothing(request: web.Request) -> web.Response:
    del request
    return web.Response(status=204)
