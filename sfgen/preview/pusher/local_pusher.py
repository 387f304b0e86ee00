"""The preview's own Pusher server: an app that lives for one run, and its frames for the panel."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from sfgen.preview.origin.addresses import LOOPBACK
from sfgen.preview.pusher.pusher_target import PusherTarget
from sfgen.pusherserver import App, Credentials, PusherServer

if TYPE_CHECKING:
    from sfgen.preview.traffic import Traffic

_JOURNAL_SECONDS: Final = 10.0


async def find_pusher(other: PusherTarget | None) -> tuple[PusherServer | None, PusherTarget]:
    """Return another server that was chosen, or start one on loopback with an app of its own."""
    if other is not None:
        return None, other
    credentials = Credentials("1000", secrets.token_hex(10), secrets.token_hex(10))
    server = PusherServer([App(credentials)], this_machine_only=True)
    port = await server.start(LOOPBACK, 0)
    target = PusherTarget(
        LOOPBACK,
        port,
        tls=False,
        app_id=credentials.app_id,
        key=credentials.key,
        secret=credentials.secret,
    )
    return server, target


async def forward_frames(server: PusherServer, traffic: Traffic) -> None:
    """Send each frame of the server to the open pages, until cancelled."""
    number = 0
    while True:
        for entry in await server.journal.wait(number, _JOURNAL_SECONDS):
            number = max(number, entry.number)
            sockets = sum(len(one.connections) for one in server.exchanges.values())
            traffic.send("frame", entry.as_json() | {"sockets": sockets})
