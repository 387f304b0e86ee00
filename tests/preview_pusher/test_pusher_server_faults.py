from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from pusher_peer import APP, SECONDS, WHO, Clock, Peer, Room, play, reach, run_apart

from sfgen.errors import ServerError, UsageError
from sfgen.pusherserver import App, Credentials, Limits, PusherServer
from sfgen.pusherserver.frame_journal import ENTRIES
from sfgen.pusherserver.server_faults import HELD_FRAMES

if TYPE_CHECKING:
    from collections.abc import Callable


def test_a_drop_breaks_one_connection_or_all_without_a_close_frame() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one, room.join() as two, room.join() as three:
            assert room.server.faults.drop(one.socket_id) == 1
            assert await one.expect_close() == 1006
            await two.expect_silence()
            await room.holds(2)
            assert room.server.faults.drop() == 2
            assert await two.expect_close() == 1006
            assert await three.expect_close() == 1006
            await room.holds(0)
            assert room.server.faults.drop("1.1") == 0

    play(story)


@pytest.mark.parametrize("code", [4001, 4004, 4009, 4100, 4200, 4201, 4301, 1001])
def test_a_close_carries_its_code(code: int) -> None:
    async def story(room: Room) -> None:
        async with room.join() as one, room.join() as two:
            assert room.server.faults.close(code, "why", one.socket_id) == 1
            assert await one.expect_close() == code
            await two.expect_silence()

    play(story)


def test_new_connections_are_refused_until_all_is_well() -> None:
    async def story(room: Room) -> None:
        async with room.join() as old:
            for code in (4001, 4004, 4100, 4201):
                room.server.faults.set(refuse_code=code)
                assert await room.refused() == code
                assert await room.refused() == code
            await old.expect_silence()
            room.server.faults.set(refuse_code=4004, refuse_count=2)
            assert await room.refused() == 4004
            assert await room.refused() == 4004
            async with room.join():
                pass
            room.server.faults.set(refuse_code=4004)
            room.server.faults.clear()
            async with room.join():
                pass

    play(story)


def test_an_unreachable_server_answers_no_handshake_and_still_publishes() -> None:
    async def story(room: Room) -> None:
        async with room.join() as old:
            await old.subscribe("public")
            room.server.faults.set(unreachable=True)
            for _ in range(2):
                with pytest.raises(aiohttp.ClientConnectionError):
                    await room.refused()
            await room.publish("public")
            await old.expect("ev")
            room.server.faults.clear()
            async with room.join():
                pass

    play(story)


def test_held_frames_can_be_thrown_away() -> None:
    async def story(room: Room) -> None:
        async with room.join() as peer:
            await peer.subscribe("public")
            room.server.faults.set(paused=True)
            await room.publish("public", "lost")
            assert room.server.faults.discard() == 1
            room.server.faults.set(paused=False)
            await room.publish("public", "told")
            await peer.expect("told")

    play(story)


class Later:
    """Stands in for a module's ``asyncio``: keeps what its loop is asked to do later."""

    def __init__(self) -> None:
        self.kept: list[tuple[float, Callable[[], None]]] = []

    def get_running_loop(self) -> Later:
        return self

    def call_later(self, delay: float, act: Callable[[], None]) -> None:
        self.kept.append((delay, act))


def test_a_subscription_is_delayed_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    later = Later()
    monkeypatch.setattr("sfgen.pusherserver.dialogue.asyncio", later)

    async def story(room: Room) -> None:
        async with room.join() as one, room.join() as gone:
            room.server.faults.set(subscription_delay=0.5)
            await one.ask("private-a")
            await one.expect_silence()  # a later ping is answered earlier
            await gone.ask("private-b")
            await gone.expect_silence()
            await gone.socket.close()
            await room.holds(1)
            (first, subscribe), (second, never) = later.kept
            assert first == second == 0.5
            subscribe()
            never()
            await one.expect("pusher_internal:subscription_succeeded")
            await one.expect_silence()
            assert list(room.exchange.channels) == ["private-a"]

    play(story)


