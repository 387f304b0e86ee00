"""Conversations that the external application keeps, and the channels that it authorizes."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest
from running_site import HERE, RunningSite

from sfgen.cli import run
from sfgen.preview.executing import ExecutingHost
from sfgen.preview.site import Wishes

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser
ANSWERS = HERE.parents[1] / "examples/texting/answers.toml"
READY = "html[data-preview-ready]"


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """The example whose application keeps the texts and authorizes the channels."""
    root = tmp_path_factory.mktemp("outside") / "texting"
    assert run(["init", str(root), "--defaults", "--answers", str(ANSWERS)]) == 0
    site = RunningSite(root, ExecutingHost, Wishes())
    yield site
    site.stop()


def open_record(outside: RunningSite, page: Any) -> None:
    """Open the record page, its conversation started and its chat connected."""
    page.goto(outside.address)
    page.goto(outside.site.addresses.lightning + "/lightning/o/Contact/home")
    page.wait_for_selector(READY, timeout=60_000)
    page.wait_for_selector("c-pusher-chat :is(textarea, button:has-text('Start'))", timeout=60_000)
    start = page.locator("c-pusher-chat button", has_text="Start a conversation")
    if start.count():
        start.click()
    page.wait_for_selector("c-pusher-chat :text('Connected')", timeout=60_000)


def send_as_client(page: Any, text: str) -> None:
    page.fill("#panel-text", text)
    page.click("text=Send as client")


def journal(outside: RunningSite) -> list[Any]:
    server = outside.site.pusher_server
    assert server is not None
    return list(server.journal.since(0))


def test_the_application_tells_the_channels_so_a_text_arrives_within_a_second(
    outside: RunningSite, page: Any
) -> None:
    open_record(outside, page)
    send_as_client(page, "kept elsewhere")
    page.wait_for_selector("c-pusher-chat :text('kept elsewhere')", timeout=60_000)
    fastest, count = 60.0, 1
    # Each is sent when the one before it was seen: polling would delay every one by its pause.
    while fastest >= 1.0 and count < 20:
        count += 1
        started = time.monotonic()
        send_as_client(page, f"is it fast? {count}.")
        page.wait_for_selector(f"c-pusher-chat :text('fast? {count}.')", timeout=60_000)
        fastest = min(fastest, time.monotonic() - started)
    assert fastest < 1.0
    frames = [one for one in journal(outside) if (one.kind, one.label) == ("out", "message")]
    of_user, of_conversation = frames[-2:]
    data = json.loads(of_conversation.text)
    assert data == {"conversationId": data["conversationId"], "sequence": count}, "no text travels"
    assert of_conversation.channel == f"private-conversation-{data['conversationId']}"
    assert of_user.channel.startswith("private-user-005")
    assert of_user.text == of_conversation.text
    assert page.noise == []


def test_the_browser_itself_shows_the_token_to_the_applications_endpoint(
    outside: RunningSite, page: Any
) -> None:
    asked: list[Any] = []
    page.on("request", lambda one: one.url.endswith("/pusher/auth") and asked.append(one))
    open_record(outside, page)
    posts = [one for one in asked if one.method == "POST"]
    channels = {parse_qs(one.post_data)["channel_name"][0] for one in posts}
    assert len(channels) == 2, "the user's and the conversation's"
    for one in posts:
        assert one.url == f"{outside.site.addresses.external}/pusher/auth"
        assert outside.site.external.oauth.knows(one.headers["authorization"])
        assert "cookie" not in one.headers
        assert one.response().json()["auth"].startswith(f"{outside.site.pusher.key}:")
    assert page.noise == []


def test_a_token_that_expired_is_renewed_and_shown_anew(outside: RunningSite, page: Any) -> None:
    asked: list[Any] = []
    open_record(outside, page)
    page.on("response", lambda one: one.url.endswith("/pusher/auth") and asked.append(one))
    page.click("[data-act=expire]")
    page.click("[data-act=drop]")
    page.wait_for_selector("c-pusher-chat :text('Connected')", state="detached", timeout=60_000)
    page.wait_for_selector("c-pusher-chat :text('Connected')", timeout=60_000)
    statuses = [one.status for one in asked if one.request.method == "POST"]
    assert (statuses[0], statuses[-1]) == (401, 200)
    send_as_client(page, "with a new token")
    page.wait_for_selector("c-pusher-chat :text('with a new token')", timeout=60_000)
