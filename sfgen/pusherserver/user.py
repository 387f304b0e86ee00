"""Handles ``pusher:signin``: authenticates a connection's user and reports its watchlist.

Source: pusher/docs ``library_auth_reference/pusher-websockets-protocol.md`` (``pusher:signin``) and
``using_channels/watchlist-events.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.channels import ChannelError, check_user_id
from sfgen.pusherserver.channel import describe_member
from sfgen.pusherserver.exchange import WATCHLIST, write_watchlist
from sfgen.pusherserver.frames import FrameError, read_object, write_json
from sfgen.pusherserver.subscription import UNAUTHORIZED, check_signature

if TYPE_CHECKING:
    from sfgen.pusherserver.connection import Connection
    from sfgen.pusherserver.exchange import Exchange

WATCHLIST_TOO_LONG = 4302


def sign_in(exchange: Exchange, connection: Connection, data: dict[str, Any]) -> None:
    """Make a connection a user's.

    Raises:
        FrameError: a wrong signature, no user id, or another user signed in already.
    """
    text = data.get("user_data")
    if not isinstance(text, str):
        raise FrameError("user_data is missing", UNAUTHORIZED)
    signed = f"{connection.socket_id}::user::{text}"
    check_signature(connection, data.get("auth"), signed, "signin")
    user = read_object(text, "user_data")
    user_id, watchlist = user.get("id"), user.get("watchlist", [])
    if not isinstance(user_id, str):
        raise FrameError("user_data has no string id", UNAUTHORIZED)
    try:
        check_user_id(user_id)
    except ChannelError as error:
        raise FrameError(error.message, UNAUTHORIZED) from None
    if connection.user_id not in {None, user_id}:
        raise FrameError("Connection is already signed in as another user", UNAUTHORIZED)
    member = describe_member(user_id, user.get("user_info"), connection.app.limits.member_bytes)
    watched = _read_watchlist(watchlist)
    arrived = user_id not in exchange.users
    connection.user_id, connection.user = user_id, member
    connection.was_authorized = True
    exchange.users.setdefault(user_id, {})[connection.socket_id] = connection
    connection.send_event("pusher:signin_success", write_json({"user_data": text}))
    if exchange.app.watchlist_events:
        _watch(exchange, connection, watched)
        if arrived:
            exchange.notify_watchers(user_id, "online")


def _read_watchlist(watchlist: Any) -> list[str]:
    if not isinstance(watchlist, list) or not all(isinstance(one, str) for one in watchlist):
        raise FrameError("watchlist is not a list of user ids")
    return list(dict.fromkeys(watchlist))


def _watch(exchange: Exchange, connection: Connection, watched: list[str]) -> None:
    most = connection.app.limits.watchlist_users
    if len(watched) > most:
        connection.complain(
            f"Watchlist limit of {most} exceeded; accepted: {', '.join(watched[:most])}",
            WATCHLIST_TOO_LONG,
        )
    for old in connection.watchlist:
        exchange.unwatch(old, connection)
    connection.watchlist = tuple(watched[:most])
    states: dict[str, list[str]] = {"online": [], "offline": []}
    for user_id in connection.watchlist:
        exchange.watchers.setdefault(user_id, {})[connection.socket_id] = connection
        states["online" if user_id in exchange.users else "offline"].append(user_id)
    if connection.watchlist:
        connection.send_event(WATCHLIST, write_watchlist(states))
