"""The state of one app: connections, channels, users, and publishing to them."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from sfgen.channels import ChannelKind
from sfgen.pusherserver.channel import CachedEvent, Channel
from sfgen.pusherserver.frames import pack_frame, write_event, write_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sfgen.channels import ChannelName
    from sfgen.pusherserver.app import App
    from sfgen.pusherserver.channel import Member
    from sfgen.pusherserver.connection import Connection
    from sfgen.pusherserver.frame_journal import Journal
    from sfgen.pusherserver.server_faults import Faults

#: Above this many subscribers a channel's count is sent every 5 s, not at each change.
CROWD = 100
CROWD_SECONDS = 5.0
WATCHLIST = "pusher_internal:watchlist_events"


class Exchange:
    """Connections, channels and users of one app, and the delivery of events to them."""

    def __init__(
        self, app: App, faults: Faults, journal: Journal, announce: Callable[..., None]
    ) -> None:
        self.app = app
        self.faults = faults
        self.journal = journal
        #: Called with a webhook's name and its further fields.
        self.announce = announce
        self.connections: dict[str, Connection] = {}
        self.channels: dict[str, Channel] = {}
        self.users: dict[str, dict[str, Connection]] = {}
        self.watchers: dict[str, dict[str, Connection]] = {}
        self._cache: OrderedDict[str, CachedEvent] = OrderedDict()

    def join(self, connection: Connection, name: ChannelName, member: Member | None) -> Channel:
        """Subscribe a connection; send ``member_added`` to a presence channel for a new user."""
        channel = self.channels.get(name.text)
        if channel is None:
            channel = self.channels[name.text] = Channel(name)
            self.announce("channel_occupied", channel=name.text)
        new = channel.join(connection, member)
        connection.channels[name.text] = channel
        if new and member is not None:
            self._tell_members(channel, "member_added", member.write(), connection.socket_id)
            self.announce("member_added", channel=name.text, user_id=member.user_id)
        return channel

    def leave(self, connection: Connection, channel: Channel) -> None:
        """Unsubscribe a connection; the channel ends with its last subscriber."""
        connection.channels.pop(channel.name.text, None)
        gone = channel.leave(connection)
        if gone is not None:
            data = write_user(gone)
            self._tell_members(channel, "member_removed", data, connection.socket_id)
            self.announce("member_removed", channel=channel.name.text, user_id=gone)
        if not channel.subscribers:
            self.channels.pop(channel.name.text, None)
            self.announce("channel_vacated", channel=channel.name.text)
        self.send_count(channel)

    def send_count(self, channel: Channel) -> None:
        """Send ``subscription_count`` to a channel, if the app has that enabled.

        Source: pusher/docs ``using_channels/events.md``: not on presence channels; above 100
        subscribers every 5 s as long as it changes.
        """
        if not self.app.subscription_count or channel.name.kind is ChannelKind.PRESENCE:
            return
        count, now = len(channel.subscribers), time.monotonic()
        channel.count_changed = True
        if count > CROWD and now - channel.count_sent < CROWD_SECONDS:
            return
        channel.count_changed, channel.count_sent = False, now
        data = f'{{"subscription_count":{count}}}'
        event = "pusher_internal:subscription_count"
        frame = pack_frame(write_event(event, data, channel=channel.name.text))
        reached = self.deliver(channel.subscribers.values(), frame)
        self.record("out", event, channel=channel.name.text, text=data, count=reached)
        self.announce("subscription_count", channel=channel.name.text, subscription_count=count)

    def _tell_members(self, channel: Channel, event: str, data: str, skip: str) -> None:
        name = f"pusher_internal:{event}"
        frame = pack_frame(write_event(name, data, channel=channel.name.text))
        count = self.deliver(channel.subscribers.values(), frame, skip=skip)
        self.record("out", name, channel=channel.name.text, text=data, count=count)

    def publish(self, name: ChannelName, event: str, data: str, *, skip: str | None = None) -> int:
        """Send an event of the server to a channel's subscribers; return how many got it."""
        frame = pack_frame(write_event(event, data, channel=name.text))
        if name.cached:
            self._remember(name.text, CachedEvent(event, data, frame, time.monotonic()))
        channel = self.channels.get(name.text)
        count = self.deliver(channel.subscribers.values(), frame, skip=skip) if channel else 0
        self.record("out", event, channel=name.text, text=data, count=count)
        return count

    def deliver(
        self, connections: Iterable[Connection], frame: bytes, *, skip: str | None = None
    ) -> int:
        """Write one frame, built once, to many connections; return how many took it."""
        targets: Iterable[Connection] = connections
        if skip is not None:
            targets = [one for one in connections if one.socket_id != skip]
        if self.faults.switches.paused:
            self.faults.hold(targets, frame)
            return 0
        return sum([connection.send(frame) for connection in targets])

    def recall(self, channel: str) -> CachedEvent | None:
        """Return the last event of a cache channel while it lives."""
        cached = self._cache.get(channel)
        if cached is not None and cached.remaining(self.app.limits.cache_seconds) <= 0:
            del self._cache[channel]
            return None
        return cached

    def _remember(self, channel: str, event: CachedEvent) -> None:
        self._cache[channel] = event
        self._cache.move_to_end(channel)
        while len(self._cache) > self.app.limits.cached_channels:
            self._cache.popitem(last=False)

    def disconnect(self, connection: Connection) -> None:
        """Forget a connection that has ended: its subscriptions, its user, its watchlist."""
        if self.connections.pop(connection.socket_id, None) is None:
            return
        connection.dropped = True
        for channel in list(connection.channels.values()):
            self.leave(connection, channel)
        self.sign_out(connection)
        self.record("close", "disconnected", socket_id=connection.socket_id)

    def sign_out(self, connection: Connection) -> None:
        """Take a connection from its user; report a user without connections as offline."""
        for watched in connection.watchlist:
            self.unwatch(watched, connection)
        connection.watchlist = ()
        user_id, connection.user_id = connection.user_id, None
        if user_id is not None and self._unlist(self.users, user_id, connection):
            self.notify_watchers(user_id, "offline")

    def unwatch(self, user_id: str, connection: Connection) -> None:
        """Stop reporting a user to a connection."""
        self._unlist(self.watchers, user_id, connection)

    def notify_watchers(self, user_id: str, state: str) -> None:
        """Send a watchlist event to those who watch a user: ``online`` or ``offline``."""
        watchers = self.watchers.get(user_id)
        if watchers:
            data = write_watchlist({state: [user_id]})
            count = self.deliver(list(watchers.values()), pack_frame(write_event(WATCHLIST, data)))
            self.record("out", WATCHLIST, text=data, count=count)

    @staticmethod
    def _unlist(
        table: dict[str, dict[str, Connection]], user_id: str, connection: Connection
    ) -> bool:
        entries = table.get(user_id)
        if entries is None:
            return False
        entries.pop(connection.socket_id, None)
        if not entries:
            del table[user_id]
        return not entries

    def record(
        self,
        kind: str,
        label: str,
        *,
        socket_id: str | None = None,
        channel: str | None = None,
        text: str = "",
        count: int = 0,
    ) -> None:
        """Add an entry about this app to the journal."""
        self.journal.record(
            kind, self.app.credentials.app_id, label,
            socket_id=socket_id, channel=channel, text=text, count=count,
        )  # fmt: skip


def write_user(user_id: str) -> str:
    """Return the ``data`` of a ``member_removed``."""
    return write_json({"user_id": user_id})


def write_watchlist(users: dict[str, list[str]]) -> str:
    """Return the ``data`` of a watchlist event: which watched users are online and offline."""
    events = [{"name": name, "user_ids": ids} for name, ids in users.items() if ids]
    return write_json({"events": events})