def test_subscriptions_are_delayed_and_refused_in_every_style() -> None:
    async def story(room: Room) -> None:
        faults = room.server.faults
        async with room.join() as one:
            faults.set(subscription_delay=0.2)
            started = time.monotonic()
            await one.subscribe("private-a")
            assert time.monotonic() - started >= 0.2
            await one.ask("private-a")
            await one.expect_error("Existing subscription")
            faults.clear()
            faults.set(refuse_subscriptions="invalid-signature", refuse_prefix="private-")
            await one.ask("private-b")
            await one.expect_error(
                f"Invalid signature: Expected HMAC SHA256 hex digest of {one.socket_id}:private-b"
            )
            await one.subscribe("public")
            faults.set(refuse_subscriptions="4009")
            await one.ask("private-b")
            await one.expect_error("not authorized", 4009)
            faults.set(refuse_subscriptions="subscription-error")
            await one.ask("private-b")
            frame = await one.expect("pusher:subscription_error")
            assert (frame["channel"], frame["data"]["status"]) == ("private-b", 401)
            faults.set(refuse_subscriptions="silence")
            await one.ask("private-b")
            await one.expect_silence()
            faults.set(refuse_subscriptions=None)
            await one.subscribe("private-b")

    play(story)


def test_quota_and_statuses_reach_the_publisher() -> None:
    async def story(room: Room) -> None:
        faults = room.server.faults
        async with room.join() as one:
            await one.subscribe("a")
            event = {"name": "ev", "channels": ["a"], "data": "x"}
            faults.set(over_quota=True)
            assert (await room.call("POST", "/events", event))[0] == 403
            assert (
                await room.call("POST", "/batch_events", {"batch": [event | {"channel": "a"}]})
            )[0] == 403
            assert (await room.call("GET", "/channels"))[0] == 200
            await one.expect_silence()
            faults.clear()
            faults.set(http_status=503)
            assert (await room.call("GET", "/channels"))[0] == 503
            faults.clear()
            faults.set(http_delay=0.2)
            started = time.monotonic()
            await room.publish("a")
            assert time.monotonic() - started >= 0.2

    play(story)


def test_paused_deliveries_follow_in_order() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one, room.join() as two:
            for peer in (one, two):
                await peer.subscribe("private-a")
            room.server.faults.set(paused=True)
            for number in range(3):
                await room.publish("private-a", f"ev{number}")
            await one.send("client-x", {}, "private-a")
            await one.expect_silence()
            await two.expect_silence()
            room.server.faults.set(paused=False)
            for number in range(3):
                await two.expect(f"ev{number}")
            await two.expect("client-x")

    play(story)


def test_a_pause_keeps_a_bounded_number_of_frames() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one:
            await one.subscribe("a")
            room.server.faults.set(paused=True)
            exchange = room.server.exchanges["1000"]
            name = exchange.channels["a"].name
            for number in range(HELD_FRAMES + 10):
                exchange.publish(name, "ev", str(number))
            room.server.faults.clear()
            assert (await one.expect("ev"))["data"] == 10
            assert room.server.control.describe()["lost_while_paused"] == 10

    play(story)


def test_a_black_hole_neither_reads_nor_writes_until_it_is_lifted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Clock()
    for room in ("connection", "pusher_server"):
        monkeypatch.setattr(f"sfgen.pusherserver.{room}.time", clock)

    async def story(room: Room) -> None:
        async with room.join() as one, room.join() as two:
            await one.subscribe("a")
            await two.subscribe("a")
            assert room.server.faults.black_hole(one.socket_id) == 1
            await room.publish("a", "unheard")
            await two.expect("unheard")
            await one.ask("lost")
            # Another that is as silent, for it doesn't read, is found out; this one is not.
            silent = room.exchange.connections[two.socket_id]
            clock.now += 61
            await reach(lambda: silent.pinged)
            clock.now += 2
            await reach(lambda: silent.dropped)
            with pytest.raises(asyncio.TimeoutError):
                await one.read(0.2)
            assert not one.socket.closed
            room.server.faults.clear()
            await one.expect_silence()
            assert "lost" not in room.exchange.channels

    play(story, activity_timeout=60.0, pong_timeout=1.0)


