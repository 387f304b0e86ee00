"""A stand-in for the external application: OAuth tokens, channel authorization and texts."""

from __future__ import annotations

import base64
import json
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import parse_qsl, urlsplit

from sfgen.errors import SfgenError
from sfgen.preview.application.conversation_api import ConversationApi, ExternalAnswer
from sfgen.preview.application.user_credential import UserCredential
from sfgen.preview.current_user import USER_ID
from sfgen.preview.pusher.pusher_target import MASTER_KEY
from sfgen.pusher.signature import Credentials, derive_shared_secret, sign_subscription

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sfgen.preview.application.conversation_store import ConversationStore
    from sfgen.preview.application.oauth_server import OAuthServer
    from sfgen.preview.pusher.pusher_target import PusherTarget

_FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class ExternalFaults:
    """Faults of the application that are switched on.

    Args:
        status: that every request gets, 503 as an example; ``None`` answers properly.
        refuses_channels: whether every subscription is refused with 403.
        delay: seconds before an answer.
    """

    status: int | None = None
    refuses_channels: bool = False
    delay: float = 0.0


class Publisher(Protocol):
    """Publishes events to Pusher."""

    def publish(self, channel: str, event: str, data: Any, skip: str | None = None) -> bool:
        """Publish an event, and say whether it could be."""


class ExternalApplication:
    """The application that the firm's clients text with.

    Args:
        pusher: the app whose secret signs subscriptions.
        publisher: publishes an event for each new text.
        oauth: issues and checks tokens.
        store: keeps conversations.
    """

    def __init__(
        self,
        pusher: PusherTarget,
        publisher: Publisher,
        oauth: OAuthServer,
        store: ConversationStore,
    ) -> None:
        self._pusher = pusher
        self._publisher = publisher
        self.oauth = oauth
        self.store = store
        #: Whether the last text could not be published, so that browsers learn of it late.
        self._is_delayed = False
        self._texts = ConversationApi(store, self._announce, lambda: self._is_delayed)
        self.credential = UserCredential()
        self.faults = ExternalFaults()
        #: Channels that get an event for each new text, once the project has named them; that of
        #: a conversation has ``{conversationId}`` in its name.
        self.channels: tuple[str, ...] = ()

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
            self._announce(conversation["id"], message["sequence"], None)
        return message

    def _authorize(self, form: Mapping[str, str]) -> ExternalAnswer:
        if self.faults.refuses_channels:
            return ExternalAnswer(403, {"error": "forbidden"})
        target, name = self._pusher, form.get("channel_name", "")
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

    def _announce(self, conversation: str, sequence: int, socket_id: str | None) -> None:
        data = {"conversationId": conversation, "sequence": sequence}
        names = [name.replace("{conversationId}", conversation) for name in self.channels]
        published = [self._publisher.publish(name, "message", data, socket_id) for name in names]
        self._is_delayed = not all(published)
