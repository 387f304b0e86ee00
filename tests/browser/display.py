"""What a tab's widgets show beside the texts: the badge, the list and how deliveries stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk import CONVERSATION, Desk, until

if TYPE_CHECKING:
    from playwright.async_api import Page

#: Rows that a list fetches before somebody asks for more.
FIRST_ROWS = 20

FIND_ROOT = "(name) => document.querySelector(name)?.shadowRoot"
BADGE = f"""() => ({FIND_ROOT})('c-notifications')?.querySelector('[data-unread]')?.textContent.trim()"""
LIST = f"""() => {{
    const rows = ({FIND_ROOT})('c-conversation-list')?.querySelector('c-pusher-conversation-rows');
    return rows && [...rows.shadowRoot.querySelectorAll('button[data-id]')].map((row) =>
        [row.dataset.id, Number(row.querySelector('.count > span')?.textContent ?? 0)]);
}}"""
PRESS_MORE = f"() => ({FIND_ROOT})('c-conversation-list').querySelector('[data-more]')?.click()"
STATUSES = f"""() => {{
    const list = ({FIND_ROOT})('c-chat').querySelector('c-pusher-chat-panel').shadowRoot
        .querySelector('c-pusher-message-list');
    return [...list.shadowRoot.querySelectorAll('li[data-id]')].map((row) =>
        [row.dataset.id, row.dataset.status]);
}}"""
COUNT_PROMPTS = """() => {
    let count = 0;
    const search = (root) => root.querySelectorAll('*').forEach((node) => {
        count += node.localName === 'c-pusher-login-prompt' ? 1 : 0;
        if (node.shadowRoot) { search(node.shadowRoot); }
    });
    search(document);
    return count;
}"""


async def wait_until_true(desk: Desk, page: Page, seconds: float) -> None:
    """Wait until badge, list and delivery states of a tab are the store's."""
    await until(lambda: _has_true_badge(desk, page), seconds, "the true badge")
    await until(lambda: _has_whole_list(desk, page), seconds, "the whole list in its order")
    await until(lambda: _has_true_statuses(desk, page), seconds, "the true delivery states")


async def count_rows(page: Page) -> int:
    """Count the list's rows; 0 where the tab has no list."""
    return len(await page.evaluate(LIST) or [])


async def count_prompts(page: Page) -> int:
    """Count the places where the tab asks to log in."""
    return int(await page.evaluate(COUNT_PROMPTS))


async def _has_true_badge(desk: Desk, page: Page) -> bool:
    shown = await page.evaluate(BADGE)
    unread = desk.org.count_unread()
    return shown in (None, f"Unread texts: {unread}" if unread else "No unread texts")


async def _has_whole_list(desk: Desk, page: Page) -> bool:
    shown = await page.evaluate(LIST)
    stored = [[row["id"], row["unread"]] for row in desk.org.list_conversations()]
    if shown is not None and FIRST_ROWS <= len(shown) < len(stored):
        await page.evaluate(PRESS_MORE)
    return shown in (None, stored)


async def _has_true_statuses(desk: Desk, page: Page) -> bool:
    shown = await page.evaluate(STATUSES)
    stored = [[row["id"], row["status"]] for row in desk.org.messages[CONVERSATION]]
    return bool(shown) and shown == stored[-len(shown) :]
