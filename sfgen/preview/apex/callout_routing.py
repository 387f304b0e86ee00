"""Routes callouts of the project's Apex to the Pusher server and the external application.

Nothing else is reached: Apex under preview has no way into a network.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests

from sfgen.preview.application.conversation_api import ExternalAnswer

if TYPE_CHECKING:
    from sfgen.preview.application.external_application import ExternalApplication
    from sfgen.preview.pusher.pusher_target import PusherTarget

_SECONDS = 10.0


def answer_callout(
    request: Any, application: ExternalApplication, application_host: str, pusher: PusherTarget
) -> ExternalAnswer:
    """Answer one ``HttpRequest``.

    Raises:
        ConnectionError: it goes to a host that the preview doesn't stand in for.
    """
    parts = urlsplit(request.endpoint)
    headers = {name.lower(): value for name, value in request.headers.items()}
    sent = request.body or ""
    body = sent.encode() if isinstance(sent, str) else bytes(sent)
    if parts.netloc == application_host or parts.scheme == "callout":
        path = parts.path
        if parts.scheme == "callout":
            headers["authorization"] = application.named_credential()
            path = f"/{path.partition('/')[2]}"  # what stands before is the credential's name
        path += f"?{parts.query}" if parts.query else ""
        return application.answer(request.method, path, headers, body.decode(errors="replace"))
    if parts.path.startswith("/apps/"):
        return _ask_pusher(pusher, request.method, parts.path, parts.query, body)
    raise ConnectionError(f"the preview stands in for no {parts.netloc}")


def _ask_pusher(
    pusher: PusherTarget, verb: str, path: str, query: str, body: bytes
) -> ExternalAnswer:
    """Send a signed request to the Pusher server; method, path and body stay as signed."""
    try:
        with requests.Session() as session:
            session.trust_env = not pusher.is_local
            response = session.request(
                verb,
                f"{pusher.http_origin}{path}?{query}",
                data=body,
                headers={"Content-Type": "application/json"},
                timeout=_SECONDS,
            )
    except requests.RequestException as error:
        raise ConnectionError("the Pusher server can't be reached") from error
    try:
        return ExternalAnswer(response.status_code, response.json())
    except json.JSONDecodeError:
        return ExternalAnswer(response.status_code, response.text)
