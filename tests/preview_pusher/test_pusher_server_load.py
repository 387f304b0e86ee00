"""Many clients, dying clients: the server stays up and gives back what it took."""

from __future__ import annotations

import asyncio
import gc
import sys

import pytest
from pusher_peer import WHO, Clock, Room, play, reach

from sfgen.pusherserver import App, Limits

HANDSHAKE = (
    b"GET /app/local-key?protocol=7 HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
    b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)


def mask_frame(text: str) -> bytes:
    payload = text.encode()
    assert len(payload) < 126
    return bytes((0x81, 0x80 | len(payload), 0, 0, 0, 0)) + payload


async def come(port: int) -> asyncio.StreamWriter:
    """Connect and subscribe to a public and a presence-free channel, reading the answers."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(HANDSHAKE)
    await reader.readuntil(b"activity_timeout")
    writer.write(mask_frame('{"event":"pusher:subscribe","data":{"channel":"crowd"}}'))
    await reader.readuntil(b"subscription_succeeded")
    return writer


def churn(total: int, width: int) -> None:
    async def story(room: Room) -> None:
        exchange = room.server.exchanges["1000"]
        tasks_before = len(asyncio.all_tasks())
        sizes: list[int] = []
        for _ in range(0, total, width):
            writers = await asyncio.gather(*(come(room.port) for _ in range(width)))
            assert len(exchange.channels["crowd"].subscribers) == width
            for number, writer in enumerate(writers):
                if number % 3:
                    writer.transport.abort()  # a reset, no close frame
                else:
                    writer.close()
            await room.holds(0)
            assert not exchange.channels
            gc.collect()
            sizes.append(sys.getallocatedblocks())
        await reach(lambda: len(asyncio.all_tasks()) <= tasks_before + 2, "the tasks' end")
        # The first round fills pools and logs; after it memory stays where it is.
        assert sizes[-1] < sizes[1] * 1.15, sizes
        async with room.join() as peer:
            await peer.subscribe("crowd")
            await room.publish("crowd")
            await peer.expect("ev")

    play(story)


def test_hundreds_of_clients_come_and_drop() -> None:
    churn(300, 50)


@pytest.mark.slow
def test_five_thousand_clients_come_and_drop() -> None:
    churn(5_000, 250)


def test_all_connections_dropped_at_once_come_back() -> None:
    async def story(room: Room) -> None:
        writers = await asyncio.gather(*(come(room.port) for _ in range(100)))
        assert room.server.faults.drop() == 100
        await room.holds(0)
        again = await asyncio.gather(*(come(room.port) for _ in range(100)))
        assert room.server.faults.close(4200, "again") == 100
        await room.holds(0)  # peers that never answer the close frame are broken off
        for writer in (*writers, *again):
            writer.transport.abort()

    play(story)


def test_half_open_sockets_are_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    for room in ("connection", "pusher_server"):
        monkeypatch.setattr(f"sfgen.pusherserver.{room}.time", clock)

    async def story(room: Room) -> None:
        # Peers that are there for the kernel and for nobody else: they never read nor answer.
        writers = [await come(room.port) for _ in range(20)]
        peers = list(room.exchange.connections.values())
        clock.now += 61
        await reach(lambda: all(one.pinged for one in peers), "the pings")
        assert len(room.exchange.connections) == 20
        clock.now += 2
        await room.holds(0)
        for writer in writers:
            writer.transport.abort()

    play(story, activity_timeout=60.0, pong_timeout=1.0)


def test_a_handshake_that_never_ends_holds_no_connection() -> None:
    async def story(room: Room) -> None:
        writers = []
        for _ in range(20):
            _, writer = await asyncio.open_connection("127.0.0.1", room.port)
            writer.write(HANDSHAKE[:40])
            writers.append(writer)
        async with room.join() as peer:
            await peer.expect_silence()
            assert len(room.exchange.connections) == 1
        for writer in writers:
            writer.transport.abort()

    play(story)


def test_one_publish_reaches_five_hundred() -> None:
    async def story(room: Room) -> None:
        writers = await asyncio.gather(*(come(room.port) for _ in range(500)))
        fields = {"name": "ev", "channels": ["crowd"], "data": "x", "info": "subscription_count"}
        status, told = await room.call("POST", "/events", fields)
        assert (status, told) == (200, {"channels": {"crowd": {"subscription_count": 500}}})
        told = [entry.count for entry in room.server.journal.since(0) if entry.label == "ev"]
        assert told == [500]
        for writer in writers:
            writer.transport.abort()

    play(story, App(WHO, subscription_count=True, limits=Limits(connections=500)))
