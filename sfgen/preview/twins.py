"""Python twins of the generated Apex methods, used until the Apex runtime stands.

They answer what the controllers of the template pack answer; anything else is reported as
unsupported.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from sfgen.preview.apex import ApexError, RestAnswer, UnsupportedApexError
from sfgen.preview.external import MASTER_KEY
from sfgen.preview.salesforce_modules import USER_ID
from sfgen.pusher.signature import Credentials, derive_shared_secret, sign_subscription

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sfgen.preview.site import Site


class TwinHost:
    """Answers for the template pack's controllers.

    Args:
        site: gives the addresses, the Pusher server and the stand-in application.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._store = site.external.store
        classes = site.workspace.source.of_type("ApexClass")
        found = [name for name in classes if name.endswith("BridgeController")]
        self.prefix = found[0].removesuffix("BridgeController") if found else ""
        site.external.channels = self._names()
        self._methods: dict[str, Callable[[Mapping[str, Any]], Any]] = {
            "BridgeController.authorizeChannel": self._authorize,
            "BridgeController.getConfiguration": self._configuration,
            "BridgeHostController.getBridge": self._bridge,
            "ConversationsController.getConversations": self._conversations,
            "ConversationsController.getMessages": self._messages,
            "ConversationsController.getMessagesSince": self._messages_since,
            "ConversationsController.getRecordConversation": self._of_record,
            "ConversationsController.getUnreadCount": lambda _: self._store.count_unread(),
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
        """Store inbound texts as the REST resource does."""
        if verb != "POST" or "/messages" not in path:
            return RestAnswer(404, "")
        for text in json.loads(body).get("messages", []):
            record_id = text.get("recordId") or text["conversationKey"]
            author = text.get("author") or ""
            self._site.external.receive(record_id, text["body"], text["externalId"], author)
        return RestAnswer(200, json.dumps([]))

    def record(self, record_id: str) -> dict[str, Any] | None:
        """Give a record as far as its conversation knows it."""
        name = _client(record_id)
        return {"type": "Contact", "name": name, "fields": {"Id": record_id, "Name": name}}

    def sample_record(self, object_name: str) -> str:
        """Give the id that the record page shows."""
        del object_name
        return "003000000000001AAA"

    # Conversations.

    def _conversations(self, arguments: Mapping[str, Any]) -> Any:
        return self._store.list_page(
            arguments.get("searchTerm") or "",
            arguments.get("pageSize") or 50,
            arguments.get("cursor") or "",
        )

    def _of_record(self, arguments: Mapping[str, Any]) -> Any:
        return self._store.find_by_record(str(arguments.get("recordId")))

    def _start(self, arguments: Mapping[str, Any]) -> Any:
        record_id = str(arguments["recordId"])
        return self._store.start(record_id, _client(record_id))

    def _messages(self, arguments: Mapping[str, Any]) -> Any:
        before, size = arguments.get("beforeSequence"), arguments.get("pageSize") or 50
        return _found(self._store.messages_before(arguments["conversationId"], before, size))

    def _messages_since(self, arguments: Mapping[str, Any]) -> Any:
        key, read = arguments["conversationId"], arguments.get("readSequence")
        if read is not None:
            self._store.mark_read(key, read)
        return _found(self._store.messages_after(key, arguments.get("afterSequence") or 0))

    def _mark_read(self, arguments: Mapping[str, Any]) -> int:
        return self._store.mark_read(arguments["conversationId"], arguments["sequence"])

    def _send(self, arguments: Mapping[str, Any]) -> Any:
        body = str(arguments.get("body") or "").strip()
        if not 1 <= len(body) <= 1600:
            raise ApexError("Write 1 to 1600 characters.", kind="AuraHandledException")
        fields = {**arguments, "body": body}
        return self._site.external.send(arguments["conversationId"], fields)

    # Pusher.

    def _names(self) -> tuple[str, str]:
        names = self._site.workspace.source.of_type("ApexClass")
        component = names.get(f"{self.prefix}Channels")
        text = ""
        if component is not None:
            with open(component.files[0], encoding="utf-8") as file:  # noqa: PTH123
                text = file.read()
        found = re.findall(r"'((?:private|presence)[\w.;,=@{}-]*)'", text)
        user = next((name for name in found if "user" in name), "private-user-")
        user = user if "{userId}" in user else f"{user}{{userId}}"
        other = next((name for name in found if "{conversationId}" in name), "")
        return user.replace("{userId}", USER_ID), other or "private-conversation-{conversationId}"

    def _configuration(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        del arguments
        user, conversation = self._names()
        return {
            "appKey": self._site.pusher.key,
            "cluster": "mt1",
            "userId": USER_ID,
            "userChannel": user,
            "conversationChannel": conversation,
            "pollSeconds": 30,
            "status": "ready",
        }

    def _bridge(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        del arguments
        origin = f"https://{self._site.addresses.visualforce_host}"
        return {"pageUrl": f"{origin}/apex/{self.prefix}Bridge", "pageOrigin": origin}

    def _authorize(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        target, name = self._site.pusher, str(arguments["channelName"])
        data = json.dumps({"user_id": USER_ID}) if name.startswith("presence-") else None
        app = Credentials(target.app_id, target.key, target.secret)
        signed = sign_subscription(app, str(arguments["socketId"]), name, data)
        answer = {"status": "authorized", "auth": signed.auth, "channelData": data}
        if name.startswith("private-encrypted-"):
            answer["sharedSecret"] = derive_shared_secret(name, MASTER_KEY)
        return answer

    def _settings(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        del arguments
        target = self._site.pusher
        return {"appKey": target.key, "cluster": "mt1", "appId": target.app_id, "secretSet": True}


def _client(record_id: str) -> str:
    return f"Client {record_id[12:15].lstrip('0')}"


def _found(page: dict[str, Any] | None) -> dict[str, Any]:
    if page is None:
        raise ApexError("There is no such conversation.", kind="AuraHandledException")
    return page
