"""The bridge in real Chromium: its diagnoses, its refusals and its other ways."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from desk import CONVERSATION, RECORD, Desk, sit_down, until
from texting_org import SECRET

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    Render = Callable[..., tuple[Path, Path]]

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.timeout(90)]

BLOCKED = "connect-src 'self'"


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
        await asyncio.sleep(1)
        before = len(desk.hosts.requests)
        await asyncio.sleep(4)
        assert len(desk.hosts.requests) == before

    run(rendered(), play)


@pytest.mark.slow
def test_a_page_that_never_answers_is_named(rendered: Render) -> None:
    async def play(desk: Desk) -> None:
        # As when the frame shows a login page instead of the bridge.
        await desk.context.route("**/apex/PusherBridge", lambda route: route.fulfill(body="log in"))
        page = await desk.open_tab()
        await desk.wait_for_state(page, "offline:bridge", 20)
        shown = await page.locator("c-chat [role=status]").first.inner_text()
        assert "connection page did not answer" in shown

    run(rendered(), play)


def test_the_external_endpoint_gets_the_bearer_and_one_renewal_serves_all(
    rendered: Render,
) -> None:
    async def play(desk: Desk) -> None:
        desk.hosts.endpoint = [401, 401]
        page = await desk.open_tab()
        await desk.wait_for_state(page, "connected")
        assert desk.hosts.bearers[:2] == ["Bearer token-1"] * 2
        assert len(set(desk.hosts.bearers[2:])) == 1
        assert desk.org.calls["getAccessToken"] == 2
        # The token goes from Apex to the page and to the endpoint, never to the component.
        assert "PusherBridgeController.getAccessToken" in desk.hosts.requests
        assert not any("token-" in one for one in await page.evaluate("window.heard"))

    run(rendered(authorization="external"), play)


def test_a_401_and_then_a_403_mean_no_permission(rendered: Render) -> None:
    async def play(desk: Desk) -> None:
        desk.hosts.endpoint = [401, 401, 403, 403]
        page = await desk.open_tab()
        await desk.wait_for_state(page, "forbidden")
        await asyncio.sleep(1)
        assert len(desk.hosts.bearers) == 4, "a definite refusal is not repeated"
        await page.evaluate("window.channels.resume()")
        await desk.wait_for_state(page, "connected")

    run(rendered(authorization="external"), play)


def test_two_401_mean_that_a_login_is_needed(rendered: Render) -> None:
    async def play(desk: Desk) -> None:
        desk.hosts.endpoint = [401] * 4
        page = await desk.open_tab()
        await desk.wait_for_state(page, "login")

    run(rendered(authorization="external"), play)


def test_a_page_whose_remoting_session_is_over_says_so(rendered: Render) -> None:
    async def play(desk: Desk) -> None:
        page = await desk.open_tab()
        await desk.wait_for_state(page, "connected")
        desk.hosts.session_over = True
        desk.hosts.endpoint = [401] * 20
        desk.org.server.faults.close(4200)
        await desk.wait_for_state(page, "offline:session", 20)

    run(rendered(authorization="external"), play)


def test_a_channel_left_before_its_answer_is_forgotten(rendered: Render) -> None:
    async def play(desk: Desk) -> None:
        desk.org.faults.delays["authorizeChannel"] = [1.0, 1.0]
        page = await desk.open_tab("conversations,chat")
        await until(lambda: desk.org.calls["authorizeChannel"] == 2, what="both are asked for")
        await page.evaluate("document.querySelector('c-chat').remove()")
        await desk.wait_for_state(page, "connected")
        # The answer that nobody waits for any more comes and goes.
        await asyncio.sleep(1)

    run(rendered(), play)


@pytest.mark.parametrize("kind", ["private-", "presence-"])
def test_typing_reaches_the_other_browser_only(rendered: Render, kind: str) -> None:
    async def play(desk: Desk) -> None:
        page = await desk.open_tab("chat")
        await desk.wait_for_state(page, "connected")
        browser = desk.context.browser
        assert browser
        other = await (await browser.new_context()).new_page()
        await other.goto(f"{desk.hosts.lightning}/?show=chat&recordId={RECORD}")
        await desk.wait_for_state(other, "connected")
        await page.evaluate(
            """() => document.querySelector('c-chat').shadowRoot
                .querySelector('c-pusher-composer').dispatchEvent(new CustomEvent('typing'))"""
        )
        await other.locator("c-chat [data-typing]").wait_for(timeout=5000)
        assert await page.locator("c-chat [data-typing]").count() == 0
        assert desk.org.sockets == 2

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
        assert desk.org.sockets == 1
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
                    .querySelector('c-pusher-message-list').dispatchEvent(new CustomEvent('earlier'))"""
            )
            await until(lambda count=expected: has_rows(desk, page, count))
        assert await desk.rows(page) == desk.stored()

    async def has_rows(desk: Desk, page: Any, count: int) -> bool:
        return len(await desk.rows(page)) == count

    run(rendered(), play)
