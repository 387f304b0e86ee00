"""Pages of the Lightning origin: by the addresses that Lightning Experience has for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from sfgen.preview.lightning.lightning_renderer import tab_address
from sfgen.preview.origin.failure_page import show_failure

if TYPE_CHECKING:
    from sfgen.preview.apex.project_apex import ProjectApex
    from sfgen.preview.lightning.lightning_renderer import LightningRenderer, Stage
    from sfgen.preview.lightning.lws_sandbox import LwsSandbox
    from sfgen.preview.project.layout import Page
    from sfgen.preview.worker_thread import WorkerThread
    from sfgen.preview.workspace import Workspace


class LightningPages:
    """Routes of the app's pages.

    Args:
        workspace: the project.
        renderer: renders a page.
        sandbox: in which components run, if in any.
        apex: has the records of record pages.
        apex_thread: where it runs.
    """

    def __init__(
        self,
        workspace: Workspace,
        renderer: LightningRenderer,
        sandbox: LwsSandbox | None,
        apex: ProjectApex,
        apex_thread: WorkerThread,
    ) -> None:
        self._workspace = workspace
        self._renderer = renderer
        self._sandbox = sandbox
        self._apex = apex
        self._apex_thread = apex_thread
        #: What ``/preview/stage`` shows.
        self.stage: Stage | None = None

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Add the addresses of pages, objects' tabs, records, and of the stage."""
        router.add_get("/", self._go_home)
        router.add_get("/lightning/o/{name}/home", self._show_object)
        router.add_get("/lightning/r/Record/{record_id}/view", self._show_record)
        router.add_get("/lightning/{path:.*}", self._show_page)
        router.add_get("/preview/stage", self._show_stage)

    async def find_address(self, page: Page) -> str:
        """Return a page's address; a record page shows the first record of its object."""
        if page.kind != "RecordPage":
            return page.address
        record_id = await self._apex_thread.run(self._apex.sample_record, page.object_name)
        return page.address.replace("{recordId}", record_id)

    async def _go_home(self, request: web.Request) -> web.Response:
        del request
        raise web.HTTPFound(tab_address(self._workspace.layout.pages[0]))

    async def _show_object(self, request: web.Request) -> web.Response:
        """Redirect from an object's tab to a record of it."""
        name = request.match_info["name"]
        for page in self._workspace.layout.pages:
            if page.object_name == name:
                raise web.HTTPFound(await self.find_address(page))
        return self._miss(f"There is no record page for {name} in this project.")

    async def _show_record(self, request: web.Request) -> web.Response:
        """Redirect from a record's id alone, as components navigate, to its object's page."""
        record_id = request.match_info["record_id"]
        found = await self._apex_thread.run(self._apex.record, record_id)
        if found is None:
            return self._miss(f"There is no record {record_id} in this preview.")
        for page in self._workspace.layout.pages:
            if page.kind == "RecordPage" and page.object_name == found["type"]:
                raise web.HTTPFound(page.address.replace("{recordId}", record_id))
        return self._miss(f"There is no record page for {found['type']} in this project.")

    async def _show_page(self, request: web.Request) -> web.Response:
        page = self._workspace.layout.page(request.path)
        if page is None:
            return self._miss(f"There is no page {request.path} in this project. It has:")
        return self._renderer.render(page, request.path, self._sandbox)

    async def _show_stage(self, request: web.Request) -> web.Response:
        del request
        if self.stage is None:
            raise web.HTTPNotFound
        return self._renderer.render_stage(self.stage)

    def _miss(self, reason: str) -> web.Response:
        links = [(tab_address(page), page.label) for page in self._workspace.layout.pages]
        return show_failure(404, "Page not found", reason, links)
