"""Server-sent events to the open pages: requests, frames, file changes, the side panel's state."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web

if TYPE_CHECKING:
    from sfgen.preview.traffic import Traffic

#: Seconds after which a comment keeps an idle connection open.
_KEEP_ALIVE: Final = 15.0


class EventStream:
    """The route ``/preview/events``.

    Args:
        traffic: has the events.
        stopping: set when the preview stops, which ends every stream.
    """

    def __init__(self, traffic: Traffic, stopping: asyncio.Event) -> None:
        self._traffic = traffic
        self._stopping = stopping

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Add the route."""
        router.add_get("/preview/events", self._stream)

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        queue = self._traffic.listen()
        try:
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                while not self._stopping.is_set():
                    await response.write(await _next_event(queue))
        finally:
            self._traffic.leave(queue)
        return response


async def _next_event(queue: asyncio.Queue[tuple[str, dict[str, Any]]]) -> bytes:
    try:
        name, data = await asyncio.wait_for(queue.get(), _KEEP_ALIVE)
    except asyncio.TimeoutError:
        return b": still here\n\n"
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()
