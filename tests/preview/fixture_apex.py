"""What the fixture's Apex would answer: a double at the preview's edge, where an executor stands."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from sfgen.preview.apex.project_apex import ApexError, RestAnswer


class FixtureApex:
    """Answers for FeedController."""

    def __init__(self, environment: Any) -> None:
        self._environment = environment

    def invoke(self, class_name: str, method: str, arguments: dict[str, Any]) -> Any:
        if method == "getBridge":
            page = f"https://{self._environment.addresses.visualforce_host}/apex/FeedBridge"
            return {"pageUrl": page}
        if method == "shout" and arguments.get("text") is not None:
            return arguments["text"].upper()
        raise ApexError("Attempt to de-reference a null object", kind="System.NullPointerException")

    def remote(self, class_name: str, method: str, arguments: list[Any]) -> Any:
        socket_id, channel = arguments
        target = self._environment.pusher
        text = f"{socket_id}:{channel}".encode()
        digest = hmac.new(target.secret.encode(), text, hashlib.sha256).hexdigest()
        return {"auth": f"{target.key}:{digest}"}

    def read_property(self, class_name: str, name: str) -> Any:
        assert name == "parentOrigins"
        return json.dumps([f"https://{self._environment.addresses.lightning_host}"])

    def rest(self, verb: str, path: str, body: str) -> RestAnswer:
        return RestAnswer(404, "")

    def record(self, record_id: str) -> dict[str, Any] | None:
        return None

    def set_fault(self, name: str, *, on: bool) -> None:
        raise ApexError("the fixture has no limits", kind="System.LimitException")

    def active_faults(self) -> tuple[str, ...]:
        return ()

    def sample_record(self, object_name: str) -> str:
        return "003000000000001AAA"

    def sample_records(self, object_name: str) -> list[str]:
        return [self.sample_record(object_name)]
