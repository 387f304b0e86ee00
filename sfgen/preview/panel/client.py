"""The firm's client: sends texts, types, and sees the conversation on a phone."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Any, Final

from sfgen.errors import SfgenError

if TYPE_CHECKING:
    from sfgen.preview.apex.project_apex import ProjectApex
    from sfgen.preview.application.external_application import ExternalApplication, Publisher
    from sfgen.preview.workspace import Workspace
    from sfgen.pusherserver import PusherServer

#: The project's class that lists conversations.
_CONTROLLERS: Final = "ConversationController"


class Client:
    """Acts as the client of a record. All but `type` runs in Apex's thread.

    Args:
        workspace: the project.
        apex: takes texts where Salesforce keeps the conversations.
        application: takes texts where it keeps them itself.
        publisher: publishes client events.
    """

    def __init__(
        self,
        workspace: Workspace,
        apex: ProjectApex,
        application: ExternalApplication,
        publisher: Publisher,
    ) -> None:
        self._workspace = workspace
        self._apex = apex
        self._application = application
        self._publisher = publisher

    def find_record(self) -> str:
        """Return the record of the first record page, for pages that show no record."""
        pages = self._workspace.layout.pages
        return self._apex.sample_record(
            next((page.object_name for page in pages if page.object_name), "Contact")
        )

    def send_text(self, record_id: str, text: str) -> int:
        """Deliver a text to where conversations are kept; return the HTTP status."""
        key = secrets.token_hex(8)
        record = self._apex.record(record_id) or {}
        author = str(record.get("name") or "Client")
        path = self._workspace.inbound_path()
        if not path:
            self._application.receive(record_id, text, key, author)
            return 200
        message = {
            "externalId": key,
            "conversationKey": record_id,
            "author": author,
            "body": text,
        }
        return self._apex.rest("POST", path, json.dumps({"messages": [message]})).status

    def read_phone(self, record_id: str) -> dict[str, Any]:
        """Return the client's name and both sides' texts, oldest first."""
        record = self._apex.record(record_id) or {}
        page: Any = None
        if controller := find_conversations_controller(self._workspace):
            try:
                asked = {"recordId": record_id}
                page = self._apex.invoke(controller, "getRecordConversation", asked)
            except SfgenError:
                page = None  # the advisor may not see it, or is not logged in: nothing to show
        texts = page.get("messages") if isinstance(page, dict) else None
        return {
            "name": str(record.get("name") or "Client"),
            "texts": [
                {
                    "key": text.get("sequence"),
                    "own": text.get("direction") == "Inbound",
                    "body": text.get("body"),
                    "status": text.get("status"),
                    "at": text.get("sentAt"),
                }
                for text in texts or ()
            ],
        }

    def type(self, server: PusherServer, channel: str) -> list[str]:
        """Publish the client event of typing, to one channel or to all conversations' channels."""
        (exchange,) = server.exchanges.values()
        wanted = (
            [channel] if channel else [one for one in exchange.channels if "conversation" in one]
        )
        for name in wanted:
            conversation = name.rpartition("-")[2]
            self._publisher.publish(name, "client-typing", {"conversationId": conversation})
        return wanted


def find_conversations_controller(workspace: Workspace) -> str:
    """Return the name of the project's class that lists conversations, or nothing."""
    names = workspace.source.of_type("ApexClass")
    return next((name for name in names if name.endswith(_CONTROLLERS)), "")
