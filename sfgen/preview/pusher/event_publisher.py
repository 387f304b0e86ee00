"""Publishes events to the preview's Pusher server, from any thread."""

from __future__ import annotations

import base64
import json
from functools import partial
from typing import TYPE_CHECKING, Any

from sfgen.channels import ChannelKind, read_channel_name
from sfgen.errors import ServerError, SfgenError
from sfgen.preview.pusher.pusher_target import MASTER_KEY
from sfgen.pusher.publisher import Event, Target, publish_event
from sfgen.pusherserver import Credentials
from sfgen.secret import Secret

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from sfgen.preview.pusher.pusher_target import PusherTarget
    from sfgen.pusherserver import PusherServer


class EventPublisher:
    """Publishes events as the external application's server would.

    Args:
        target: the Pusher server and its app.
        server: the same server where it runs in this process.
        loop: the one that ``server`` runs on.
        warn: takes a line for the terminal when an event can't be published.
    """

    def __init__(
        self,
        target: PusherTarget,
        server: PusherServer | None,
        loop: asyncio.AbstractEventLoop,
        warn: Callable[[str], None],
    ) -> None:
        self._target = target
        self._server = server
        self._loop = loop
        self._warn = warn

    def publish(self, channel: str, event: str, data: Any, skip: str | None = None) -> bool:
        """Publish an event; say whether it was, and warn when it wasn't.

        Args:
            channel: its full name, with its prefix.
            event: its name.
            data: what JSON can hold.
            skip: the socket id that doesn't get it.
        """
        try:
            self.send(channel, event, data, skip)
        except SfgenError as error:
            self._warn(error.message)
            return False
        return True

    def send(self, channel: str, event: str, data: Any, skip: str | None = None) -> None:
        """Publish an event.

        Raises:
            SfgenError: it can't be published.
        """
        name, text, target = read_channel_name(channel), json.dumps(data), self._target
        # Past HTTP where that is possible: a text is then on its way within a millisecond.
        if self._server is not None and name.kind is not ChannelKind.ENCRYPTED:
            switches = self._server.faults.switches
            if switches.over_quota or switches.http_status is not None:
                raise ServerError(f"Pusher refuses events with {switches.http_status or 403}")
            exchange = self._server.exchanges[target.app_id]
            send = partial(exchange.publish, name, event, text, skip=skip)
            self._loop.call_soon_threadsafe(send)
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
