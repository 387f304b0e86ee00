"""POST requests whose body is JSON, from scripts of the preview's own pages."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from sfgen.preview.origin.gate import Gate

Handler = Callable[[web.Request], Awaitable[web.Response]]
BodyHandler = Callable[[dict[str, Any]], Awaitable[web.Response]]


def accept_json(gate: Gate, act: BodyHandler) -> Handler:
    """Hand an object to ``act``; refuse requests without the run's key and other bodies."""

    async def handle(request: web.Request) -> web.Response:
        if not gate.holds_header(request):
            return web.json_response({"message": "the key of this run is missing"}, status=403)
        try:
            body = json.loads(await request.read())
        except (ValueError, RecursionError):
            return web.json_response({"message": "the body is not JSON"}, status=400)
        if not isinstance(body, dict):
            return web.json_response({"message": "the body is not an object"}, status=400)
        return await act(body)

    return handle