def test_pings_can_stay_unanswered() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one:
            room.server.faults.set(deaf_to_pings=True)
            await one.send("pusher:ping", {})
            await one.subscribe("a")

    play(story)


@pytest.mark.parametrize(
    "changes",
    [
        {"nonsense": 1},
        {"paused": 1},
        {"paused": None},
        {"refuse_code": 999},
        {"refuse_code": "4001"},
        {"refuse_code": True},
        {"subscription_delay": -1},
        {"subscription_delay": "1"},
        {"refuse_subscriptions": "loudly"},
        {"refuse_prefix": None},
        {"refuse_count": 1.5},
    ],
)
def test_switches_take_what_they_can_mean_only(changes: dict[str, Any]) -> None:
    async def story(room: Room) -> None:
        with pytest.raises(UsageError):
            room.server.faults.set(**changes)
        assert await control(room, "POST", "/faults", changes) == 400

    play(story)


async def control(room: Room, method: str, path: str, fields: Any = None, **headers: str) -> Any:
    """Call the control endpoint; the answer's JSON, or its status when it is none of 200."""
    token = headers.pop("token", room.server.token)
    async with room.session.request(
        method,
        f"http://127.0.0.1:{room.port}/control{path}",
        json=fields,
        headers={"Authorization": f"Bearer {token}", **headers},
    ) as answer:
        assert "Access-Control-Allow-Origin" not in answer.headers
        return await answer.json() if answer.status == 200 else answer.status


def test_the_control_endpoint_wants_its_token_and_a_loopback_name() -> None:
    async def story(room: Room) -> None:
        for path in ("", "/journal"):
            assert await control(room, "GET", path, token="wrong") == 401
            assert await control(room, "GET", path, token="ä") == 401
            assert await control(room, "GET", path, Host="evil.example") == 403
        for path in ("/faults", "/clear", "/drop", "/close", "/black-hole"):
            assert await control(room, "POST", path, {}, token="wrong") == 401
        async with room.session.get(f"http://127.0.0.1:{room.port}/control") as answer:
            assert answer.status == 401
        for body in (b"{", b"[]"):
            async with room.session.post(
                f"http://127.0.0.1:{room.port}/control/drop",
                data=body,
                headers={"Authorization": f"Bearer {room.server.token}"},
            ) as answer:
                assert answer.status == 400

    play(story)


def test_the_control_endpoint_does_what_the_switches_do() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one, room.join() as two:
            await one.subscribe("a")
            state = await control(room, "GET", "")
            assert state["apps"][0]["connection_count"] == 2
            assert state["apps"][0]["channels"] == {"a": 1}
            assert state["counts"]["open"] == 2
            answer = await control(
                room, "POST", "/close", {"code": 4200, "socket_id": one.socket_id}
            )
            assert answer == {"connections": 1}
            assert await one.expect_close() == 4200
            await room.holds(1)
            assert await control(room, "POST", "/close", {"code": "4200"}) == 400
            assert await control(room, "POST", "/drop", {"socket_id": 7}) == 400
            assert (await control(room, "POST", "/faults", {"refuse_code": 4004}))[
                "refuse_code"
            ] == 4004
            assert await room.refused() == 4004
            assert (await control(room, "POST", "/clear"))["refuse_code"] is None
            assert await control(room, "POST", "/black-hole", {}) == {"connections": 1}
            await control(room, "POST", "/clear")
            assert await control(room, "POST", "/drop") == {"connections": 1}
            assert await two.expect_close() == 1006
            assert WHO.secret not in str(await control(room, "GET", ""))

    play(story)


