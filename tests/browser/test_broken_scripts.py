"""Scripts that are missing or throw: the widgets say so, poll slowly and come back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from desk import CONVERSATION, LIMIT, RECORD, Desk, sit_down
from playwright.async_api import expect

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from playwright.async_api import BrowserContext, Page, Route

    Render = Callable[..., tuple[Path, Path]]

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.timeout(600)]

PUSHER_JS = "**/PusherJs/pusher.min.js"
#: As pusher-js throws without a key, and as Lightning Web Security makes it throw.
THROWING = """window.Pusher = class {
    static Runtime = {};
    constructor() { throw new TypeError("Cannot read properties of null (reading 'protocol')"); }
};"""
BRIDGES = {
    "visualforce": {},
    "remoting": {"authorization": "external"},
    "direct": {"bridge": "direct", "authorization": "apex", "login": "none"},
}
each_bridge = pytest.mark.parametrize(
    "bridge", ["visualforce", pytest.param("remoting", marks=pytest.mark.slow), "direct"]
)


def run(project: tuple[Path, Path], play: Callable[[Desk], Awaitable[Any]]) -> None:
    async def sit() -> None:
        async with sit_down(project) as desk:
            await play(desk)

    asyncio.run(sit())


async def lose(where: BrowserContext | Page, pattern: str) -> None:
    async def refuse(route: Route) -> None:
        await route.fulfill(status=404, body="")

    await where.route(pattern, refuse)


async def spoil(where: BrowserContext | Page) -> None:
    async def throw(route: Route) -> None:
        await route.fulfill(body=THROWING, content_type="text/javascript")

    await where.route(PUSHER_JS, throw)


async def shows_why_and_comes_back(desk: Desk, page: Page) -> None:
    await desk.wait_for_state(page, "offline:script")
    shown = page.locator("c-chat [role=status]").first
    await expect(shown).to_contain_text("Offline", timeout=LIMIT)
    await expect(shown).to_contain_text("missing or does not start", timeout=LIMIT)
    desk.org.receive_text(CONVERSATION, "by slow polling")
    await desk.wait_for_rows(page)
    assert desk.org.sockets_opened == 0
    await desk.context.unroute_all(behavior="wait")
    await page.evaluate("window.channels.resume()")
    await desk.wait_for_state(page, "connected")


@each_bridge
def test_a_missing_pusher_js_is_named(rendered: Render, bridge: str) -> None:
    async def play(desk: Desk) -> None:
        await lose(desk.context, PUSHER_JS)
        await shows_why_and_comes_back(desk, await desk.open_tab())
        assert desk.errors == []

    run(rendered(**BRIDGES[bridge]), play)


@each_bridge
def test_a_constructor_that_throws_is_named(rendered: Render, bridge: str) -> None:
    async def play(desk: Desk) -> None:
        await spoil(desk.context)
        await shows_why_and_comes_back(desk, await desk.open_tab())
        assert desk.errors == []

    run(rendered(**BRIDGES[bridge]), play)


@pytest.mark.slow
@pytest.mark.parametrize("script", ["retry.js", "channels.js", "connection.js", "tabs.js"])
def test_a_missing_script_of_the_bridge_is_named(rendered: Render, script: str) -> None:
    async def play(desk: Desk) -> None:
        await lose(desk.context, f"**/PusherBridgeScripts/{script}")
        await shows_why_and_comes_back(desk, await desk.open_tab())

    run(rendered(), play)


def test_a_tab_without_its_script_goes_on_through_another_tab(rendered: Render) -> None:
    async def play(desk: Desk) -> None:
        broken = await desk.context.new_page()
        await lose(broken, PUSHER_JS)
        await broken.goto(f"{desk.hosts.lightning}/?show=chat&recordId={RECORD}")
        await desk.wait_for_state(broken, "offline:script")
        page = await desk.open_tab("chat")
        for one in (page, broken):
            await desk.wait_for_state(one, "connected")
        desk.org.receive_text(CONVERSATION, "told by the other tab")
        for one in (page, broken):
            await desk.wait_for_rows(one)
        await desk.wait_for_sockets(1)

    run(rendered(), play)
