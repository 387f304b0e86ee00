"""Refuses pusher-js's HTTP streaming and polling transports, which are not supported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.pusherserver.exchange import Exchange

TOLD = "This server speaks WebSocket only: enable the transports ws and wss in pusher-js"


class Fallback:
    """Answers the streaming and polling sessions of pusher-js with 404, and says why.

    A close frame with a code of the 4000s would say it louder, but would also end the WebSocket
    attempts of a client that falls back for once only (pusher-js, ``http_socket.ts``).
    """

    def __init__(self, find: Callable[[str], Exchange | None]) -> None:
        self._find = find

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Add ``/pusher/app/{key}``, the ``httpPath`` of pusher-js."""
        router.add_route("*", "/pusher/app/{key}/{session:.*}", self.refuse)

    async def refuse(self, request: web.Request) -> web.Response:
        """Answer 404; the app's journal holds it, for the side panel."""
        exchange = self._find(request.match_info["key"])
        if exchange is not None:
            exchange.record("request", f"{request.method} {request.path}", text=TOLD, count=404)
        return web.Response(status=404, text=TOLD, headers={"Access-Control-Allow-Origin": "*"})
