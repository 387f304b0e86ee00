"""A small project, a preview of it in a thread of its own, and a browser."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from sfgen.preview.options import PreviewOptions

from fixture_apex import FixtureApex  # isort: skip - stands beside this file
from patience import PATIENCE  # isort: skip - same
from running_site import HERE, RunningSite  # isort: skip - same

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
def ticker(tmp_path: Path) -> Path:
    """A project that sfgen did not write, whose other library LWS breaks."""
    root = tmp_path / "ticker"
    shutil.copytree(HERE / "ticker", root)
    folder = root / "force-app/main/default/staticresources/PusherJs"
    folder.mkdir()
    shutil.copy(PUSHER_JS, folder)
    return root


@pytest.fixture
def running(project: Path) -> Iterator[RunningSite]:
    site = RunningSite(project, FixtureApex, PreviewOptions())
    yield site
    site.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium through Playwright."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield one
        one.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page in a context of its own; ``page.noise`` holds console errors and page errors."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(PATIENCE)
    one = context.new_page()
    one.noise = []
    one.on("console", lambda m: m.type == "error" and one.noise.append(m.text))
    one.on("pageerror", lambda error: one.noise.append(str(error)))
    yield one
    context.close()
