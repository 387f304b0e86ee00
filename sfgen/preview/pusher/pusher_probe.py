"""Checks another Pusher server before pages use it: reachable, right key, secret and app id."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, Final

import aiohttp

from sfgen.pusher.signature import Credentials, sign_request

if TYPE_CHECKING:
    from sfgen.preview.pusher.pusher_target import PusherTarget

SECONDS: Final = 15.0
_OFFLINE: Final = "; until then the widgets say that they are offline"
_REFUSED: Final = "; the widgets will say that Pusher refuses the connection"
_FAILURES: Final = (aiohttp.ClientError, asyncio.TimeoutError, OSError, ValueError)


async def find_problem(target: PusherTarget) -> str | None:
    """Return why the server would not serve this preview, in one line, or nothing.

    A socket shows whether it knows the key, a signed request whether secret and app id are right.
    """
    where = f"{target.host}:{target.port}"
    limit = aiohttp.ClientTimeout(total=SECONDS)
    async with aiohttp.ClientSession(timeout=limit, trust_env=not target.is_local) as session:
        try:
            refusal = await _open_socket(session, target)
        except _FAILURES:
            return f"{where} can't be reached, or is not a Pusher server{_OFFLINE}"
        if refusal is not None:
            return f"{where} refuses the key {target.key}: {refusal}{_REFUSED}"
        try:
            status, listed = await _list_channels(session, target)
        except _FAILURES:
            return f"the HTTP API of {target.http_origin} can't be reached: nothing is published"
    # soketi answers errors with status 200 where its web server is a substitute.
    if status == 200 and isinstance(listed, dict) and "channels" in listed:
        return None
    if status in {200, 401}:
        return (
            f"{where} refuses the signature: check the app id and the secret in "
            f"SFGEN_PUSHER_SECRET{_REFUSED}"
        )
    if status == 404:
        return f"{where} knows no app {target.app_id}: nothing is published"
    return f"the HTTP API of {target.http_origin} answers {status}"


async def _open_socket(session: aiohttp.ClientSession, target: PusherTarget) -> str | None:
    """Return why a socket is refused, or nothing when the connection is established."""
    url = f"{target.origin}/app/{target.key}?protocol=7&client=sfgen&version=1.0"
    async with session.ws_connect(url, max_msg_size=65_536) as socket:
        message = await socket.receive(timeout=SECONDS)
        if message.type is aiohttp.WSMsgType.TEXT:
            frame = message.json()
            if frame["event"] == "pusher:connection_established":
                return None
            if frame["event"] == "pusher:error":
                return str(frame["data"].get("message", "an error"))[:200]
        if message.type is aiohttp.WSMsgType.CLOSE:
            return f"{message.extra or 'closed'} ({message.data})"
        raise ValueError("no answer of a Pusher server")


async def _list_channels(session: aiohttp.ClientSession, target: PusherTarget) -> tuple[int, Any]:
    path = f"/apps/{target.app_id}/channels"
    who = Credentials(target.app_id, target.key, target.secret)
    signed = sign_request(who, "GET", path, timestamp=int(time.time()), body=b"", query=None)
    async with session.get(f"{target.http_origin}{path}", params=signed) as answer:
        listed = await answer.json(content_type=None) if answer.status == 200 else None
        return answer.status, listed
