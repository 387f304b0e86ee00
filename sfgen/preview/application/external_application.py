"""A stand-in for the external application: login, channel authorization and messages.

Apex reaches it by callouts that are answered inside this process, browsers by HTTP: its login page,
and its authorization endpoint where the project lets pusher-js call that itself.
"""

from __future__ import annotations

import base64
import html
import json
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from aiohttp import web

from sfgen.errors import SfgenError
from sfgen.preview.application.conversation_api import ExternalAnswer, TextingApi
from sfgen.preview.application.conversation_store import TextingStore
from sfgen.preview.application.login_page import LOGGED_IN, LOGIN
from sfgen.preview.application.oauth_server import OAuth
from sfgen.preview.application.user_credential import UserCredential
from sfgen.preview.modules.salesforce_modules import USER_ID
from sfgen.preview.origin.addresses import LOGIN_PATH
from sfgen.pusher.signature import Credentials, derive_shared_secret, sign_subscription

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from sfgen.preview.site import Site

MASTER_KEY: Final = b"the preview's own key, 32 bytes."
_FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class ExternalFaults:
    """What is wrong with the application.

    Args:
        status: that every request gets, 503 as an example; ``None`` answers properly.
        refuses_channels: whether every subscription is refused with 403.
        delay: seconds before an answer.
    """

    status: int | None = None
    refuses_channels: bool = False
    delay: float = 0.0


