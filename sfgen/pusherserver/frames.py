"""Frames of protocol 7: JSON texts between client and server, and their WebSocket bytes.

Source: pusher/docs ``library_auth_reference/pusher-websockets-protocol.md``; RFC 6455, 5.2.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

TEXT = 0x81
PING = 0x89
PONG = 0x8A


class FrameError(Exception):
    """Something a client sent that the protocol doesn't know; ``code`` may be ``None``."""

    def __init__(self, message: str, code: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code


@dataclass(frozen=True, slots=True)
class ClientFrame:
    """An event that a client sent; ``data`` is JSON of any type."""

    event: str
    channel: str | None
    data: Any


def read_json(text: str | bytes) -> Any:
    """Parse JSON from outside.

    Raises:
        ValueError: malformed, not UTF-8, nested too deeply, or with NaN or infinities.
    """
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def write_json(value: Any) -> str:
    """Write compact JSON that always encodes to UTF-8.

    Raises:
        ValueError: nested too deeply.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        text.encode()
    except UnicodeEncodeError:  # a lone surrogate, legal in JSON as an escape only
        return json.dumps(value, separators=(",", ":"))
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return text


def read_frame(text: str) -> ClientFrame:
    """Parse one frame of a client.

    Raises:
        FrameError: not JSON, not an object, or without an event name.
    """
    try:
        frame = read_json(text)
    except ValueError:
        raise FrameError("Message is not valid JSON") from None
    if not isinstance(frame, dict):
        raise FrameError("Message is not a JSON object")
    event, channel = frame.get("event"), frame.get("channel")
    if not isinstance(event, str) or not event:
        raise FrameError("Message has no event name")
    if channel is not None and not isinstance(channel, str):
        raise FrameError("Channel is not a string")
    return ClientFrame(event, channel, frame.get("data"))


def read_object(data: Any, what: str) -> dict[str, Any]:
    """Return an object that may have been sent as JSON text, as older clients do.

    Raises:
        FrameError: anything else.
    """
    if isinstance(data, str):
        try:
            data = read_json(data)
        except ValueError:
            raise FrameError(f"{what} is not valid JSON") from None
    if not isinstance(data, dict):
        raise FrameError(f"{what} is not a JSON object")
    return data


def write_event(
    event: str, data: str | None = None, *, channel: str | None = None, user_id: str | None = None
) -> str:
    """Write an event for clients; ``data`` is text already (double encoding)."""
    frame = {"event": event, "channel": channel, "data": data, "user_id": user_id}
    return write_json({key: value for key, value in frame.items() if value is not None})


def write_error(message: str, code: int | None) -> str:
    """Write a ``pusher:error``: its data is an object, and the code may be null."""
    return write_json({"event": "pusher:error", "data": {"code": code, "message": message}})


def pack_frame(text: str) -> bytes:
    """Return the bytes of one text frame."""
    return pack_bytes(text.encode(), TEXT)


def pack_bytes(payload: bytes, kind: int) -> bytes:
    """Return the bytes of one unmasked, unfragmented WebSocket frame."""
    length = len(payload)
    if length < 126:
        return bytes((kind, length)) + payload
    if length < 65_536:
        return bytes((kind, 126)) + length.to_bytes(2, "big") + payload
    return bytes((kind, 127)) + length.to_bytes(8, "big") + payload


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
