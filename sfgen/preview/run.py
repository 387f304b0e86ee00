"""Runs a preview: serves the pages until stopped, or loads each."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from typing import TYPE_CHECKING

from sfgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from sfgen.preview.options import PreviewOptions
    from sfgen.preview.page_visit import Look
    from sfgen.preview.project.layout import Page
    from sfgen.preview.pusher.pusher_target import PusherTarget
    from sfgen.preview.site import Site


class PreviewRun:
    """One run of the preview of a project.

    Args:
        directory: the project's folder.
        options: how it runs.
        page: name or label of the page to begin with; None for the first one.
        say: shows a line while it runs.
        warn: shows a warning.
    """

    def __init__(
        self,
        directory: Path,
        options: PreviewOptions,
        page: str | None,
        *,
        say: Callable[[str], None],
        warn: Callable[[str], None],
    ) -> None:
        self._directory = directory
        self._options = options
        self._page = page
        self._say = say
        self._warn = warn

    async def serve(self, on_ready: Callable[[Site, str], None], *, opens: bool | None) -> None:
        """Serve until stopped; ``on_ready`` is given the site and the address of its page."""
        from sfgen.preview.redirect import write_redirect
        from sfgen.preview.run_file import RunningPreview, remove_run_file, write_run_file
        from sfgen.tools.browser import open_address

        stopped = _heed_signals()
        async with self._site() as site:
            path = self._path_of(site)
            address = f"{site.addresses.lightning}{path}?key={site.gate.key}"
            local = site.pusher_server
            session = RunningPreview(
                pid=os.getpid(),
                pusher_port=site.pusher.port,
                app_id=site.pusher.app_id,
                key=site.pusher.key,
                secret=site.pusher.secret,
                control_token=local.token if local else "",
                preview_port=site.addresses.lightning_port,
                project=str(site.workspace.root),
                master_key=site.application.master_key,
            )
            if local is not None:
                write_run_file(session)
            try:
                on_ready(site, address)
                with contextlib.ExitStack() as stack:
                    wanted = opens if opens is not None else sys.stdin.isatty()
                    if wanted and not open_address(stack.enter_context(write_redirect(address))):
                        self._warn("no browser could be opened; open the address yourself")
                    await stopped.wait()
            finally:
                remove_run_file(session)

    async def look(self, screenshot: Path | None) -> list[Look]:
        """Load the pages in a headless browser; take a picture of one, or look at all."""
        from sfgen.preview.page_visit import look_at
        from sfgen.tools.browser import find_browser, open_tab

        find_browser()
        async with self._site() as site:
            pages = list(site.workspace.layout.pages)
            if screenshot is not None or self._page is not None:
                pages = [_find_page(site, self._page)]
            async with open_tab() as tab:
                await site.apex_thread.run(site.examples.write)
                await tab.call("Page.navigate", url=site.address)
                looks = [await look_at(site, tab, page) for page in pages]
                if screenshot is not None:
                    screenshot.write_bytes(await tab.picture())  # noqa: ASYNC240 - one small file
        return looks

    @contextlib.asynccontextmanager
    async def _site(self) -> AsyncIterator[Site]:
        from sfgen.preview.apex.executed_apex import ExecutedApex
        from sfgen.preview.site import Site

        site = Site(self._directory, ExecutedApex, self._options, self._say)
        try:
            await site.start()
            if self._options.pusher is not None:
                await self._try_pusher(self._options.pusher)
            yield site
        finally:
            await site.stop()

    async def _try_pusher(self, target: PusherTarget) -> None:
        from sfgen.preview.pusher.pusher_probe import find_problem

        problem = await find_problem(target)
        if problem is not None:
            self._warn(problem)

    def _path_of(self, site: Site) -> str:
        return "/" if self._page is None else _find_page(site, self._page).address


def _find_page(site: Site, name: str | None) -> Page:
    pages = site.workspace.layout.pages
    if name is None:
        return next((page for page in pages if page.kind == "RecordPage"), pages[0])
    for page in pages:
        if name.lower() in {page.name.lower(), page.label.lower()}:
            return page
    names = ", ".join(page.name for page in pages)
    raise UsageError(f"there is no page {name} in this project", hint=f"it has {names}")


def _heed_signals() -> asyncio.Event:
    """Return what Ctrl-C sets: how a server is meant to end."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    with contextlib.suppress(NotImplementedError):
        loop.add_signal_handler(signal.SIGINT, stopped.set)
    return stopped
