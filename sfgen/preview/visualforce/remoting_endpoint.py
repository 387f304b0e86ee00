"""The address of JavaScript remoting, ``/apexremote``."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from sfgen.preview.origin.addresses import Addresses
    from sfgen.preview.traffic import Traffic
    from sfgen.preview.visualforce.remoting import Remoting
    from sfgen.preview.worker_thread import WorkerThread


class RemotingEndpoint:
    """The route.

    Args:
        remoting: runs the calls.
        apex_thread: where it does.
        addresses: replace the org's in answers.
        traffic: counts the requests.
    """

    def __init__(
        self,
        remoting: Remoting,
        apex_thread: WorkerThread,
        addresses: Addresses,
        traffic: Traffic,
    ) -> None:
        self._remoting = remoting
        self._apex_thread = apex_thread
        self._addresses = addresses
        self._traffic = traffic

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Add the route."""
        router.add_post("/apexremote", self._answer)

    async def _answer(self, request: web.Request) -> web.Response:
        started = time.perf_counter()
        body = await request.read()
        referrer = request.headers.get("Referer", "")
        try:
            answers = await self._apex_thread.run(self._remoting.answer, body, referrer)
        except (ValueError, RecursionError):
            return web.json_response({"message": "no remoting request"}, status=400)
        label = ", ".join(f"{answer['action']}.{answer['method']}" for answer in answers)
        failed = any(answer["statusCode"] != 200 for answer in answers)
        self._traffic.record("remoting", label, 400 if failed else 200, started)
        return web.json_response(self._addresses.localize(answers))
