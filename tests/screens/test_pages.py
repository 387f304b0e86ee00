"""Whole pages of the preview, kept as pictures: the side panel, set-up, ``direct``, Aura."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from stage import ROOT, Advisor, Preview, run_sfgen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Keep = Callable[..., None]

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.slow]

AURA = ROOT / "examples" / "presence-aura" / "answers.toml"
TALK = "I sent it on Friday."


@pytest.fixture
def panel(browser: Any, preview: Preview) -> Iterator[Advisor]:
    one = Advisor(browser, preview, width=1400, height=900, panel=True)
    yield one
    one.close()


@pytest.fixture
def another(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Preview]:
    folder = tmp_path / "texting"
    run_sfgen("init", str(folder), "--defaults", "--json", *request.param)
    one = Preview(folder)
    yield one
    one.stop()


def talk(advisor: Advisor) -> None:
    """Let the client and the advisor write to each other."""
    advisor.hear_from(1, "Good morning, did my form arrive?", TALK)
    advisor.wait_for_text(TALK)
    advisor.page.fill("main textarea", "Good morning! It did, thank you. I will call you at noon.")
    advisor.page.click("main button:text-is('Send')")
    advisor.page.wait_for_selector("main [role=log] :text('call you at noon')")
    advisor.page.wait_for_selector("main [role=log] .note:has-text('Sent')")


def open_chat(advisor: Advisor) -> None:
    advisor.open_record()
    start = advisor.page.locator("main button:text('Start a conversation')")
    advisor.page.wait_for_selector("main button:text('Start a conversation'), main textarea")
    if start.count():
        start.click()
    advisor.page.wait_for_selector("main textarea")


def compare(panel: Advisor) -> None:
    """Let the side panel compare Pusher with polling, which takes half a minute."""
    panel.page.click(".panel-compare")
    panel.page.wait_for_selector(".panel-verdict:has-text('faster with Pusher')")


def test_the_preview_with_its_side_panel(
    panel: Advisor, keep: Keep, request: pytest.FixtureRequest
) -> None:
    open_chat(panel)
    if request.config.getoption("--update-screens"):
        compare(panel)
    talk(panel)
    panel.page.wait_for_selector(".phone :text('call you at noon')")
    keep(panel, ("preview", ""))


def test_the_setup_page(advisor: Advisor, keep: Keep) -> None:
    advisor.open("/lightning/n/PusherSetup", state="")
    advisor.page.wait_for_selector("main input")
    keep(advisor, ("setup", ".preview-component:has(c-pusher-setup)"))


@pytest.mark.parametrize(
    ("another", "name"),
    [(["--set", "bridge=direct"], "direct"), (["--answers", str(AURA)], "aura")],
    indirect=["another"],
    ids=["direct", "aura"],
)
def test_another_bridge_or_container(another: Preview, name: str, browser: Any, keep: Keep) -> None:
    advisor = Advisor(browser, another, height=900)
    try:
        open_chat(advisor)
        talk(advisor)
        keep(advisor, (name, ""))
    finally:
        advisor.close()
