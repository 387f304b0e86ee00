"""The generated Aura components, in the preview of ``examples/presence-aura``."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ClientSession
from axe import find_violations, finds_none
from chat_window import RECORD, arrives_within_a_second, is_ready, send_as_client
from patience import evaluates, wait_until
from playwright.sync_api import expect
from running_site import HERE, RunningSite

from sfgen.cli import run
from sfgen.preview.executing import ExecutingHost
from sfgen.preview.site import Wishes
from sfgen.pusher.signature import Credentials, sign_subscription

if TYPE_CHECKING:
    from collections.abc import Iterator

ANSWERS = HERE.parents[1] / "examples/presence-aura/answers.toml"
CHAT = ".cPusherChatAura"
LIST = ".cPusherConversationListAura"
NEWS = ".cPusherNotificationsAura"
REFUSAL = {"message": "The store rests.", "exceptionType": "System.AuraHandledException"}

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def aura(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    root = tmp_path_factory.mktemp("aura") / "presence-aura"
    assert run(["init", str(root), "--defaults", "--answers", str(ANSWERS)]) == 0
    running = RunningSite(root, ExecutingHost, Wishes())
    yield running
    running.stop()


@pytest.fixture
def advisor(aura: RunningSite, page: Any) -> Iterator[Any]:
    page.goto(aura.address)
    yield page
    aura.calm()


def open_page(page: Any, aura: RunningSite, path: str) -> None:
    page.goto(aura.site.addresses.lightning + path)
    is_ready(page)


def open_chat(page: Any, aura: RunningSite) -> Any:
    open_page(page, aura, RECORD)
    chat = page.locator(CHAT)
    start = chat.locator("button", has_text="Start a conversation")
    chat.locator("textarea").or_(start).first.wait_for()
    if start.count():
        start.click()
    chat.locator("textarea").wait_for()
    chat.locator("[data-state=connected]").wait_for()
    aura.subscribed()
    return chat


def refuse(page: Any, method: str) -> None:
    """Let calls of an Apex method end in an exception."""

    def decide(route: Any) -> None:
        if json.loads(route.request.post_data)["method"] == method:
            route.fulfill(status=500, content_type="application/json", body=json.dumps(REFUSAL))
        else:
            route.continue_()

    page.route("**/preview/apex", decide)


def is_sound(page: Any) -> None:
    """Hold what is shown to axe and to its width."""
    finds_none(lambda: find_violations(page))
    finds_none(lambda: find_overflow(page))


def find_overflow(page: Any) -> list[str]:
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll('main, main *, .preview-utility *')]
                .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth)
                .filter((one) => !one.closest('.slds-assistive-text, [hidden]'))
                .filter((one) => getComputedStyle(one).textOverflow !== 'ellipsis')
                .filter((one) => getComputedStyle(one).display !== 'inline')
                .map((one) => `${one.tagName} ${one.className}: ${one.scrollWidth}`)"""
        )
    )


def test_texts_come_and_go_in_the_chat(advisor: Any, aura: RunningSite) -> None:
    chat = open_chat(advisor, aura)
    arrives_within_a_second(advisor, lambda text: chat.locator(f":text('{text}')").wait_for())
    answer = "<b>An answer</b> {!v.chat}"
    chat.locator("textarea").fill(answer)
    expect(chat.locator("[data-counter]")).to_have_text("")
    chat.locator("textarea").fill("x" * 1590)
    expect(chat.locator("[data-counter]")).to_have_text("Characters left: 10")
    chat.locator("textarea").fill(answer)
    chat.locator("textarea").press("Enter")
    chat.locator("[data-status=Sent]", has_text=answer).wait_for()
    expect(chat.locator("textarea")).to_have_value("")
    assert chat.locator("b").count() == 0
    finds_none(lambda: find_violations(advisor))
    assert advisor.noise == []


