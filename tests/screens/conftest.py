from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from stage import ARGUMENTS, CHROMIUM, ROOT, SECONDS, Advisor, Preview, run_sfgen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SCREENS = ROOT / "docs" / "screenshots"
#: Pixels around a component in its picture.
MARGIN = 8


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield one
        one.close()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of the default answers."""
    folder = tmp_path_factory.mktemp("screens") / "texting"
    run_sfgen("init", str(folder), "--defaults", "--json")
    return folder


@pytest.fixture
def preview(project: Path) -> Iterator[Preview]:
    one = Preview(project)
    yield one
    one.stop()


@pytest.fixture
def advisor(browser: Any, preview: Preview) -> Iterator[Advisor]:
    one = Advisor(browser, preview)
    yield one
    one.close()


@pytest.fixture
def keep(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Hold what a window shows to axe, its console and its width; keep a picture if asked for."""
    updating = request.config.getoption("--update-screens")

    def keep(advisor: Advisor, *names: tuple[str, str]) -> None:
        for name, place in names:
            if updating:
                SCREENS.mkdir(parents=True, exist_ok=True)
                take_picture(advisor.page, place, SCREENS / f"{name}.png")
        finds_none(advisor.find_violations)
        assert advisor.noise == []
        finds_none(advisor.find_overflow)

    return keep


def finds_none(find: Callable[[], list[str]]) -> None:
    """Assert that nothing is found, once what fades in or out on the page has done so."""
    end = time.monotonic() + SECONDS / 2
    while (found := find()) and time.monotonic() < end:
        time.sleep(0.2)
    assert found == []


def take_picture(page: Any, place: str, path: Path) -> None:
    """Take a picture of a component, or of the whole window where ``place`` is empty."""
    if not place:
        page.screenshot(path=path)
        return
    box = page.locator(place).first.bounding_box()
    size = page.viewport_size
    left, top = max(box["x"] - MARGIN, 0), max(box["y"] - MARGIN, 0)
    right = min(box["x"] + box["width"] + MARGIN, size["width"])
    bottom = min(box["y"] + box["height"] + MARGIN, size["height"])
    page.screenshot(
        path=path, clip={"x": left, "y": top, "width": right - left, "height": bottom - top}
    )
