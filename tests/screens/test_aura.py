"""The Aura components: looked at, kept as pictures, and held to axe, wide and narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from stage import ROOT, UTILITY, Advisor, Preview, run_sfgen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Keep = Callable[..., None]

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.slow]

ANSWERS = ROOT / "examples" / "presence-aura" / "answers.toml"
HOME = ".preview-component:has(.cPusherConversationListAura)"
RECORD = ".preview-component:has(.cPusherChatAura)"
UNBROKEN = "0123456789" * 12
ARABIC = "مرحبا، هل وصلت الاستمارة؟ رقم العميل 12345."
REFUSAL = "The texting service doesn't answer. Try again in a minute."


@pytest.fixture(scope="module")
def aura(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("aura") / "presence-aura"
    run_sfgen("init", str(folder), "--defaults", "--answers", str(ANSWERS), "--json")
    return folder


@pytest.fixture
def pages(aura: Path) -> Iterator[Preview]:
    one = Preview(aura)
    yield one
    one.stop()


def start_conversation(advisor: Advisor) -> None:
    advisor.page.click(f"{RECORD} button:text('Start a conversation')")
    advisor.page.wait_for_selector(f"{RECORD} textarea")


def write(advisor: Advisor, text: str) -> None:
    advisor.page.fill(f"{RECORD} textarea", text)
    advisor.page.click(f"{RECORD} button:text-is('Send')")
    advisor.page.wait_for_selector(f"{RECORD} [role=log] :text({text[:20]!r})")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_busy_day(width: int, pages: Preview, browser: Any, keep: Keep) -> None:
    advisor = Advisor(browser, pages, width=width)
    try:
        advisor.open_home()
        advisor.hear_from(2, "Can we move our call to Thursday?")
        advisor.hear_from(1, "Did my form arrive?", UNBROKEN, "I sent it on Friday.")
        advisor.wait_for_text("I sent it on Friday.", HOME)
        advisor.wait_for_text("I sent it on Friday.", UTILITY)
        keep(advisor, (f"aura-utility-{width}", UTILITY))
        advisor.choose(UTILITY, "Can we move our call to Thursday?")
        keep(advisor, (f"aura-utility-open-{width}", UTILITY))
        advisor.page.click(".preview-utility-item")
        keep(advisor, (f"aura-home-{width}", HOME))
        advisor.choose(HOME, "I sent it on Friday.")
        keep(advisor, (f"aura-home-open-{width}", HOME))
        advisor.open_record()
        advisor.wait_for_text("I sent it on Friday.", RECORD)
        write(advisor, "It did, thank you. I will call you at noon.")
        advisor.type_until_seen(RECORD)
        keep(advisor, (f"aura-record-{width}", RECORD))
    finally:
        advisor.close()


def test_empty_failed_and_right_to_left(pages: Preview, browser: Any, keep: Keep) -> None:
    advisor = Advisor(browser, pages)
    try:
        advisor.open_home()
        advisor.wait_for_text("No conversations")
        keep(advisor, ("aura-home-empty", HOME))
        advisor.open_record()
        start_conversation(advisor)
        keep(advisor, ("aura-record-empty", RECORD))
        advisor.page.add_init_script(
            "document.addEventListener('DOMContentLoaded',"
            " () => document.documentElement.setAttribute('dir', 'rtl'))"
        )
        advisor.hear_from(1, ARABIC)
        advisor.open_record()
        advisor.wait_for_text("12345", RECORD)
        advisor.refuse(("sendMessage",), REFUSAL)
        write(advisor, "I will call you at noon.")
        advisor.wait_for_text("Send again", RECORD)
        keep(advisor, ("aura-record-right-to-left", RECORD))
    finally:
        advisor.close()
