"""Serves one origin over HTTP, on loopback only."""

from __future__ import annotations

import errno
import os
import socket
from typing import TYPE_CHECKING, Final, Protocol

from aiohttp import web

from sfgen.errors import ServerError
from sfgen.preview.origin.addresses import LOOPBACK
from sfgen.preview.origin.failure_page import explain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sfgen.preview.origin.gate import Gate

_SHUTDOWN_SECONDS: Final = 0.5
#: aiohttp's own default for the size of a request's body.
REQUEST_BYTES: Final = 1024 * 1024


class Routes(Protocol):
    """A part of an origin that answers some of its paths."""

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Add its paths with their handlers."""


class OriginServer:
    """One port of loopback: taken at once, served later.

    Addresses name all ports of a preview, and what is served names addresses: so every port is
    bound before the first application is made.

    Args:
        port: 0 takes a free one.

    Raises:
        ServerError: the port can't be had.
    """

    def __init__(self, port: int) -> None:
        try:
            self._socket = socket.create_server((LOOPBACK, port))
        except OSError as error:
            in_use = error.errno == errno.EADDRINUSE
            what = "is in use" if in_use else f"can't be used: {os.strerror(error.errno or 0)}"
            raise ServerError(
                f"port {port} of {LOOPBACK} {what}", hint="choose another with --port, or 0"
            ) from error
        self.port: int = self._socket.getsockname()[1]
        self._runner: web.AppRunner | None = None

    async def start(self, application: web.Application) -> None:
        """Answer requests."""
        self._runner = web.AppRunner(
            application, access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS
        )
        await self._runner.setup()
        await web.SockSite(self._runner, self._socket).start()

    async def stop(self) -> None:
        """Release the port."""
        if self._runner is not None:
            await self._runner.cleanup()
        self._socket.close()


def make_application(
    gate: Gate, parts: Iterable[Routes], request_bytes: int = REQUEST_BYTES
) -> web.Application:
    """Return an origin that only this run's browser may use; problems are answered with reasons."""
    application = web.Application(middlewares=[gate.guard, explain], client_max_size=request_bytes)
    for part in parts:
        part.add_routes(application.router)
    return application
