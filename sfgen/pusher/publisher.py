"""Publishes events through Pusher's HTTP API with the ``pusher`` library."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sfgen.channels import (
    DATA_BYTES,
    ENCRYPTED_DATA_BYTES,
    ChannelError,
    ChannelKind,
    check_event_name,
    check_socket_id,
    read_channel_name,
)
from sfgen.errors import SfgenError, UsageError
from sfgen.secret import Secret, mask

if TYPE_CHECKING:
    from pusher.pusher_client import PusherClient

    from sfgen.pusher.signature import Credentials

SECONDS = 10.0
#: Plaintext that fits when the ``pusher`` library writes the sealed event: its JSON has blanks,
#: which costs 3 bytes more than the least possible and one group of base64.
SEALED_DATA_BYTES = ENCRYPTED_DATA_BYTES - 3


class PublishError(SfgenError):
    """Pusher refused the event or could not be reached."""


@dataclass(frozen=True, slots=True)
class Target:
    """The server and app that events are published to.

    Args:
        credentials: of the app.
        host: of the HTTP API.
        port: of the HTTP API.
        tls: whether the connection is encrypted.
        local: whether it is a server on this machine, reached past any proxy.
        master_key: of encrypted channels, in base64.
    """

    credentials: Credentials
    host: str
    port: int
    tls: bool
    local: bool = False
    master_key: Secret = field(default_factory=lambda: Secret(""))


@dataclass(frozen=True, slots=True)
class Event:
    """An event to publish; ``data`` is sent unchanged."""

    channel: str
    name: str
    data: str
    socket_id: str | None = None


def locate_cluster(cluster: str) -> str:
    """Return the HTTP API's host of a cluster.

    Raises:
        UsageError: no cluster name; anything else would send a signed request elsewhere.
    """
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,30}", cluster):
        raise UsageError(
            f"{cluster!r} is not a Pusher cluster", hint="as in mt1, us2, us3, eu, ap1, sa1"
        )
    return f"api-{cluster}.pusher.com"


def check_event(event: Event) -> None:
    """Check an event before anything is sent.

    Raises:
        ChannelError: a name or socket id that Pusher refuses, or too much data.
    """
    name = read_channel_name(event.channel)
    check_event_name(event.name)
    if event.socket_id is not None:
        check_socket_id(event.socket_id)
    most = SEALED_DATA_BYTES if name.kind is ChannelKind.ENCRYPTED else DATA_BYTES
    size = len(event.data.encode(errors="replace"))
    if size > most:
        raise ChannelError(
            f"data has {size} bytes, {most} fit into one event of {event.channel}",
            hint="send an id and let the client fetch the rest",
        )


def publish_event(target: Target, event: Event) -> None:
    """Publish one event.

    Raises:
        ChannelError: see `check_event`.
        PublishError: refused or unreachable; says why, and never what the secret is.
    """
    import requests
    from pusher.errors import PusherError

    check_event(event)
    try:
        client = _connect(target, event)
        client.trigger(event.channel, event.name, event.data, event.socket_id)
    except PusherError as error:
        raise _explain(target, error) from None
    except requests.RequestException as error:
        raise _explain_silence(target, error) from None
    except ValueError as error:
        raise PublishError(f"the event can't be published: {_mask(target, str(error))}") from None


def _connect(target: Target, event: Event) -> PusherClient:
    from pusher.pusher_client import PusherClient

    who = target.credentials
    key = None
    if event.channel.startswith("private-encrypted-"):
        key = target.master_key.reveal() or None
        if key is None:
            raise ChannelError(
                "an encrypted channel needs the encryption master key",
                hint="put it into SFGEN_PUSHER_MASTER_KEY, in base64",
            )
    client = PusherClient(
        who.app_id,
        who.key,
        who.secret,
        ssl=target.tls,
        host=target.host,
        port=target.port,
        timeout=SECONDS,
        encryption_master_key_base64=key,
    )
    if target.local:
        client.http.session.trust_env = False
    return client


def _explain(target: Target, error: Exception) -> PublishError:
    from pusher.errors import PusherBadAuth, PusherBadRequest, PusherForbidden

    where = f"{target.host}:{target.port}"
    words = _mask(target, str(error)).strip().partition("\n")[0][:300]
    if isinstance(error, PusherBadAuth):
        return PublishError(
            f"{where} refused the signature (401)",
            hint="check app id, key, secret and cluster, and this machine's clock",
        )
    if isinstance(error, PusherForbidden):
        return PublishError(f"{where} forbids it (403): {words}", hint="the app's quota or state")
    if isinstance(error, PusherBadRequest):
        return PublishError(f"{where} does not understand the event (400): {words}")
    if words.startswith("404"):
        return PublishError(f"{where} knows no app {target.credentials.app_id} (404)")
    return PublishError(f"{where} answered {words}")


def _explain_silence(target: Target, error: Exception) -> PublishError:
    import requests

    where = f"{target.host}:{target.port}"
    if isinstance(error, requests.exceptions.SSLError):
        return PublishError(f"no trusted TLS connection to {where}")
    if isinstance(error, requests.exceptions.JSONDecodeError):
        return PublishError(f"{where} is not a Pusher server: its answer makes no sense")
    if isinstance(error, requests.Timeout):
        return PublishError(
            f"{where} did not answer within {SECONDS:g} s; the event may have been published"
        )
    hint = "is sfgen preview still running?" if target.local else "check the network and proxy"
    return PublishError(f"{where} can't be reached", hint=hint)


def _mask(target: Target, text: str) -> str:
    return mask(text, Secret(target.credentials.secret), target.master_key)
