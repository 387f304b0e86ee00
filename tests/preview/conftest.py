"""A small project, a preview of it in a thread of its own, and a browser."""

from __future__ import annotations

import asyncio
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sfgen.preview.site import Site, Wishes

from fixture_apex import FixtureApex  # isort: skip - stands beside this file

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

HERE = Path(__file__).parent
PUSHER_JS = HERE.parents[1] / "node_modules/pusher-js/dist/web/pusher.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class RunningSite:
    """A preview on an event loop in a thread, so that tests can drive a browser beside it."""

    def __init__(self, root: Path, make_apex: Callable[[Any], Any], wishes: Wishes) -> None:
        self.lines: list[str] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.site: Site = self.run(self._make(root, make_apex, wishes))
        self.address: str = self.run(self.site.start())

    async def _make(self, root: Path, make_apex: Callable[[Any], Any], wishes: Wishes) -> Site:
        return Site(root, make_apex, wishes, self.lines.append)

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    def call(self, act: Callable[..., Any], *values: Any) -> Any:
        async def work() -> Any:
            return act(*values)

        return self.run(work())

    def stop(self) -> None:
        self.run(self.site.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the fixture project with the published pusher-js in its static resource."""
    root = tmp_path / "feed"
    shutil.copytree(HERE / "fixture", root)
    folder = root / "force-app/main/default/staticresources/FeedJs"
    folder.mkdir()
    shutil.copy(PUSHER_JS, folder)
    return root


@pytest.fixture
def running(project: Path) -> Iterator[RunningSite]:
    site = RunningSite(project, FixtureApex, Wishes())
    yield site
    site.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium through Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield one
        one.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page in a context of its own; ``page.noise`` holds console errors and page errors."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    one = context.new_page()
    one.noise = []
    one.on("console", lambda m: m.type == "error" and one.noise.append(m.text))
    one.on("pageerror", lambda error: one.noise.append(str(error)))
    yield one
    context.close()