def test_the_journal_tells_what_happened_and_is_waited_for() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one:
            await one.subscribe("private-a")
            await room.publish("private-a", "ev", '"text"')
            entries = await control(room, "GET", "/journal?after=0")
            kinds = [(entry["kind"], entry["label"]) for entry in entries]
            assert ("open", "connected") in kinds
            assert ("in", "pusher:subscribe") in kinds
            assert ("out", "ev") in kinds
            assert ("request", "POST /apps/1000/events") in kinds
            last = entries[-1]["number"]
            waiting = asyncio.create_task(control(room, "GET", f"/journal?after={last}&wait=25"))
            await asyncio.sleep(0.05)
            assert not waiting.done()
            await one.send("pusher:ping", {})
            later = await waiting
            assert later[0]["label"] == "pusher:ping"
            assert room.server.journal.counts["deliveries"] == 4
            assert await control(room, "GET", "/journal?after=x") == 400
            assert WHO.secret not in str(entries)

    play(story)


def test_the_journal_is_bounded() -> None:
    async def story(room: Room) -> None:
        async with room.join() as one:
            for _ in range(ENTRIES + 50):
                await one.send("pusher:nonsense", "x" * 5_000)
            for _ in range(ENTRIES + 50):
                await one.expect_error("Unknown event")
            entries = list(room.server.journal.since(0))
            assert len(entries) == ENTRIES
            assert max(len(entry.text) for entry in entries) == 2_000
            assert room.server.journal.counts["in"] == ENTRIES + 50

    play(story)


def test_a_slow_reader_is_dropped_and_the_others_are_served() -> None:
    app = App(WHO, limits=Limits(unsent_bytes=200_000))

    async def story(room: Room) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", room.port, limit=1_024)
        writer.write(
            b"GET /app/local-key?protocol=7 HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        )
        await reader.readuntil(b"\r\n\r\n")
        text = b'{"event":"pusher:subscribe","data":{"channel":"a"}}'
        writer.write(bytes((0x81, 0x80 | len(text), 0, 0, 0, 0)) + text)
        async with room.join() as fast:
            await fast.subscribe("a")
            exchange = room.server.exchanges["1000"]
            await reach(lambda: len(exchange.channels["a"].subscribers) == 2)
            sent = 0
            while len(exchange.connections) == 2:
                assert sent < 3_000
                exchange.publish(exchange.channels["a"].name, "ev", "x" * 10_000)
                assert (await fast.expect("ev"))["data"] == "x" * 10_000
                sent += 1
                worst = max(one.wire.unsent() for one in exchange.connections.values())
                assert worst <= 200_000 + 11_000
            await fast.expect_silence()
            assert sent > 10
        writer.close()

    play(story, app)


def test_two_servers_on_one_port_and_broken_app_lists_are_refused() -> None:
    async def story(room: Room) -> None:
        second = PusherServer([APP])
        tasks = len(asyncio.all_tasks())
        with pytest.raises(ServerError, match="can't listen"):
            await second.start("127.0.0.1", room.port)
        assert len(asyncio.all_tasks()) == tasks
        with pytest.raises(ServerError, match="can't listen"):
            await room.server.start("127.0.0.1", room.port)
        async with room.join() as peer:
            await peer.expect_silence()

    play(story)
    with pytest.raises(ServerError, match="at least one"):
        PusherServer([])
    with pytest.raises(ServerError, match="twice"):
        PusherServer([APP, APP])
    with pytest.raises(ServerError, match="not a number"):
        PusherServer([App(Credentials("app1", "k", "s"))])


def test_the_server_stops_with_open_connections_and_starts_again() -> None:
    async def run() -> None:
        server = PusherServer([APP])
        async with aiohttp.ClientSession() as session:
            for _ in range(2):
                port = await server.start()
                second = await server.start()
                assert port != second
                for each in (port, second):
                    url = f"ws://127.0.0.1:{each}/app/local-key?protocol=7"
                    socket = await session.ws_connect(url)
                    assert (await Peer(socket).read())["event"] == "pusher:connection_established"
                await asyncio.wait_for(server.stop(), SECONDS)
                assert not server.exchanges["1000"].connections

    run_apart(run())
