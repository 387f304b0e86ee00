"""An advisor's browser: tabs with widgets, what they show, and which of them leads."""

from __future__ import annotations

import asyncio
import inspect
import os
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from org_hosts import Hosts
from playwright.async_api import async_playwright
from texting_org import Org

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from playwright.async_api import BrowserContext, Frame, Page

CONVERSATION = "a00000000000001AAA"
RECORD = "003000000000001AAA"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
#: How much longer than usual a busy machine may take: limits here tell hanging, not slowness.
PATIENCE = 4
#: Seconds that any wait may last at least, and milliseconds that a page may take for anything.
LEAST, LIMIT = 60.0, 120_000
ARGUMENTS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync
    --disable-background-networking --disable-component-update""".split()

#: Waits as short as a test can bear; the files stay as they are.
QUICK = """Object.defineProperty(window, 'PusherBridge', {
    configurable: true,
    set(bridge) {
        Object.defineProperty(window, 'PusherBridge', { value: bridge, writable: true });
        queueMicrotask(() => Object.assign(bridge.timing, {
            authorization: 3000, subscription: 2000, firstRetry: 100, longestRetry: 800,
            quotaRetry: 500, heartbeat: 200, asleep: 5000, leaderSilence: 2500
        }));
    }
});"""

ROWS = """() => [...document.querySelectorAll('c-chat')].flatMap((chat) => {
    const list = chat.shadowRoot.querySelector('c-pusher-chat-panel').shadowRoot
        .querySelector('c-pusher-message-list');
    return list ? [...list.shadowRoot.querySelectorAll('li[data-id]')].map((row) =>
        [row.dataset.id, row.querySelector('.text').textContent]) : [];
})"""


class Desk:
    """One browser with its org."""

    def __init__(self, org: Org, hosts: Hosts, context: BrowserContext) -> None:
        self.org, self.hosts, self.context = org, hosts, context
        self.errors: list[str] = []

    async def open_tab(self, show: str = "chat,conversation-list,notifications") -> Page:
        page = await self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        await page.goto(f"{self.hosts.lightning}/?show={show}&recordId={RECORD}")
        return page

    async def state(self, page: Page) -> str:
        return str(await page.evaluate("window.states?.at(-1)"))

    async def states(self, page: Page, mark: int = 0) -> list[str]:
        """Each state shown since the mark, once per change."""
        shown: list[str] = await page.evaluate(f"window.states.slice({mark})")
        return [one for one, before in zip(shown, [None, *shown], strict=False) if one != before]

    async def wait_for_state(self, page: Page, state: str, seconds: float = 10.0) -> None:
        await until(lambda: self._is_in(page, state), seconds, f"state {state}")

    async def mark(self, page: Page) -> int:
        """How many states the tab has shown, to wait for one that comes after them."""
        return int(await page.evaluate("window.states.length"))

    async def wait_until_shown(self, page: Page, state: str, mark: int, seconds: float) -> None:
        """Wait until the tab has shown a state, however short, after the mark."""
        shown = f"window.states.slice({mark}).includes({state!r})"
        await until(lambda: page.evaluate(shown), seconds, f"state {state}")

    async def _is_in(self, page: Page, state: str) -> bool:
        return await self.state(page) == state

    async def send(self, page: Page, body: str) -> None:
        await page.evaluate(
            """(body) => document.querySelector('c-chat').shadowRoot
                .querySelector('c-pusher-chat-panel').shadowRoot
                .querySelector('c-pusher-composer')
                .dispatchEvent(new CustomEvent('send', { detail: body }))""",
            body,
        )

    async def rows(self, page: Page) -> list[tuple[str, str]]:
        return [(row[0], row[1]) for row in await page.evaluate(ROWS)]

    def stored(self) -> list[tuple[str, str]]:
        return [(row["id"], row["body"]) for row in self.org.messages[CONVERSATION]]

    async def wait_for_rows(self, page: Page, seconds: float = 15.0) -> None:
        """Wait until the tab's rows are the newest of the store's, in its order."""
        await until(lambda: self._has_all(page), seconds, "all rows")

    async def _has_all(self, page: Page) -> bool:
        rows = await self.rows(page)
        return bool(rows) and rows == self.stored()[-len(rows) :]

    async def wait_for_sockets(self, expected: int) -> None:
        """Wait until so many sockets are open: the server learns of each end later."""
        await until(lambda: self.org.sockets == expected, 20, f"{expected} open sockets")

    def frame(self, page: Page) -> Frame:
        """Return the frame whose scripts hold the connection: the bridge page, or the tab's own."""
        return next((one for one in page.frames if "/apex/" in one.url), page.main_frame)

    async def leader(self, pages: list[Page]) -> Page:
        """The tab whose frame holds the lock of the browser's one connection.

        Between two leaders there is none, so this waits for one.
        """
        found: list[Page] = []

        async def is_found() -> bool:
            found.extend(await self._leaders(pages))
            return bool(found)

        await until(is_found, 20, "a tab that leads")
        return found[0]

    async def _leaders(self, pages: list[Page]) -> list[Page]:
        leaders = []
        for page in pages:
            held = await self.frame(page).evaluate(
                """async () => {
                    const { held } = await navigator.locks.query();
                    const lead = held.find(({ name }) => name.split(':').length === 3);
                    const own = await new Promise((resolve) => {
                        navigator.locks.request('probe', async () => {
                            const now = await navigator.locks.query();
                            resolve(now.held.find(({ name }) => name === 'probe').clientId);
                        });
                    });
                    return Boolean(lead) && lead.clientId === own;
                }"""
            )
            if held:
                leaders.append(page)
        return leaders


async def until(
    is_so: Callable[[], Any], seconds: float = 10.0, what: str = "the condition"
) -> float:
    """Wait until a check holds; return the seconds it took."""
    started = time.monotonic()
    while True:
        found = is_so()
        if inspect.isawaitable(found):
            found = await found
        if found:
            return time.monotonic() - started
        waited = time.monotonic() - started
        assert waited < max(LEAST, seconds * PATIENCE), f"waited {waited:.0f} s in vain for {what}"
        await asyncio.sleep(0.02)


@asynccontextmanager
async def sit_down(
    project: tuple[Path, Path],
    *,
    kind: str = "private-",
    quick: bool = True,
    make_hosts: Callable[..., Hosts] = Hosts,
) -> AsyncIterator[Desk]:
    """Start an org, its hosts and a browser; all gone afterwards."""
    org = Org(kind=kind)
    await org.start()
    org.add_conversation(CONVERSATION, "Ada Lovelace")
    hosts = make_hosts(org, *project)
    await hosts.start()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = await browser.new_context()
        context.set_default_timeout(LIMIT)
        if quick:
            await context.add_init_script(QUICK)
        try:
            yield Desk(org, hosts, context)
        finally:
            await browser.close()
            await hosts.stop()
            await org.server.stop()
