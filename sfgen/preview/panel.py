"""The side panel's server: what a person does as the client and as the network."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import secrets
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web

from sfgen.errors import SfgenError, UsageError
from sfgen.preview.local_pusher import publish_to
from sfgen.preview.org_switches import describe_org, switch_org
from sfgen.preview.phone import read_phone
from sfgen.preview.polling import LOAD_SECONDS, Comparison

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sfgen.preview.site import Site
    from sfgen.pusherserver import PusherServer

    Handler = Callable[[web.Request], Awaitable[web.Response]]
    Act = Callable[[dict[str, Any]], Awaitable[web.Response]]

LONGEST_TEXT: Final = 1_600
#: Broken sockets are gone after a turn or two of the loop.
SETTLE_SECONDS: Final = 0.05
QUOTA_CODE: Final = 4004
#: Close code after which pusher-js connects again at once.
RECONNECT_CODE: Final = 4200
#: Milliseconds beyond which an arrival is none: somebody looked at another page.
LONGEST_ARRIVAL: Final = 60_000


class Panel:
    """Routes below ``/preview/panel``.

    Args:
        site: the preview that is steered.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self.comparison = Comparison(site.traffic)
        self._numbers = itertools.count(1)

    def add_routes(self, router: web.UrlDispatcher, with_body: Callable[[Act], Handler]) -> None:
        """Add the routes, each guarded by ``with_body``."""
        for name, act in (
            ("state", self._state),
            ("text", self._text),
            ("phone", self._phone),
            ("type", self._type),
            ("event", self._event),
            ("network", self._network),
            ("application", self._application),
            ("org", self._org),
            ("transport", self.transport),
            ("arrival", self._arrival),
        ):
            router.add_post(f"/preview/panel/{name}", with_body(_with_reasons(act)))

    def state(self) -> dict[str, Any]:
        """Describe what is switched and counted.

        Answers may overtake each other on their way; ``number`` says which one is the latest.
        """
        site, server = self._site, self._site.pusher_server
        described: dict[str, Any] = {
            "number": next(self._numbers),
            "requests": dict(site.traffic.counts),
            "recent": site.traffic.entries()[-50:],
            "frames": {},
            "connections": [],
            "channels": {},
            "polling": self.comparison.polling,
            "comparison": self.comparison.describe(),
            "application": asdict(site.external.faults),
            "local": server is not None,
            "org": describe_org(site),
        }
        if server is not None:
            control = server.control.describe()
            app = control["apps"][0]
            described |= {
                "frames": control["counts"],
                "switches": control["switches"],
                "connections": app["connections"],
                "channels": app["channels"],
                "dead": any(
                    connection.muted
                    for exchange in server.exchanges.values()
                    for connection in exchange.connections.values()
                ),
            }
        return described

    def _tell_state(self) -> dict[str, Any]:
        """Describe what has changed, to every open page too."""
        state = self.state()
        self._site.traffic.tell("panel", state)
        return state

    async def _state(self, body: dict[str, Any]) -> dict[str, Any]:
        if isinstance(body.get("ready"), bool):
            self.comparison.disturb(LOAD_SECONDS)
        return self.state()

    async def _text(self, body: dict[str, Any]) -> dict[str, Any]:
        """Send a text as the client of a record."""
        text = str(body.get("text", "")).strip()
        if not 1 <= len(text) <= LONGEST_TEXT:
            raise UsageError("a text has 1 to 1,600 characters")
        record_id = str(body.get("recordId") or await self._first_record())
        self.comparison.disturb()
        started = time.perf_counter()
        status = await self._site.in_apex(self.receive, record_id, text)
        self._site.traffic.record("rest", "POST inbound text", status, started)
        if status >= 400:
            raise UsageError(f"the project refused the text with status {status}")
        return {"sent": True}

    async def _phone(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return what stands on the client's phone: both sides' texts, and whose they are."""
        record_id = str(body.get("recordId") or await self._first_record())
        return await self._site.in_apex(read_phone, self._site, record_id)

    def receive(self, record_id: str, text: str) -> int:
        """Hand a client's text to whoever keeps the conversations; return the status."""
        key = secrets.token_hex(8)
        record = self._site.apex.record(record_id) or {}
        author = str(record.get("name") or "Client")
        if self._site.keeps_outside:
            self._site.external.receive(record_id, text, key, author)
            return 200
        message = {
            "externalId": key,
            "conversationKey": record_id,
            "author": author,
            "body": text,
        }
        path = self._site.workspace.inbound_path()
        return self._site.apex.rest("POST", path, json.dumps({"messages": [message]})).status

    async def _first_record(self) -> str:
        pages = self._site.workspace.layout.pages
        name = next((page.object_name for page in pages if page.object_name), "Contact")
        return await self._site.in_apex(self._site.apex.sample_record, name)

    async def _type(self, body: dict[str, Any]) -> dict[str, Any]:
        """Tell that the client is typing: a client event, as a client's own app would send it."""
        server = self._need_server()
        channel = str(body.get("channel", ""))
        names = server.exchanges[self._site.pusher.app_id].channels
        wanted = [channel] if channel else [name for name in names if "conversation" in name]
        for name in wanted:
            conversation = name.rpartition("-")[2]
            self._site.publish(name, "client-typing", {"conversationId": conversation})
        return {"channels": wanted}

    async def _event(self, body: dict[str, Any]) -> dict[str, Any]:
        """Publish an event; its data is JSON, or a text where it is none."""
        given = str(body.get("data", ""))
        data: Any = given
        with contextlib.suppress(ValueError):
            data = json.loads(given)
        channel, event = str(body.get("channel", "")), str(body.get("event", ""))
        if not event:
            raise UsageError("an event needs a name")
        await asyncio.to_thread(publish_to, self._site, channel, event, data, None)
        return {"published": True}

    async def _network(self, body: dict[str, Any]) -> dict[str, Any]:
        """Do to the sockets what a network, a quota or the service can do."""
        server, act = self._need_server(), str(body.get("act"))
        acts: dict[str, Callable[[], Any]] = {
            "drop": server.faults.drop,
            "clear": lambda: self._clear_network(server),
            "offline": lambda: self._take_offline(server),
            "quota": lambda: self._fill_quota(server),
            "pause": lambda: server.faults.set(paused=True),
            "silence": server.faults.black_hole,
            "close": lambda: server.faults.close(_read_code(body), "Closed by the side panel"),
        }
        if act not in acts:
            raise UsageError(f"the network can't {act}")
        self.comparison.disturb()
        acts[act]()
        await asyncio.sleep(SETTLE_SECONDS)
        return self._tell_state()

    async def _application(self, body: dict[str, Any]) -> dict[str, Any]:
        """Do to the external application what a bad day can do."""
        external, act = self._site.external, str(body.get("act"))
        acts: dict[str, Callable[[], Any]] = {
            "clear": lambda: external.set_faults(status=None, refuses_channels=False, delay=0.0),
            "expire": external.oauth.expire,
            "log-out": external.log_out,
            "down": lambda: external.set_faults(status=503),
            "refuse": lambda: external.set_faults(refuses_channels=True),
            "slow": lambda: external.set_faults(delay=3.0),
        }
        if act not in acts:
            raise UsageError(f"the application can't {act}")
        self.comparison.disturb()
        acts[act]()
        if act != "clear" and self._site.pusher_server is not None:
            # Tokens and refusals matter when channels are authorized: let that happen now.
            self._site.pusher_server.faults.close(RECONNECT_CODE, "Channels are authorized anew")
        return self._tell_state()

    async def _org(self, body: dict[str, Any]) -> dict[str, Any]:
        """Do to Apex and to the pages what an org's limits and settings can do."""
        await switch_org(self._site, str(body.get("act")))
        return self._tell_state()

    async def transport(self, body: dict[str, Any]) -> dict[str, Any]:
        """Choose between Pusher and polling every five seconds."""
        server = self._need_server()
        if body.get("polling"):
            self.comparison.start(server)
        else:
            self.comparison.stop(server)
        return self._tell_state()

    async def _arrival(self, body: dict[str, Any]) -> dict[str, Any]:
        """Take how long a text took from the client's hand to the advisor's eye."""
        taken = body.get("milliseconds")
        if not isinstance(taken, (int, float)) or not 0 <= taken <= LONGEST_ARRIVAL:
            raise UsageError("an arrival takes 0 to 60,000 milliseconds")
        self.comparison.note_arrival(taken, polling=bool(body.get("polling")))
        return self._tell_state()

    def stop(self) -> None:
        """Stop what runs by itself."""
        self.comparison.stop(None)

    def _need_server(self) -> PusherServer:
        if self._site.pusher_server is None:
            raise UsageError("this preview uses a Pusher server of yours, which is not steered")
        return self._site.pusher_server

    def _clear_network(self, server: PusherServer) -> None:
        self.comparison.stop(server)
        server.faults.clear()

    @staticmethod
    def _take_offline(server: PusherServer) -> None:
        server.faults.set(unreachable=True)
        server.faults.drop()

    @staticmethod
    def _fill_quota(server: PusherServer) -> None:
        server.faults.set(refuse_code=QUOTA_CODE, over_quota=True)
        server.faults.close(QUOTA_CODE, "Application is over connection quota")

    def keep(self) -> None:
        """Write what shall survive a restart."""
        self._site.external.store.close()


def _read_code(body: dict[str, Any]) -> int:
    code = body.get("code")
    if not isinstance(code, int) or isinstance(code, bool):
        raise UsageError("a close needs its code, 4200 for example")
    return code


def _with_reasons(act: Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]) -> Act:
    async def answer(body: dict[str, Any]) -> web.Response:
        try:
            return web.json_response(await act(body))
        except SfgenError as error:
            return web.json_response({"message": error.message}, status=400)

    return answer
