"""Reads HTTP API requests: checks signatures, parses events and queries.

Source: pusher/docs ``library_auth_reference/rest-api.md``; the texts of refusals follow what the
service was seen to answer (pusher-http-go issue 91, pusher-http-ruby issue 49).
"""

from __future__ import annotations

import hmac
import time
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from sfgen.channels import (
    ChannelError,
    ChannelKind,
    ChannelName,
    check_event_name,
    check_socket_id,
    read_channel_name,
)
from sfgen.pusher.signature import AUTH_VERSION, describe_request, digest_body
from sfgen.pusherserver.frames import read_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sfgen.pusherserver.app import App, Limits

#: Seconds that a request's time may lie before or after the server's.
CLOCK_SKEW = 600


class RequestError(Exception):
    """A request that is refused, with its HTTP status and the sentence of the body."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


@dataclass(frozen=True, slots=True)
class Publication:
    """One event to publish: where to, what, whom to skip, which attributes to answer with."""

    channels: tuple[ChannelName, ...]
    event: str
    data: str
    skip: str | None
    info: tuple[str, ...]


def check_request(
    app: App, method: str, paths: tuple[str, ...], query: Mapping[str, str], body: bytes
) -> None:
    """Check a request's key, time, body and signature.

    Args:
        app: whose credentials must have signed.
        method: of the request.
        paths: the path as sent and as decoded; either may have been signed.
        query: decoded.
        body: the bytes as they came.

    Raises:
        RequestError: 401 with the reason, or 403 for a disabled app.
    """
    who = app.credentials
    if query.get("auth_key") != who.key:
        raise RequestError(401, f"Unknown auth_key {query.get('auth_key', '')[:100]}")
    if query.get("auth_version") != AUTH_VERSION:
        raise RequestError(401, f"Version {query.get('auth_version', '')[:20]!r} is not supported")
    _check_time(query.get("auth_timestamp", ""))
    signature = query.get("auth_signature", "")
    if not any(who.agrees(describe_request(method, path, query), signature) for path in paths):
        expected = describe_request(method, paths[0], query).replace("\n", "\\n")[:2_000]
        raise RequestError(
            401,
            f'Invalid signature: you should have sent HmacSHA256Hex("{expected}", '
            f'your_secret_key), but you sent "{signature[:200]}"',
        )
    _check_body(query.get("body_md5"), body)
    if not app.enabled:
        raise RequestError(403, "App is disabled")


def read_publication(fields: Any, limits: Limits, *, batched: bool = False) -> Publication:
    """Read the JSON of one event.

    Raises:
        RequestError: 400 for what is missing or malformed, 413 for too much data.
    """
    if not isinstance(fields, dict):
        raise RequestError(400, "An event must be a JSON object")
    event, data = fields.get("name"), fields.get("data")
    if not isinstance(event, str):
        raise RequestError(400, "Missing required parameter: name")
    if not isinstance(data, str):
        raise RequestError(400, "Missing required parameter: data, a string")
    skip = fields.get("socket_id")
    try:
        check_event_name(event)
        if skip is not None:
            check_socket_id(str(skip))
    except ChannelError as error:
        raise RequestError(400, error.message) from None
    if len(data.encode(errors="replace")) > limits.data_bytes:
        raise RequestError(
            413,
            "The data content of this event exceeds the allowed maximum "
            f"({limits.data_bytes} bytes)",
        )
    names = _read_targets(fields, limits, batched=batched)
    return Publication(names, event, data, skip, split_info(fields.get("info")))


def read_body(body: bytes) -> Any:
    """Parse the body of a POST.

    Raises:
        RequestError: 400, not JSON.
    """
    try:
        return read_json(body)
    except ValueError:
        raise RequestError(400, "Body is not valid JSON") from None


def read_batch(body: bytes, limits: Limits) -> list[Publication]:
    """Read the events of a batch; all are checked before one is sent.

    Raises:
        RequestError: 400 or 413, see `read_publication`; 400 for more than 10 events.
    """
    fields = read_body(body)
    batch = fields.get("batch") if isinstance(fields, dict) else None
    if not isinstance(batch, list):
        raise RequestError(400, "Missing required parameter: batch")
    if len(batch) > limits.events_per_batch:
        raise RequestError(
            400, f"Batch too large: {len(batch)} events, {limits.events_per_batch} are allowed"
        )
    return [read_publication(event, limits, batched=True) for event in batch]


def read_name(text: str) -> ChannelName:
    """Read a channel name of a request.

    Raises:
        RequestError: 400, malformed.
    """
    try:
        return read_channel_name(text)
    except ChannelError as error:
        raise RequestError(400, f"Invalid channel name: {error.message}") from None


def split_info(info: Any) -> tuple[str, ...]:
    """Split the ``info`` parameter.

    Raises:
        RequestError: 400, not a text.
    """
    if info is None:
        return ()
    if not isinstance(info, str):
        raise RequestError(400, "info must be a comma-separated list")
    return tuple(part.strip() for part in info.split(",") if part.strip())


def _read_targets(
    fields: dict[str, Any], limits: Limits, *, batched: bool
) -> tuple[ChannelName, ...]:
    single, many = fields.get("channel"), fields.get("channels")
    wanted = [single] if batched or many is None else many
    if not isinstance(wanted, list) or not wanted or not all(isinstance(n, str) for n in wanted):
        raise RequestError(400, "Missing required parameter: channels")
    if len(wanted) > limits.channels_per_event:
        raise RequestError(
            400, f"Too many channels: {len(wanted)}, {limits.channels_per_event} are allowed"
        )
    names = tuple(read_name(text) for text in dict.fromkeys(wanted))
    if len(names) > 1 and any(name.kind is ChannelKind.ENCRYPTED for name in names):
        raise RequestError(400, "An encrypted channel must be the only channel of an event")
    return names


def _check_time(timestamp: str) -> None:
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise RequestError(401, "auth_timestamp must be seconds since 1970")
    if abs(int(timestamp) - time.time()) > CLOCK_SKEW:
        now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        raise RequestError(
            401,
            f"Timestamp expired: Given timestamp ({timestamp}) not within {CLOCK_SKEW}s of "
            f"server time ({now})",
        )


def _check_body(body_md5: str | None, body: bytes) -> None:
    if body_md5 is None:
        if body:
            raise RequestError(401, "body_md5 is required for a request with a body")
    elif not hmac.compare_digest(
        digest_body(body).encode(), body_md5.lower().encode("utf-8", "replace")
    ):
        raise RequestError(401, "body_md5 does not match the body")
