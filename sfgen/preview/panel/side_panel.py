"""The side panel's requests: act as the client, switch faults on and off, compare with polling."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web

from sfgen.errors import SfgenError, UsageError
from sfgen.preview.origin.json_post import accept_json
from sfgen.preview.panel.comparison import LOAD_SECONDS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sfgen.preview.application.external_application import ExternalApplication
    from sfgen.preview.origin.gate import Gate
    from sfgen.preview.origin.json_post import BodyHandler
    from sfgen.preview.panel.client import Client
    from sfgen.preview.panel.network_switches import NetworkSwitches
    from sfgen.preview.panel.org_switches import OrgSwitches
    from sfgen.preview.pusher.event_publisher import EventPublisher
    from sfgen.preview.traffic import Traffic
    from sfgen.preview.worker_thread import WorkerThread

LONGEST_TEXT: Final = 1_600
#: Broken sockets are gone after a turn or two of the loop.
SETTLE_SECONDS: Final = 0.05
#: Milliseconds beyond which an arrival is not counted: somebody looked at another page.
LONGEST_ARRIVAL: Final = 60_000
RECENT: Final = 50


class SidePanel:
    """Routes below ``/preview/panel``.

    Args:
        gate: keeps other pages' requests out.
        traffic: counts requests, and sends the panel's state to every open page.
        apex_thread: where the client's texts are taken.
        client: the firm's client.
        publisher: publishes events of the panel's user.
        network: switches of the local Pusher server.
        application: the external application.
        org: switches of the org.
    """

    def __init__(  # noqa: PLR0913 - what the panel controls
        self,
        gate: Gate,
        traffic: Traffic,
        apex_thread: WorkerThread,
        *,
        client: Client,
        publisher: EventPublisher,
        network: NetworkSwitches,
        application: ExternalApplication,
        org: OrgSwitches,
    ) -> None:
        self._gate = gate
        self._traffic = traffic
        self._apex_thread = apex_thread
        self._client = client
        self._publisher = publisher
        self._network_switches = network
        self._external = application
        self._org_switches = org
        self._numbers = itertools.count(1)

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Add the routes; each takes and answers JSON."""
        for name, act in (
            ("state", self._state),
            ("text", self._text),
            ("phone", self._phone),
            ("type", self._type),
            ("event", self._event),
            ("network", self.network),
            ("application", self.application),
            ("org", self._org),
            ("transport", self.transport),
            ("arrival", self._arrival),
        ):
            handler = accept_json(self._gate, _with_reasons(act))
            router.add_post(f"/preview/panel/{name}", handler)

    def state(self) -> dict[str, Any]:
        """Return switches, counts and the latest requests.

        Answers may overtake each other on their way; ``number`` says which one is the latest.
        """
        return {
            "number": next(self._numbers),
            "requests": dict(self._traffic.counts),
            "recent": self._traffic.entries()[-RECENT:],
            "application": asdict(self._external.faults),
            "org": self._org_switches.describe(),
            **self._network_switches.describe(),
        }

    def _send_state(self) -> dict[str, Any]:
        """Describe what has changed, to every open page too."""
        state = self.state()
        self._traffic.send("panel", state)
        return state

    def _disturb(self, seconds: float | None = None) -> None:
        self._network_switches.comparison.disturb(seconds)

    async def _state(self, body: dict[str, Any]) -> dict[str, Any]:
        if isinstance(body.get("ready"), bool):
            self._disturb(LOAD_SECONDS)
        return self.state()

    async def _record(self, body: dict[str, Any]) -> str:
        given = body.get("recordId")
        return str(given or await self._apex_thread.run(self._client.find_record))

    async def _text(self, body: dict[str, Any]) -> dict[str, Any]:
        """Send a text as the client of a record."""
        text = str(body.get("text", "")).strip()
        if not 1 <= len(text) <= LONGEST_TEXT:
            raise UsageError("a text has 1 to 1,600 characters")
        record_id = await self._record(body)
        self._disturb()
        started = time.perf_counter()
        status = await self._apex_thread.run(self._client.send_text, record_id, text)
        self._traffic.record("rest", "POST inbound text", status, started)
        if status >= 400:
            raise UsageError(f"the project refused the text with status {status}")
        return {"sent": True}

    async def _phone(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return the conversation as the client's phone shows it."""
        return await self._apex_thread.run(self._client.read_phone, await self._record(body))

    async def _type(self, body: dict[str, Any]) -> dict[str, Any]:
        """Send the client event of typing, as a client's own app would."""
        channel = str(body.get("channel", ""))
        return {"channels": self._client.type(self._network_switches.server, channel)}

    async def _event(self, body: dict[str, Any]) -> dict[str, Any]:
        """Publish an event; its data is JSON, or a text if it is not JSON."""
        given = str(body.get("data", ""))
        data: Any = given
        with contextlib.suppress(ValueError):
            data = json.loads(given)
        channel, event = str(body.get("channel", "")), str(body.get("event", ""))
        if not event:
            raise UsageError("an event needs a name")
        await asyncio.to_thread(self._publisher.send, channel, event, data)
        return {"published": True}

    async def network(self, body: dict[str, Any]) -> dict[str, Any]:
        """Do to the sockets what a network, a quota or Pusher can do."""
        self._network_switches.switch(str(body.get("act")), body.get("code"))
        await asyncio.sleep(SETTLE_SECONDS)
        return self._send_state()

    async def application(self, body: dict[str, Any]) -> dict[str, Any]:
        """Make the external application slow, down or strict, or end its tokens."""
        external, act = self._external, str(body.get("act"))
        acts: dict[str, Callable[[], Any]] = {
            "clear": lambda: external.set_faults(status=None, refuses_channels=False, delay=0.0),
            "expire": external.oauth.expire,
            "log-out": external.log_out,
            "down": lambda: external.set_faults(status=503),
            "refuse": lambda: external.set_faults(refuses_channels=True),
            "slow": lambda: external.set_faults(delay=3.0),
        }
        if act not in acts:
            raise UsageError(f"the application has no switch {act}")
        self._disturb()
        acts[act]()
        if act != "clear":
            # Tokens and refusals matter when channels are authorized: let that happen now.
            self._network_switches.reconnect()
        return self._send_state()

    async def _org(self, body: dict[str, Any]) -> dict[str, Any]:
        """Reach a limit of the org, or protect its pages from being framed."""
        await self._org_switches.switch(str(body.get("act")))
        return self._send_state()

    async def transport(self, body: dict[str, Any]) -> dict[str, Any]:
        """Choose between Pusher and polling every five seconds."""
        self._network_switches.choose(polling=bool(body.get("polling")))
        return self._send_state()

    async def _arrival(self, body: dict[str, Any]) -> dict[str, Any]:
        """Take the time from sending a text as the client to seeing it as the advisor."""
        taken = body.get("milliseconds")
        if not isinstance(taken, (int, float)) or not 0 <= taken <= LONGEST_ARRIVAL:
            raise UsageError("an arrival takes 0 to 60,000 milliseconds")
        polling = bool(body.get("polling"))
        self._network_switches.comparison.note_arrival(taken, polling=polling)
        return self._send_state()


def _with_reasons(act: Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]) -> BodyHandler:
    async def answer(body: dict[str, Any]) -> web.Response:
        try:
            return web.json_response(await act(body))
        except SfgenError as error:
            return web.json_response({"message": error.message}, status=400)

    return answer
