"""Accepts or refuses WebSocket connections, and reads frames until they close.

Source: pusher/docs ``library_auth_reference/pusher-websockets-protocol.md``, close codes.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import re
import secrets
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from sfgen.pusherserver.connection import Connection
from sfgen.pusherserver.dialogue import handle_frame
from sfgen.pusherserver.frames import PONG, pack_bytes, write_error, write_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.pusherserver.app import App
    from sfgen.pusherserver.exchange import Exchange
    from sfgen.pusherserver.server_faults import Faults

OLDEST_PROTOCOL, PROTOCOL = 5, 7
#: Seconds that a client has to answer a close frame before the socket is broken off.
CLOSE_SECONDS = 2.0
#: Bytes of a frame while it isn't known which app's limits hold.
REFUSED_FRAME_BYTES = 1_024

_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,49}")


class SocketWire:
    """Writes whole frames straight to a WebSocket's transport.

    ``send_str`` costs a task switch and a frame per receiver; a frame that was built once is
    written as it is. That leaves out aiohttp's back-pressure, hence ``unsent``.
    """

    def __init__(self, socket: web.WebSocketResponse, transport: asyncio.Transport) -> None:
        self._socket = socket
        self._transport = transport
        self._closing: asyncio.Task[None] | None = None
        self.write = transport.write
        self.unsent = transport.get_write_buffer_size

    def close(self, code: int, reason: str) -> None:
        """Start the closing handshake; a client that doesn't answer is broken off."""
        if self._closing is None:
            self._closing = asyncio.get_running_loop().create_task(self._close(code, reason))

    def abort(self) -> None:
        """Break the socket off."""
        self._transport.abort()

    async def _close(self, code: int, reason: str) -> None:
        try:
            message = reason.encode()[:120]
            await asyncio.wait_for(
                self._socket.close(code=code, message=message), CLOSE_SECONDS + 1
            )
        except (asyncio.TimeoutError, ConnectionError):
            pass
        finally:
            self._transport.abort()


class Door:
    """The WebSocket route over the exchanges, found by app key."""

    def __init__(
        self, find: Callable[[str], Exchange | None], faults: Faults, activity_timeout: float
    ) -> None:
        self._find = find
        self._faults = faults
        self._activity_timeout = activity_timeout

    async def welcome(self, request: web.Request) -> web.StreamResponse:
        """Serve one WebSocket from the handshake to its end."""
        if self._faults.switches.unreachable and request.transport is not None:
            request.transport.abort()
            return web.Response(status=503)
        exchange = self._find(request.match_info["key"])
        size = exchange.app.limits.frame_bytes if exchange else REFUSED_FRAME_BYTES
        socket = web.WebSocketResponse(
            timeout=CLOSE_SECONDS, autoping=False, compress=False, max_msg_size=size
        )
        if not socket.can_prepare(request):
            return web.Response(status=400, text="This is a WebSocket; use a Pusher client\n")
        # A client may be gone at any point, in the middle of the handshake too.
        with contextlib.suppress(ConnectionError):
            await socket.prepare(request)
            refusal = self._refuse(exchange, request)
            if exchange is None or refusal is not None:
                await _turn_away(socket, request, *(refusal or (4001, "")))
            elif request.transport is not None:
                wire = SocketWire(socket, request.transport)
                connection = Connection(
                    exchange.app, make_socket_id(exchange), wire, exchange.record
                )
                await self._listen(exchange, connection, socket)
        # aiohttp can't end a socket whose handshake was never sent; nobody reads this answer.
        return socket if socket.prepared else web.Response(status=400)

    def _refuse(self, exchange: Exchange | None, request: web.Request) -> tuple[int, str] | None:
        code = self._faults.take_refusal()
        if code is not None:
            return code, "Refused by a fault switch"
        if exchange is None:
            return 4001, f"Could not find app by key {request.match_info['key'][:50]}"
        return refuse_request(exchange.app, request) or (
            (4004, "Application is over its connection quota")
            if len(exchange.connections) >= exchange.app.limits.connections
            else None
        )

    async def _listen(
        self, exchange: Exchange, connection: Connection, socket: web.WebSocketResponse
    ) -> None:
        exchange.connections[connection.socket_id] = connection
        exchange.record("open", "connected", socket_id=connection.socket_id)
        established = {
            "socket_id": connection.socket_id,
            "activity_timeout": math.ceil(self._activity_timeout),
        }
        connection.send_event("pusher:connection_established", write_json(established))
        try:
            await _read_frames(exchange, connection, socket)
        finally:
            exchange.disconnect(connection)


def refuse_request(app: App, request: web.Request) -> tuple[int, str] | None:
    """Return the close code and reason for a client that this app can't serve, or ``None``."""
    protocol, version = request.query.get("protocol"), request.query.get("version")
    if app.tls_only and not request.secure:
        return 4000, "Application only accepts TLS connections, reconnect using wss://"
    if not app.enabled:
        return 4003, "Application is disabled"
    if protocol is None:
        return 4008, "No protocol version supplied"
    if version is not None and not _VERSION.fullmatch(version):
        return 4006, "Invalid version string format"
    if not protocol.isascii() or not protocol.isdigit() or len(protocol) > 3:
        return 4007, "Unsupported protocol version"
    if not OLDEST_PROTOCOL <= int(protocol) <= PROTOCOL:
        return 4007, f"Unsupported protocol version {int(protocol)}"
    return None


def make_socket_id(exchange: Exchange) -> str:
    """Return two numbers with a point between them that no open connection of the app has."""
    while True:
        socket_id = f"{secrets.randbelow(999_999) + 1}.{secrets.randbelow(999_999_999) + 1}"
        if socket_id not in exchange.connections:
            return socket_id


async def _read_frames(
    exchange: Exchange, connection: Connection, socket: web.WebSocketResponse
) -> None:
    while True:
        message = await socket.receive()
        if connection.muted and message.type in {WSMsgType.TEXT, WSMsgType.PING}:
            continue
        connection.note_activity()
        if message.type is WSMsgType.TEXT:
            handle_frame(exchange, connection, message.data)
        elif message.type is WSMsgType.PING:
            connection.send(pack_bytes(bytes(message.data), PONG))
        elif message.type is WSMsgType.BINARY:
            connection.complain("Binary frames are not supported")
        elif message.type is not WSMsgType.PONG:
            return


async def _turn_away(
    socket: web.WebSocketResponse, request: web.Request, code: int, reason: str
) -> None:
    if request.query.get("protocol", "") in {"1", "2", "3", "4", "5"}:
        # Before protocol 6 an error event goes ahead of the close frame.
        await socket.send_str(write_error(reason, code))
    await socket.close(code=code, message=reason.encode()[:120])
