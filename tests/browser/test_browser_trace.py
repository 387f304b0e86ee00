"""500 texts through every kind of trouble: nothing lost, doubled or out of order, all numbers true."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from desk import CONVERSATION, Desk, sit_down, until
from display import FIRST_ROWS, count_prompts, count_rows, wait_until_true

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from playwright.async_api import Frame, Page

    Render = Callable[..., tuple[Path, Path]]
    Trouble = Callable[["Trace"], Awaitable[None]]

pytestmark = [pytest.mark.browser, pytest.mark.node]

TEXTS = 500
SLOW = 20.0
#: Conversations that no chat is open of; their texts stay unread.
OTHERS = [f"a000000000001{number:02d}AAA" for number in range(26)]
#: What each tab shows. A list alone has to be asked for what is beyond its first page.
SHOWS = ["chat,conversation-list,notifications", "chat,conversation-list", "chat,notifications"]
#: Longer than a component waits for the bridge page to answer.
HANDSHAKE_SECONDS = 17


class Trace:
    """Texts that keep flowing while one trouble after another happens."""

    def __init__(self, desk: Desk, pages: list[Page]) -> None:
        self.desk, self.pages = desk, pages
        self.count = 0
        self.most_sockets = 0
        self.takeover = 0.0
        self.mark = 0

    async def begin(self, trouble: Callable[[Trace], Awaitable[None]]) -> None:
        """One trouble from its fault to the cure: every tab connected, one socket for all."""
        self.mark = await self.desk.mark(self.pages[0])
        await trouble(self)
        await self.recover()
        one = f"one socket after {trouble.__name__}"
        await until(lambda: self.desk.org.sockets == 1, SLOW, one)
        for page in self.pages:
            await wait_until_true(self.desk, page, SLOW)

    async def see(self, state: str) -> None:
        """Wait until the first tab has shown a state since the trouble began."""
        await self.desk.wait_until_shown(self.pages[0], state, self.mark, SLOW)

    async def flow(self, texts: int, pause: float = 0.012) -> None:
        """Three texts of the client, then one of the advisor, and so on; others write between."""
        org = self.desk.org
        for _ in range(texts):
            self.count += 1
            if not self.count % 3:
                org.report(CONVERSATION)
            if not self.count % 5:
                org.receive_text(OTHERS[self.count // 5 % len(OTHERS)], f"other {self.count}")
            if self.count % 4:
                self.desk.org.receive_text(CONVERSATION, f"client {self.count} \U0001f642 <b>")
            else:
                await self.desk.send(self.pages[0], f"advisor {self.count}")
            self.most_sockets = max(self.most_sockets, self.desk.org.sockets)
            await asyncio.sleep(pause)

    async def suffer(self, state: str, during: Awaitable[object] | None = None) -> None:
        """Flow while a fault is on, see the state it is shown as, then wait for the cure."""
        await self.flow(15)
        if during is not None:
            await during
        if state:
            await self.see(state)
        await self.flow(10)

    async def recover(self) -> None:
        for page in self.pages:
            await self.desk.wait_for_state(page, "connected", SLOW)


async def drop_socket(trace: Trace) -> None:
    trace.desk.org.server.faults.drop()
    await trace.suffer("")


async def restart_server(trace: Trace) -> None:
    restart = asyncio.create_task(trace.desk.org.restart(1.0))
    await asyncio.sleep(0.1)
    for _ in range(20):
        trace.count += 1
        trace.desk.org._store(CONVERSATION, f"unheard {trace.count}", "Inbound", None)
    await trace.see("reconnecting")
    await restart
    await trace.flow(5)


async def expire_login(trace: Trace) -> None:
    org = trace.desk.org
    org.faults.logged_out = True
    org.server.faults.close(4200)
    await trace.suffer("login")
    org.faults.logged_out = False
    await trace.pages[1].evaluate("window.channels.resume()")


async def log_in_at_two_prompts(trace: Trace) -> None:
    """A tab that was opened without a login asks for it in two places, and both notice it."""
    desk, faults = trace.desk, trace.desk.org.faults
    faults.logged_out = True
    desk.org.server.faults.close(4200)
    await trace.see("login")
    page = await desk.open_tab("chat,notifications")

    async def asks_twice() -> bool:
        return await count_prompts(page) == 2

    await until(asks_twice, SLOW, "two prompts")
    await trace.flow(10)
    faults.logged_out = False
    mark = await desk.mark(page)
    for one in [*trace.pages, page]:
        await one.evaluate("window.dispatchEvent(new Event('focus'))")
    await desk.wait_for_state(page, "connected", SLOW)
    mark = await desk.mark(page)
    await trace.flow(HANDSHAKE_SECONDS, pause=1)
    assert await desk.states(page, mark) in ([], ["connected"])
    assert await count_prompts(page) == 0
    await wait_until_true(desk, page, SLOW)
    await page.close()


async def fail_authorization(trace: Trace) -> None:
    trace.desk.org.faults.failing["authorizeChannel"] = 3
    trace.desk.org.server.faults.close(4200)
    await trace.suffer("")


async def forbid(trace: Trace) -> None:
    trace.desk.org.faults.forbidden = True
    trace.desk.org.server.faults.close(4200)
    await trace.suffer("forbidden")
    trace.desk.org.faults.forbidden = False
    await trace.pages[0].evaluate("window.channels.resume()")


async def answer_late(trace: Trace) -> None:
    org = trace.desk.org
    org.faults.delays["authorizeChannel"] = [1.0, 1.0]
    org.server.faults.drop()
    await until(lambda: org.sockets == 1)
    await trace.flow(10)
    org.server.faults.drop()
    await trace.suffer("")


async def refuse_signature(trace: Trace) -> None:
    faults = trace.desk.org.server.faults
    faults.set(refuse_subscriptions="invalid-signature")
    faults.drop()
    await trace.suffer("reconnecting")
    faults.clear()


async def leave_unanswered(trace: Trace) -> None:
    faults = trace.desk.org.server.faults
    faults.set(refuse_subscriptions="silence")
    faults.drop()
    await trace.suffer("reconnecting")
    faults.clear()


async def exceed_quota(trace: Trace) -> None:
    faults = trace.desk.org.server.faults
    faults.set(refuse_code=4004)
    faults.drop()
    await trace.suffer("quota")
    faults.clear()


async def close_app(trace: Trace) -> None:
    faults = trace.desk.org.server.faults
    faults.set(refuse_code=4003)
    faults.drop()
    await trace.suffer("offline:refused")
    faults.clear()


async def exceed_capacity(trace: Trace) -> None:
    faults = trace.desk.org.server.faults
    faults.set(refuse_code=4100, refuse_count=3)
    faults.drop()
    await trace.suffer("reconnecting")


async def lose_pong(trace: Trace) -> None:
    trace.desk.org.server.faults.close(4201)
    await trace.suffer("")


async def sleep(trace: Trace) -> None:
    """A black hole, and a clock that has moved on by an hour."""
    org, faults = trace.desk.org, trace.desk.org.server.faults
    before = org.sockets_opened
    faults.black_hole()
    await trace.flow(10)
    leader = await trace.desk.leader(trace.pages)
    await trace.desk.frame(leader).evaluate(
        "() => { const now = Date.now; Date.now = () => now() + 3600000; }"
    )
    await until(lambda: org.sockets_opened > before, SLOW, "a new socket for the dead one")
    faults.clear()
    faults.drop()
    await trace.suffer("")


async def kill_leader(trace: Trace) -> None:
    leader = await trace.desk.leader(trace.pages)
    before = trace.desk.org.sockets_opened
    closing = asyncio.create_task(leader.close())
    trace.pages.remove(leader)
    trace.takeover = await until(lambda: trace.desk.org.sockets_opened > before, SLOW, "takeover")
    await closing
    [show] = parse_qs(urlsplit(leader.url).query)["show"]
    trace.pages.append(await trace.desk.open_tab(show))
    await trace.suffer("")


async def lose_events(trace: Trace) -> None:
    for _ in range(4):
        trace.desk.org.faults.lost_events = 2
        await trace.flow(8)


async def lose_reports(trace: Trace) -> None:
    """Reports whose events got lost are found when the connection comes back."""
    trace.desk.org.faults.lost_reports = 3
    await trace.flow(12)
    trace.desk.org.server.faults.drop()
    await trace.suffer("")


async def double_events(trace: Trace) -> None:
    """Old events again and in the wrong order, as a network may."""
    org = trace.desk.org
    for sequence in (3, 1, 2, 3):
        data = f'{{"conversationId": "{CONVERSATION}", "sequence": {sequence}}}'
        for channel in org.channels_of(CONVERSATION):
            org.publish(channel, "message", data)
    await trace.flow(10)


async def fail_fetch(trace: Trace) -> None:
    trace.desk.org.faults.failing["getMessagesSince"] = 3
    await trace.flow(12)


async def lose_answer(trace: Trace) -> None:
    """The org stores a text, the answer gets lost, the advisor sends it again."""
    page = trace.pages[0]
    trace.desk.org.faults.failing_after["sendMessage"] = 1
    trace.count += 1
    await trace.desk.send(page, "sent twice, stored once")
    await trace.flow(6)


async def spoof(trace: Trace) -> None:
    """Another page of the org speaks on the tabs' channel, in everybody's name."""
    desk = trace.desk
    leader = await desk.leader(trace.pages)
    mark = await desk.mark(leader)
    stranger = await desk.context.new_page()
    origin = await desk.frame(leader).evaluate("window.origin")
    await stranger.goto(f"{origin}/blank")
    await stranger.evaluate(
        """async ([name, conversation]) => {
            const channel = new BroadcastChannel(name);
            const ids = new Set();
            channel.onmessage = ({ data }) => ids.add(data.from);
            const say = (fields) => channel.postMessage({ v: 1, from: 'stranger', ...fields });
            say({ type: 'hello' });
            await new Promise((done) => { setTimeout(done, 300); });
            for (const from of ['stranger', ...ids]) {
                say({ from, type: 'want', channels: [] });
                say({ from, type: 'state', state: 'quota', reason: '' });
                say({ from, type: 'event', channel: 'x', event: 'message', conversationId: conversation,
                      sequence: 1, body: '<img src=x onerror=alert(1)>' });
                say({ from, type: 'event', channel: 'x', event: 'message', conversationId: '../', sequence: -1 });
                say({ from, type: 'resume' });
                say(null);
            }
            await new Promise((done) => { setTimeout(done, 300); });
        }""",
        [f"Pusher:local-key:{desk.org.getConfiguration()['userId']}", CONVERSATION],
    )
    await trace.flow(10)
    await stranger.close()
    # Tabs that follow may show it until the leader corrects them; the leader heeds nobody.
    if await desk.leader(trace.pages) is leader:
        assert "quota" not in await desk.states(leader, mark)


async def post_from_elsewhere(trace: Trace) -> None:
    """Windows that aren't the bridge, or aren't the parent, say what the bridge would say."""
    page, desk = trace.pages[0], trace.desk
    forged = {"app": "Pusher", "v": 1, "nonce": "", "type": "state", "reason": ""}
    forged["state"] = "forbidden"
    mark = await desk.mark(page)
    await page.evaluate(
        """async ([forged, url]) => {
            window.postMessage(forged, '*');
            const frame = document.createElement('iframe');
            frame.src = url;
            document.body.append(frame);
            await new Promise((done) => { frame.onload = done; });
        }""",
        [forged, f"{desk.hosts.visualforce}/blank"],
    )
    strangers: list[Frame] = []

    def has_come() -> bool:
        strangers.extend(one for one in page.frames if one.url.endswith("/blank"))
        return bool(strangers)

    await until(has_come, SLOW, "the stranger's frame")
    stranger = strangers[0]
    await stranger.evaluate(
        """(forged) => {
            window.parent.postMessage({ ...forged, type: 'ready' }, '*');
            window.parent.postMessage(forged, '*');
            window.parent.frames[0].postMessage({ ...forged, type: 'init', nonce: 'x' }, '*');
            window.parent.frames[0].postMessage({ ...forged, type: 'want', channels: ['evil'] }, '*');
        }""",
        forged,
    )
    await trace.flow(10)
    assert "forbidden" not in await desk.states(page, mark)


TROUBLES: list[Trouble] = [
    drop_socket,
    restart_server,
    expire_login,
    log_in_at_two_prompts,
    fail_authorization,
    forbid,
    answer_late,
    refuse_signature,
    leave_unanswered,
    exceed_quota,
    close_app,
    exceed_capacity,
    lose_pong,
    sleep,
    kill_leader,
    lose_events,
    lose_reports,
    double_events,
    fail_fetch,
    lose_answer,
    spoof,
    post_from_elsewhere,
]


async def run_trace(project: tuple[Path, Path], troubles: Sequence[Trouble]) -> str:
    async with sit_down(project) as desk:
        for number, name in enumerate(OTHERS):
            desk.org.add_conversation(name, f"Client {number}")
            desk.org.receive_text(name, f"news of client {number}")
        pages = [await desk.open_tab(show) for show in SHOWS]
        trace = Trace(desk, pages)
        await trace.recover()
        await trace.flow(40)
        for trouble in TROUBLES:
            await trace.begin(trouble)
        await trace.flow(max(0, TEXTS - trace.count))
        for page in pages:
            await press_send_again(page)
        # What an advisor sent last may still be on its way.
        await until(lambda: len(desk.stored()) >= trace.count, SLOW, "all texts in the store")
        for page in pages:
            await desk.wait_for_rows(page, SLOW)
        open_one = desk.org.conversations[CONVERSATION]
        await until(lambda: not open_one["unread"], SLOW, "all texts read")
        rows = [await desk.rows(page) for page in pages]
        stored = desk.stored()
        # Of a long conversation a chat keeps the newest, and loads the others again on demand.
        assert 200 <= len(rows[0]) <= 250
        assert rows[0] == stored[-len(rows[0]) :]
        assert len(set(stored)) == trace.count
        # Whatever a stranger said has been corrected everywhere.
        await trace.recover()
        for page in pages:
            await wait_until_true(desk, page, SLOW)
        listed = [await count_rows(page) for page in pages]
        assert sorted(listed) == [0, len(OTHERS) + 1, len(OTHERS) + 1]
        assert len(OTHERS) > FIRST_ROWS
        assert desk.org.count_unread() > len(OTHERS)
        states = {row["status"] for row in desk.org.messages[CONVERSATION][-200:]}
        assert states == {"Received", "Sent", "Delivered", "Read", "Failed"}
        assert "evil" not in "".join(desk.org.names_seen)
        assert not desk.errors
        return (
            f"{trace.count} texts, {len(troubles)} troubles, {len(pages)} tabs: "
            f"lost 0, doubled 0, out of order 0, badge, list of {len(OTHERS) + 1} and "
            f"{desk.org.reports} reports as in the store; sockets at most {trace.most_sockets}, "
            f"opened {desk.org.sockets_opened}, takeover {trace.takeover * 1000:.0f} ms, "
            f"{sum(desk.org.calls.values())} server requests"
        )


async def press_send_again(page: Page) -> None:
    await page.evaluate(
        """() => document.querySelectorAll('c-chat').forEach((chat) =>
            chat.shadowRoot.querySelector('c-pusher-chat-panel').shadowRoot
                .querySelector('c-pusher-message-list').shadowRoot
                .querySelectorAll('lightning-button[data-retry]').forEach((button) => button.click()))"""
    )


@pytest.mark.timeout(900)
@pytest.mark.parametrize("bridge", ["visualforce", pytest.param("direct", marks=pytest.mark.slow)])
def test_no_text_is_lost_and_every_number_is_true_through_twenty_troubles(
    bridge: str, rendered: Render, capsys: pytest.CaptureFixture[str]
) -> None:
    # Without a frame no window speaks to another.
    framed = {post_from_elsewhere} if bridge == "direct" else set()
    troubles = [trouble for trouble in TROUBLES if trouble not in framed]
    line = asyncio.run(run_trace(rendered(bridge=bridge), troubles))
    with capsys.disabled():
        sys.stdout.write(f"\n{bridge}: {line}\n")
