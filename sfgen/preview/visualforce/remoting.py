"""JavaScript remoting: a page's description of its controller, and the calls in one request.

Wire format and rules: Visualforce Developer Guide, "JavaScript Remoting for Apex Controllers", and
the client script that Salesforce pages load.
"""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Any, Final

from sfgen.errors import SfgenError
from sfgen.preview.apex.project_apex import ApexError, ProjectApex, read_remote_actions

if TYPE_CHECKING:
    from sfgen.apex.syntax.remote_actions import RemoteAction
    from sfgen.preview.project.source import Source

#: Bytes of one request, and calls in it (the guide: 4 MB; our own bound on the calls).
REQUEST_BYTES: Final = 4 * 1024 * 1024
CALLS: Final = 100
_VERSION: Final = 68


class Remoting:
    """Describes and runs remote actions.

    Args:
        source: the project.
        apex: executes the actions.
    """

    def __init__(self, source: Source, apex: ProjectApex) -> None:
        self._source = source
        self._apex = apex
        self._tokens: dict[str, str] = {}

    def use(self, source: Source) -> None:
        """Use another reading of the project; pages must be loaded again to call."""
        self._source = source
        self._tokens = {}

    def describe(self, class_name: str, *, framed: bool) -> dict[str, Any] | None:
        """Return the descriptor for a page, or nothing when its controller has no remote action.

        ``prm`` is 1 when a public action keeps the client from making proxies in a frame.
        """
        actions = read_remote_actions(self._source, class_name)
        if not actions:
            return None
        token = self._tokens.setdefault(class_name, secrets.token_urlsafe(18))
        refused = framed and not all(action.is_global for action in actions)
        return {
            "vf": {"vid": "066000000000001", "xhr": False, "dev": False, "tst": False, "dbg": False}
            | {"tm": 0, "ovrprm": False},
            "actions": {
                class_name: {
                    "ms": [_describe_action(action, token) for action in actions],
                    "prm": int(refused),
                }
            },
            "service": "apexremote",
        }

    def answer(self, body: bytes, referring_page: str) -> list[dict[str, Any]]:
        """Run the calls of one request, in order; each gets its own answer.

        Raises:
            ValueError: the body is no remoting request.
        """
        calls = json.loads(body)
        calls = calls if isinstance(calls, list) else [calls]
        if len(calls) > CALLS or not all(isinstance(call, dict) for call in calls):
            raise ValueError("no remoting request")
        return [self._run(call, referring_page) for call in calls]

    def _run(self, call: dict[str, Any], page: str) -> dict[str, Any]:
        name, method = str(call.get("action")), str(call.get("method"))
        answer = {"type": "rpc", "tid": call.get("tid"), "ref": False}
        answer |= {"action": name, "method": method}
        reason = self._refusal(call, name, method)
        if reason:
            return answer | {"statusCode": 400, "type": "exception", "message": reason, "where": ""}
        data = call.get("data")
        arguments = data if isinstance(data, list) else [] if data is None else [data]
        try:
            result = self._apex.remote(name, method, arguments)
        except SfgenError as error:
            where = error.where if isinstance(error, ApexError) else page
            return answer | {
                "statusCode": 400,
                "type": "exception",
                "message": error.message,
                "where": where,
            }
        return answer | {"statusCode": 200, "result": result}

    def _refusal(self, call: dict[str, Any], name: str, method: str) -> str | None:
        actions = {action.name: action for action in read_remote_actions(self._source, name)}
        if method not in actions:
            return f"Method {method!r} not found in controller {name}"
        context = call.get("ctx")
        token = context.get("csrf") if isinstance(context, dict) else None
        if not isinstance(token, str) or token != self._tokens.get(name):
            return "Invalid or expired CSRF token; reload the page"
        return None


def _describe_action(action: RemoteAction, token: str) -> dict[str, Any]:
    return {
        "name": action.name,
        "len": action.arity,
        "ns": "",
        "ver": _VERSION,
        "csrf": token,
        "authorization": "",
    }
