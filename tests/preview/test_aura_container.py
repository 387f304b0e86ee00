"""The generated Aura components, in the preview of ``examples/presence-aura``."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ClientSession
from running_site import HERE, RunningSite

from sfgen.cli import run
from sfgen.preview.executing import ExecutingHost
from sfgen.preview.site import Wishes
from sfgen.pusher.signature import Credentials, sign_subscription

if TYPE_CHECKING:
    from collections.abc import Iterator

ANSWERS = HERE.parents[1] / "examples/presence-aura/answers.toml"
AXE = HERE.parents[1] / "node_modules/axe-core/axe.min.js"
RECORD = "/lightning/o/Contact/home"
CHAT = ".cPusherChatAura"
LIST = ".cPusherConversationsAura"
NEWS = ".cPusherNotificationsAura"
#: Milliseconds until what doesn't come is a failure, on a busy machine.
PATIENCE = 20_000
REFUSAL = {"message": "The store rests.", "exceptionType": "System.AuraHandledException"}

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def aura(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    root = tmp_path_factory.mktemp("aura") / "presence-aura"
    assert run(["init", str(root), "--defaults", "--answers", str(ANSWERS)]) == 0
    running = RunningSite(root, ExecutingHost, Wishes())
    yield running
    running.stop()


@pytest.fixture
def advisor(aura: RunningSite, page: Any) -> Iterator[Any]:
    page.set_default_timeout(PATIENCE)
    page.goto(aura.address)
    yield page
    aura.call(aura.site.pusher_server.faults.clear)


def open_page(page: Any, aura: RunningSite, path: str) -> None:
    page.goto(aura.site.addresses.lightning + path)
    page.wait_for_selector("html[data-preview-ready]")


def open_chat(page: Any, aura: RunningSite) -> Any:
    open_page(page, aura, RECORD)
    chat = page.locator(CHAT)
    start = chat.locator("button", has_text="Start a conversation")
    chat.locator("textarea").or_(start).first.wait_for()
    if start.count():
        start.click()
    chat.locator("textarea").wait_for()
    chat.locator("[data-state=connected]").wait_for()
    return chat


def hear(page: Any, text: str) -> None:
    """Let the client write."""
    page.fill("#panel-text", text)
    page.click("text=Send as client")


def find_violations(page: Any) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = "{ resultTypes: ['violations'], iframes: false }"
    result = page.evaluate(f"axe.run(document, {options})")
    return [f"{one['id']}: {node['html']}" for one in result["violations"] for node in one["nodes"]]


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
    taken = []
    for text in ("through Aura", "and quickly", "and again", "once more"):
        started = time.monotonic()
        hear(advisor, text)
        chat.locator(f":text('{text}')").wait_for()
        taken.append(time.monotonic() - started)
    assert min(taken) < 1.0
    answer = "<b>An answer</b> {!v.chat}"
    chat.locator("textarea").fill(answer)
    assert chat.locator("[data-counter]").inner_text() == str(1600 - len(answer))
    chat.locator("textarea").press("Enter")
    chat.locator("[data-status=Sent]", has_text=answer).wait_for()
    assert chat.locator("textarea").input_value() == ""
    assert chat.locator("b").count() == 0
    assert find_violations(advisor) == []
    assert advisor.noise == []


def test_an_enter_with_shift_breaks_the_line(advisor: Any, aura: RunningSite) -> None:
    chat = open_chat(advisor, aura)
    field = chat.locator("textarea")
    assert chat.locator("button", has_text="Send").is_disabled()
    field.fill("one")
    field.press("Shift+Enter")
    field.press_sequentially("two")
    assert field.input_value() == "one\ntwo"
    chat.locator("button", has_text="Send").click()
    chat.locator("[data-status=Sent]", has_text="two").last.wait_for()


async def _join(aura: RunningSite, name: str) -> tuple[ClientSession, Any]:
    target = aura.site.pusher
    [channel] = [
        channel
        for exchange in aura.site.pusher_server.exchanges.values()
        for channel in exchange.channels
        if channel.startswith("presence-")
    ]
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
    session, socket = aura.run(_join(aura, name))
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
        hear(advisor, f"text number {number:02}")
        chat.locator(f":text('text number {number:02}')").wait_for()
    chat = open_chat(advisor, aura)
    log = chat.locator("[role=log]")
    rows = log.locator("li[data-id]")
    chat.locator(":text('text number 33')").wait_for()
    assert rows.count() == 30
    # The newest text is in view without any scrolling.
    gap = "(one) => one.scrollHeight - one.scrollTop - one.clientHeight"
    assert log.evaluate(gap) < 2
    log.evaluate("(one) => { one.scrollTop = 0; }")
    first = rows.first.get_attribute("data-id")
    chat.locator("button", has_text="Show earlier texts").click()
    advisor.wait_for_function(
        f"document.querySelectorAll('{CHAT} li[data-id]').length > 30", timeout=PATIENCE
    )
    top = log.evaluate(
        "(one, id) => one.querySelector(`[data-id='${id}']`).getBoundingClientRect().top"
        " - one.getBoundingClientRect().top",
        first,
    )
    assert 0 <= top < log.evaluate("(one) => one.clientHeight")


def test_others_are_seen_to_type(advisor: Any, aura: RunningSite) -> None:
    chat = open_chat(advisor, aura)
    advisor.click("#preview-panel button:text-is('Type')")
    chat.locator("[data-typing]").wait_for()
    chat.locator("[data-typing]").wait_for(state="detached")


def test_a_text_that_failed_is_sent_again(advisor: Any, aura: RunningSite) -> None:
    chat = open_chat(advisor, aura)

    def refuse(route: Any) -> None:
        if json.loads(route.request.post_data)["method"] == "sendMessage":
            route.fulfill(status=500, content_type="application/json", body=json.dumps(REFUSAL))
        else:
            route.continue_()

    advisor.route("**/preview/apex", refuse)
    chat.locator("textarea").fill("Is it kept?")
    chat.locator("textarea").press("Enter")
    chat.locator("[data-status=Failed]", has_text="Is it kept?").wait_for()
    assert chat.locator("[role=alert]", has_text="The store rests.").count() == 1
    advisor.unroute("**/preview/apex")
    chat.locator("button", has_text="Send again").click()
    chat.locator("[data-status=Sent]", has_text="Is it kept?").wait_for()
    assert chat.locator("[data-status=Failed]").count() == 0


def test_the_list_and_the_utility_show_what_is_unread(advisor: Any, aura: RunningSite) -> None:
    open_chat(advisor, aura)
    open_page(advisor, aura, "/lightning/page/home")
    rows, news = advisor.locator(LIST), advisor.locator(NEWS)
    rows.locator("[data-state=connected]").wait_for()
    hear(advisor, "Did my form arrive?")
    rows.locator("li", has_text="Did my form arrive?").wait_for()
    rows.locator("li lightning-badge").wait_for()
    item = advisor.locator(".preview-utility-item.is-highlighted")
    item.wait_for()
    assert "(" in item.inner_text()
    item.click()
    news.locator("[data-unread]", has_text="unread").wait_for()
    news.locator("li", has_text="Did my form arrive?").wait_for()
    assert find_violations(advisor) == []
    assert advisor.noise == []
    news.locator("li button").first.click()
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
    chat.locator("[data-state=reconnecting], [data-state=offline]").wait_for()
    hear(advisor, "While you were away")
    advisor.click("[data-panel=network][data-act=clear]")
    chat.locator("[data-state=connected]").wait_for()
    chat.locator(":text('While you were away')").wait_for()


def test_a_narrow_window_holds_everything(advisor: Any, aura: RunningSite) -> None:
    advisor.set_viewport_size({"width": 320, "height": 800})
    advisor.evaluate("localStorage.setItem('sfgen-panel', 'hidden')")
    open_chat(advisor, aura)
    assert find_overflow(advisor) == []
    assert find_violations(advisor) == []
    open_page(advisor, aura, "/lightning/page/home")
    advisor.locator(f"{LIST} li").first.wait_for()
    assert find_overflow(advisor) == []
    assert find_violations(advisor) == []
