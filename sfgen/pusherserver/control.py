"""The control endpoint: fault switches, counters and the journal over loopback HTTP.

Every request carries ``Authorization: Bearer <token of this run>``, comes from loopback, and
names a loopback host: a page of another origin can do neither of the first two, and a rebound
DNS name not the third. No CORS header is ever sent.

=======================  =================================================================
``GET  /control``        counters, switches, open connections and channels of every app
``GET  /control/journal``  ``?after=N&wait=SECONDS``: entries after number N, oldest first
``POST /control/faults``   JSON of `Switches` fields; answers all switches
``POST /control/clear``    all switches off
``POST /control/drop``     ``{"socket_id": ...}``, or ``{}`` for all connections
``POST /control/close``    ``{"code": 4200, "reason": "", "socket_id": ...}``
``POST /control/black-hole``  ``{"socket_id": ...}``
=======================  =================================================================
"""

from __future__ import annotations

import hmac
import ipaddress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sfgen.errors import UsageError
from sfgen.pusherserver.frames import read_json, write_json

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from sfgen.pusherserver.exchange import Exchange
    from sfgen.pusherserver.frame_journal import Journal
    from sfgen.pusherserver.server_faults import Faults

LONGEST_WAIT = 30.0
LISTED = 1_000


class Control:
    """Routes of the control endpoint."""

    def __init__(
        self, token: str, faults: Faults, journal: Journal, exchanges: Iterable[Exchange]
    ) -> None:
        self._token = token
        self._faults = faults
        self._journal = journal
        self._exchanges = tuple(exchanges)

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Add the endpoint below ``/control``."""
        router.add_get("/control", self._guard(self._show))
        router.add_get("/control/journal", self._guard(self._list))
        for name, act in (
            ("faults", self._set),
            ("clear", self._clear),
            ("drop", self._drop),
            ("close", self._close),
            ("black-hole", self._black_hole),
        ):
            router.add_post(f"/control/{name}", self._guard(_with_fields(act)))

    def describe(self) -> dict[str, Any]:
        """Return the state that ``GET /control`` shows."""
        return {
            "counts": dict(self._journal.counts),
            "switches": asdict(self._faults.switches),
            "lost_while_paused": self._faults.lost,
            "apps": [_describe_exchange(exchange) for exchange in self._exchanges],
        }

    def _guard(
        self, act: Callable[[web.Request], Awaitable[Any]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            if not _is_loopback(request.remote) or not _is_loopback(request.url.host):
                return web.Response(status=403, text="The control endpoint is for this machine\n")
            given = request.headers.get("Authorization", "").encode(errors="replace")
            if not hmac.compare_digest(given, f"Bearer {self._token}".encode()):
                return web.Response(status=401, text="The token of this run is needed\n")
            try:
                answer = await act(request)
            except UsageError as error:
                return web.Response(status=400, text=f"{error.message}\n")
            return web.Response(text=write_json(answer), content_type="application/json")

        return handle

    async def _show(self, request: web.Request) -> dict[str, Any]:
        del request
        return self.describe()

    async def _list(self, request: web.Request) -> list[dict[str, Any]]:
        try:
            after = int(request.query.get("after", "0"))
            wait = min(float(request.query.get("wait", "0")), LONGEST_WAIT)
        except ValueError:
            raise UsageError("after and wait are numbers") from None
        entries = await self._journal.wait(after, max(wait, 0.001))
        return [entry.as_json() for entry in entries]

    def _set(self, fields: dict[str, Any]) -> dict[str, Any]:
        self._faults.set(**fields)
        return asdict(self._faults.switches)

    def _clear(self, fields: dict[str, Any]) -> dict[str, Any]:
        del fields
        self._faults.clear()
        return asdict(self._faults.switches)

    def _drop(self, fields: dict[str, Any]) -> dict[str, int]:
        return {"connections": self._faults.drop(_read_socket_id(fields))}

    def _close(self, fields: dict[str, Any]) -> dict[str, int]:
        code, reason = fields.get("code"), fields.get("reason", "")
        if not isinstance(code, int) or isinstance(code, bool) or not isinstance(reason, str):
            raise UsageError("close needs a code and may have a reason")
        return {"connections": self._faults.close(code, reason, _read_socket_id(fields))}

    def _black_hole(self, fields: dict[str, Any]) -> dict[str, int]:
        return {"connections": self._faults.black_hole(_read_socket_id(fields))}


def _with_fields(
    act: Callable[[dict[str, Any]], Any],
) -> Callable[[web.Request], Awaitable[Any]]:
    async def run(request: web.Request) -> Any:
        body = await request.read()
        try:
            fields = read_json(body) if body else {}
        except ValueError:
            raise UsageError("the body is not JSON") from None
        if not isinstance(fields, dict):
            raise UsageError("the body is not a JSON object")
        return act(fields)

    return run


def _read_socket_id(fields: dict[str, Any]) -> str | None:
    socket_id = fields.get("socket_id")
    if socket_id is not None and not isinstance(socket_id, str):
        raise UsageError("socket_id is not a text")
    return socket_id


def _describe_exchange(exchange: Exchange) -> dict[str, Any]:
    return {
        "app_id": exchange.app.credentials.app_id,
        "connections": [
            {
                "socket_id": one.socket_id,
                "user_id": one.user_id,
                "channels": list(one.channels)[:LISTED],
                "unsent": one.wire.unsent(),
            }
            for one in list(exchange.connections.values())[:LISTED]
        ],
        "connection_count": len(exchange.connections),
        "channels": {
            name: len(channel.subscribers)
            for name, channel in list(exchange.channels.items())[:LISTED]
        },
    }


@web.middleware
async def refuse_foreign_names(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Answer under names of this machine only."""
    if len(request.headers.getall("Host", [])) != 1 or not _is_loopback(request.url.host):
        return web.Response(status=403, text="This server is for this machine\n")
    return await handler(request)


def _is_loopback(host: str | None) -> bool:
    if host is None:
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
