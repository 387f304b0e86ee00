"""Every kind of channel in real Chromium, with the project's own Apex behind it."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ClientSession
from desk import until
from executed_project import Office, open_office

from sfgen.pusher.signature import Credentials, sign_subscription

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.timeout(900)]

TEXTS = 40
#: The answers of each kind, and how the names of its channels begin.
KINDS: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "public": (
        {"channels": "public", "authorization": "none", "login": "none"},
        ("my-channel",),
    ),
    "encrypted": (
        {"channels": "private-encrypted"},
        ("private-encrypted-user-005", "private-encrypted-conversation-"),
    ),
    "presence": (
        {
            "channels": "private,presence",
            "authorization": "apex",
            "login": "oauth",
            "store": "external",
        },
        ("private-user-005", "presence-conversation-"),
    ),
    "cache": (
        {
            "user_channel": "cache-user-{userId}",
            "conversation_channel": "cache-conversation-{conversationId}",
        },
        ("private-cache-user-005", "private-cache-conversation-"),
    ),
    "managed": (
        {"namespace": "acme"},
        ("private-user-005", "private-conversation-"),
    ),
}


async def flow(office: Office, page: Page, first: int, last: int) -> None:
    """Three texts of the client, then one of the advisor, and so on."""
    for number in range(first, last + 1):
        if number % 4:
            await office.receive_text(f"client {number} \U0001f642 <b>")
        else:
            await office.send(page, f"advisor {number}")


async def stored(office: Office) -> list[str]:
    """Return the texts as the store has them."""
    name = "PusherConversationController"
    found = await office.invoke(name, "getRecordConversation", recordId=office.record_id)
    asked = {"conversationId": found["conversation"]["id"], "beforeSequence": None, "pageSize": 200}
    page = await office.invoke(name, "getMessages", **asked)
    numbers = [row["sequence"] for row in page["messages"]]
    assert numbers == list(range(1, len(numbers) + 1))
    return [row["body"] for row in page["messages"]]


async def relogin(office: Office, pages: list[Page]) -> None:
    """Log out in one tab; the others know at once. Texts come meanwhile, then log in again."""
    await office.log_out(pages[0])
    for page in pages:
        await office.wait_for_state(page, "login")
    await until(lambda: not office.exchange.connections, 20, "no socket without a login")
    await office.receive_text("while nobody was logged in")
    async with office.context.expect_page() as opened:
        await pages[0].get_by_role("button", name="Log in").first.click()
    tab = await opened.value
    await tab.get_by_role("button", name="Log in as the advisor").click()
    await tab.get_by_text("You are logged in").wait_for()
    await tab.close()
    for page in pages:
        await page.evaluate("window.dispatchEvent(new Event('focus'))")
        await office.wait_for_state(page, "connected")


async def play(office: Office, answers: dict[str, str], starts: tuple[str, ...]) -> None:
    pages = [await office.open_chat() for _ in range(2)]
    await flow(office, pages[0], 1, 14)
    office.server.faults.drop()
    await flow(office, pages[0], 15, 26)
    for page in pages:
        await office.wait_for_state(page, "connected")
    if answers.get("login", "oauth") == "oauth":
        await relogin(office, pages)
    await flow(office, pages[0], 27, TEXTS)
    await until(lambda: holds(office, TEXTS), 20, "all texts in the store")
    texts = await stored(office)
    for page in pages:
        await office.wait_for_rows(page, texts)
        await office.wait_for_state(page, "connected")
    assert len(set(texts)) == len(texts) >= TEXTS
    await until(lambda: len(office.exchange.connections) == 1, 20, "one socket for all tabs")
    await until(lambda: len(subscribed(office)) == len(starts), 20, "all channels")
    names = subscribed(office)
    assert all(any(name.startswith(start) for start in starts) for name in names), names
    assert office.errors == []


def subscribed(office: Office) -> list[str]:
    return [name for name, channel in office.exchange.channels.items() if channel.subscribers]


async def holds(office: Office, texts: int) -> bool:
    return len(await stored(office)) >= texts


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_doubled_or_out_of_order(kind: str, tmp_path: Path) -> None:
    async def run() -> None:
        answers, starts = KINDS[kind]
        async with open_office(answers, tmp_path) as office:
            await play(office, answers, starts)
            if kind == "encrypted":
                read_ciphertexts(office)

    asyncio.run(run())


def read_ciphertexts(office: Office) -> None:
    """Nothing of an event but its name may be read on the way."""
    frames = [one for one in office.server.journal.since(0) if one.label == "message"]
    told = [json.loads(one.text) for one in frames if one.kind == "out"]
    assert told
    assert all(set(one) == {"nonce", "ciphertext"} for one in told)


@asynccontextmanager
async def join(office: Office, channel: str, user_id: str, name: str) -> AsyncIterator[Any]:
    """Be another advisor who looks at a conversation, with a socket of their own."""
    target = office.site.pusher
    address = f"{target.origin}/app/{target.key}?protocol=7&client=test&version=1"
    async with ClientSession() as session, session.ws_connect(address) as socket:
        hello = json.loads((await socket.receive_json())["data"])
        data = json.dumps({"user_id": user_id, "user_info": {"name": name}})
        credentials = Credentials(target.app_id, target.key, target.secret)
        signed = sign_subscription(credentials, hello["socket_id"], channel, data)
        fields = {"channel": channel, "auth": signed.auth, "channel_data": data}
        await socket.send_json({"event": "pusher:subscribe", "data": fields})
        answer = await socket.receive_json()
        assert answer["event"] == "pusher_internal:subscription_succeeded", answer
        yield socket


async def wait_for_others(page: Page, expected: str) -> None:
    async def is_shown() -> bool:
        return " ".join(await page.locator("[data-others]").all_text_contents()) == expected

    await until(is_shown, 10, f"the others: {expected!r}")


def test_who_else_looks_on_is_named_as_they_come_and_go(tmp_path: Path) -> None:
    async def run() -> None:
        async with open_office(KINDS["presence"][0], tmp_path) as office:
            pages = [await office.open_chat() for _ in range(2)]
            [channel] = [name for name in office.exchange.channels if "presence-" in name]
            for page in pages:
                # The same advisor in two tabs is nobody else.
                await wait_for_others(page, "")
            [member] = office.exchange.channels[channel].members.values()
            assert json.loads(member.info) == {"name": "Admin User"}
            async with join(office, channel, "005-1", "Grace Hopper"):
                for page in pages:
                    await wait_for_others(page, "Also here: Grace Hopper")
                    # Screen readers say it as it changes.
                    assert await page.locator("[aria-live=polite] [data-others]").count() == 1
                async with AsyncExitStack() as stack:
                    for number, name in enumerate(["Alan <b>", "Ada", "Edsger", "Barbara"], 2):
                        await stack.enter_async_context(
                            join(office, channel, f"005-{number}", name)
                        )
                    shown = "Also here: Grace Hopper, Alan <b>, Ada + 2"
                    await wait_for_others(pages[0], shown)
                    late = await office.open_chat()
                    await wait_for_others(late, shown)
                await wait_for_others(pages[0], "Also here: Grace Hopper")
            for page in pages:
                await wait_for_others(page, "")
            assert office.errors == []

    asyncio.run(run())
