"""The preview's own Pusher server: started for one run, published to, its frames told."""

from __future__ import annotations

import base64
import json
import secrets
from functools import partial
from typing import TYPE_CHECKING, Any

from sfgen.channels import ChannelKind, read_channel_name
from sfgen.errors import ServerError
from sfgen.preview.application.external_application import MASTER_KEY
from sfgen.preview.origin.addresses import LOOPBACK
from sfgen.preview.pusher.pusher_target import PusherTarget
from sfgen.pusher.publisher import Event, Target, publish_event
from sfgen.pusherserver import App, Credentials, PusherServer
from sfgen.secret import Secret

if TYPE_CHECKING:
    from sfgen.preview.site import Site


async def start_local_pusher() -> tuple[PusherServer, PusherTarget]:
    """Start a server on loopback, with an app that lives as long as it."""
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


def publish_to(site: Site, channel: str, event: str, data: Any, skip: str | None) -> None:
    """Publish an event from any thread, past HTTP where the server is in this process.

    Raises:
        SfgenError: it can't be published.
    """
    name, text, target = read_channel_name(channel), json.dumps(data), site.pusher
    if site.pusher_server is not None and name.kind is not ChannelKind.ENCRYPTED:
        switches = site.pusher_server.faults.switches
        if switches.over_quota or switches.http_status is not None:
            raise ServerError(f"Pusher refuses events with {switches.http_status or 403}")
        exchange = site.pusher_server.exchanges[target.app_id]
        site.soon(partial(exchange.publish, name, event, text, skip=skip))
        return
    publish_event(
        Target(
            Credentials(target.app_id, target.key, target.secret),
            target.host.replace("ws-", "api-", 1),
            target.port,
            target.tls,
            local=target.is_local,
            master_key=Secret(base64.b64encode(MASTER_KEY).decode()),
        ),
        Event(channel, event, text, skip),
    )


async def tell_frames(site: Site, server: PusherServer) -> None:
    """Tell the open pages of every frame, until cancelled."""
    number = 0
    while True:
        for entry in await server.journal.wait(number, 10.0):
            number = max(number, entry.number)
            sockets = sum(len(one.connections) for one in server.exchanges.values())
            site.traffic.tell("frame", entry.as_json() | {"sockets": sockets})
