"""Each switch of the side panel, and what the advisor is shown of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from chat_window import (
    CHAT,
    RECORD,
    open_chat,
    open_path,
    send_as_client,
    shows_state,
    shows_text,
)
from patience import PATIENCE, evaluates, wait_until
from playwright.sync_api import expect
from running_site import RunningSite

from sfgen.cli import run
from sfgen.preview import polling
from sfgen.preview.executing import ExecutingHost
from sfgen.preview.site import Wishes

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser
CONTROLLER = "PusherConversationController"
LOGIN = "PusherLoginController"
#: Before any script of the page: it replaces what observes changes by what sees no component.
KEEP_OBSERVER = """
    window.observe = ((Observer, observe) => (act, options) =>
        observe.call(new Observer(act), document, options)
    )(MutationObserver, MutationObserver.prototype.observe);
"""
WATCH = """() => {
    // The synthetic shadow hides its elements from everything but XPath.
    const find = () => document.evaluate(
        'string(//c-pusher-chat//@data-state)', document, null, XPathResult.STRING_TYPE
    ).stringValue;
    window.shown = [find()];
    const note = (state) => {
        if (state && state !== window.shown.at(-1)) {
            window.shown.push(state);
        }
    };
    const look = (changes) => {
        changes.filter(({ type }) => type === 'attributes').forEach((one) => note(one.oldValue));
        note(find());
    };
    window.observe(look, {
        subtree: true, childList: true, attributeFilter: ['data-state'], attributeOldValue: true
    });
}"""
FOLLOWS = """(states) => {
    let at = 0;
    for (const state of window.shown) {
        at += state === states[at];
    }
    return at === states.length;
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    root = tmp_path_factory.mktemp("panel") / "texting"
    assert run(["init", str(root), "--defaults"]) == 0
    one = RunningSite(root, ExecutingHost, Wishes())
    yield one
    one.stop()


@pytest.fixture(scope="module")
def window(browser: Any) -> Iterator[Any]:
    """A page for all tests; ``thrown`` holds its errors."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.thrown = []
    page.on("pageerror", lambda error: page.thrown.append(str(error)))
    page.add_init_script(KEEP_OBSERVER)
    yield page
    context.close()


@pytest.fixture
def record(site: RunningSite, window: Any) -> Iterator[Any]:
    """The record page, connected: as the test before has left it, or opened anew."""
    site.calm()
    if not window.locator(f"{CHAT} [data-state=connected]").count():
        open_chat(window, site)
    site.subscribed()
    window.thrown.clear()
    yield window
    site.calm()
    assert window.thrown == []


def press(page: Any, part: str, act: str) -> None:
    with page.expect_response(f"**/preview/panel/{part}") as told:
        page.click(f"[data-panel={part}][data-act={act}]")
    assert told.value.ok, told.value.text()


def watch(page: Any) -> None:
    """Note every state that the widget shows from now on, however shortly."""
    page.evaluate(WATCH)


def follows(page: Any, *states: str) -> None:
    """Wait until these states were shown in this order, with others between them or not."""
    evaluates(page, FOLLOWS, list(states))


def tells(page: Any, words: str) -> None:
    """Wait until the panel says what is switched."""
    expect(page.locator(".panel-now")).to_contain_text(words)


def send(page: Any, text: str) -> None:
    send_as_client(page, text)
    shows_text(page, text)


def test_a_drop_is_a_reconnection(record: Any) -> None:
    watch(record)
    press(record, "network", "drop")
    follows(record, "connected", "reconnecting", "connected")


def test_offline_is_a_network_that_is_away_until_it_comes_back(record: Any) -> None:
    watch(record)
    press(record, "network", "offline")
    tells(record, "Offline: no socket gets through.")
    expect(record.locator("[data-count=sockets]")).to_have_text("0")
    follows(record, "connected", "reconnecting", "offline")
    shows_state(record, "offline", "The network or the messaging service is away")
    press(record, "network", "clear")
    shows_state(record, "connected")
    tells(record, "")


def test_a_full_quota_is_said_and_comes_back_when_asked(record: Any) -> None:
    press(record, "network", "quota")
    shows_state(record, "quota", "Too many connections")
    tells(record, "The quota is full.")
    press(record, "network", "clear")
    record.click("c-pusher-chat button:has-text('Try again')")
    shows_state(record, "connected")


@pytest.mark.parametrize("code", [4200, 4100, 4201, 4202])
def test_a_close_that_allows_it_is_a_reconnection(record: Any, code: int) -> None:
    watch(record)
    record.select_option("#panel-code", str(code))
    press(record, "network", "close")
    follows(record, "connected", "reconnecting", "connected")
    assert "offline" not in record.evaluate("window.shown")


@pytest.mark.parametrize("code", [4001, 4009])
def test_a_close_that_forbids_reconnecting_is_said_and_tried_again(record: Any, code: int) -> None:
    watch(record)
    record.select_option("#panel-code", str(code))
    press(record, "network", "close")
    follows(record, "connected", "offline", "connected")


def test_a_refused_channel_is_no_permission(record: Any) -> None:
    press(record, "application", "refuse")
    tells(record, "Channels are refused.")
    shows_state(record, "forbidden")
    press(record, "application", "clear")
    record.click("c-pusher-chat button:has-text('Try again')")
    shows_state(record, "connected")


def test_a_slow_authorization_is_waited_for(record: Any) -> None:
    watch(record)
    press(record, "application", "slow")
    tells(record, "takes 3 s")
    follows(record, "connected", "reconnecting", "connected")


def test_an_expired_token_is_renewed_unseen(record: Any) -> None:
    watch(record)
    press(record, "application", "expire")
    follows(record, "connected", "reconnecting", "connected")
    assert not {"login", "forbidden", "offline"} & set(record.evaluate("window.shown"))


def test_an_application_that_is_down_is_waited_for(record: Any) -> None:
    watch(record)
    press(record, "application", "down")
    tells(record, "answers 503")
    follows(record, "connected", "reconnecting")
    press(record, "application", "clear")
    follows(record, "connected", "reconnecting", "connected")


def test_held_deliveries_arrive_when_all_is_well(record: Any, site: RunningSite) -> None:
    press(record, "network", "pause")
    send_unseen(record, site, "held back")
    press(record, "network", "clear")
    shows_text(record, "held back")


def send_unseen(page: Any, site: RunningSite, text: str) -> None:
    """Send a text whose notice is held: it is stored and stays unseen."""
    before = len(site.journal("message"))
    with page.expect_response("**/preview/panel/text") as told:
        send_as_client(page, text)
    assert told.value.ok
    # Apex publishes from its own thread, so that the answer may be there earlier.
    frames = wait_until(lambda: site.journal("message")[before:], "it was not published")
    assert frames[-1].count == 0, "nobody got it"
    assert page.locator(f"{CHAT} :text('{text}')").count() == 0


def test_an_ended_login_asks_the_advisor_to_log_in(record: Any, site: RunningSite) -> None:
    press(record, "application", "log-out")
    try:
        shows_state(record, "login")
    finally:
        log_in(record, site)
    open_path(record, site, RECORD)
    shows_state(record, "connected")


def log_in(page: Any, site: RunningSite) -> None:
    """Log the advisor in, in a window of its own."""
    url = site.site.addresses.localize(site.invoke(LOGIN, "getLogin")["loginUrl"])
    with page.context.new_page() as other:
        other.goto(url)
        other.click("text=Log in as the advisor")
        evaluates(
            other,
            "document.getElementById('outcome')?.textContent === document.body.dataset.done",
        )


def test_what_one_page_switches_is_told_on_every_page(record: Any, site: RunningSite) -> None:
    with record.context.new_page() as other:
        open_path(other, site, "/lightning/page/home")
        press(other, "network", "pause")
        tells(other, "Deliveries are held back.")
        tells(record, "Deliveries are held back.")
        press(record, "network", "clear")
        expect(other.locator(".panel-now")).to_have_text("")


def test_an_answer_that_was_overtaken_is_not_shown(record: Any) -> None:
    early = record.evaluate_handle(
        """async () => {
            const { state } = await import('/asset/browser/server.js');
            const headers = { 'Content-Type': 'application/json', 'X-Sfgen-Preview': state.key };
            const answer = await fetch('/preview/panel/state', { method: 'POST', headers, body: '{}' });
            return answer.json();
        }"""
    )
    press(record, "application", "slow")
    tells(record, "takes 3 s")
    record.evaluate(
        "(detail) => document.dispatchEvent(new CustomEvent('preview-panel', { detail }))", early
    )
    assert "takes 3 s" in record.inner_text(".panel-now")


def test_polling_widgets_ask_by_themselves_and_show_texts_when_they_do(
    record: Any, site: RunningSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(record, "at once")
    timed(record, "[data-pusher=last]")
    monkeypatch.setattr(polling, "POLL_SECONDS", 86_400.0)
    choose_polling(record, chosen=True)
    wait_until(partial(is_quiet, record, site), "the widgets go on asking")
    send_unseen(record, site, "when asked")
    monkeypatch.setattr(polling, "POLL_SECONDS", 0.3)
    before = last_request(site)
    choose_polling(record, chosen=True)
    shows_text(record, "when asked")
    timed(record, "[data-polling-cell=last]")
    # Nothing is sent any more, and requests go on.
    shown = int(record.inner_text("[data-polling-cell=requests]"))
    evaluates(
        record,
        "(more) => Number(document.querySelector('[data-polling-cell=requests]').textContent) > more",
        shown + 4,
    )
    for method in ("getMessagesSince", "getConversations"):
        label = f"{CONTROLLER}.{method}"
        wait_until(partial(asked_twice, site, label, before), "the widgets' own requests")
    choose_polling(record, chosen=False)
    send(record, "at once again")


def timed(page: Any, cell: str) -> None:
    """Wait until the panel has measured how long a text took."""
    evaluates(page, "(cell) => document.querySelector(cell).textContent.includes('s')", cell)


def choose_polling(page: Any, *, chosen: bool) -> None:
    button = f"[data-polling='{'true' if chosen else ''}']"
    with page.expect_response("**/preview/panel/transport") as told:
        page.click(button)
    assert told.value.ok
    page.wait_for_selector(f"{button}[aria-pressed=true]")


def last_request(site: RunningSite) -> int:
    return int(max((one["number"] for one in site.call(site.site.traffic.entries)), default=0))


def is_quiet(page: Any, site: RunningSite) -> bool:
    """Whether no widget asks for anything: a look that is on its way would show the next text."""
    before = last_request(site)
    page.wait_for_timeout(3_000)
    return last_request(site) == before


def asked_twice(site: RunningSite, label: str, since: int) -> bool:
    """Whether one method was asked for at least twice since then; the log keeps the latest."""
    entries: list[dict[str, Any]] = site.call(site.site.traffic.entries)
    return [one["label"] for one in entries if one["number"] > since].count(label) > 1


def test_the_phone_shows_the_texts_of_both_sides(record: Any) -> None:
    send(record, "from the client's hand")
    record.fill(f"{CHAT} textarea", "from the advisor's hand")
    record.press(f"{CHAT} textarea", "Enter")
    own = record.locator(".phone-own", has_text="from the client's hand")
    other = record.locator(".phone-text:not(.phone-own)", has_text="from the advisor's hand")
    expect(own).to_have_count(1)
    expect(other).to_have_count(1)


def test_a_fault_that_is_on_stands_out_until_all_is_well(record: Any) -> None:
    toggle = record.locator(".preview-panel-toggle")
    press(record, "application", "slow")
    expect(record.locator("[data-act=slow]")).to_have_attribute("aria-pressed", "true")
    expect(record.locator("[data-act=down]")).to_have_attribute("aria-pressed", "false")
    expect(toggle).to_have_attribute("data-faults", "1")
    press(record, "network", "pause")
    expect(toggle).to_have_attribute("data-faults", "2")
    press(record, "application", "clear")
    press(record, "network", "clear")
    expect(toggle).to_have_attribute("data-faults", "")


def test_a_limit_of_the_org_is_switched_on_and_off(record: Any) -> None:
    press(record, "org", "async-limit")
    tells(record, "The daily limit of Apex jobs is spent.")
    press(record, "org", "async-limit")
    expect(record.locator(".panel-now")).to_have_text("")
    press(record, "org", "row-lock")
    press(record, "org", "clear")
    expect(record.locator(".panel-now")).to_have_text("")


def test_on_a_narrow_screen_the_panel_is_closed_until_it_is_asked_for(
    record: Any, site: RunningSite
) -> None:
    with record.context.new_page() as narrow:
        narrow.set_viewport_size({"width": 390, "height": 844})
        open_path(narrow, site, "/lightning/page/home")
        assert narrow.locator("#preview-panel").is_hidden()
        narrow.click(".preview-panel-toggle")
        assert narrow.locator("#preview-panel").is_visible()


def test_protection_of_pages_without_headers_keeps_the_bridge_away(
    record: Any, site: RunningSite
) -> None:
    with record.context.new_page() as other:
        refused: list[str] = []
        other.on("console", lambda message: refused.append(message.text))
        site.call(setattr, site.site, "protects_frames", True)  # noqa: FBT003 - setattr's own
        try:
            open_path(other, site, RECORD)
            tells(other, "Pages without headers may not be framed.")
            wait_until(lambda: any("frame-ancestors" in one for one in refused), page=other)
            assert other.locator(f"{CHAT} [data-state=connected]").count() == 0
        finally:
            site.call(setattr, site.site, "protects_frames", False)  # noqa: FBT003 - same
