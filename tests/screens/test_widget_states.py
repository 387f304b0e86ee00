"""The three components in every state: looked at, kept as pictures, and held to axe.

``pytest tests/screens -m slow --update-screens`` writes the pictures of ``docs/screenshots`` anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from stage import HOME, READS, RECORD, UTILITY, Advisor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stage import Preview

    Keep = Callable[..., None]

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.slow]

LONG = "Thank you for your patience while we looked into the transfer. " * 10
UNBROKEN = "0123456789" * 20
EMOJI = "Great 👍🏽 family 👨‍👩‍👧 flag 🇨🇭 and a snowman ☃️"
ARABIC = "مرحبا، هل وصلت الاستمارة؟ رقم العميل 12345."
HEBREW = "תודה, הטופס הגיע. נחזור אליך מחר."
UNKNOWN = "Is this the number for questions about my policy?"
REFUSAL = "The texting service doesn't answer. Try again in a minute."


def name_all(state: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (f"home-{state}", HOME), (f"utility-{state}", UTILITY)


def write(advisor: Advisor, text: str) -> None:
    advisor.page.fill(f"{RECORD} textarea", text)
    advisor.page.click(f"{RECORD} button:text-is('Send')")
    advisor.page.wait_for_selector(f"{RECORD} [role=log] :text({text[:20]!r})")


def start_conversation(advisor: Advisor) -> None:
    advisor.page.click(f"{RECORD} button:text('Start a conversation')")
    advisor.page.wait_for_selector(f"{RECORD} textarea")


def test_nothing_yet(advisor: Advisor, keep: Keep) -> None:
    advisor.open_home()
    advisor.wait_for_text("No conversations")
    keep(advisor, *name_all("empty"))
    advisor.open_record()
    advisor.wait_for_text("Start a conversation")
    keep(advisor, ("record-none", RECORD))
    start_conversation(advisor)
    keep(advisor, ("record-empty", RECORD))


def test_loading(advisor: Advisor, keep: Keep) -> None:
    advisor.answer(READS, lambda route: None)
    advisor.open_home(state="connected")
    advisor.page.wait_for_selector(f"{HOME} .slds-spinner", state="attached")
    keep(advisor, *name_all("loading"))
    advisor.open_record()
    advisor.page.wait_for_selector(f"{RECORD} .slds-spinner", state="attached")
    keep(advisor, ("record-loading", RECORD))


def test_an_error_of_the_store(advisor: Advisor, keep: Keep) -> None:
    advisor.refuse(READS, REFUSAL)
    advisor.open_home()
    advisor.page.wait_for_selector(f"{HOME} [role=alert]")
    keep(advisor, *name_all("error"))
    advisor.open_record()
    advisor.page.wait_for_selector(f"{RECORD} [role=alert]")
    keep(advisor, ("record-error", RECORD))


def test_a_text_that_cannot_be_sent(advisor: Advisor, keep: Keep) -> None:
    advisor.open_record()
    start_conversation(advisor)
    write(advisor, "Your form has arrived.")
    advisor.refuse(("sendMessage",), REFUSAL)
    write(advisor, "I will call you at noon.")
    advisor.wait_for_text("Send again")
    write(advisor, "Or is one o'clock better?")
    advisor.wait_for_text("Waiting")
    keep(advisor, ("record-failed", RECORD))


def test_a_text_that_is_too_long(advisor: Advisor, keep: Keep) -> None:
    advisor.open_record()
    start_conversation(advisor)
    advisor.page.fill(f"{RECORD} textarea", "I looked into it. " * 89)
    advisor.wait_for_text("too many", RECORD)
    advisor.page.locator(RECORD).evaluate("(card) => card.scrollIntoView({ block: 'end' })")
    keep(advisor, ("record-too-long", RECORD))


def test_texts_that_may_come_late(advisor: Advisor, keep: Keep) -> None:
    advisor.change(READS, isDelayed=True)
    advisor.open_home()
    advisor.hear_from(1, "Good morning, did my form arrive?")
    advisor.wait_for_text("did my form arrive", HOME)
    advisor.wait_for_text("texts may come late", HOME)
    keep(advisor, *name_all("delayed"))
    advisor.open_record()
    advisor.wait_for_text("texts may come late", RECORD)
    keep(advisor, ("record-delayed", RECORD))


def test_the_menu_of_the_connection(advisor: Advisor, keep: Keep) -> None:
    advisor.open_home()
    advisor.page.click(f"{UTILITY} lightning-button-menu button")
    advisor.wait_for_text("Log out of the messaging application", UTILITY)
    keep(advisor, ("utility-menu", UTILITY))


def test_a_busy_day(advisor: Advisor, keep: Keep) -> None:
    advisor.open_home()
    advisor.hear_from(2, "Can we move our call to Thursday?", "Ten o'clock would be fine.")
    advisor.hear_from(1, "Good morning, did my form arrive?", "I sent it on Friday.")
    advisor.wait_for_text("I sent it on Friday.", HOME)
    advisor.wait_for_text("I sent it on Friday.", UTILITY)
    keep(advisor, *name_all("busy"))
    advisor.hear_from_unknown("+41 44 555 01 00", UNKNOWN)
    advisor.wait_for_text(UNKNOWN, UTILITY)
    advisor.choose(UTILITY, UNKNOWN)
    keep(advisor, ("utility-open", UTILITY))
    advisor.page.click(".preview-utility-item")
    advisor.choose(HOME, "Ten o'clock would be fine.")
    keep(advisor, ("home-open", HOME))
    advisor.open_record()
    advisor.wait_for_text("I sent it on Friday.", RECORD)
    write(advisor, "Good morning! It did, thank you. I will call you at noon.")
    advisor.hear_from(1, EMOJI)
    advisor.wait_for_text("snowman", RECORD)
    advisor.type_until_seen(RECORD)
    keep(advisor, ("record-busy", RECORD))


@pytest.mark.parametrize("act", ["offline", "quota"])
def test_without_a_socket(act: str, advisor: Advisor, keep: Keep) -> None:
    advisor.open_home()
    advisor.hear_from(1, "Good morning, did my form arrive?")
    advisor.wait_for_text("did my form arrive", HOME)
    advisor.offline = act == "offline"
    advisor.steer("network", act=act)
    advisor.wait_for_state(act)
    keep(advisor, *name_all(act))
    advisor.open_record(state="")
    advisor.wait_for_text("did my form arrive", RECORD)
    advisor.wait_for_state(act)
    keep(advisor, (f"record-{act}", RECORD))


def test_long_texts(advisor: Advisor, keep: Keep) -> None:
    advisor.open_home()
    advisor.hear_from(1, LONG, UNBROKEN)
    advisor.wait_for_text("0123456789", HOME)
    advisor.wait_for_text("0123456789", UTILITY)
    keep(advisor, *name_all("long-texts"))
    advisor.open_record()
    advisor.wait_for_text("0123456789", RECORD)
    write(advisor, UNBROKEN[::-1])
    keep(advisor, ("record-long-texts", RECORD))


def test_right_to_left(advisor: Advisor, keep: Keep) -> None:
    advisor.page.add_init_script(
        "document.addEventListener('DOMContentLoaded',"
        " () => document.documentElement.setAttribute('dir', 'rtl'))"
    )
    advisor.open_home()
    advisor.hear_from(1, ARABIC)
    advisor.wait_for_text("12345", HOME)
    advisor.wait_for_text("12345", UTILITY)
    keep(advisor, *name_all("right-to-left"))
    advisor.open_record()
    advisor.wait_for_text("12345", RECORD)
    write(advisor, HEBREW)
    keep(advisor, ("record-right-to-left", RECORD))


@pytest.fixture
def phone(browser: Any, preview: Preview) -> Iterator[Advisor]:
    one = Advisor(browser, preview, width=320)
    yield one
    one.close()


def test_320_pixels(phone: Advisor, keep: Keep) -> None:
    phone.open_home()
    phone.hear_from(1, "Good morning, did my form arrive?", UNBROKEN, "I sent it on Friday.")
    phone.wait_for_text("I sent it on Friday.", HOME)
    phone.wait_for_text("I sent it on Friday.", UTILITY)
    keep(phone, ("utility-320", UTILITY))
    phone.page.click(".preview-utility-item")
    keep(phone, ("home-320", HOME))
    phone.open_record()
    phone.wait_for_text("I sent it on Friday.", RECORD)
    write(phone, "Good morning! It did, thank you. I will call you at noon.")
    keep(phone, ("record-320", RECORD))
