"""The HTTP API of an app: publish, query, terminate.

Source: pusher/docs ``library_auth_reference/rest-api.md``.
"""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sfgen.channels import ChannelError, ChannelKind, check_user_id
from sfgen.pusherserver.frames import write_json
from sfgen.pusherserver.request import (
    Publication,
    RequestError,
    check_request,
    read_batch,
    read_body,
    read_name,
    read_publication,
    split_info,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sfgen.channels import ChannelName
    from sfgen.pusherserver.exchange import Exchange

    Operation = Callable[[Exchange, web.Request, bytes], Any]

#: Bytes of one request: ten events of 10 kB, each character escaped at worst.
BODY_BYTES = 1_048_576
TERMINATED = 4009


class HttpApi:
    """Routes of the HTTP API over the exchanges, found by app id."""

    def __init__(self, find: Callable[[str], Exchange | None]) -> None:
        self._find = find

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Add the API below ``/apps/{app_id}``."""
        for method, path, operation in (
            ("POST", "/events", publish_event),
            ("POST", "/batch_events", publish_batch),
            ("GET", "/channels", list_channels),
            ("GET", "/channels/{channel}", show_channel),
            ("GET", "/channels/{channel}/users", list_users),
            ("POST", "/users/{user_id}/terminate_connections", terminate),
        ):
            router.add_route(method, "/apps/{app_id}" + path, self._serve(operation))

    def _serve(self, operation: Operation) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            exchange = self._find(request.match_info["app_id"])
            if exchange is None:
                return _answer_text(404, "App does not exist")
            status, text = 200, ""
            body = b""
            try:
                body = await _receive(request, exchange)
                text = write_json(operation(exchange, request, body))
                response = web.Response(text=text, content_type="application/json")
            except RequestError as error:
                status, text = error.status, error.message
                response = _answer_text(status, text)
            exchange.record(
                "request",
                f"{request.method} {request.path}",
                text=body.decode(errors="replace")[:2_000] or text,
                count=status,
            )
            return response

        return handle


async def _receive(request: web.Request, exchange: Exchange) -> bytes:
    switches = exchange.faults.switches
    if switches.http_delay:
        await asyncio.sleep(switches.http_delay)
    if switches.http_status is not None and switches.http_status >= 400:
        raise RequestError(switches.http_status, "Fault switch: http_status")
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise RequestError(413, f"Body is larger than {BODY_BYTES} bytes") from None
    except (web.RequestPayloadError, ConnectionError):
        raise RequestError(400, "Body is cut short or malformed") from None
    # A signature covers the path as the library wrote it, which need not be escaped as ours.
    paths = (request.path, request.rel_url.raw_path)
    check_request(exchange.app, request.method, paths, request.query, body)
    return body


def publish_event(exchange: Exchange, request: web.Request, body: bytes) -> dict[str, Any]:
    """``POST /events``: one event to up to 100 channels.

    Raises:
        RequestError: 400, 403 over quota, 413.
    """
    fields = read_body(body) if body else _read_query(request)
    publication = read_publication(fields, exchange.app.limits)
    _publish(exchange, publication)
    if not publication.info:
        return {}
    counts = {name.text: _count(exchange, name, publication.info) for name in publication.channels}
    return {"channels": counts}


def publish_batch(exchange: Exchange, request: web.Request, body: bytes) -> dict[str, Any]:
    """``POST /batch_events``: up to ten events, each to one channel.

    Raises:
        RequestError: 400, 403 over quota, 413.
    """
    del request
    batch = read_batch(body, exchange.app.limits)
    for publication in batch:
        _publish(exchange, publication)
    if not any(publication.info for publication in batch):
        return {}
    return {"batch": [_count(exchange, one.channels[0], one.info) for one in batch]}


def list_channels(exchange: Exchange, request: web.Request, body: bytes) -> dict[str, Any]:
    """``GET /channels``: the occupied channels.

    Raises:
        RequestError: 400 when ``user_count`` is asked of more than presence channels.
    """
    del body
    prefix = request.query.get("filter_by_prefix", "")
    info = split_info(request.query.get("info"))
    if "user_count" in info and not prefix.startswith("presence-"):
        raise RequestError(400, "user_count may only be requested for presence channels")
    _refuse_unknown(exchange, info, ("user_count", "subscription_count"))
    return {
        "channels": {
            text: _count(exchange, channel.name, info)
            for text, channel in exchange.channels.items()
            if text.startswith(prefix) and channel.name.kind is not ChannelKind.SERVER_TO_USER
        }
    }


def show_channel(exchange: Exchange, request: web.Request, body: bytes) -> dict[str, Any]:
    """``GET /channels/{channel}``: one channel's state.

    Raises:
        RequestError: 400 for an attribute that the channel doesn't have.
    """
    del body
    name = read_name(request.match_info["channel"])
    info = split_info(request.query.get("info"))
    _refuse_unknown(exchange, info, ("user_count", "subscription_count", "cache"))
    if "user_count" in info and name.kind is not ChannelKind.PRESENCE:
        raise RequestError(400, f"user_count is not available for {name.text}")
    if "cache" in info and not name.cached:
        raise RequestError(400, f"cache is not available for {name.text}")
    state: dict[str, Any] = {"occupied": name.text in exchange.channels}
    state |= _count(exchange, name, info)
    if "cache" in info:
        cached = exchange.recall(name.text)
        state["cache"] = cached and {
            "data": cached.data,
            "ttl": math.ceil(cached.remaining(exchange.app.limits.cache_seconds)),
        }
    return state


def list_users(exchange: Exchange, request: web.Request, body: bytes) -> dict[str, Any]:
    """``GET /channels/{channel}/users``: the users of a presence channel.

    Raises:
        RequestError: 400 for another kind of channel.
    """
    del body
    name = read_name(request.match_info["channel"])
    if name.kind is not ChannelKind.PRESENCE:
        raise RequestError(400, "Users can only be retrieved for presence channels")
    channel = exchange.channels.get(name.text)
    return {"users": [{"id": user_id} for user_id in (channel.members if channel else ())]}


def terminate(exchange: Exchange, request: web.Request, body: bytes) -> dict[str, Any]:
    """``POST /users/{user_id}/terminate_connections``: close what a signed-in user has open.

    Raises:
        RequestError: 400 for a malformed user id.
    """
    del body
    try:
        user_id = check_user_id(request.match_info["user_id"])
    except ChannelError as error:
        raise RequestError(400, error.message) from None
    for connection in list(exchange.users.get(user_id, {}).values()):
        connection.close(TERMINATED, "You got disconnected by the app")
    return {}


def _publish(exchange: Exchange, publication: Publication) -> None:
    if exchange.faults.switches.over_quota:
        raise RequestError(403, "Account is over its message quota")
    for name in publication.channels:
        exchange.publish(name, publication.event, publication.data, skip=publication.skip)


def _count(exchange: Exchange, name: ChannelName, info: tuple[str, ...]) -> dict[str, int]:
    channel = exchange.channels.get(name.text)
    counts: dict[str, int] = {}
    if "user_count" in info and name.kind is ChannelKind.PRESENCE:
        counts["user_count"] = len(channel.members) if channel else 0
    if "subscription_count" in info and exchange.app.subscription_count:
        counts["subscription_count"] = len(channel.subscribers) if channel else 0
    return counts


def _refuse_unknown(exchange: Exchange, info: tuple[str, ...], known: tuple[str, ...]) -> None:
    for attribute in info:
        if attribute not in known:
            raise RequestError(400, f"Unknown info attribute {attribute[:50]}")
        if attribute == "subscription_count" and not exchange.app.subscription_count:
            raise RequestError(400, "subscription_count is not enabled for this app")


def _read_query(request: web.Request) -> dict[str, Any]:
    fields: dict[str, Any] = {
        key: request.query[key]
        for key in ("name", "data", "channel", "socket_id", "info")
        if key in request.query
    }
    if "channels[]" in request.query:
        fields["channels"] = request.query.getall("channels[]")
    return fields


def _answer_text(status: int, message: str) -> web.Response:
    return web.Response(status=status, text=f"{message}\n")
