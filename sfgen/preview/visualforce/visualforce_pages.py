"""Pages of the Visualforce origin: ``/apex/<name>``, and the icon that browsers ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from sfgen.errors import SfgenError
from sfgen.preview.origin.failure_page import show_failure
from sfgen.preview.origin.static_files import serve_icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.preview.visualforce.visualforce_renderer import VisualforceRenderer
    from sfgen.preview.worker_thread import WorkerThread
    from sfgen.preview.workspace import Workspace
    from sfgen.project import Component


class VisualforcePages:
    """Routes of the project's Visualforce pages.

    Args:
        workspace: the project.
        renderer: renders a page.
        apex_thread: where it does.
        warn: takes a line for the terminal.
    """

    def __init__(
        self,
        workspace: Workspace,
        renderer: VisualforceRenderer,
        apex_thread: WorkerThread,
        warn: Callable[[str], None],
    ) -> None:
        self._workspace = workspace
        self._renderer = renderer
        self._apex_thread = apex_thread
        self._warn = warn

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Add the routes."""
        router.add_get("/apex/{name}", self._show_page)
        router.add_get("/favicon.ico", serve_icon)

    async def _show_page(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        component = self._find_page(name)
        if component is None:
            reason = f"There is no Visualforce page {name} in this project."
            return show_failure(404, "Page not found", reason)
        path, framed = component.files[0], request.headers.get("Sec-Fetch-Dest") == "iframe"
        try:
            rendered = await self._apex_thread.run(
                self._renderer.render, path, dict(request.query), framed=framed
            )
        except SfgenError as error:
            reason = f"{self._workspace.source.project.relative(path)}: {error.message}"
            # Most frames are hidden: nobody would see the page that says it.
            self._warn(reason)
            return show_failure(500, "This page can't be shown", reason)
        for warning in rendered.warnings:
            self._warn(f"{name}.page {warning}")
        policy = self._renderer.policy(rendered)
        headers = {"Cache-Control": "no-store", "Content-Security-Policy": policy}
        return web.Response(text=rendered.html, content_type=rendered.content_type, headers=headers)

    def _find_page(self, name: str) -> Component | None:
        pages = self._workspace.source.of_type("ApexPage")
        plain = name.rpartition("__")[2].lower()
        return next((page for key, page in pages.items() if key.lower() == plain), None)
