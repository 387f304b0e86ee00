"""Lightning Web Security in a page: its modules, and the project's components as text for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from sfgen.lws.form import check_forms, import_addresses, read_module
from sfgen.tools.lwc_compiler import Diagnosis

if TYPE_CHECKING:
    from sfgen.lws.packages import LwsPackages
    from sfgen.preview.worker_thread import WorkerThread
    from sfgen.preview.workspace import Workspace


class LwsSandbox:
    """Serves the sandbox's own modules, and the project's as text that it evaluates.

    Args:
        workspace: the project.
        compiler_thread: where the LWC compiler runs.
        packages: of one version of Lightning Web Security.

    Raises:
        CouldNotRunError: the packages can't be had in their production form.
    """

    def __init__(
        self, workspace: Workspace, compiler_thread: WorkerThread, packages: LwsPackages
    ) -> None:
        self._workspace = workspace
        self._compiler_thread = compiler_thread
        self.use(packages)

    def use(self, packages: LwsPackages) -> None:
        """Use another version from the next page on.

        Raises:
            CouldNotRunError: the packages can't be had in their production form.
        """
        check_forms(packages)
        self._packages = packages
        self.version = packages.version

    def imports(self) -> dict[str, str]:
        """Return the part of a page's import map that names the sandbox's modules."""
        return import_addresses(self._packages)

    def state(self) -> dict[str, Any]:
        """Return what the page's loader needs to know.

        Each namespace has a sandbox of its own; components without one share ``c``'s.
        """
        return {
            "version": self.version,
            "namespace": self._workspace.source.namespace or "c",
        }

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Add the addresses of the Lightning origin that a sandboxed page needs."""
        router.add_get("/lws/{version}/{name:.*}", self._serve_sandbox)
        router.add_get("/sandboxed/c/{path:.*}", self._serve_function)

    async def _serve_sandbox(self, request: web.Request) -> web.Response:
        text = read_module(self._packages, request.match_info["name"])
        if text is None:
            raise web.HTTPNotFound
        headers = {"Cache-Control": "max-age=3600"}
        return web.Response(text=text, content_type="text/javascript", headers=headers)

    async def _serve_function(self, request: web.Request) -> web.Response:
        modules = self._workspace.modules
        path = request.match_info["path"]
        answer = await self._compiler_thread.run(modules.read_function, path)
        if isinstance(answer, Diagnosis):
            return web.json_response({"error": answer.message})
        function = {"code": answer.code, "imports": answer.imports}
        return web.json_response(function, headers={"Cache-Control": "no-cache"})