def test_an_enter_with_shift_breaks_the_line(advisor: Any, aura: RunningSite) -> None:
    chat = open_chat(advisor, aura)
    field = chat.locator("textarea")
    expect(chat.locator("button", has_text="Send")).to_be_disabled()
    field.fill("one")
    field.press("Shift+Enter")
    field.press_sequentially("two")
    expect(field).to_have_value("one\ntwo")
    chat.locator("button", has_text="Send").click()
    chat.locator("[data-status=Sent]", has_text="two").last.wait_for()


async def _join(aura: RunningSite, name: str, channel: str) -> tuple[ClientSession, Any]:
    target = aura.site.pusher
    session = ClientSession()
    address = f"{target.origin}/app/{target.key}?protocol=7&client=test&version=1"
    socket = await session.ws_connect(address)
    hello = json.loads((await socket.receive_json())["data"])
    data = json.dumps({"user_id": "005-another", "user_info": {"name": name}})
    credentials = Credentials(target.app_id, target.key, target.secret)
    signed = sign_subscription(credentials, hello["socket_id"], channel, data)
    fields = {"channel": channel, "auth": signed.auth, "channel_data": data}
    await socket.send_json({"event": "pusher:subscribe", "data": fields})
    answer = await socket.receive_json()
    assert answer["event"] == "pusher_internal:subscription_succeeded", answer
    return session, socket


async def _leave(session: ClientSession, socket: Any) -> None:
    await socket.close()
    await session.close()


@contextmanager
def another_advisor(aura: RunningSite, name: str) -> Iterator[None]:
    """Be another advisor, who looks at the one conversation that is open."""
    session, socket = aura.run(_join(aura, name, aura.subscribed("presence-")))
    try:
        yield
    finally:
        aura.run(_leave(session, socket))


def test_others_who_look_on_are_named(advisor: Any, aura: RunningSite) -> None:
    chat = open_chat(advisor, aura)
    with another_advisor(aura, "Grace <b>"):
        chat.locator("[data-others]", has_text="Grace <b>").wait_for()
    chat.locator("[data-others]").wait_for(state="detached")


def test_earlier_messages_are_loaded_where_the_reader_stays(
    advisor: Any, aura: RunningSite
) -> None:
    chat = open_chat(advisor, aura)
    for number in range(34):
        send_as_client(advisor, f"text number {number:02}")
        chat.locator(f":text('text number {number:02}')").wait_for()
    chat = open_chat(advisor, aura)
    log = chat.locator("[role=log]")
    rows = log.locator("li[data-id]")
    chat.locator(":text('text number 33')").wait_for()
    expect(rows).to_have_count(30)
    # The newest text is in view without any scrolling.
    evaluates(
        advisor,
        "(one) => one.scrollHeight - one.scrollTop - one.clientHeight < 2",
        log.element_handle(),
    )
    first = rows.first.get_attribute("data-id")
    # Whoever scrolls to the first text gets those before it.
    log.evaluate("(one) => { one.scrollTop = 0; }")
    evaluates(advisor, f"document.querySelectorAll('{CHAT} li[data-id]').length > 30")
    expect(chat.locator("button", has_text="Show earlier texts")).to_have_count(0)
    evaluates(
        advisor,
        """([log, id]) => {
            const row = log.querySelector(`[data-id='${id}']`);
            const top = row.getBoundingClientRect().top - log.getBoundingClientRect().top;
            return top >= 0 && top < log.clientHeight;
        }""",
        [log.element_handle(), first],
    )


def test_others_are_seen_to_type(advisor: Any, aura: RunningSite) -> None:
    chat = open_chat(advisor, aura)
    # It is shown for some seconds only, which a busy machine may miss.
    advisor.evaluate(
        """() => {
            const seen = () => document.querySelector('.cPusherChatAura [data-typing]');
            new MutationObserver(() => { window.typed ||= Boolean(seen()); })
                .observe(document, { subtree: true, childList: true, attributes: true });
        }"""
    )
    advisor.click("#preview-panel button:text-is('Type')")
    evaluates(advisor, "window.typed")
    chat.locator("[data-typing]").wait_for(state="detached")


