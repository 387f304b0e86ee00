"""Each switch of the side panel, and what the advisor is shown of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from running_site import RunningSite

from sfgen.cli import run
from sfgen.preview import polling
from sfgen.preview.executing import ExecutingHost
from sfgen.preview.site import Wishes

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser
READY = "html[data-preview-ready]"
#: Milliseconds; what is waited for comes long before on a machine that isn't busy.
PATIENCE = 60_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    root = tmp_path_factory.mktemp("panel") / "texting"
    assert run(["init", str(root), "--defaults"]) == 0
    one = RunningSite(root, ExecutingHost, Wishes())
    yield one
    one.stop()


@pytest.fixture(scope="module")
def window(site: RunningSite, browser: Any) -> Iterator[Any]:
    """The record page with its conversation started; ``noise`` holds the console's errors."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.noise = []
    page.on("pageerror", lambda error: page.noise.append(str(error)))
    page.goto(site.address)
    page.goto(site.site.addresses.lightning + "/lightning/o/Contact/home")
    page.wait_for_selector(READY)
    page.click("c-pusher-chat button:has-text('Start a conversation')")
    page.wait_for_selector("c-pusher-chat textarea")
    yield page
    context.close()


@pytest.fixture
def record(window: Any) -> Iterator[Any]:
    """The same page, connected; all is well again afterwards."""
    shows(window, "connected")
    yield window
    press(window, "application", "clear")
    press(window, "network", "clear")
    retry = window.locator("c-pusher-chat button:has-text('Try again')")
    if retry.count():
        retry.click()
    assert window.noise == []


def press(page: Any, part: str, act: str) -> None:
    with page.expect_response(f"**/preview/panel/{part}") as told:
        page.click(f"[data-panel={part}][data-act={act}]")
    assert told.value.ok, told.value.text()


def shows(page: Any, state: str, words: str = "") -> None:
    """Wait until the chat widget says in which state its connection is."""
    page.wait_for_selector(f"c-pusher-chat [data-state={state}]")
    if words:
        page.wait_for_selector(f"c-pusher-chat :text('{words}')")


def watch(page: Any) -> None:
    """Note every state that the widget shows from now on."""
    page.evaluate(
        """() => {
            window.shown = [];
            const look = () => {
                // The synthetic shadow hides its elements from everything but XPath.
                const state = document.evaluate(
                    'string(//c-pusher-chat//@data-state)', document, null, XPathResult.STRING_TYPE
                ).stringValue;
                if (state && state !== window.shown.at(-1)) {
                    window.shown.push(state);
                }
                requestAnimationFrame(look);
            };
            look();
        }"""
    )


def follows(page: Any, *states: str) -> None:
    """Wait until these states were shown in this order, with others between them or not."""
    page.wait_for_function(
        """(states) => {
            let at = 0;
            for (const state of window.shown) {
                at += state === states[at];
            }
            return at === states.length;
        }""",
        arg=list(states),
    )


def send(page: Any, text: str) -> None:
    page.fill("#panel-text", text)
    page.click("text=Send as client")
    page.wait_for_selector(f"c-pusher-chat :text('{text}')")


def test_a_drop_is_a_reconnection(record: Any) -> None:
    watch(record)
    press(record, "network", "drop")
    follows(record, "connected", "reconnecting", "connected")


def test_offline_is_a_network_that_is_away_until_it_comes_back(record: Any) -> None:
    press(record, "network", "offline")
    shows(record, "reconnecting")
    shows(record, "offline", "The network or the messaging service is away")
    assert record.inner_text("[data-count=sockets]") == "0"
    assert "Offline" in record.inner_text(".panel-now")
    press(record, "network", "clear")
    shows(record, "connected")


def test_a_full_quota_is_said_and_comes_back_when_asked(record: Any) -> None:
    press(record, "network", "quota")
    shows(record, "quota", "Too many connections")
    press(record, "network", "clear")
    record.click("c-pusher-chat button:has-text('Try again')")
    shows(record, "connected")


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
    shows(record, "forbidden")
    press(record, "application", "clear")
    record.click("c-pusher-chat button:has-text('Try again')")
    shows(record, "connected")


