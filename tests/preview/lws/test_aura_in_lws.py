"""The generated Aura scripts inside the real Lightning Web Security, in its production form."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from chat_window import RECORD, is_ready, send_as_client
from playwright.sync_api import expect
from running_site import HERE, RunningSite

from sfgen.cli import run
from sfgen.lws import packages
from sfgen.preview.apex.executed_apex import ExecutedApex
from sfgen.preview.options import PreviewOptions

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.browser, pytest.mark.node]
ANSWERS = HERE.parents[1] / "examples/presence-aura/answers.toml"
OPENING = "open: function (component) {"
#: The sandbox's own location, which its production form lets indirect access see (docs/explanation/lws.md).
TELLTALE = "\n        document.body.dataset.place = String(window['loca' + 'tion']);"


@pytest.fixture
def guarded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningSite]:
    folder = Path(os.environ["SFGEN_TEST_TOOLS"]) / "lws"
    monkeypatch.setattr(packages, "_cache", lambda: folder)
    sandbox = packages.locate_lws() or packages.fetch_lws()
    root = tmp_path / "presence-aura"
    assert run(["init", str(root), "--defaults", "--answers", str(ANSWERS)]) == 0
    helper = next(root.glob("force-app/**/PusherChatPanelAuraHelper.js"))
    text = helper.read_text()
    assert OPENING in text
    helper.write_text(text.replace(OPENING, OPENING + TELLTALE))
    running = RunningSite(root, ExecutedApex, PreviewOptions(lws=sandbox))
    yield running
    running.stop()


def test_the_aura_chat_sends_and_receives_inside_the_sandbox(
    guarded: RunningSite, page: Any
) -> None:
    page.goto(guarded.address)
    page.goto(guarded.site.addresses.lightning + RECORD)
    is_ready(page)
    expect(page.locator("html")).to_have_attribute("data-lws-form", "production")
    chat = page.locator(".cPusherChatAura")
    chat.locator("button", has_text="Start a conversation").click()
    chat.locator("[data-state=connected]").wait_for()
    send_as_client(page, "through the membrane")
    chat.locator("li", has_text="through the membrane").wait_for()
    chat.locator("textarea").fill("and back")
    chat.locator("textarea").press("Enter")
    chat.locator("[data-status=Sent]", has_text="and back").wait_for()
    expect(page.locator("body")).to_have_attribute("data-place", "about:blank")
    assert page.locator(".preview-failure").count() == 0
    assert page.noise == []