def test_a_text_that_waits_behind_another_is_discarded(advisor: Any, aura: RunningSite) -> None:
    chat = open_chat(advisor, aura)
    refuse(advisor, "sendMessage")
    for text in ("It fails", "It waits"):
        chat.locator("textarea").fill(text)
        chat.locator("textarea").press("Enter")
    failed = chat.locator("[data-status=Failed]", has_text="It fails")
    waiting = chat.locator("[data-status=Waiting]", has_text="It waits")
    failed.wait_for()
    waiting.locator("button", has_text="Discard").click()
    expect(waiting).to_have_count(0)
    failed.locator("button", has_text="Discard").click()
    expect(failed).to_have_count(0)
    advisor.unroute("**/preview/apex")


def test_a_text_that_failed_is_sent_again(advisor: Any, aura: RunningSite) -> None:
    chat = open_chat(advisor, aura)

    refuse(advisor, "sendMessage")
    chat.locator("textarea").fill("Is it kept?")
    chat.locator("textarea").press("Enter")
    chat.locator("[data-status=Failed]", has_text="Is it kept?").wait_for()
    expect(chat.locator("[role=alert]", has_text="The store rests.")).to_have_count(1)
    advisor.unroute("**/preview/apex")
    chat.locator("button", has_text="Send again").click()
    chat.locator("[data-status=Sent]", has_text="Is it kept?").wait_for()
    expect(chat.locator("[data-status=Failed]")).to_have_count(0)


def test_the_list_and_the_utility_show_what_is_unread(advisor: Any, aura: RunningSite) -> None:
    open_chat(advisor, aura)
    open_page(advisor, aura, "/lightning/page/home")
    rows, news = advisor.locator(LIST), advisor.locator(NEWS)
    rows.locator("[data-state=connected]").wait_for()
    send_as_client(advisor, "Did my form arrive?")
    rows.locator("li", has_text="Did my form arrive?").wait_for()
    rows.locator("li .count").wait_for()
    kinds = rows.locator("lightning-relative-date-time").evaluate_all(
        "(times) => times.map(({ value }) => typeof value)"
    )
    assert set(kinds) == {"number"}
    item = advisor.locator(".preview-utility-item.is-highlighted")
    expect(item).to_contain_text("(")
    item.click()
    news.locator("[data-unread]", has_text="unread").wait_for()
    news.locator("li", has_text="Did my form arrive?").wait_for()
    finds_none(lambda: find_violations(advisor))
    assert advisor.noise == []
    news.locator("li button", has_text="Did my form arrive?").click()
    expect(news.locator("textarea")).to_be_focused()
    news.locator("[role=log] :text('Did my form arrive?')").wait_for()
    news.locator("button", has_text="Open the record").click()
    advisor.wait_for_url("**/lightning/r/*/003*/view")


def test_the_list_is_searched(advisor: Any, aura: RunningSite) -> None:
    open_chat(advisor, aura)
    open_page(advisor, aura, "/lightning/page/home")
    rows = advisor.locator(LIST)
    rows.locator("li").first.wait_for()
    rows.locator("input").fill("nobody has this name")
    rows.locator("li").first.wait_for(state="detached")
    rows.locator(":text('No conversations')").wait_for()
    rows.locator("input").fill("")
    rows.locator("li").first.wait_for()


def test_a_lost_network_is_told_and_made_up_for(advisor: Any, aura: RunningSite) -> None:
    chat = open_chat(advisor, aura)
    advisor.click("[data-panel=network][data-act=offline]")
    # One follows the other by itself.
    chat.locator("[data-state=reconnecting], [data-state=offline]").wait_for()
    send_as_client(advisor, "While you were away")
    advisor.click("[data-panel=network][data-act=clear]")
    chat.locator("[data-state=connected]").wait_for()
    chat.locator(":text('While you were away')").wait_for()


