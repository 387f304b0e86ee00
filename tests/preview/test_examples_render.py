"""Every example's pages in a browser, with the project's own Apex."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe import find_violations, finds_none
from chat_window import is_ready
from running_site import HERE, RunningSite

from sfgen.cli import run
from sfgen.preview.apex.executed_apex import ExecutedApex
from sfgen.preview.options import PreviewOptions

if TYPE_CHECKING:
    from pathlib import Path

KINDS = {"HomePage", "RecordPage", "Tab"}
EXAMPLES = sorted((HERE.parents[1] / "examples").glob("*/answers.toml"))


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("answers", EXAMPLES, ids=lambda path: path.parent.name)
def test_the_pages_of_an_example_render_without_an_error(
    answers: Path, tmp_path: Path, page: Any
) -> None:
    root = tmp_path / "project"
    assert run(["init", str(root), "--defaults", "--answers", str(answers)]) == 0
    running = RunningSite(root, ExecutedApex, PreviewOptions())
    try:
        page.goto(running.address)
        running.run(running.site.apex_thread.run(running.site.examples.write))
        assert running.lines == []
        layout = running.site.workspace.layout
        expected = {"HomePage", "Tab"} if answers.parent.name == "bridge-only" else KINDS
        assert {one.kind for one in layout.pages} >= expected
        for one in layout.pages:
            path = running.run(running.site.pages.find_address(one))
            page.goto(running.site.addresses.lightning + path)
            is_ready(page)
            if one.kind != "Tab":
                page.wait_for_selector(":text('Connected')")
            else:
                page.wait_for_selector("main :is(input, button)")
            assert page.locator(".preview-failure").count() == 0
            finds_none(lambda: find_violations(page))
        pages = running.site.workspace.source.of_type("ApexPage")
        for name in pages:
            open_alone(running, page, name)
        assert page.noise == []
        assert running.lines == []
    finally:
        running.stop()


def open_alone(running: RunningSite, page: Any, name: str) -> None:
    """Open a Visualforce page by itself: the login's callback, with nothing to call back for."""
    answer = page.goto(f"{running.site.addresses.visualforce}/apex/{name}")
    assert answer.status == 200, name
    page.wait_for_load_state("load")
    # The bridge is only ever framed, hidden: it needs no place to read from.
    hidden = (
        ("landmark-one-main", "page-has-heading-one") if name.endswith("BridgePage") else ("-",)
    )
    finds_none(lambda: [one for one in find_violations(page) if not one.startswith(hidden)])
