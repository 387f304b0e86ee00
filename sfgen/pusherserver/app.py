"""An app of the local Pusher server: its credentials, its settings, its limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sfgen import channels
from sfgen.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sfgen.pusher.signature import Credentials


@dataclass(frozen=True, slots=True)
class Limits:
    """What one app may use; the defaults are the service's, or our bounds where it names none.

    Args:
        data_bytes: of one event's ``data``; more is 413 over HTTP.
        channels_per_event: channels of one publish.
        events_per_batch: events of one batch.
        client_events_per_second: of one connection; more is error 4301.
        presence_members: users of one presence channel.
        member_bytes: of one member's ``user_info`` as JSON.
        watchlist_users: ids of one watchlist; the rest is cut with error 4302.
        connections: at one time; one more is closed with 4004.
        channels_per_connection: subscriptions of one connection (ours).
        frame_bytes: of one frame from a client; more closes with 1009 (ours).
        unsent_bytes: that may wait for a slow reader before it is dropped (ours).
        cached_channels: whose last event is kept (ours).
        cache_seconds: that a cached event lives.
    """

    data_bytes: int = channels.DATA_BYTES
    channels_per_event: int = channels.CHANNELS_PER_EVENT
    events_per_batch: int = channels.EVENTS_PER_BATCH
    client_events_per_second: int = 10
    presence_members: int = channels.PRESENCE_MEMBERS
    member_bytes: int = channels.PRESENCE_MEMBER_BYTES
    watchlist_users: int = 100
    connections: int = 10_000
    channels_per_connection: int = 1_000
    frame_bytes: int = 65_536
    unsent_bytes: int = 1_048_576
    cached_channels: int = 1_000
    cache_seconds: float = 1_800.0


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where an app's webhooks go.

    Args:
        url: of the receiver.
        events: names of the webhooks to send; an empty set means all.
        batch: whether one request may hold several events.
    """

    url: str
    events: frozenset[str] = frozenset()
    batch: bool = False


@dataclass(frozen=True, slots=True)
class App:
    """One app with its settings, as Pusher's dashboard shows it.

    Args:
        credentials: id, key and secret; the id is numeric, as server libraries insist.
        client_events: whether clients may send ``client-`` events.
        subscription_count: whether counts are sent to clients and to the HTTP API.
        watchlist_events: whether users on a watchlist are reported.
        authorized_connections: seconds after which a connection with neither a private
            subscription nor a user is closed with 4009; ``None`` leaves it open.
        tls_only: whether plain connections are refused with 4000.
        enabled: a disabled app refuses with 4003 and 403.
        limits: see `Limits`.
        webhooks: see `Webhook`.
    """

    credentials: Credentials
    client_events: bool = True
    subscription_count: bool = False
    watchlist_events: bool = True
    authorized_connections: float | None = None
    tls_only: bool = False
    enabled: bool = True
    limits: Limits = field(default_factory=Limits)
    webhooks: tuple[Webhook, ...] = ()


def index_apps(apps: Iterable[App]) -> tuple[dict[str, App], dict[str, App]]:
    """Return the apps by key and by id.

    Raises:
        ServerError: none, a key or id twice, or an id that is not a number.
    """
    by_key: dict[str, App] = {}
    by_id: dict[str, App] = {}
    for app in apps:
        who = app.credentials
        if not who.app_id.isascii() or not who.app_id.isdigit():
            raise ServerError(f"Pusher app id {who.app_id!r} is not a number")
        if who.key in by_key or who.app_id in by_id:
            raise ServerError(f"Pusher app {who.app_id} is listed twice")
        by_key[who.key] = by_id[who.app_id] = app
    if not by_key:
        raise ServerError("the Pusher server needs at least one app")
    return by_key, by_id
