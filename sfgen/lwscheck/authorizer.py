"""Serves what a scenario asks for: authorized channels, events, a dropped socket."""

from __future__ import annotations

import asyncio
import base64
import json
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from aiohttp import web

from sfgen import channels
from sfgen.channels import ChannelKind
from sfgen.preview.origin.addresses import LOOPBACK
from sfgen.pusher.publisher import Event, Target, publish_event
from sfgen.pusher.signature import (
    Authorization,
    authorize_encrypted,
    authorize_presence,
    sign_subscription,
)
from sfgen.secret import Secret

if TYPE_CHECKING:
    from sfgen.pusher.signature import Credentials
    from sfgen.pusherserver import PusherServer

_MEMBER: Final = json.dumps({"user_id": "check", "user_info": {"name": "Check"}})


@dataclass(slots=True)
class Authorizer:
    """The server side of the scenarios, on the page's own origin.

    Args:
        server: the laboratory's Pusher server.
        port: where it listens.
        app: its app.
    """

    server: PusherServer
    port: int
    app: Credentials
    _master_key: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Add the addresses that a scenario posts to."""
        router.add_post("/authorize", self._authorize)
        router.add_post("/publish", self._publish)
        router.add_post("/drop", self._drop)

    async def _authorize(self, request: web.Request) -> web.Response:
        asked = await request.json()
        signed = self._sign(asked["socketId"], asked["channelName"])
        answer = {
            "auth": signed.auth,
            "channel_data": signed.channel_data,
            "shared_secret": signed.shared_secret,
        }
        return web.json_response({name: value for name, value in answer.items() if value})

    def _sign(self, socket_id: str, channel: str) -> Authorization:
        kind = channels.read_channel_name(channel).kind
        if kind is ChannelKind.PRESENCE:
            return authorize_presence(self.app, socket_id, channel, _MEMBER)
        if kind is ChannelKind.ENCRYPTED:
            return authorize_encrypted(self.app, socket_id, channel, self._master_key)
        return sign_subscription(self.app, socket_id, channel)

    async def _publish(self, request: web.Request) -> web.Response:
        asked = await request.json()
        key = Secret(base64.b64encode(self._master_key).decode())
        target = Target(self.app, LOOPBACK, self.port, tls=False, local=True, master_key=key)
        event = Event(asked["channel"], asked["event"], json.dumps(asked["data"]))
        # The library waits for the answer of a server that runs on this very loop.
        await asyncio.to_thread(publish_event, target, event)
        return web.Response()

    async def _drop(self, request: web.Request) -> web.Response:
        del request
        self.server.faults.drop()
        return web.Response()
