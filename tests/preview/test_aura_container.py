"""A chat that an Aura component holds on its page."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from running_site import HERE, RunningSite

from sfgen.cli import run
from sfgen.preview.executing import ExecutingHost
from sfgen.preview.site import Wishes

if TYPE_CHECKING:
    from pathlib import Path

ANSWERS = HERE.parents[1] / "examples/presence-aura/answers.toml"


@pytest.mark.browser
def test_a_text_arrives_in_the_chat_of_an_aura_container(tmp_path: Path, page: Any) -> None:
    root = tmp_path / "presence-aura"
    assert run(["init", str(root), "--defaults", "--answers", str(ANSWERS)]) == 0
    running = RunningSite(root, ExecutingHost, Wishes())
    try:
        page.goto(running.address)
        page.goto(running.site.addresses.lightning + "/lightning/o/Contact/home")
        page.wait_for_selector("html[data-preview-ready]", timeout=20_000)
        chat = page.locator(".preview-emulated:text-is('Aura, emulated') + c-pusher-chat")
        chat.locator("button", has_text="Start a conversation").click(timeout=15_000)
        chat.locator(":text('Connected')").wait_for(timeout=15_000)
        taken = []
        for text in ("through Aura", "and quickly", "and again", "once more"):
            started = time.monotonic()
            page.fill("#panel-text", text)
            page.click("text=Send as client")
            chat.locator(f":text('{text}')").wait_for(timeout=10_000)
            taken.append(time.monotonic() - started)
        assert min(taken) < 1.0
        assert page.noise == []
    finally:
        running.stop()
