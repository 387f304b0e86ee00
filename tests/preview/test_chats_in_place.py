"""Chats of the Lightning web components where they stand: seen, read, kept in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from chat_window import CHAT, open_chat, open_path, send_as_client
from patience import wait_until
from playwright.sync_api import expect
from running_site import RunningSite

from sfgen.cli import run
from sfgen.preview.executing import ExecutingHost
from sfgen.preview.site import Wishes

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser

UTILITY = ".preview-utility-panel"
NUMBER = "+41 44 555 01 00"
#: Longer than a chat waits before it tells that a text was read.
UNREAD_FOR = 4_000


@pytest.fixture(scope="module", params=["visualforce", "direct"])
def texting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    root = tmp_path_factory.mktemp("in-place") / "texting"
    answers = (f"bridge={request.param}", "authorization=apex", "login=none")
    choices = [one for answer in answers for one in ("--set", answer)]
    assert run(["init", str(root), "--defaults", *choices]) == 0
    running = RunningSite(root, ExecutingHost, Wishes())
    yield running
    running.stop()


@pytest.fixture
def advisor(texting: RunningSite, page: Any) -> Iterator[Any]:
    yield page
    texting.calm()


def count_unread(texting: RunningSite) -> int:
    controller = "PusherConversationController"
    wanted = {"searchTerm": "", "pageSize": 20, "cursor": None}
    return int(texting.invoke(controller, "getConversations", **wanted)["unread"])


def test_an_unknown_number_is_read_and_answered_in_the_utility_bar(
    advisor: Any, texting: RunningSite
) -> None:
    open_path(advisor, texting, "/lightning/page/home")
    advisor.click(".preview-utility-item")
    panel = advisor.locator(UTILITY)
    panel.locator("[data-state=connected]").wait_for()
    question = "Is this the number for questions?"
    site = texting.site
    assert texting.run(site.in_apex(site.panel.receive, NUMBER, question)) < 400
    panel.locator("li button", has_text=question).click()
    panel.locator("[role=log] li", has_text=question).wait_for()
    expect(panel.locator("textarea")).to_be_focused()
    wait_until(lambda: not count_unread(texting), "the text is never read", advisor)
    panel.locator("textarea").fill("It is.")
    panel.locator("textarea").press("Enter")
    panel.locator("[data-status=Sent]", has_text="It is.").wait_for()
    panel.locator("button", has_text="All conversations").click()
    expect(panel.locator("li button", has_text="You: It is.")).to_be_focused()
    assert advisor.noise == []


def test_a_chat_that_nobody_sees_reads_nothing(advisor: Any, texting: RunningSite) -> None:
    open_chat(advisor, texting)
    chat = advisor.locator(CHAT)
    wait_until(lambda: not count_unread(texting), "what is in sight is never read", advisor)
    for name, value in (("visibility", "hidden"), ("display", "none")):
        chat.evaluate("(one, [name, value]) => { one.style[name] = value; }", [name, value])
        advisor.wait_for_timeout(1_500)
        send_as_client(advisor, f"Nobody sees this: {name}")
        wait_until(lambda: count_unread(texting), "the text never came", advisor)
        advisor.wait_for_timeout(UNREAD_FOR)
        assert count_unread(texting)
        chat.evaluate("(one, name) => { one.style[name] = ''; }", name)
        wait_until(lambda: not count_unread(texting), "it is never read", advisor)


def test_a_text_that_comes_meanwhile_leaves_the_reader_where_he_was(
    advisor: Any, texting: RunningSite
) -> None:
    open_chat(advisor, texting)
    site, record_id = texting.site, advisor.url.split("/")[-2]
    for number in range(40):
        text = f"text number {number:02}"
        assert texting.run(site.in_apex(site.panel.receive, record_id, text)) < 400
    open_chat(advisor, texting)
    advisor.locator(f"{CHAT} :text('text number 39')").wait_for()
    log = advisor.locator(f"{CHAT} [role=log]")
    find_place = """(log) => {
        const { top } = log.getBoundingClientRect();
        const row = [...log.querySelectorAll('li[data-key]')]
            .find((one) => one.getBoundingClientRect().bottom > top);
        return [row.dataset.key, row.getBoundingClientRect().top - top];
    }"""
    log.evaluate("(one) => { one.scrollTop = one.scrollHeight / 3; }")
    advisor.wait_for_timeout(300)
    key, top = log.evaluate(find_place)
    send_as_client(advisor, "and one more")
    log.locator("li", has_text="and one more").wait_for(state="attached")
    assert log.evaluate(find_place) == [key, pytest.approx(top, abs=2)]
    rows = log.locator("li[data-id]").count()
    log.evaluate("(one) => { one.scrollTop = 30; }")
    wait_until(lambda: log.locator("li[data-id]").count() > rows, "none is loaded", advisor)
    # What stood at the top is in the middle now, and still where it was.
    assert log.evaluate("(one) => one.scrollTop") > 60