def test_a_slow_authorization_is_waited_for(record: Any) -> None:
    watch(record)
    press(record, "application", "slow")
    assert "takes 3 s" in record.inner_text(".panel-now")
    follows(record, "connected", "reconnecting", "connected")


def test_an_expired_token_is_renewed_unseen(record: Any) -> None:
    watch(record)
    press(record, "application", "expire")
    follows(record, "connected", "reconnecting", "connected")
    assert not {"login", "forbidden", "offline"} & set(record.evaluate("window.shown"))


def test_an_application_that_is_down_is_waited_for(record: Any) -> None:
    press(record, "application", "down")
    shows(record, "reconnecting")
    assert "answers 503" in record.inner_text(".panel-now")
    press(record, "application", "clear")
    shows(record, "connected")


def test_held_deliveries_arrive_when_all_is_well(record: Any, site: RunningSite) -> None:
    press(record, "network", "pause")
    send_unseen(record, site, "held back")
    press(record, "network", "clear")
    record.wait_for_selector("c-pusher-chat :text('held back')")


def send_unseen(page: Any, site: RunningSite, text: str) -> None:
    """Send a text whose notice is held: it is stored and stays unseen."""
    page.fill("#panel-text", text)
    with page.expect_response("**/preview/panel/text") as told:
        page.click("text=Send as client")
    assert told.value.ok
    server = site.site.pusher_server
    assert server is not None
    frames = [frame for frame in site.call(server.journal.since, 0) if frame.label == "message"]
    assert frames[-1].count == 0, "nobody got it"
    assert page.locator(f"c-pusher-chat :text('{text}')").count() == 0


def test_an_ended_login_asks_the_advisor_to_log_in(record: Any, site: RunningSite) -> None:
    press(record, "application", "log-out")
    shows(record, "login")
    login = "PusherLoginController"
    inner = site.site
    url = inner.addresses.localize(
        site.run(inner.in_apex(inner.apex.invoke, login, "start", {})),
    )
    with record.context.new_page() as other:
        other.goto(url)
        other.click("text=Log in as the advisor")
        other.wait_for_selector("#outcome:not(:empty)")
        other.wait_for_function(
            "document.getElementById('outcome').textContent === document.body.dataset.done"
        )
    record.reload()
    record.wait_for_selector(READY)
    shows(record, "connected")


def test_polling_widgets_ask_by_themselves_and_show_texts_when_they_do(
    record: Any, site: RunningSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(record, "at once")
    record.wait_for_function(
        "document.querySelector('[data-pusher=last]').textContent.includes('s')"
    )
    monkeypatch.setattr(polling, "POLL_SECONDS", 3_600.0)
    choose_polling(record, chosen=True)
    send_unseen(record, site, "when asked")
    monkeypatch.setattr(polling, "POLL_SECONDS", 0.3)
    before = count_asked(site)
    choose_polling(record, chosen=True)
    record.wait_for_selector("c-pusher-chat :text('when asked')")
    record.wait_for_function(
        "document.querySelector('[data-polling-cell=last]').textContent.includes('s')"
    )
    # Nothing is sent any more, and requests go on.
    shown = int(record.inner_text("[data-polling-cell=requests]"))
    record.wait_for_function(
        "(more) => Number(document.querySelector('[data-polling-cell=requests]').textContent) > more",
        arg=shown + 4,
    )
    after = count_asked(site)
    for method in ("getMessagesSince", "getUnreadCount"):
        label = f"PusherConversationsController.{method}"
        assert after[label] > before.get(label, 0) + 1, "the widgets' own requests"
    choose_polling(record, chosen=False)
    send(record, "at once again")


def choose_polling(page: Any, *, chosen: bool) -> None:
    with page.expect_response("**/preview/panel/transport") as told:
        page.click(f"[data-polling='{'true' if chosen else ''}']")
    assert told.value.ok
    page.wait_for_selector(f"[data-polling='{'true' if chosen else ''}'][aria-pressed=true]")


def count_asked(site: RunningSite) -> dict[str, int]:
    labels = [entry["label"] for entry in site.call(site.site.traffic.entries)]
    return {label: labels.count(label) for label in labels}
