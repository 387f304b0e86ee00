"""Handles the frames a client sends: subscriptions, sign-in, client events, pings."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from sfgen.pusherserver.client_event import send_client_event
from sfgen.pusherserver.frames import ClientFrame, FrameError, read_frame, read_object
from sfgen.pusherserver.subscription import subscribe, unsubscribe
from sfgen.pusherserver.user import sign_in

if TYPE_CHECKING:
    from sfgen.pusherserver.connection import Connection
    from sfgen.pusherserver.exchange import Exchange


def handle_frame(exchange: Exchange, connection: Connection, text: str) -> None:
    """Handle one text frame of a client; errors are answered, never raised."""
    try:
        frame = read_frame(text)
        exchange.record(
            "in", frame.event, socket_id=connection.socket_id, channel=_name_channel(frame),
            text=text,
        )  # fmt: skip
        _act(exchange, connection, frame)
    except FrameError as error:
        exchange.record("error", error.message, socket_id=connection.socket_id, text=text)
        connection.complain(error.message, error.code)


def _act(exchange: Exchange, connection: Connection, frame: ClientFrame) -> None:
    if frame.event == "pusher:subscribe":
        _ask_subscription(exchange, connection, read_object(frame.data, "data"))
    elif frame.event == "pusher:unsubscribe":
        unsubscribe(exchange, connection, read_object(frame.data, "data"))
    elif frame.event == "pusher:ping":
        if not exchange.faults.switches.deaf_to_pings:
            connection.send_event("pusher:pong", "{}")
    elif frame.event == "pusher:signin":
        sign_in(exchange, connection, read_object(frame.data, "data"))
    elif frame.event.startswith("client-"):
        send_client_event(exchange, connection, frame)
    elif frame.event != "pusher:pong":
        raise FrameError(f"Unknown event {frame.event[:100]}")


def _name_channel(frame: ClientFrame) -> str | None:
    if frame.channel is None and isinstance(frame.data, dict):
        channel = frame.data.get("channel")
        return channel[:200] if isinstance(channel, str) else None
    return frame.channel and frame.channel[:200]


def _ask_subscription(exchange: Exchange, connection: Connection, data: dict[str, Any]) -> None:
    delay = exchange.faults.switches.subscription_delay
    if not delay:
        subscribe(exchange, connection, data)
        return

    def go_on() -> None:
        try:
            if not connection.dropped:
                subscribe(exchange, connection, data)
        except FrameError as error:
            connection.complain(error.message, error.code)

    asyncio.get_running_loop().call_later(delay, go_on)