def test_a_narrow_window_holds_everything(advisor: Any, aura: RunningSite) -> None:
    advisor.set_viewport_size({"width": 320, "height": 800})
    advisor.evaluate("localStorage.setItem('sfgen-panel', 'hidden')")
    open_chat(advisor, aura)
    is_sound(advisor)
    open_page(advisor, aura, "/lightning/page/home")
    advisor.locator(f"{LIST} li").first.wait_for()
    is_sound(advisor)


def unread(aura: RunningSite) -> int:
    page = aura.invoke(
        "PusherConversationController",
        "getConversations",
        searchTerm="",
        pageSize=20,
        cursor=None,
    )
    return int(page["unread"])


def test_an_unknown_number_is_read_and_answered_in_the_list(
    advisor: Any, aura: RunningSite
) -> None:
    open_page(advisor, aura, "/lightning/page/home")
    rows = advisor.locator(LIST)
    rows.locator("[data-state=connected]").wait_for()
    question = "Is this the number for questions?"
    number = "+41 44 555 01 00"
    assert aura.run(aura.site.in_apex(aura.site.panel.receive, number, question)) < 400
    rows.locator("li button", has_text=question).click()
    rows.locator("[role=log] li", has_text=question).wait_for()
    expect(rows.locator("button", has_text="Open the record")).to_have_count(0)
    wait_until(lambda: not unread(aura), "the text is never read", advisor)
    rows.locator("textarea").fill("It is.")
    rows.locator("textarea").press("Enter")
    rows.locator("[data-status=Sent]", has_text="It is.").wait_for()
    expect(rows.locator("li button", has_text="You: It is.")).to_have_count(1)
    expect(rows.locator("textarea")).to_be_focused()
    rows.locator("lightning-button-icon", has_text="Close").locator("button").click()
    expect(rows.locator("li button", has_text="You: It is.")).to_be_focused()
    assert advisor.noise == []


def test_a_chat_that_nobody_sees_reads_nothing(advisor: Any, aura: RunningSite) -> None:
    chat = open_chat(advisor, aura)
    wait_until(lambda: not unread(aura), "what is in sight is never read", advisor)
    for name, value in (("visibility", "hidden"), ("display", "none")):
        chat.evaluate("(one, [name, value]) => { one.style[name] = value; }", [name, value])
        advisor.wait_for_timeout(1_500)
        send_as_client(advisor, f"Nobody sees this: {name}")
        wait_until(lambda: unread(aura), "the text never came", advisor)
        advisor.wait_for_timeout(4_000)
        assert unread(aura)
        chat.evaluate("(one, name) => { one.style[name] = ''; }", name)
        wait_until(lambda: not unread(aura), "what came into sight is never read", advisor)


def test_what_was_begun_is_there_again(advisor: Any, aura: RunningSite) -> None:
    chat = open_chat(advisor, aura)
    chat.locator("textarea").fill("Dear client,\nhalf a")
    open_page(advisor, aura, "/lightning/page/home")
    chat = open_chat(advisor, aura)
    expect(chat.locator("textarea")).to_have_value("Dear client,\nhalf a")
    assert chat.locator("textarea").evaluate("(one) => one.scrollHeight <= one.clientHeight + 1")
    chat.locator("textarea").fill("")


def test_a_word_that_is_being_composed_is_not_sent(advisor: Any, aura: RunningSite) -> None:
    chat = open_chat(advisor, aura)
    field = chat.locator("textarea")
    field.fill("にほん")
    field.evaluate(
        """(one) => one.dispatchEvent(new KeyboardEvent(
            'keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }))"""
    )
    expect(field).to_have_value("にほん")
    field.fill("x" * 2_000)
    field.press("Enter")
    expect(chat.locator("[data-counter]")).to_have_text("Characters too many: 400")
    assert len(field.input_value()) == 2_000
    field.fill("")
