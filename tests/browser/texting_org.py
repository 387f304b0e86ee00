"""A stand-in for the org's Apex: the contract of the generated controllers, with faults."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from sfgen.channels import read_channel_name
from sfgen.errors import ServerError
from sfgen.pusherserver import App, Credentials, PusherServer

KEY, SECRET = "local-key", "local-secret-that-never-leaves"
USER = "005000000000001AAA"
#: Messages that a chat opens with.
NEWEST = 30
#: What a report says next of a text that was sent.
NEXT_STATUS = {"Sent": "Delivered", "Delivered": "Read"}


class ApexError(Exception):
    """What Lightning would get as an AuraHandledException."""


@dataclass(slots=True)
class Faults:
    """What goes wrong; each number counts down to nothing.

    Args:
        lost_events: events of new texts that Pusher swallows.
        lost_reports: events of delivery reports that Pusher swallows.
        failing: calls of a method that fail before they do anything.
        failing_after: calls that do their work and then fail.
        authorization: answers of authorizeChannel that aren't ``authorized``, one per call.
        delays: seconds that a method's next calls take, one per call.
        logged_out: every authorization answers ``login``.
    """

    lost_events: int = 0
    lost_reports: int = 0
    failing: Counter[str] = field(default_factory=Counter)
    failing_after: Counter[str] = field(default_factory=Counter)
    authorization: list[str] = field(default_factory=list)
    delays: dict[str, list[float]] = field(default_factory=dict)
    logged_out: bool = False
    forbidden: bool = False


class Org:
    """Conversations and messages in memory, published to a real local Pusher server."""

    def __init__(self, *, kind: str = "private-", tls: bool = False) -> None:
        self.kind = kind
        self.faults = Faults()
        self.calls: Counter[str] = Counter()
        self.conversations: dict[str, dict[str, Any]] = {}
        self.messages: dict[str, list[dict[str, Any]]] = {}
        self.port = 0
        self.server = self._create_server()
        self.published = self.reports = 0
        self.names_seen: list[str] = []
        self._tls = tls
        self._past_counts: Counter[str] = Counter()

    @staticmethod
    def _create_server() -> PusherServer:
        return PusherServer([App(Credentials("1000", KEY, SECRET))])

    async def start(self) -> None:
        self.port = await self.server.start("127.0.0.1", self.port)

    async def restart(self, pause: float) -> None:
        """Stop the Pusher server, leave it away for some seconds, start it anew on its port."""
        self._past_counts += self.server.journal.counts
        await self.server.stop()
        await asyncio.sleep(pause)
        self.server = self._create_server()
        await self._start_again()

    async def _start_again(self) -> None:
        # Any other process's connection may have been given the port meanwhile, for its own end.
        for _ in range(600):
            with contextlib.suppress(OSError, ServerError):
                return await self.start()
            await asyncio.sleep(0.1)
        return await self.start()

    @property
    def exchange(self) -> Any:
        return self.server.exchanges["1000"]

    @property
    def sockets(self) -> int:
        return len(self.exchange.connections)

    @property
    def sockets_opened(self) -> int:
        return (self._past_counts + self.server.journal.counts)["open"]

    def add_conversation(self, conversation_id: str, name: str) -> None:
        self.conversations[conversation_id] = {
            "id": conversation_id,
            "name": name,
            "recordId": "003" + conversation_id[3:],
            "lastMessage": None,
            "lastMessageAt": None,
            "lastSequence": 0,
            "readSequence": 0,
            "unread": 0,
        }
        self.messages[conversation_id] = []

    def receive_text(self, conversation_id: str, body: str) -> dict[str, Any]:
        """Store a client's text and publish it: the inbound REST resource's work."""
        message = self._store(conversation_id, body, "Inbound", None)
        self._publish(conversation_id, "message", message["sequence"])
        return message

    def _store(
        self, conversation_id: str, body: str, direction: str, client_key: str | None
    ) -> dict[str, Any]:
        conversation = self.conversations[conversation_id]
        conversation["lastSequence"] += 1
        now = datetime.now(timezone.utc).isoformat().replace("+00:00", "Z")
        message = {
            "id": f"a01{conversation_id[3:12]}{conversation['lastSequence']:06d}",
            "sequence": conversation["lastSequence"],
            "clientKey": client_key,
            "direction": direction,
            "body": body,
            "status": "Sent" if direction == "Outbound" else "Received",
            "sentAt": now,
            "author": None,
        }
        conversation |= {
            "lastMessage": body[:255],
            "lastMessageAt": now,
            "lastDirection": direction,
        }
        if direction == "Outbound":
            conversation["readSequence"] = conversation["lastSequence"]
        self.messages[conversation_id].append(message)
        self._count(conversation_id)
        return message

    def _count(self, conversation_id: str) -> None:
        conversation = self.conversations[conversation_id]
        conversation["unread"] = sum(
            row["direction"] == "Inbound" and row["sequence"] > conversation["readSequence"]
            for row in self.messages[conversation_id]
        )

    def count_unread(self) -> int:
        """Count the inbound texts that the advisor hasn't seen."""
        return sum(row["unread"] for row in self.conversations.values())

    def list_conversations(self) -> list[dict[str, Any]]:
        """List the conversations as the advisor has to see them: the newest first."""
        return sorted(
            self.conversations.values(),
            key=lambda row: (row["lastMessageAt"] or "", row["id"]),
            reverse=True,
        )

    def report(self, conversation_id: str) -> None:
        """Store a delivery report and publish it.

        Most are of one of the newest texts on their way, some of the oldest; some say that a
        text will never arrive, and some texts are never reported.
        """
        self.reports += 1
        on_their_way = [
            row for row in self.messages[conversation_id] if row["status"] in NEXT_STATUS
        ]
        if not on_their_way:
            return
        newest = -1 - self.reports % min(4, len(on_their_way))
        row = on_their_way[newest if self.reports % 5 else 0]
        row["status"] = NEXT_STATUS[row["status"]] if self.reports % 7 else "Failed"
        self._publish(conversation_id, "status", row["sequence"])

    def channels_of(self, conversation_id: str) -> list[str]:
        if not self.kind:
            return ["my-channel"]
        return [f"{self.kind}user-{USER}", f"{self.kind}conversation-{conversation_id}"]

    def _publish(self, conversation_id: str, event: str, sequence: int) -> None:
        if self.faults.lost_events and event == "message":
            self.faults.lost_events -= 1
            return
        if self.faults.lost_reports and event == "status":
            self.faults.lost_reports -= 1
            return
        self.published += 1
        data = json.dumps({"conversationId": conversation_id, "sequence": sequence})
        for name in self.channels_of(conversation_id):
            self.publish(name, event, data)

    def publish(self, channel: str, event: str, data: str) -> None:
        self.exchange.publish(read_channel_name(channel), event, data)

    # The Apex methods ---------------------------------------------------------------------------

    async def call(self, name: str, parameters: dict[str, Any]) -> Any:
        """Call ``Controller.method`` as Lightning or remoting would."""
        method = name.partition(".")[2]
        self.calls[method] += 1
        delays = self.faults.delays.get(method)
        if delays:
            await asyncio.sleep(delays.pop(0))
        if self.faults.failing[method] > 0:
            self.faults.failing[method] -= 1
            raise ApexError("The org is busy")
        answer = getattr(self, method)(**parameters)
        if self.faults.failing_after[method] > 0:
            self.faults.failing_after[method] -= 1
            raise ApexError("The answer was lost")
        return answer

    def getBridge(self) -> dict[str, Any]:  # noqa: N802 - its settings
        return self.getConfiguration()

    def getConfiguration(self) -> dict[str, Any]:  # noqa: N802 - Apex's name
        named = {
            "userChannel": f"{self.kind}user-{USER}",
            "conversationChannel": self.kind + "conversation-{conversationId}",
        }
        return {
            "appKey": KEY,
            "cluster": "mt1",
            "host": "127.0.0.1",
            "port": self.port,
            "tls": False,
            "userId": USER,
            "pollSeconds": 1,
            "status": "login" if self.faults.logged_out else "ready",
            **(named if self.kind else {"publicChannel": "my-channel"}),
        }

    def authorizeChannel(self, socketId: str, channelName: str) -> dict[str, Any]:  # noqa: N802, N803
        self.names_seen.append(channelName)
        if self.faults.logged_out:
            return {"status": "login"}
        if self.faults.forbidden:
            return {"status": "forbidden"}
        if self.faults.authorization:
            return {"status": self.faults.authorization.pop(0)}
        return {"status": "authorized", **sign(socketId, channelName)}

    def getConversations(  # noqa: N802
        self,
        searchTerm: str,  # noqa: N803
        pageSize: int,  # noqa: N803
        cursor: str | None,
    ) -> dict[str, Any]:
        found = [
            row for row in self.list_conversations() if searchTerm.lower() in row["name"].lower()
        ]
        start = int(cursor or 0)
        more = len(found) > start + pageSize
        return {
            "conversations": found[start : start + pageSize],
            "cursor": str(start + pageSize) if more else None,
            "unread": self.count_unread(),
            "isUnreadCapped": False,
            "isDelayed": False,
        }

    def getRecordConversation(self, recordId: str) -> Any:  # noqa: N802, N803
        found = (r["id"] for r in self.conversations.values() if r["recordId"] == recordId)
        name = next(found, None)
        return None if name is None else self.getMessages(name, None, NEWEST)

    def getConversation(self, conversationId: str) -> Any:  # noqa: N802, N803
        known = conversationId in self.conversations
        return self.getMessages(conversationId, None, NEWEST) if known else None

    def _page(self, conversation_id: str, rows: list[dict[str, Any]], *, more: bool) -> Any:
        conversation = self.conversations[conversation_id]
        return {
            "conversation": conversation,
            "messages": rows,
            "hasMore": more,
            "lastSequence": conversation["lastSequence"],
            "readSequence": conversation["readSequence"],
            "isDelayed": False,
        }

    def getMessages(  # noqa: N802
        self,
        conversationId: str,  # noqa: N803
        beforeSequence: int | None,  # noqa: N803
        pageSize: int,  # noqa: N803
    ) -> Any:
        rows = [
            row
            for row in self.messages[conversationId]
            if beforeSequence is None or row["sequence"] < beforeSequence
        ]
        return self._page(conversationId, rows[-pageSize:], more=len(rows) > pageSize)

    def getMessagesSince(  # noqa: N802
        self,
        conversationId: str,  # noqa: N803
        afterSequence: int,  # noqa: N803
        readSequence: int | None,  # noqa: N803
    ) -> Any:
        if readSequence is not None:
            self.markRead(conversationId, readSequence)
        rows = [r for r in self.messages[conversationId] if r["sequence"] > afterSequence]
        return self._page(conversationId, rows[:200], more=len(rows) > 200)

    def markRead(self, conversationId: str, sequence: int) -> int:  # noqa: N802, N803
        row = self.conversations[conversationId]
        if sequence > row["readSequence"]:
            row["readSequence"] = min(sequence, row["lastSequence"])
            self._count(conversationId)
            self._publish(conversationId, "read", row["readSequence"])
        return int(row["readSequence"])

    def sendMessage(  # noqa: N802
        self,
        conversationId: str,  # noqa: N803
        body: str,
        clientKey: str,  # noqa: N803
    ) -> dict[str, Any]:
        for row in self.messages[conversationId]:
            if row["clientKey"] == clientKey:
                return row
        message = self._store(conversationId, body, "Outbound", clientKey)
        self._publish(conversationId, "message", message["sequence"])
        return message

    def getLogin(self) -> dict[str, Any]:  # noqa: N802
        return {"isLoggedIn": not self.faults.logged_out, "loginUrl": self.start_login()}

    def start_login(self) -> str:
        return "https://texting.example.com/authorize"


def sign(socket_id: str, channel: str) -> dict[str, Any]:
    """Sign a subscription as the application's server does."""
    signed = f"{socket_id}:{channel}"
    answer: dict[str, Any] = {}
    if channel.startswith("presence-"):
        answer["channelData"] = json.dumps({"user_id": USER})
        signed += f":{answer['channelData']}"
    digest = hmac.new(SECRET.encode(), signed.encode(), hashlib.sha256).hexdigest()
    return answer | {"auth": f"{KEY}:{digest}"}
