"""``widgets=none``: the example listener shows events as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe import find_violations, finds_none
from chat_window import is_ready
from playwright.sync_api import expect
from running_site import RunningSite

from sfgen.cli import run
from sfgen.preview.apex.executed_apex import ExecutedApex
from sfgen.preview.options import PreviewOptions

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.browser

PUBLIC = {"channels": "public", "authorization": "none", "login": "none"}
PROJECTS = {
    "lwc": {},
    "direct": {**PUBLIC, "bridge": "direct"},
    "aura": {
        "container": "aura",
        "channels": "public,private-encrypted",
        "authorization": "apex",
        "login": "none",
    },
}


@pytest.mark.parametrize("name", PROJECTS)
def test_the_listener_shows_what_the_side_panel_publishes(
    name: str, tmp_path: Path, page: Any
) -> None:
    answers = {"widgets": "none", **PROJECTS[name]}
    settings = [part for each in answers.items() for part in ("--set", "=".join(each))]
    assert run(["init", str(tmp_path / name), "--defaults", *settings]) == 0
    running = RunningSite(tmp_path / name, ExecutedApex, PreviewOptions())
    try:
        page.goto(running.address)
        is_ready(page)
        page.locator("[data-state=connected]").wait_for()
        channel = running.subscribed("")
        for number in (1, 2):
            page.fill("#panel-channel", channel)
            page.fill("#panel-data", f'{{"text": "Hello {number}"}}')
            page.click("text=Publish >> nth=-1")
            first = page.locator("[data-event]").first
            expect(first).to_contain_text("my-event")
            expect(first).to_contain_text(f'{{"text": "Hello {number}"}}'.replace(": ", ":"))
        expect(page.locator("[data-event]")).to_have_count(2)
        assert page.locator("text=the client's phone").count() == 0
        finds_none(lambda: find_violations(page))
    finally:
        running.stop()
