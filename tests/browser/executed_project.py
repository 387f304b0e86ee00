"""A generated project in the preview: its own Apex executed, real Chromium, no double of the org."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from desk import ARGUMENTS, CHROMIUM, LIMIT, until
from playwright.async_api import async_playwright
from projects_of_answers import render_answers

from sfgen.preview.apex.executed_apex import ExecutedApex
from sfgen.preview.site import Site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
    from pathlib import Path

    from playwright.async_api import Browser, BrowserContext, Page

READY = "html[data-preview-ready]"
#: The preview's side panel has a text area of its own.
COMPOSER = "textarea:not(#panel-text)"


class Office:
    """One advisor's browser and the preview it works in.

    Args:
        site: the running preview.
        context: what the advisor's tabs share.
    """

    def __init__(self, site: Site, context: BrowserContext) -> None:
        self.site, self.context = site, context
        self.errors: list[str] = []
        self.record_id = ""

    @property
    def browser(self) -> Browser:
        browser = self.context.browser
        assert browser is not None
        return browser

    async def open_tab(self, context: BrowserContext | None = None) -> Page:
        """Open the record page; the run's key is in the first address."""
        page = await (context or self.context).new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        await page.goto(self.site.address)
        await page.goto(f"{self.site.addresses.lightning}/lightning/o/Contact/home")
        await page.wait_for_selector(READY)
        return page

    async def open_chat(self, context: BrowserContext | None = None) -> Page:
        """Open the record page with its conversation begun and its chat connected."""
        page = await self.open_tab(context)
        chat = page.locator("[data-state]").first
        await chat.wait_for()
        either = page.locator(f"{COMPOSER}, button:has-text('Start a conversation')")
        await either.first.wait_for()
        start = page.locator("button", has_text="Start a conversation")
        if await start.count():
            await start.click()
        await self.wait_for_state(page, "connected")
        await page.locator(".scroller").wait_for()
        self.record_id = page.url.split("/")[-2]
        return page

    async def state(self, page: Page) -> str:
        return str(await page.locator("[data-state]").first.get_attribute("data-state"))

    async def wait_for_state(self, page: Page, state: str, seconds: float = 20.0) -> None:
        async def is_there() -> bool:
            return await page.locator(f"[data-state={state}]").count() > 0

        await until(is_there, seconds, f"state {state}")

    async def receive_text(self, body: str) -> None:
        """Have the client of the record send a text."""
        status = await self.site.apex_thread.run(self.site.client.send_text, self.record_id, body)
        assert status < 400, status

    async def send(self, page: Page, body: str) -> None:
        """Write a text as the advisor does."""
        await page.locator(COMPOSER).fill(body)
        await page.get_by_role("button", name="Send", exact=True).click()

    async def log_out(self, page: Page) -> None:
        """Log out by the utility's menu, which asks first."""
        panel = page.locator(".preview-utility-panel")
        menu = panel.get_by_role("button", name="Connection")
        if not await panel.is_visible():
            await page.click(".preview-utility-item")
        page.once("dialog", lambda dialog: dialog.accept())
        await menu.click()
        await panel.get_by_role("menuitem", name="Log out").click()

    async def rows(self, page: Page) -> list[str]:
        return await page.locator("li[data-id] .text").all_text_contents()

    async def wait_for_rows(self, page: Page, expected: list[str], seconds: float = 20.0) -> None:
        """Wait until exactly these texts are shown, in this order."""

        async def are_there() -> bool:
            return await self.rows(page) == expected

        try:
            await until(are_there, seconds, f"{len(expected)} texts")
        except AssertionError:
            assert await self.rows(page) == expected
            raise

    async def invoke(self, controller: str, method: str, **parameters: Any) -> Any:
        """Call the project's Apex as Lightning does."""
        return await self.site.apex_thread.run(
            self.site.apex.invoke, controller, method, parameters
        )

    @property
    def server(self) -> Any:
        """The local Pusher server."""
        assert self.site.pusher_server is not None
        return self.site.pusher_server

    @property
    def exchange(self) -> Any:
        return self.server.exchanges[self.site.pusher.app_id]


@asynccontextmanager
async def open_office(
    answers: dict[str, str],
    folder: Path,
    *,
    change: Callable[[Path], None] = lambda root: None,
    prepare: Callable[[Site], None] = lambda site: None,
    watch: Callable[[BrowserContext], Awaitable[None]] | None = None,
    lines: Sequence[str] = (),
) -> AsyncIterator[Office]:
    """Render a project, run its preview and a browser; all gone afterwards.

    Args:
        answers: what differs from the defaults.
        folder: where the project is written.
        change: spoils the project before it runs.
        prepare: is given the preview before it starts.
        watch: is given the browser's context before any page opens.
        lines: how the lines begin that the preview says.
    """
    root = render_answers(answers, folder).parents[2]
    change(root)
    said: list[str] = []
    site = Site(root, ExecutedApex, warn=said.append)
    prepare(site)
    await site.start()
    try:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            context = await browser.new_context()
            context.set_default_timeout(LIMIT)
            if watch is not None:
                await watch(context)
            try:
                yield Office(site, context)
            finally:
                await browser.close()
    finally:
        await site.stop()
    assert len(said) == len(lines), said
    assert all(one.startswith(start) for one, start in zip(said, lines, strict=True)), said
