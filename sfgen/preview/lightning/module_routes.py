"""Serves components to pages: compiled ES modules, Aura definitions, and their problems."""

from __future__ import annotations

import contextlib
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sfgen.errors import SfgenError
from sfgen.preview.modules.aura_components import AuraProblem, read_component
from sfgen.preview.modules.component_modules import error_module
from sfgen.preview.origin.json_post import accept_json
from sfgen.tools.lwc_compiler import Diagnosis

if TYPE_CHECKING:
    from sfgen.preview.origin.gate import Gate
    from sfgen.preview.worker_thread import WorkerThread
    from sfgen.preview.workspace import Workspace


class ModuleRoutes:
    """Routes of modules and component definitions.

    Args:
        gate: keeps other pages' requests out.
        workspace: the project.
        compiler_thread: where the LWC compiler runs.
    """

    def __init__(self, gate: Gate, workspace: Workspace, compiler_thread: WorkerThread) -> None:
        self._gate = gate
        self._workspace = workspace
        self._compiler_thread = compiler_thread

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Add the addresses that import maps name, and those of the page's own loader."""
        router.add_get("/module/{space}/{path:.*}", self._serve_module)
        router.add_post("/preview/check", accept_json(self._gate, self._check))
        router.add_post("/preview/aura", accept_json(self._gate, self._read_aura))

    async def compile_ahead(self) -> None:
        """Compile the project's components before a browser asks for them."""
        with contextlib.suppress(SfgenError):
            for name in self._workspace.source.of_type("LightningComponentBundle"):
                await self._compiler_thread.run(self._workspace.modules.problems, f"c/{name}")

    async def _serve_module(self, request: web.Request) -> web.Response:
        space, path = request.match_info["space"], request.match_info["path"]
        try:
            answer = await self._compiler_thread.run(self._workspace.modules.read, space, path)
        except SfgenError as error:
            answer = error_module(error.message)
        text = error_module(answer.message) if isinstance(answer, Diagnosis) else answer
        headers = {"Cache-Control": "no-cache"}
        return web.Response(text=text, content_type="text/javascript", headers=headers)

    async def _check(self, body: dict[str, Any]) -> web.Response:
        component = str(body.get("component"))
        problems = await self._compiler_thread.run(self._workspace.modules.problems, component)
        return web.json_response({"problems": [asdict(problem) for problem in problems]})

    async def _read_aura(self, body: dict[str, Any]) -> web.Response:
        try:
            found = read_component(self._workspace.source, str(body.get("component")))
        except AuraProblem as problem:
            return web.json_response({"message": str(problem)}, status=400)
        return web.json_response(found)
