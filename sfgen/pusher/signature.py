"""Signatures of Pusher Channels: subscriptions, users, HTTP API requests, webhooks.

Source: pusher/docs ``library_auth_reference/auth-signatures.md``, ``rest-api.md`` and
``server_api/webhooks.md``. Each text that is signed is built from checked parts only: with a
loose socket id or channel name the caller of an authorization endpoint chooses what is signed,
and a channel signature turns into a user's identity.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sfgen.channels import ChannelError, ChannelKind, check_socket_id, read_channel_name
from sfgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

MASTER_KEY_BYTES = 32
AUTH_VERSION = "1.0"


class SignatureError(UsageError):
    """A subscription or user that must not or can't be signed."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """An app of Pusher Channels; the secret stays out of ``repr``."""

    app_id: str
    key: str
    secret: str = field(repr=False)

    def sign(self, text: str | bytes) -> str:
        """Return the HMAC-SHA256 of UTF-8 text, in hex."""
        message = text if isinstance(text, bytes) else text.encode()
        return hmac.new(self.secret.encode(), message, hashlib.sha256).hexdigest()

    def agrees(self, text: str | bytes, signature: str) -> bool:
        """Compare a signature in constant time; any malformed one is just wrong."""
        return hmac.compare_digest(self.sign(text).encode(), signature.encode(errors="replace"))


@dataclass(frozen=True, slots=True)
class Authorization:
    """The answer of an authorization endpoint; ``channel_data`` is the text as it was signed."""

    auth: str
    channel_data: str | None = None
    shared_secret: str | None = field(default=None, repr=False)


def describe_subscription(socket_id: str, channel: str, channel_data: str | None = None) -> str:
    """Return the text that a subscription signs.

    Raises:
        ChannelError: a socket id or channel name outside its alphabet.
    """
    check_socket_id(socket_id)
    name = read_channel_name(channel)
    if name.kind is ChannelKind.SERVER_TO_USER:
        raise ChannelError(
            "a server-to-user channel is never signed",
            hint="it opens by itself when the user signs in",
        )
    text = f"{socket_id}:{channel}"
    return text if channel_data is None else f"{text}:{channel_data}"


def describe_user(socket_id: str, user_data: str) -> str:
    """Return the text that a sign-in signs.

    Raises:
        ChannelError: a malformed socket id.
    """
    return f"{check_socket_id(socket_id)}::user::{user_data}"


def sign_subscription(
    app: Credentials, socket_id: str, channel: str, channel_data: str | None = None
) -> Authorization:
    """Sign any subscription, of whatever kind.

    Raises:
        ChannelError: a socket id or channel name outside its alphabet.
    """
    signature = app.sign(describe_subscription(socket_id, channel, channel_data))
    return Authorization(f"{app.key}:{signature}", channel_data)


def authorize_private(app: Credentials, socket_id: str, channel: str) -> Authorization:
    """Authorize one socket for one ``private-`` channel.

    Raises:
        ChannelError: malformed, or not a plain private channel.
    """
    _expect_kind(channel, ChannelKind.PRIVATE)
    return sign_subscription(app, socket_id, channel)


def authorize_presence(
    app: Credentials, socket_id: str, channel: str, channel_data: str
) -> Authorization:
    """Authorize one socket for one ``presence-`` channel; ``channel_data`` is JSON text.

    Raises:
        ChannelError: malformed, or not a presence channel.
    """
    _expect_kind(channel, ChannelKind.PRESENCE)
    return sign_subscription(app, socket_id, channel, channel_data)


def authorize_encrypted(
    app: Credentials, socket_id: str, channel: str, master_key: bytes
) -> Authorization:
    """Authorize one socket for one ``private-encrypted-`` channel and hand out its key.

    Raises:
        ChannelError: malformed, or not an encrypted channel.
        SignatureError: a master key that is not 32 bytes long.
    """
    _expect_kind(channel, ChannelKind.ENCRYPTED)
    signed = sign_subscription(app, socket_id, channel)
    return Authorization(signed.auth, shared_secret=derive_shared_secret(channel, master_key))


def authenticate_user(app: Credentials, socket_id: str, user_data: str) -> str:
    """Sign a user in on one socket and return the ``auth`` value; ``user_data`` is JSON text.

    Raises:
        ChannelError: a malformed socket id.
    """
    return f"{app.key}:{app.sign(describe_user(socket_id, user_data))}"


def read_master_key(text: str) -> bytes:
    """Decode an encryption master key.

    Raises:
        SignatureError: not base64, or not 32 bytes; the text itself is never repeated.
    """
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise SignatureError("the encryption master key is not base64") from None
    return _expect_master_key(key)


def derive_shared_secret(channel: str, master_key: bytes) -> str:
    """Return a channel's key in base64: SHA-256 of the channel name and the master key.

    Raises:
        SignatureError: a master key that is not 32 bytes long.
    """
    digest = hashlib.sha256(channel.encode() + _expect_master_key(master_key)).digest()
    return base64.b64encode(digest).decode()


def describe_request(method: str, path: str, query: Mapping[str, str]) -> str:
    """Return the text that an HTTP API request signs: sorted, lower-case keys, nothing escaped."""
    pairs = sorted((key.lower(), value) for key, value in query.items())
    signed = "&".join(f"{key}={value}" for key, value in pairs if key != "auth_signature")
    return f"{method.upper()}\n{path}\n{signed}"


def sign_request(
    app: Credentials,
    method: str,
    path: str,
    *,
    timestamp: int,
    body: bytes = b"",
    query: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return the query of a signed request; ``body`` must be the very bytes that are sent.

    Args:
        app: whose key and secret sign.
        method: ``GET`` or ``POST``.
        path: from ``/apps`` on, as it is sent.
        timestamp: seconds since 1970; the service allows 600 s either way.
        body: the bytes of the body; its MD5 is signed unless it is empty.
        query: further parameters.
    """
    signed = dict(query or {})
    signed |= {"auth_key": app.key, "auth_timestamp": str(timestamp), "auth_version": AUTH_VERSION}
    if body:
        signed["body_md5"] = digest_body(body)
    signed["auth_signature"] = app.sign(describe_request(method, path, signed))
    return signed


def digest_body(body: bytes) -> str:
    """Return the MD5 of a body in hex: a checksum of the protocol, the HMAC is what protects."""
    return hashlib.md5(body, usedforsecurity=False).hexdigest()


def _expect_master_key(key: bytes) -> bytes:
    if len(key) != MASTER_KEY_BYTES:
        raise SignatureError(
            f"the encryption master key has {len(key)} bytes, {MASTER_KEY_BYTES} are needed",
            hint="openssl rand -base64 32 makes one",
        )
    return key


def _expect_kind(channel: str, kind: ChannelKind) -> None:
    if read_channel_name(channel).kind is not kind:
        raise ChannelError(f"only {kind.value}- channels can be authorized here")
