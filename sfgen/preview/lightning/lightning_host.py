"""The Lightning host: the shell, the modules, and the calls that components make."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web

from sfgen.errors import SfgenError
from sfgen.preview.apex.project_apex import ApexError
from sfgen.preview.lightning.lightning_renderer import Shell, lead_to
from sfgen.preview.modules.aura_components import AuraProblem, read_component
from sfgen.preview.modules.component_modules import error_module
from sfgen.preview.origin.failure_page import explain, show_failure
from sfgen.preview.origin.static_files import serve_asset, serve_resource
from sfgen.tools.lwc_compiler import Diagnosis

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sfgen.preview.site import Site

_KEEP_ALIVE: Final = 15.0


class LightningHost:
    """Routes of the Lightning origin."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._shell = Shell(site)

    def make_application(self) -> web.Application:
        """Return the application."""
        application = web.Application(middlewares=[self._site.gate.guard, explain])
        router = application.router
        router.add_get("/", self._go_home)
        router.add_get("/lightning/o/{name}/home", self._show_object)
        router.add_get("/lightning/r/Record/{record_id}/view", self._show_record)
        router.add_get("/lightning/{path:.*}", self._show_page)
        router.add_get("/module/{space}/{path:.*}", self._serve_module)
        router.add_get("/asset/{path:.*}", serve_asset)
        router.add_get("/resource/{stamp}/{name}", self._serve_resource)
        router.add_get("/resource/{stamp}/{name}/{path:.*}", self._serve_resource)
        router.add_get("/preview/stage", self._show_stage)
        router.add_get("/preview/events", self._stream)
        router.add_post("/preview/check", self._with_body(self._check))
        router.add_post("/preview/apex", self._with_body(self._call_apex))
        router.add_post("/preview/aura", self._with_body(self._read_aura))
        router.add_post("/preview/record", self._with_body(self._read_record))
        self._site.panel.add_routes(router, self._with_body)
        if self._site.sandbox is not None:
            self._site.sandbox.add_routes(router)
        return application

    def _with_body(
        self, act: Callable[[dict[str, Any]], Awaitable[web.Response]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        """Wrap a handler of JSON that only the preview's own page may send."""

        async def handle(request: web.Request) -> web.Response:
            if not self._site.gate.holds_header(request):
                return web.json_response({"message": "the key of this run is missing"}, status=403)
            try:
                body = json.loads(await request.read())
            except (ValueError, RecursionError):
                return web.json_response({"message": "the body is not JSON"}, status=400)
            if not isinstance(body, dict):
                return web.json_response({"message": "the body is not an object"}, status=400)
            return await act(body)

        return handle

    async def _go_home(self, request: web.Request) -> web.Response:
        del request
        pages = self._site.workspace.layout.pages
        raise web.HTTPFound(lead_to(pages[0]))

    async def _show_object(self, request: web.Request) -> web.Response:
        """Lead from an object's tab to a record of it."""
        name = request.match_info["name"]
        for page in self._site.workspace.layout.pages:
            if page.object_name == name:
                raise web.HTTPFound(await self._site.page_address(page))
        return self._miss(f"There is no record page for {name} in this project.")

    async def _show_record(self, request: web.Request) -> web.Response:
        """Lead from a record's id alone, as components navigate, to its object's page."""
        record_id = request.match_info["record_id"]
        found = await self._site.in_apex(self._site.apex.record, record_id)
        if found is None:
            return self._miss(f"There is no record {record_id} in this preview.")
        for page in self._site.workspace.layout.pages:
            if page.kind == "RecordPage" and page.object_name == found["type"]:
                raise web.HTTPFound(page.address.replace("{recordId}", record_id))
        return self._miss(f"There is no record page for {found['type']} in this project.")

    async def _show_page(self, request: web.Request) -> web.Response:
        page = self._site.workspace.layout.page(request.path)
        if page is None:
            return self._miss(f"There is no page {request.path} in this project. It has:")
        return self._shell.render(page, request.path, self._site.sandbox)

    def _miss(self, reason: str) -> web.Response:
        links = [(lead_to(page), page.label) for page in self._site.workspace.layout.pages]
        return show_failure(404, "There is no such page", reason, links)

    async def _show_stage(self, request: web.Request) -> web.Response:
        del request
        if self._site.stage is None:
            raise web.HTTPNotFound
        return self._shell.render_stage(self._site.stage)

    async def _serve_module(self, request: web.Request) -> web.Response:
        space, path = request.match_info["space"], request.match_info["path"]
        try:
            answer = await self._site.in_compiler(self._site.workspace.modules.read, space, path)
        except SfgenError as error:
            answer = error_module(error.message)
        text = error_module(answer.message) if isinstance(answer, Diagnosis) else answer
        headers = {"Cache-Control": "no-cache"}
        return web.Response(text=text, content_type="text/javascript", headers=headers)

    async def _serve_resource(self, request: web.Request) -> web.Response:
        return serve_resource(self._site.workspace, request)

    async def _check(self, body: dict[str, Any]) -> web.Response:
        component = str(body.get("component"))
        problems = await self._site.in_compiler(self._site.workspace.modules.problems, component)
        return web.json_response({"problems": [asdict(problem) for problem in problems]})

    async def _read_aura(self, body: dict[str, Any]) -> web.Response:
        try:
            found = read_component(self._site.workspace.source, str(body.get("component")))
        except AuraProblem as problem:
            return web.json_response({"message": str(problem)}, status=400)
        return web.json_response(found)

    async def _call_apex(self, body: dict[str, Any]) -> web.Response:
        name, method = str(body.get("className")), str(body.get("method"))
        parameters, addresses = body.get("parameters"), self._site.addresses
        started, status = time.perf_counter(), 200
        try:
            result = await self._site.in_apex(
                self._site.apex.invoke,
                name,
                method,
                addresses.restore(parameters) if isinstance(parameters, dict) else {},
            )
            # Settings are read and entered again, not followed: they stay as the org has them.
            kept = name.endswith("SetupController")
            answer = {"result": result if kept else addresses.localize(result)}
        except SfgenError as error:
            status = 500
            kind = error.kind if isinstance(error, ApexError) else "Unsupported"
            if isinstance(error, ApexError) and not kind.endswith("AuraHandledException"):
                self._site.warn(f"{name}.{method}: {kind}: {error.message} ({error.where})")
            answer = {"message": error.message, "exceptionType": kind}
        self._site.traffic.record("apex", f"{name}.{method}", status, started)
        return web.json_response(answer, status=status)

    async def _read_record(self, body: dict[str, Any]) -> web.Response:
        try:
            found = await self._site.in_apex(self._site.apex.record, str(body.get("recordId")))
        except SfgenError as error:
            return web.json_response({"message": error.message}, status=500)
        if found is None:
            return web.json_response({"message": "no such record"}, status=404)
        return web.json_response(found)

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        queue = self._site.traffic.listen()
        try:
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                while not self._site.stopping.is_set():
                    await response.write(await _next_event(queue))
        finally:
            self._site.traffic.leave(queue)
        return response


async def _next_event(queue: asyncio.Queue[tuple[str, dict[str, Any]]]) -> bytes:
    try:
        name, data = await asyncio.wait_for(queue.get(), _KEEP_ALIVE)
    except asyncio.TimeoutError:
        return b": still here\n\n"
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()
