"""Starts and stops the Pusher server, and runs its periodic work."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from typing import TYPE_CHECKING

from aiohttp import web

from sfgen.errors import ServerError
from sfgen.pusherserver.app import index_apps
from sfgen.pusherserver.control import Control, refuse_foreign_names
from sfgen.pusherserver.exchange import Exchange
from sfgen.pusherserver.fallback import Fallback
from sfgen.pusherserver.frame_journal import Journal
from sfgen.pusherserver.frames import PING, pack_bytes
from sfgen.pusherserver.http_api import BODY_BYTES, HttpApi
from sfgen.pusherserver.server_faults import Faults
from sfgen.pusherserver.webhooks import LEAVE_SECONDS, Courier
from sfgen.pusherserver.websocket import Door

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable, Iterator

    from sfgen.pusherserver.app import App
    from sfgen.pusherserver.connection import Connection

PONG_NOT_RECEIVED = 4201
NOT_AUTHORIZED_IN_TIME = 4009


class PusherServer:
    """A Pusher Channels server; see the package's docstring for how to embed it.

    Args:
        apps: at least one.
        token: of the control endpoint; made up when empty.
        activity_timeout: seconds of silence after which either side pings.
        pong_timeout: seconds that the answer may take.
        webhook_delay: seconds that a channel or member may be gone without a webhook.
        this_machine_only: whether requests under names of other machines are refused, so that no
            page of the web gets in by a name of its own that leads to loopback.

    Raises:
        ServerError: no app, or two with the same key or id.
    """

    def __init__(
        self,
        apps: Iterable[App],
        *,
        token: str = "",
        activity_timeout: float = 120.0,
        pong_timeout: float = 30.0,
        webhook_delay: float = LEAVE_SECONDS,
        this_machine_only: bool = False,
    ) -> None:
        self._this_machine_only = this_machine_only
        by_key, by_id = index_apps(apps)
        self.token = token or secrets.token_urlsafe(24)
        self.journal = Journal()
        self.faults = Faults(self._find_connections, self._note_fault)
        self._couriers = {
            app_id: Courier(app, self.journal, leave_seconds=webhook_delay)
            for app_id, app in by_id.items()
        }
        self.exchanges = {
            app_id: Exchange(app, self.faults, self.journal, self._couriers[app_id].announce)
            for app_id, app in by_id.items()
        }
        self._by_key = {key: self.exchanges[app.credentials.app_id] for key, app in by_key.items()}
        self._activity_timeout = activity_timeout
        self._pong_timeout = pong_timeout
        self._runner: web.AppRunner | None = None
        self._housekeeping: asyncio.Task[None] | None = None
        self.control = Control(self.token, self.faults, self.journal, self.exchanges.values())

    async def start(
        self, host: str = "127.0.0.1", port: int = 0, *, tls: ssl.SSLContext | None = None
    ) -> int:
        """Listen, and return the port; call it again to listen on a further one.

        Raises:
            ServerError: the port is taken or may not be used.
        """
        if self._runner is None:
            # Signatures cover the bytes as sent, and nobody compresses 10 kB: no decoding.
            self._runner = web.AppRunner(
                self.make_application(),
                access_log=None,
                shutdown_timeout=1.0,
                auto_decompress=False,
            )
            await self._runner.setup()
            self._housekeeping = asyncio.get_running_loop().create_task(self._keep_house())
            for courier in self._couriers.values():
                courier.start()
        site = web.TCPSite(self._runner, host, port, ssl_context=tls, backlog=4096)
        try:
            await site.start()
        except OSError as error:
            if not self._runner.addresses:
                await self.stop()
            raise ServerError(
                f"the Pusher server can't listen on {host}:{port}: {error.strerror}",
                hint="choose another port, or 0 for a free one",
            ) from None
        bound: int = self._runner.addresses[-1][1]
        return bound

    async def stop(self) -> None:
        """Break all connections off and release the ports."""
        if self._housekeeping is not None:
            self._housekeeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._housekeeping
            self._housekeeping = None
        for connection in list(self._find_connections(None)):
            connection.abort()
        for courier in self._couriers.values():
            await courier.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def make_application(self) -> web.Application:
        """Return the aiohttp application, for those who run it themselves."""
        guards = [refuse_foreign_names] if self._this_machine_only else []
        application = web.Application(client_max_size=BODY_BYTES, middlewares=guards)
        door = Door(self._by_key.get, self.faults, self._activity_timeout)
        application.router.add_get("/app/{key}", door.welcome)
        Fallback(self._by_key.get).add_routes(application.router)
        HttpApi(self.exchanges.get).add_routes(application.router)
        self.control.add_routes(application.router)
        return application

    def _find_connections(self, socket_id: str | None) -> Iterator[Connection]:
        for exchange in self.exchanges.values():
            if socket_id is None:
                yield from list(exchange.connections.values())
            elif socket_id in exchange.connections:
                yield exchange.connections[socket_id]

    def _note_fault(self, what: str) -> None:
        self.journal.record("fault", "", what)

    async def _keep_house(self) -> None:
        pause = min(1.0, self._activity_timeout / 4, self._pong_timeout / 4)
        while True:
            await asyncio.sleep(pause)
            now = time.monotonic()
            for exchange in self.exchanges.values():
                self._check_liveness(exchange, now)
                for channel in list(exchange.channels.values()):
                    if channel.count_changed:
                        exchange.send_count(channel)

    def _check_liveness(self, exchange: Exchange, now: float) -> None:
        grace = exchange.app.authorized_connections
        for connection in list(exchange.connections.values()):
            if connection.muted or connection.dropped:
                continue
            if connection.pinged is not None:
                if now - connection.pinged > self._pong_timeout:
                    connection.close(PONG_NOT_RECEIVED, "Pong reply not received in time")
            elif now - connection.seen > self._activity_timeout:
                connection.pinged = now
                connection.send(pack_bytes(b"", PING))
            if grace is not None and now - connection.opened > grace:
                self._expect_authorized(connection)

    @staticmethod
    def _expect_authorized(connection: Connection) -> None:
        if not connection.was_authorized:
            connection.close(NOT_AUTHORIZED_IN_TIME, "Connection not authorized within timeout")