class ExternalApplication:
    """The application that the firm's clients text with.

    Args:
        site: gives the Pusher server, and publishes.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._allowed = ""
        store = site.wishes.store
        self.store = TextingStore(store / "application.sqlite" if store else None)
        #: Whether the last text could not be published, so that browsers learn of it late.
        self._is_delayed = False
        self._texts = TextingApi(self.store, self._tell, lambda: self._is_delayed)
        self.oauth = OAuth()
        self.credential = UserCredential()
        self.faults = ExternalFaults()
        #: Channels that hear of a new text, once the project said them; a conversation's own has
        #: ``{conversationId}`` in its name.
        self.channels: tuple[str, ...] = ()

    def allow(self, origin: str) -> None:
        """Name the origin whose scripts may call (CORS)."""
        self._allowed = origin

    @property
    def master_key(self) -> str:
        """The key of encrypted channels, in base64 as an administrator enters it."""
        return base64.b64encode(MASTER_KEY).decode()

    def named_credential(self) -> str:
        """Return the header that a named credential adds for the advisor.

        Raises:
            ConnectionError: the advisor has not logged in, so there is nothing to send.
        """
        if not self.credential.is_configured():
            raise ConnectionError("The callout couldn't access the endpoint.")
        return f"Bearer {self.oauth.issue()['access_token']}"

    def log_out(self) -> None:
        """Forget every token, so that the advisor must log in again."""
        self.oauth.expire(refresh=True)
        self.credential.remove()

    def set_faults(self, **changes: Any) -> None:
        """Change some faults."""
        self.faults = replace(self.faults, **changes)

    def make_application(self) -> web.Application:
        """Return what browsers can reach."""
        application = web.Application(client_max_size=65_536, middlewares=[self._guard])
        router = application.router
        router.add_get(LOGIN_PATH, self._show_login)
        router.add_post(LOGIN_PATH, self._log_in)
        router.add_route("*", "/{path:.*}", self._serve)
        return application

    def answer(
        self, verb: str, address: str, headers: Mapping[str, str], body: str
    ) -> ExternalAnswer:
        """Answer one request; called by callouts in Apex's thread and by the HTTP server."""
        if self.faults.delay:
            time.sleep(min(self.faults.delay, 30.0))
        if self.faults.status is not None:
            return ExternalAnswer(self.faults.status, {"error": "the application is down"})
        parts = urlsplit(address)
        query = dict(parse_qsl(parts.query))
        form = dict(parse_qsl(body)) if headers.get("content-type", "").startswith(_FORM) else {}
        if parts.path == "/oauth/token":
            return ExternalAnswer(*self.oauth.exchange(form))
        if parts.path == "/oauth/revoke":
            self.oauth.revoke(form.get("token", ""))
            return ExternalAnswer(200, {})
        if not self.oauth.knows(headers.get("authorization", "")):
            return ExternalAnswer(401, {"error": "invalid_token"})
        if parts.path.endswith("/pusher/auth"):
            return self._authorize(form)
        return self._texts.answer(verb, parts.path, query, body)

    def receive(self, record_id: str, body: str, key: str, author: str) -> dict[str, Any]:
        """Take a text of a client: what the gateway of a real application would hand over."""
        conversation = self.store.start(record_id, author)
        message, new = self.store.add(conversation["id"], body, key, inbound=True, author=author)
        if new:
            self._tell(conversation["id"], message["sequence"], None)
        return message

    # Channels.

    def _authorize(self, form: Mapping[str, str]) -> ExternalAnswer:
        if self.faults.refuses_channels:
            return ExternalAnswer(403, {"error": "forbidden"})
        target, name = self._site.pusher, form.get("channel_name", "")
        data = json.dumps({"user_id": USER_ID}) if name.startswith("presence-") else None
        try:
            signed = sign_subscription(
                Credentials(target.app_id, target.key, target.secret),
                form.get("socket_id", ""),
                name,
                data,
            )
        except SfgenError:
            return ExternalAnswer(403, {"error": "forbidden"})
        body = {"auth": signed.auth}
        if data is not None:
            body["channel_data"] = data
        if name.startswith("private-encrypted-"):
            body["shared_secret"] = derive_shared_secret(name, MASTER_KEY)
        return ExternalAnswer(200, body)

    def _tell(self, conversation: str, sequence: int, socket_id: str | None) -> None:
        data = {"conversationId": conversation, "sequence": sequence}
        names = [name.replace("{conversationId}", conversation) for name in self.channels]
        told = [self._site.publish(name, "message", data, socket_id) for name in names]
        self._is_delayed = not all(told)

    # What browsers see.

    @web.middleware
    async def _guard(
        self,
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        """Refuse foreign hosts, and logins of others than this run's user.

        Everything else takes a token, and tokens come from a login alone.
        """
        if request.headers.getall("Host", []) != [self._site.addresses.external_host]:
            return web.Response(status=403, text="this is not a host of the preview\n")
        if request.path == LOGIN_PATH and not self._site.gate.holds_key(request):
            return web.Response(status=403, text="log in from a page of the preview\n")
        return await handler(request)

    async def _show_login(self, request: web.Request) -> web.Response:
        text = LOGIN.format(query=html.escape(request.query_string, quote=True))
        # The address holds the key: it goes to no other site.
        headers = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
        return web.Response(text=text, content_type="text/html", headers=headers)

    async def _log_in(self, request: web.Request) -> web.Response:
        if self.credential.complete(request.query.get("state", "")):
            return web.Response(text=LOGGED_IN, content_type="text/html")
        redirect = self._site.addresses.localize(request.query.get("redirect_uri", ""))
        if not redirect.startswith(f"{self._site.addresses.visualforce}/"):
            return web.Response(status=400, text="this redirect_uri is not registered\n")
        code = self.oauth.authorize(request.query)
        if code is None:
            return web.Response(status=400, text="a code needs PKCE with S256 and a state\n")
        answer = urlencode({"code": code, "state": request.query["state"]})
        raise web.HTTPSeeOther(f"{redirect}?{answer}")

    async def _serve(self, request: web.Request) -> web.Response:
        cors = {}
        if request.headers.get("Origin") == self._allowed:
            cors = {
                "Access-Control-Allow-Origin": self._allowed,
                "Access-Control-Allow-Headers": "Authorization, Content-Type",
                "Vary": "Origin",
            }
        if request.method == "OPTIONS":
            return web.Response(status=204, headers=cors)
        started = time.perf_counter()
        headers = {name.lower(): value for name, value in request.headers.items()}
        body = (await request.read()).decode(errors="replace")
        found = await self._site.in_apex(
            self.answer, request.method, str(request.rel_url), headers, body
        )
        label = f"{request.method} {request.path}"
        self._site.traffic.record("external", label, found.status, started)
        return web.json_response(found.body, status=found.status, headers=cors)
