"""Requests of components to Apex: ``@AuraEnabled`` methods, and records by their ids."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sfgen.errors import SfgenError
from sfgen.preview.apex.project_apex import ApexError
from sfgen.preview.origin.json_post import accept_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.preview.apex.project_apex import ProjectApex
    from sfgen.preview.origin.addresses import Addresses
    from sfgen.preview.origin.gate import Gate
    from sfgen.preview.traffic import Traffic
    from sfgen.preview.worker_thread import WorkerThread


class ApexRequests:
    """Routes behind ``@salesforce/apex`` and ``lightning/uiRecordApi``.

    Args:
        gate: keeps other pages' requests out.
        apex: executes the methods.
        apex_thread: where it runs.
        addresses: replace the org's in answers, and back in parameters.
        traffic: counts the requests.
        warn: takes a line for the terminal about an uncaught exception.
    """

    def __init__(
        self,
        gate: Gate,
        apex: ProjectApex,
        apex_thread: WorkerThread,
        addresses: Addresses,
        traffic: Traffic,
        warn: Callable[[str], None],
    ) -> None:
        self._gate = gate
        self._apex = apex
        self._apex_thread = apex_thread
        self._addresses = addresses
        self._traffic = traffic
        self._warn = warn

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Add both routes."""
        router.add_post("/preview/apex", accept_json(self._gate, self._invoke))
        router.add_post("/preview/record", accept_json(self._gate, self._read_record))

    async def _invoke(self, body: dict[str, Any]) -> web.Response:
        name, method = str(body.get("className")), str(body.get("method"))
        parameters, addresses = body.get("parameters"), self._addresses
        started, status = time.perf_counter(), 200
        try:
            result = await self._apex_thread.run(
                self._apex.invoke,
                name,
                method,
                addresses.restore(parameters) if isinstance(parameters, dict) else {},
            )
            # Settings are read and entered again, not followed: they stay as the org has them.
            kept = name.endswith("SetupController")
            answer = {"result": result if kept else addresses.localize(result)}
        except SfgenError as error:
            status = 500
            kind = error.kind if isinstance(error, ApexError) else "Unsupported"
            if isinstance(error, ApexError) and not kind.endswith("AuraHandledException"):
                self._warn(f"{name}.{method}: {kind}: {error.message} ({error.where})")
            answer = {"message": error.message, "exceptionType": kind}
        self._traffic.record("apex", f"{name}.{method}", status, started)
        return web.json_response(answer, status=status)

    async def _read_record(self, body: dict[str, Any]) -> web.Response:
        try:
            found = await self._apex_thread.run(self._apex.record, str(body.get("recordId")))
        except SfgenError as error:
            return web.json_response({"message": error.message}, status=500)
        if found is None:
            return web.json_response({"message": "no such record"}, status=404)
        return web.json_response(found)
