"""Client events, which a subscriber sends directly to the others.

Source: pusher/docs ``using_channels/events.md`` (Triggering client events).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.pusherserver.frames import ClientFrame, FrameError, pack_frame, write_event, write_json

if TYPE_CHECKING:
    from sfgen.pusherserver.connection import Connection
    from sfgen.pusherserver.exchange import Exchange

CLIENT_EVENT_RATE = 4301


def send_client_event(exchange: Exchange, connection: Connection, frame: ClientFrame) -> None:
    """Pass a client's event to the other subscribers of a channel.

    Raises:
        FrameError: turned off, a public channel, not subscribed, too large, too many.
    """
    if not exchange.app.client_events:
        raise FrameError("To send client events, you must enable this feature in the Settings")
    channel = connection.channels.get(frame.channel or "")
    if channel is None:
        raise FrameError("Client event rejected - you are not subscribed to this channel")
    if not channel.name.allows_client_events:
        raise FrameError("Client event rejected - only private and presence channels allow them")
    if len(frame.event) > 200:
        raise FrameError("Client event rejected - event name is longer than 200 characters")
    try:
        data = frame.data if isinstance(frame.data, str) else write_json(frame.data)
    except ValueError:
        raise FrameError("Client event rejected - nested too deeply") from None
    if len(data.encode(errors="replace")) > exchange.app.limits.data_bytes:
        raise FrameError("Client event rejected - data is too large", 4301)
    if not connection.take_client_event():
        raise FrameError(
            f"Client event rate limit of {exchange.app.limits.client_events_per_second} "
            "per second exceeded",
            CLIENT_EVENT_RATE,
        )
    user_id = channel.seats.get(connection.socket_id)
    text = write_event(frame.event, data, channel=channel.name.text, user_id=user_id)
    count = exchange.deliver(
        channel.subscribers.values(), pack_frame(text), skip=connection.socket_id
    )
    exchange.record("out", frame.event, channel=channel.name.text, text=text, count=count)
    fields = {"user_id": user_id} if user_id is not None else {}
    exchange.announce(
        "client_event", channel=channel.name.text, event=frame.event, data=data,
        socket_id=connection.socket_id, **fields,
    )  # fmt: skip
