"""Conversations that the external application keeps, and the channels that it authorizes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest
from chat_window import (
    CHAT,
    arrives_within_a_second,
    open_chat,
    send_as_client,
    shows_state,
    shows_text,
)
from patience import wait_until
from playwright.sync_api import expect
from running_site import HERE, RunningSite

from sfgen.cli import run
from sfgen.preview.apex.executed_apex import ExecutedApex
from sfgen.preview.options import PreviewOptions

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser
ANSWERS = HERE.parents[1] / "examples/texting/answers.toml"


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """The example whose application keeps the texts and authorizes the channels."""
    root = tmp_path_factory.mktemp("outside") / "texting"
    assert run(["init", str(root), "--defaults", "--answers", str(ANSWERS)]) == 0
    site = RunningSite(root, ExecutedApex, PreviewOptions())
    yield site
    site.stop()


def test_the_application_tells_the_channels_so_a_text_arrives_within_a_second(
    outside: RunningSite, page: Any
) -> None:
    open_chat(page, outside)
    send_as_client(page, "kept elsewhere")
    shows_text(page, "kept elsewhere")
    count = 1 + arrives_within_a_second(page, lambda text: shows_text(page, text))
    # The user's channel and the conversation's hear of a text one after the other.
    of_user, of_conversation = wait_until(lambda: told_of(outside, count), "not told")
    data = json.loads(of_conversation.text)
    assert data == {"conversationId": data["conversationId"], "sequence": count}, "no text travels"
    assert of_conversation.channel == f"private-conversation-{data['conversationId']}"
    assert of_user.channel.startswith("private-user-005")
    assert of_user.text == of_conversation.text
    assert page.noise == []


def told_of(outside: RunningSite, sequence: int) -> list[Any]:
    """The frames that tell of a text, once there is one for each of its two channels."""
    frames = outside.journal("message")
    found = [one for one in frames if json.loads(one.text)["sequence"] == sequence]
    return found if len(found) == 2 else []


def test_the_browser_itself_shows_the_token_to_the_applications_endpoint(
    outside: RunningSite, page: Any
) -> None:
    asked: list[Any] = []
    page.on("request", lambda one: one.url.endswith("/pusher/auth") and asked.append(one))
    open_chat(page, outside)
    channels = wait_until(lambda: find_channels(asked), "the user's and the conversation's", page)
    assert len(channels) == 2
    for one in asked:
        assert one.url == f"{outside.site.addresses.external}/pusher/auth"
        if one.method == "POST":
            assert outside.site.application.oauth.knows(one.headers["authorization"])
            assert "cookie" not in one.headers
            assert one.response().json()["auth"].startswith(f"{outside.site.pusher.key}:")
    assert page.noise == []


def find_channels(asked: list[Any]) -> set[str]:
    """The channels that were asked for, once there are two."""
    posts = [one for one in asked if one.method == "POST"]
    found = {parse_qs(one.post_data)["channel_name"][0] for one in posts}
    return found if len(found) > 1 else set()


def test_texts_over_the_quota_come_late_and_the_chat_says_so(
    outside: RunningSite, page: Any
) -> None:
    open_chat(page, outside)
    page.click("[data-act=quota]")
    shows_state(page, "quota")
    with page.expect_response("**/preview/panel/text"):
        send_as_client(page, "nobody is told of this")
    page.click("[data-act=clear] >> nth=0")
    page.reload()
    shows_text(page, "nobody is told of this")
    shows_state(page, "connected", "Connected, but texts may come late")
    send_as_client(page, "of this the browser is told")
    shows_text(page, "of this the browser is told")
    expect(page.locator(f"{CHAT} :text('may come late')")).to_have_count(0)
    assert [line for line in outside.lines if "403" not in line] == []
    outside.lines.clear()


def test_a_token_that_expired_is_renewed_and_shown_anew(outside: RunningSite, page: Any) -> None:
    asked: list[Any] = []
    open_chat(page, outside)
    before = outside.subscribed()
    page.on("response", lambda one: one.url.endswith("/pusher/auth") and asked.append(one))
    page.click("[data-act=expire]")
    page.click("[data-act=drop]")

    def statuses() -> list[int]:
        return [one.status for one in asked if one.request.method == "POST"]

    wait_until(lambda: 401 in statuses(), "the old token was shown", page)
    wait_until(lambda: 200 in statuses()[statuses().index(401) :], "a new one was shown", page)
    assert outside.subscribed() == before
    send_as_client(page, "with a new token")
    shows_text(page, "with a new token")
