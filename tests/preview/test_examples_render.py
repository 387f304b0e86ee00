"""Every example's pages in a browser, with the project's own Apex."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from running_site import HERE, RunningSite

from sfgen.cli import run
from sfgen.preview.executing import ExecutingHost
from sfgen.preview.site import Wishes

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = sorted((HERE.parents[1] / "examples").glob("*/answers.toml"))
AXE = HERE.parents[1] / "node_modules/axe-core/axe.min.js"
READY = "html[data-preview-ready]"


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("answers", EXAMPLES, ids=lambda path: path.parent.name)
def test_the_pages_of_an_example_render_without_an_error(
    answers: Path, tmp_path: Path, page: Any
) -> None:
    root = tmp_path / "project"
    assert run(["init", str(root), "--defaults", "--answers", str(answers)]) == 0
    running = RunningSite(root, ExecutingHost, Wishes())
    try:
        page.goto(running.address)
        running.run(running.site.greet())
        assert running.lines == []
        for one in running.site.workspace.layout.pages:
            path = running.run(running.site.page_address(one))
            page.goto(running.site.addresses.lightning + path)
            page.wait_for_selector(READY, timeout=20_000)
            if one.kind != "Tab":
                page.wait_for_selector(":text('Connected')", timeout=15_000)
            assert page.locator(".preview-failure").count() == 0
            page.evaluate(AXE.read_text(encoding="utf-8"))
            found = page.evaluate("axe.run(document, { iframes: false })")
            assert [rule["id"] for rule in found["violations"]] == []
        assert page.noise == []
    finally:
        running.stop()
