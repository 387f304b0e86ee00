"""The record page of a generated project in a browser, and its client."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from patience import SECONDS
from playwright.sync_api import TimeoutError, expect  # noqa: A004 - that is its name

if TYPE_CHECKING:
    from collections.abc import Callable

    from running_site import RunningSite

READY = "html[data-preview-ready]"
RECORD = "/lightning/o/Contact/home"
CHAT = "c-pusher-chat"


def open_path(page: Any, running: RunningSite, path: str) -> None:
    """Open a page of the Lightning host whose components stand."""
    page.goto(running.address)
    page.goto(running.site.addresses.lightning + path)
    is_ready(page)


def is_ready(page: Any) -> None:
    """Wait until all components stand; where they never do, say what the page shows."""
    try:
        page.wait_for_selector(READY)
    except TimeoutError as error:
        raise AssertionError(f"not ready: {page.inner_text('body')[:1_000]}") from error


def open_chat(page: Any, running: RunningSite) -> Any:
    """Open the record page; its conversation is started, its chat connected and subscribed."""
    open_path(page, running, RECORD)
    start_conversation(page)
    if running.site.pusher_server is not None:
        running.subscribed()
    return page


def start_conversation(page: Any) -> None:
    """Start the record's conversation where there is none, and wait for the connection."""
    field = page.locator(f"{CHAT} textarea")
    start = page.locator(f"{CHAT} button", has_text="Start a conversation")
    field.or_(start).first.wait_for()
    if start.count():
        start.click()
    field.wait_for()
    shows_state(page, "connected")


def shows_state(page: Any, state: str, words: str = "") -> None:
    """Wait until the chat says in which state its connection is."""
    page.wait_for_selector(f"{CHAT} [data-state={state}]")
    if words:
        shows_text(page, words)


def shows_text(page: Any, text: str) -> None:
    page.wait_for_selector(f"{CHAT} :text({text!r})")


def send_as_client(page: Any, text: str) -> None:
    """Send a text in the side panel, which takes it from its field."""
    page.fill("#panel-text", text)
    page.click("text=Send as client")
    expect(page.locator("#panel-text")).to_have_value("")


def arrives_within_a_second(page: Any, see: Callable[[str], object]) -> int:
    """Send texts until one is seen within a second; return how many it took.

    Each is sent when the one before it was seen, so that polling would delay every one by nearly
    its pause of 5 s. Where a machine is so busy that a mere request takes long, ten times that is
    allowed, and never what polling takes.
    """
    count, end = 0, time.monotonic() + SECONDS
    while True:
        count += 1
        allowed = min(max(1.0, 10 * time_request(page)), 4.0)
        started = time.monotonic()
        send_as_client(page, f"is it fast? {count}.")
        see(f"is it fast? {count}.")
        taken = time.monotonic() - started
        if taken < allowed:
            return count
        assert time.monotonic() < end, f"{taken:.1f} s"


def time_request(page: Any) -> float:
    """Seconds from a page to the preview's server and back."""
    started = time.monotonic()
    page.evaluate(
        "import('/asset/browser/server.js').then(({ post }) => post('/preview/panel/state', {}))"
    )
    return time.monotonic() - started
