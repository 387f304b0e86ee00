"""Python twins of the generated Apex methods, used until the Apex runtime stands.

They answer what the controllers of the template pack answer, for a project that stores its
conversations in Salesforce objects; anything else is reported as unsupported.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import sqlite3
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Final

from sfgen import channels
from sfgen.preview.apex import ApexError, RestAnswer, UnsupportedApexError
from sfgen.preview.salesforce_modules import USER_ID

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sfgen.preview.site import Site

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS conversation (
    id TEXT PRIMARY KEY, name TEXT, record_id TEXT UNIQUE, read_sequence INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS message (
    id TEXT PRIMARY KEY, conversation TEXT, sequence INTEGER, client_key TEXT UNIQUE,
    direction TEXT, body TEXT, status TEXT, sent_at TEXT, author TEXT);
"""
_MASTER_KEY: Final = b"local preview master key, 32 by."


class TwinHost:
    """Answers for the template pack's controllers.

    Args:
        site: gives the addresses, the Pusher server and the source.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        classes = site.workspace.source.of_type("ApexClass")
        found = [name for name in classes if name.endswith("BridgeController")]
        self.prefix = found[0].removesuffix("BridgeController") if found else ""
        store = site.wishes.store
        path = str(store / "conversations.sqlite") if store else ":memory:"
        if store:
            store.mkdir(parents=True, exist_ok=True)
        self._data = sqlite3.connect(path, check_same_thread=False)
        self._data.row_factory = sqlite3.Row
        self._data.executescript(_TABLES)
        self._methods: dict[str, Callable[[Mapping[str, Any]], Any]] = {
            "BridgeController.authorizeChannel": self._authorize,
            "BridgeController.getConfiguration": self._configuration,
            "BridgeHostController.getBridge": self._bridge,
            "ConversationsController.getConversations": self._conversations,
            "ConversationsController.getMessages": self._messages,
            "ConversationsController.getMessagesSince": self._messages_since,
            "ConversationsController.getRecordConversation": self._of_record,
            "ConversationsController.getUnreadCount": self._unread,
            "ConversationsController.markRead": self._mark_read,
            "ConversationsController.sendMessage": self._send,
            "ConversationsController.startConversation": self._start,
            "LoginController.getLoginState": lambda _: {"status": "authorized", "expiresAt": None},
            "SetupController.getSettings": self._settings,
            "SetupController.saveSettings": self._settings,
        }

    def invoke(self, class_name: str, method: str, arguments: Mapping[str, Any]) -> Any:
        """Call a twin."""
        act = self._methods.get(f"{class_name.removeprefix(self.prefix)}.{method}")
        if act is None:
            raise UnsupportedApexError(f"{class_name}.{method} has no twin in the preview yet")
        with self._data:
            return act(arguments)

    def remote(self, class_name: str, method: str, arguments: list[Any]) -> Any:
        """Call a twin by position: only the few remote actions of the pack."""
        names = {"authorizeChannel": ("socketId", "channelName")}.get(method, ())
        return self.invoke(class_name, method, dict(zip(names, arguments, strict=False)))

    def read_property(self, class_name: str, name: str) -> Any:
        """Read a property of a page's controller."""
        if name == "parentOrigins":
            return json.dumps([f"https://{self._site.addresses.lightning_host}"])
        if name == "namespacePrefix":
            return ""
        raise UnsupportedApexError(f"{class_name}.{name} has no twin in the preview yet")

    def rest(self, verb: str, path: str, body: str) -> RestAnswer:
        """Store an inbound text as the REST resource does."""
        if "/messages" not in path:
            return RestAnswer(404, "")
        texts = json.loads(body).get("messages", []) if verb == "POST" else []
        for text in texts:
            with self._data:
                conversation = self._make(text["conversationKey"], text.get("author") or "")
                values = (text["body"], text["externalId"], text.get("author"))
                row = self._store(conversation, "Inbound", "Received", *values)
            self._publish(conversation, row["sequence"], None)
        return RestAnswer(200, json.dumps([]))

    def record(self, record_id: str) -> dict[str, Any] | None:
        """Give a record as far as its conversation knows it."""
        name = f"Client {record_id[12:15].lstrip('0')}"
        return {"type": "Contact", "name": name, "fields": {"Id": record_id, "Name": name}}

    def sample_record(self, object_name: str) -> str:
        """Give the id that the record page shows."""
        del object_name
        return "003000000000001AAA"

    # Conversations.

    def _make(self, record_id: str, name: str) -> str:
        row = self._data.execute(
            "SELECT id FROM conversation WHERE record_id = ?", (record_id,)
        ).fetchone()
        if row:
            return str(row["id"])
        count = self._data.execute("SELECT COUNT(*) FROM conversation").fetchone()[0]
        key = f"a00{count + 1:012d}AAA"
        self._data.execute(
            "INSERT INTO conversation (id, name, record_id) VALUES (?, ?, ?)",
            (key, name or f"Client {record_id[12:15].lstrip('0')}", record_id),
        )
        return key

    def _describe(self, row: sqlite3.Row) -> dict[str, Any]:
        last = self._data.execute(
            "SELECT * FROM message WHERE conversation = ? ORDER BY sequence DESC LIMIT 1",
            (row["id"],),
        ).fetchone()
        unread = self._data.execute(
            "SELECT COUNT(*) FROM message"
            " WHERE conversation = ? AND sequence > ? AND direction = 'Inbound'",
            (row["id"], row["read_sequence"]),
        ).fetchone()[0]
        return {
            "id": row["id"],
            "name": row["name"],
            "recordId": row["record_id"],
            "lastMessage": last["body"] if last else None,
            "lastMessageAt": last["sent_at"] if last else None,
            "lastSequence": last["sequence"] if last else 0,
            "readSequence": row["read_sequence"],
            "unread": unread,
        }

    def _find(self, key: str) -> dict[str, Any]:
        row = self._data.execute("SELECT * FROM conversation WHERE id = ?", (key,)).fetchone()
        if row is None:
            raise ApexError("This conversation is not yours.", kind="AuraHandledException")
        return self._describe(row)

    def _conversations(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        part = f"%{arguments.get('searchTerm') or ''}%"
        rows = self._data.execute("SELECT * FROM conversation WHERE name LIKE ?", (part,))
        found = [self._describe(row) for row in rows.fetchall()]
        found.sort(key=lambda one: one["lastMessageAt"] or "", reverse=True)
        return {"conversations": found, "cursor": None}

    def _of_record(self, arguments: Mapping[str, Any]) -> dict[str, Any] | None:
        row = self._data.execute(
            "SELECT * FROM conversation WHERE record_id = ?", (arguments.get("recordId"),)
        ).fetchone()
        return self._describe(row) if row else None

    def _start(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        return self._find(self._make(str(arguments["recordId"]), ""))

    def _page(self, key: str, condition: str, values: tuple[Any, ...]) -> dict[str, Any]:
        rows = self._data.execute(
            f"SELECT * FROM message WHERE conversation = ? AND {condition}",  # noqa: S608 - ours
            (key, *values),
        ).fetchall()
        conversation = self._find(key)
        return {
            "conversation": conversation,
            "messages": sorted(map(_message, rows), key=lambda one: one["sequence"]),
            "hasMore": False,
            "lastSequence": conversation["lastSequence"],
            "readSequence": conversation["readSequence"],
        }

    def _messages(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        size = arguments.get("pageSize") or 50
        before = arguments.get("beforeSequence") or 10**9
        condition = "sequence < ? ORDER BY sequence DESC LIMIT ?"
        page = self._page(arguments["conversationId"], condition, (before, size))
        oldest = page["messages"][0]["sequence"] if page["messages"] else 1
        return page | {"hasMore": oldest > 1}

    def _messages_since(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        if arguments.get("readSequence") is not None:
            self._mark_read({**arguments, "sequence": arguments["readSequence"]})
        after = arguments.get("afterSequence") or 0
        return self._page(arguments["conversationId"], "sequence > ? LIMIT 200", (after,))

    def _unread(self, arguments: Mapping[str, Any]) -> int:
        found = self._conversations(arguments)["conversations"]
        return sum(one["unread"] for one in found)

    def _mark_read(self, arguments: Mapping[str, Any]) -> int:
        key = arguments["conversationId"]
        self._data.execute(
            "UPDATE conversation SET read_sequence = MAX(read_sequence, ?) WHERE id = ?",
            (arguments["sequence"], key),
        )
        return int(self._find(key)["readSequence"])

    def _send(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        key, client_key = arguments["conversationId"], arguments["clientKey"]
        body = str(arguments.get("body") or "").strip()
        if not 1 <= len(body) <= 1600:
            raise ApexError("Write 1 to 1600 characters.", kind="AuraHandledException")
        row = self._store(key, "Outbound", "Sent", body, client_key, "Advisor")
        self._mark_read({"conversationId": key, "sequence": row["sequence"]})
        self._publish(key, row["sequence"], arguments.get("socketId"))
        return _message(row)

    def _store(
        self, key: str, direction: str, status: str, body: str, client_key: str, author: str | None
    ) -> sqlite3.Row:
        last = self._find(key)["lastSequence"]
        now = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
        self._data.execute(
            "INSERT OR IGNORE INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                f"a01{hashlib.sha256(client_key.encode()).hexdigest()[:12]}AAA",
                *(key, last + 1, client_key, direction, body, status, now, author),
            ),
        )
        query = "SELECT * FROM message WHERE client_key = ?"
        row: sqlite3.Row = self._data.execute(query, (client_key,)).fetchone()
        return row

    # Pusher.

    def _names(self) -> dict[str, str]:
        names = self._site.workspace.source.of_type("ApexClass")
        component = names.get(f"{self.prefix}Channels")
        text = ""
        if component is not None:
            with open(component.files[0], encoding="utf-8") as file:  # noqa: PTH123
                text = file.read()
        found = re.findall(r"'((?:private|presence)[\w.;,=@{}-]*)'", text)
        user = next((name for name in found if "{userId}" in name), f"private-user-{USER_ID}")
        other = next((name for name in found if "{conversationId}" in name), "")
        other = other or "private-conversation-{conversationId}"
        return {"user": user.replace("{userId}", USER_ID), "conversation": other}

    def _configuration(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        del arguments
        names = self._names()
        return {
            "appKey": self._site.pusher.key,
            "cluster": "mt1",
            "userId": USER_ID,
            "userChannel": names["user"],
            "conversationChannel": names["conversation"],
            "pollSeconds": 30,
            "status": "ready",
        }

    def _bridge(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        del arguments
        origin = f"https://{self._site.addresses.visualforce_host}"
        return {"pageUrl": f"{origin}/apex/{self.prefix}Bridge", "pageOrigin": origin}

    def _authorize(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        target, name = self._site.pusher, str(arguments["channelName"])
        text = f"{arguments['socketId']}:{name}"
        answer: dict[str, Any] = {"status": "authorized"}
        if name.startswith("presence-"):
            answer["channelData"] = json.dumps({"user_id": USER_ID})
            text = f"{text}:{answer['channelData']}"
        if name.startswith("private-encrypted-"):
            shared = hashlib.sha256(name.encode() + _MASTER_KEY).digest()
            answer["sharedSecret"] = base64.b64encode(shared).decode()
        digest = hmac.new(target.secret.encode(), text.encode(), hashlib.sha256).hexdigest()
        return answer | {"auth": f"{target.key}:{digest}"}

    def _publish(self, key: str, sequence: int, socket_id: str | None) -> None:
        server = self._site.pusher_server
        if server is None:
            return
        names, exchange = self._names(), server.exchanges[self._site.pusher.app_id]
        data = json.dumps({"conversationId": key, "sequence": sequence})
        for name in (names["user"], names["conversation"].replace("{conversationId}", key)):
            channel = channels.read_channel_name(name)
            self._site.soon(
                lambda to=channel: exchange.publish(to, "message", data, skip=socket_id)
            )

    def _settings(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        del arguments
        target = self._site.pusher
        return {"appKey": target.key, "cluster": "mt1", "appId": target.app_id, "secretSet": True}


def _message(row: sqlite3.Row) -> dict[str, Any]:
    names = {"client_key": "clientKey", "sent_at": "sentAt"}
    kept = ("id", "sequence", "client_key", "direction", "body", "status", "sent_at", "author")
    return {names.get(name, name): row[name] for name in kept}
