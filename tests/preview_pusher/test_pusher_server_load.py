"""Many clients, dying clients: the server stays up and gives back what it took."""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from typing import TYPE_CHECKING

import pytest
from pusher_peer import WHO, Room, play

from sfgen.preview.pusher import App, Limits

if TYPE_CHECKING:
    from sfgen.preview.pusher.exchange import Exchange

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


async def settle(exchange: Exchange, count: int) -> None:
    for _ in range(6_000):
        if len(exchange.connections) == count:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"{len(exchange.connections)} connections, {count} expected")


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
            await settle(exchange, 0)
            assert not exchange.channels
            gc.collect()
            sizes.append(sys.getallocatedblocks())
        await asyncio.sleep(0.05)
        assert len(asyncio.all_tasks()) <= tasks_before + 2
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
        exchange = room.server.exchanges["1000"]
        writers = await asyncio.gather(*(come(room.port) for _ in range(100)))
        assert room.server.faults.drop() == 100
        await settle(exchange, 0)
        again = await asyncio.gather(*(come(room.port) for _ in range(100)))
        assert room.server.faults.close(4200, "again") == 100
        await settle(exchange, 0)  # peers that never answer the close frame are broken off
        for writer in (*writers, *again):
            writer.transport.abort()

    play(story)


def test_half_open_sockets_are_found_out() -> None:
    async def story(room: Room) -> None:
        exchange = room.server.exchanges["1000"]
        # Peers that are there for the kernel and for nobody else: they never read nor answer.
        writers = [await come(room.port) for _ in range(20)]
        started = time.monotonic()
        await settle(exchange, 0)
        assert time.monotonic() - started > 0.4
        for writer in writers:
            writer.transport.abort()

    play(story, activity_timeout=0.3, pong_timeout=0.3)


def test_a_handshake_that_never_ends_holds_no_connection() -> None:
    async def story(room: Room) -> None:
        writers = []
        for _ in range(20):
            _, writer = await asyncio.open_connection("127.0.0.1", room.port)
            writer.write(HANDSHAKE[:40])
            writers.append(writer)
        await asyncio.sleep(0.1)
        assert not room.server.exchanges["1000"].connections
        async with room.join() as peer:
            await peer.expect_silence()
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
