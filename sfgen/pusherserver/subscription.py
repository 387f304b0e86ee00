"""Subscribing and unsubscribing: names, signatures, members, the cached event.

Source: pusher/docs ``library_auth_reference/pusher-websockets-protocol.md``; the wording of
refusals follows what the service was seen to answer (pusher-websocket-java issue 205).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.channels import (
    SERVER_TO_USER,
    ChannelError,
    ChannelKind,
    ChannelName,
    read_channel_name,
)
from sfgen.pusherserver.channel import Member, read_member
from sfgen.pusherserver.frames import FrameError, pack_frame, write_event, write_json

if TYPE_CHECKING:
    from sfgen.pusherserver.connection import Connection
    from sfgen.pusherserver.exchange import Exchange
    from sfgen.pusherserver.server_faults import Refusal

UNAUTHORIZED = 4009


def subscribe(exchange: Exchange, connection: Connection, data: dict[str, Any]) -> None:
    """Subscribe a connection to a channel and send it ``subscription_succeeded``.

    Raises:
        FrameError: a malformed name, a wrong signature, a limit.
    """
    name = _read_name(data)
    refusal = exchange.faults.refuses(name.text)
    if refusal is not None:
        _refuse(connection, name, str(data.get("auth", "")), refusal)
        return
    if name.text in connection.channels:
        raise FrameError(f"Existing subscription to channel {name.text}")
    if len(connection.channels) >= connection.app.limits.channels_per_connection:
        raise FrameError("Too many subscriptions on this connection")
    member = _authorize(exchange, connection, name, data)
    channel = exchange.join(connection, name, member)
    members = channel.describe_members() if member is not None else "{}"
    connection.send_event("pusher_internal:subscription_succeeded", members, channel=name.text)
    if name.cached:
        cached = exchange.recall(name.text)
        if cached is None:
            connection.send_event("pusher:cache_miss", channel=name.text)
            exchange.announce("cache_miss", channel=name.text)
        else:
            connection.repeat(cached.event, cached.frame, name.text, cached.data)
    exchange.send_count(channel)


def confirm_subscriptions(connection: Connection) -> None:
    """Send ``subscription_succeeded`` for each of a client's channels again, without logging it.

    Clients fetch what they missed when a subscription succeeds.
    """
    for name, channel in connection.channels.items():
        members = channel.describe_members() if channel.seats else "{}"
        event = "pusher_internal:subscription_succeeded"
        connection.send(pack_frame(write_event(event, members, channel=name)))


def unsubscribe(exchange: Exchange, connection: Connection, data: dict[str, Any]) -> None:
    """Take a connection out of a channel.

    Raises:
        FrameError: no such subscription.
    """
    name = _read_name(data)
    channel = connection.channels.get(name.text)
    if channel is None:
        raise FrameError(f"No current subscription to channel {name.text}")
    exchange.leave(connection, channel)


def _read_name(data: dict[str, Any]) -> ChannelName:
    channel = data.get("channel")
    if not isinstance(channel, str):
        raise FrameError("Channel name is missing")
    try:
        return read_channel_name(channel)
    except ChannelError as error:
        raise FrameError(f"Invalid channel name: {error.message}") from None


def _authorize(
    exchange: Exchange, connection: Connection, name: ChannelName, data: dict[str, Any]
) -> Member | None:
    """Check what a subscription needs and return the member that joins a presence channel."""
    if name.kind is ChannelKind.SERVER_TO_USER:
        if name.text != f"{SERVER_TO_USER}{connection.user_id}":
            raise FrameError("Only the signed-in user may subscribe to this channel", UNAUTHORIZED)
        return None
    if not name.needs_authorization:
        return None
    channel_data = data.get("channel_data")
    if channel_data is not None and not isinstance(channel_data, str):
        raise FrameError("channel_data is not a string")
    signed = f"{connection.socket_id}:{name.text}"
    if channel_data is not None:
        signed += f":{channel_data}"
    check_signature(connection, data.get("auth"), signed, f"subscription to {name.text}")
    connection.was_authorized = True
    if name.kind is not ChannelKind.PRESENCE:
        return None
    return _read_presence(exchange, connection, name, channel_data)


def _read_presence(
    exchange: Exchange, connection: Connection, name: ChannelName, channel_data: str | None
) -> Member:
    limits = connection.app.limits
    if channel_data is not None:
        member = read_member(channel_data, limits.member_bytes)
    elif connection.user is not None:
        member = connection.user
    else:
        raise FrameError("channel_data is required for a presence channel, or a signed-in user")
    channel = exchange.channels.get(name.text)
    if (
        channel is not None
        and member.user_id not in channel.members
        and len(channel.members) >= limits.presence_members
    ):
        raise FrameError(f"Presence channel {name.text} is full", 4004)
    return member


def _refuse(connection: Connection, name: ChannelName, auth: str, refusal: Refusal) -> None:
    signed = f"{connection.socket_id}:{name.text}"
    digest = auth.partition(":")[2]
    if refusal == "invalid-signature":
        raise FrameError(_describe_mismatch(signed, digest))
    if refusal == "4009":
        raise FrameError("Connection not authorized for this channel", UNAUTHORIZED)
    if refusal == "subscription-error":
        error = {"type": "AuthError", "error": "The connection is unauthorized.", "status": 401}
        connection.send_event("pusher:subscription_error", write_json(error), channel=name.text)


def check_signature(connection: Connection, auth: Any, signed: str, what: str) -> None:
    """Compare an ``auth`` value.

    Raises:
        FrameError: with the words, and the missing code, of the service.
    """
    who = connection.app.credentials
    key, colon, digest = auth.partition(":") if isinstance(auth, str) else ("", "", "")
    if not colon:
        raise FrameError(f"Auth value for {what} is invalid: should be of format 'key:signature'")
    if key != who.key or not who.agrees(signed, digest):
        raise FrameError(_describe_mismatch(signed, digest))


def _describe_mismatch(signed: str, digest: str) -> str:
    return (
        f"Invalid signature: Expected HMAC SHA256 hex digest of {signed[:1_000]}, "
        f"but got {digest[:200]}"
    )
