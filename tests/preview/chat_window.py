"""The record page of a generated project in a browser, and its client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from running_site import RunningSite

READY = "html[data-preview-ready]"
RECORD = "/lightning/o/Contact/home"
CHAT = "c-pusher-chat"


def open_path(page: Any, running: RunningSite, path: str) -> None:
    """Open a page of the Lightning host whose components stand."""
    page.goto(running.address)
    page.goto(running.site.addresses.lightning + path)
    page.wait_for_selector(READY)


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
