"""The bridge in real Chromium: its diagnoses, its refusals and its other ways."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from desk import CONVERSATION, LIMIT, RECORD, Desk, sit_down, until
from playwright.async_api import TimeoutError as Missing
from playwright.async_api import expect
from texting_org import SECRET

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from playwright.async_api import Page

    Render = Callable[..., tuple[Path, Path]]

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.timeout(600)]

BLOCKED = "connect-src 'self'"
#: Seconds without a request: five looks of a poll.
QUIET = 5.0
FIRST = "Bearer token-1"


def run(project: tuple[Path, Path], play: Callable[[Desk], Awaitable[Any]], **how: Any) -> Any:
    async def sit() -> Any:
        async with sit_down(project, **how) as desk:
            answer = await play(desk)
            assert not desk.errors
            return answer

    return asyncio.run(sit())


@pytest.mark.slow
def test_a_policy_without_wss_is_shown_as_blocked_and_polling_takes_over(rendered: Render) -> None:
    async def play(desk: Desk) -> None:
        desk.hosts.page_policy = BLOCKED
        page = await desk.open_tab()
        await desk.wait_for_state(page, "offline:blocked", 20)
        desk.org.receive_text(CONVERSATION, "by slow polling")
        await desk.wait_for_rows(page)
        assert desk.org.sockets_opened == 0

    run(rendered(), play)


def test_no_request_is_made_while_connected_and_idle(rendered: Render) -> None:
    async def play(desk: Desk) -> None:
        page = await desk.open_tab()
        await desk.wait_for_state(page, "connected")
        quiet_since, before = time.monotonic(), 0

        def is_quiet() -> bool:
            # What loading still asks for may come late; polling, each second, never ends.
            nonlocal quiet_since, before
            if len(desk.hosts.requests) != before:
                quiet_since, before = time.monotonic(), len(desk.hosts.requests)
            return time.monotonic() - quiet_since > QUIET

        await until(is_quiet, 20, f"{QUIET} s without a request")
        assert await desk.state(page) == "connected"

    run(rendered(), play)


@pytest.mark.slow
def test_a_page_that_never_answers_is_named(rendered: Render) -> None:
    async def play(desk: Desk) -> None:
        # As when the frame shows a login page instead of the bridge.
        await desk.context.route(
            "**/apex/PusherBridgePage", lambda route: route.fulfill(body="log in")
        )
        page = await desk.open_tab()
        await desk.wait_for_state(page, "offline:bridge", 20)
        shown = page.locator("c-chat [role=status]").first
        await expect(shown).to_contain_text("connection page did not answer", timeout=LIMIT)

    run(rendered(), play)


def test_the_external_endpoint_gets_the_bearer_and_one_renewal_serves_all(
    rendered: Render,
) -> None:
    async def play(desk: Desk) -> None:
        desk.hosts.judge = lambda bearer: 401 if bearer == FIRST else 200
        page = await desk.open_tab()
        await desk.wait_for_state(page, "connected")
        # Both channels ask; whether the second still does with the first token, the network says.
        assert desk.hosts.bearers[0] == FIRST
        assert len(set(desk.hosts.bearers)) == 2
        assert desk.org.calls["getAccessToken"] == 2
        # The token goes from Apex to the page and to the endpoint, never to the component.
        assert "PusherBridgeController.getAccessToken" in desk.hosts.requests
        assert not any("token-" in one for one in await page.evaluate("window.heard"))

    run(rendered(authorization="external"), play)


def test_a_401_and_then_a_403_mean_no_permission(rendered: Render) -> None:
    async def play(desk: Desk) -> None:
        desk.hosts.judge = lambda bearer: 401 if bearer == FIRST else 403
        page = await desk.open_tab()
        await desk.wait_for_state(page, "forbidden")
        await until(lambda: len(desk.hosts.bearers) >= 4, 20, "both channels' two questions")
        await asyncio.sleep(1)
        assert len(desk.hosts.bearers) == 4, "a definite refusal is not repeated"
        desk.hosts.judge = lambda bearer: 200
        await page.evaluate("window.channels.resume()")
        await desk.wait_for_state(page, "connected")

    run(rendered(authorization="external"), play)


def test_another_origin_than_the_applications_never_gets_the_token(rendered: Render) -> None:
    async def play(desk: Desk) -> None:
        desk.hosts.application_origin = "https://texting.example.com"
        page = await desk.open_tab()
        await desk.wait_for_state(page, "forbidden")
        assert desk.org.calls["getAccessToken"] > 0
        assert desk.hosts.bearers == []

    run(rendered(authorization="external"), play)


def test_two_401_mean_that_a_login_is_needed(rendered: Render) -> None:
    async def play(desk: Desk) -> None:
        desk.hosts.judge = lambda bearer: 401
        page = await desk.open_tab()
        await desk.wait_for_state(page, "login")

    run(rendered(authorization="external"), play)


def test_a_refusal_while_another_request_renews_the_login_asks_again(rendered: Render) -> None:
    async def play(desk: Desk) -> None:
        # The one that came second with the same refresh token is told to log in.
        desk.org.faults.authorization = ["login"]
        page = await desk.open_tab()
        await desk.wait_for_state(page, "connected")
        assert desk.org.faults.authorization == []

    run(rendered(), play)


def test_a_page_whose_remoting_session_is_over_says_so(rendered: Render) -> None:
    async def play(desk: Desk) -> None:
        page = await desk.open_tab()
        await desk.wait_for_state(page, "connected")
        desk.hosts.session_over = True
        desk.hosts.judge = lambda bearer: 401
        desk.org.server.faults.close(4200)
        await desk.wait_for_state(page, "offline:session", 20)

    run(rendered(authorization="external"), play)


def test_a_channel_left_before_its_answer_is_forgotten(rendered: Render) -> None:
    async def play(desk: Desk) -> None:
        desk.org.faults.delays["authorizeChannel"] = [1.0, 1.0]
        page = await desk.open_tab("conversation-list,chat")
        await until(lambda: desk.org.calls["authorizeChannel"] >= 2, what="both are asked for")
        await page.evaluate("document.querySelector('c-chat').remove()")
        await desk.wait_for_state(page, "connected")
        # The answer that nobody waits for any more comes and goes.
        await asyncio.sleep(1)

    run(rendered(), play)


async def is_shown_typing(page: Page, other: Page) -> bool:
    """Type; what the other browser shows of it goes away again, so a slow one is typed to anew."""
    await page.evaluate(
        """() => document.querySelector('c-chat').shadowRoot
            .querySelector('c-pusher-chat-panel').shadowRoot
            .querySelector('c-pusher-composer').dispatchEvent(new CustomEvent('typing'))"""
    )
    shown = other.locator("c-chat [data-typing]")
    with contextlib.suppress(Missing):
        await shown.wait_for(timeout=3000)
        return True
    return False


@pytest.mark.parametrize("kind", ["private-", "presence-"])
def test_typing_reaches_the_other_browser_only(rendered: Render, kind: str) -> None:
    async def play(desk: Desk) -> None:
        page = await desk.open_tab("chat")
        await desk.wait_for_state(page, "connected")
        browser = desk.context.browser
        assert browser
        elsewhere = await browser.new_context()
        elsewhere.set_default_timeout(LIMIT)
        other = await elsewhere.new_page()
        await other.goto(f"{desk.hosts.lightning}/?show=chat&recordId={RECORD}")
        await desk.wait_for_state(other, "connected")
        await until(lambda: is_shown_typing(page, other), 20, "the typing")
        assert await page.locator("c-chat [data-typing]").count() == 0
        await desk.wait_for_sockets(2)

    run(rendered(channels="private,presence"), play, kind=kind)


def test_pusher_js_runs_in_lightning_itself_with_one_socket_for_all_tabs(
    rendered: Render,
) -> None:
    async def play(desk: Desk) -> None:
        pages = [await desk.open_tab() for _ in range(2)]
        for page in pages:
            await desk.wait_for_state(page, "connected")
        desk.org.receive_text(CONVERSATION, "direct")
        await desk.send(pages[1], "and back")
        for page in pages:
            await desk.wait_for_rows(page)
            assert len(page.frames) == 1
        await desk.wait_for_sockets(1)
        protocol = await pages[0].evaluate("window.Pusher.Runtime.getProtocol()")
        assert protocol == "http:"

    run(rendered(bridge="direct", authorization="apex", login="none"), play)


@pytest.mark.slow
def test_direct_without_the_trusted_url_is_shown_as_blocked(rendered: Render) -> None:
    async def play(desk: Desk) -> None:
        desk.hosts.lightning_policy = BLOCKED
        page = await desk.open_tab()
        await desk.wait_for_state(page, "offline:blocked", 20)

    run(rendered(bridge="direct", authorization="apex", login="none"), play)


def test_a_public_channel_needs_no_authorization(rendered: Render) -> None:
    async def play(desk: Desk) -> None:
        page = await desk.open_tab()
        await desk.wait_for_state(page, "connected")
        desk.org.receive_text(CONVERSATION, "for everybody")
        await desk.wait_for_rows(page)
        assert desk.org.calls["authorizeChannel"] == 0

    run(
        rendered(channels="public", authorization="none", login="none"),
        play,
        kind="",
    )


def test_an_event_carries_no_text_to_the_components(rendered: Render) -> None:
    async def play(desk: Desk) -> None:
        page = await desk.open_tab()
        await desk.wait_for_state(page, "connected")
        row = desk.org.receive_text(CONVERSATION, "stored text")
        marker = "planted-in-an-event"
        data = json.dumps(
            {"conversationId": CONVERSATION, "sequence": row["sequence"], "body": marker}
        )
        desk.org.publish(desk.org.channels_of(CONVERSATION)[0], "message", data)
        await desk.wait_for_rows(page)
        heard = json.dumps(await page.evaluate("window.heard"))
        assert marker not in heard
        assert SECRET not in heard
        assert marker not in await page.content()

    run(rendered(), play)


def test_history_is_loaded_page_by_page(rendered: Render) -> None:
    async def play(desk: Desk) -> None:
        for number in range(75):
            desk.org.receive_text(CONVERSATION, f"old {number}")
        page = await desk.open_tab("chat")
        await desk.wait_for_rows(page)
        for expected in (60, 75):
            await page.evaluate(
                """() => document.querySelector('c-chat').shadowRoot
                    .querySelector('c-pusher-chat-panel').shadowRoot
                    .querySelector('c-pusher-message-list').dispatchEvent(new CustomEvent('earlier'))"""
            )
            await until(lambda count=expected: has_rows(desk, page, count))
        assert await desk.rows(page) == desk.stored()

    async def has_rows(desk: Desk, page: Any, count: int) -> bool:
        return len(await desk.rows(page)) == count

    run(rendered(), play)
