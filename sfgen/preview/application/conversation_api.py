"""The REST API that the external application offers for conversations and texts."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sfgen.preview.application.conversation_store import ConversationStore

_PATH: Final = re.compile(r"^/conversations/(?P<id>[A-Za-z0-9_-]{1,64})(?:/(?P<rest>\w+))?$")
_NUMBER: Final = re.compile(r"\d{1,12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ExternalAnswer:
    """What the application answers."""

    status: int
    body: Any = None


class _NotUnderstoodError(Exception):
    """A request that gets a 400."""


class ConversationApi:
    """Answers for conversations and their texts.

    Args:
        store: keeps them.
        announce: is called for each new text: conversation, sequence number, sender's socket id.
        is_delayed: says whether browsers learn of new texts late; every answer passes it on.
    """

    def __init__(
        self,
        store: ConversationStore,
        announce: Callable[[str, int, str | None], None],
        is_delayed: Callable[[], bool],
    ) -> None:
        self._store = store
        self._announce = announce
        self._is_delayed = is_delayed

    def answer(self, verb: str, path: str, query: Mapping[str, str], body: str) -> ExternalAnswer:
        """Answer one request; 400, 404 or 405 where it is wrong."""
        try:
            return self._answer(verb, path, query, _read_fields(body))
        except _NotUnderstoodError as error:
            return ExternalAnswer(400, {"error": str(error)})

    def _answer(
        self, verb: str, path: str, query: Mapping[str, str], fields: Mapping[str, Any]
    ) -> ExternalAnswer:
        if path == "/unread":
            return ExternalAnswer(200, self._store.count_unread())
        if path == "/conversations":
            return self._conversations(verb, query, fields)
        match = _PATH.match(path)
        conversation = self._store.find(match["id"]) if match else None
        if match is None or conversation is None:
            return ExternalAnswer(404, {"error": "no such conversation"})
        acts: dict[tuple[str, str | None], Callable[[], Any]] = {
            ("GET", None): lambda: conversation,
            ("GET", "messages"): lambda: self._messages(match["id"], query),
            ("POST", "messages"): lambda: self._send(match["id"], fields),
            ("PUT", "read"): lambda: self._mark_read(match["id"], fields),
        }
        act = acts.get((verb, match["rest"]))
        return ExternalAnswer(200, act()) if act else ExternalAnswer(405, {"error": "no such verb"})

    def _conversations(
        self, verb: str, query: Mapping[str, str], fields: Mapping[str, Any]
    ) -> ExternalAnswer:
        if verb == "POST":
            record_id = _read_text(fields, "recordId")
            return ExternalAnswer(200, self._store.start(record_id, f"Client {record_id[12:15]}"))
        if "recordId" in query:
            found = self._store.find_by_record(query["recordId"])
            page = {"conversations": [found] if found else [], "cursor": None}
            return ExternalAnswer(200, self._mark_delayed(page))
        size = _read_number(query, "limit", 50)
        listed = self._store.list_page(query.get("q", ""), size, query.get("cursor", ""))
        return ExternalAnswer(200, self._mark_delayed(listed))

    def _messages(self, key: str, query: Mapping[str, str]) -> Any:
        if "after" in query:
            return self._mark_delayed(
                self._store.messages_after(key, _read_number(query, "after", 0))
            )
        before = _read_number(query, "before", 0) or None
        size = _read_number(query, "limit", 50)
        return self._mark_delayed(self._store.messages_before(key, before, size))

    def _mark_delayed(self, page: dict[str, Any] | None) -> dict[str, Any] | None:
        return page and {**page, "isDelayed": self._is_delayed()}

    def _send(self, key: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Store a text of the advisor and publish it to the pages that show it."""
        body, client_key = _read_text(fields, "body"), _read_text(fields, "clientKey")
        message, new = self._store.add(key, body, client_key, inbound=False, author="Advisor")
        self._store.mark_read(key, message["sequence"])
        if new:
            socket_id = fields.get("socketId")
            known = socket_id if isinstance(socket_id, str) else None
            self._announce(key, message["sequence"], known or None)
        return message

    def _mark_read(self, key: str, fields: Mapping[str, Any]) -> Any:
        self._store.mark_read(key, _read_number(fields, "sequence", 0))
        return self._store.find(key)


def _read_fields(body: str) -> Mapping[str, Any]:
    if not body:
        return {}
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}


def _read_text(fields: Mapping[str, Any], name: str) -> str:
    text = fields.get(name)
    if not isinstance(text, str) or not text:
        raise _NotUnderstoodError(f"{name} is missing")
    # A lone surrogate is legal in JSON and nowhere else.
    return text.encode(errors="replace").decode()


def _read_number(fields: Mapping[str, Any], name: str, otherwise: int) -> int:
    value = fields.get(name)
    if value is None or value == "":
        return otherwise
    if not _NUMBER.fullmatch(str(value)):
        raise _NotUnderstoodError(f"{name} is no number")
    return int(value)
