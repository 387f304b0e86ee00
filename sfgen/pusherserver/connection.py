"""A client's connection, independent of its transport."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

from sfgen.pusherserver.frames import pack_frame, write_error, write_event

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.pusherserver.app import App
    from sfgen.pusherserver.channel import Channel, Member


class Wire(Protocol):
    """What carries a connection: a WebSocket, or a double in tests."""

    def write(self, frame: bytes) -> None:
        """Send bytes, or keep them until the reader is ready."""

    def unsent(self) -> int:
        """Return the bytes that wait for the reader."""

    def close(self, code: int, reason: str) -> None:
        """Send a close frame, then end."""

    def abort(self) -> None:
        """End at once, without a close frame."""


class Connection:
    """A connected client: its socket id, its subscriptions, its user, its liveness.

    ``note`` is called for what goes to this client alone: see `Exchange.record`.
    """

    __slots__ = (
        "_most_unsent", "_note", "_unsent", "_write", "app", "channels", "client_event_times",
        "dropped", "muted", "opened", "pinged", "seen", "socket_id", "user", "user_id",
        "was_authorized", "watchlist", "wire",
    )  # fmt: skip

    def __init__(
        self, app: App, socket_id: str, wire: Wire, note: Callable[..., None] | None = None
    ) -> None:
        self.app = app
        self._note = note
        self.socket_id = socket_id
        self.wire = wire
        # Bound once: a publish calls them for every subscriber.
        self._write = wire.write
        self._unsent = wire.unsent
        self._most_unsent = app.limits.unsent_bytes
        self.channels: dict[str, Channel] = {}
        self.user_id: str | None = None
        self.user: Member | None = None
        self.watchlist: tuple[str, ...] = ()
        self.client_event_times: list[float] = []
        self.opened = self.seen = time.monotonic()
        self.pinged: float | None = None
        #: Whether it ever had a user or a private or presence subscription.
        self.was_authorized = False
        #: Neither read nor written: the half-open socket of a dead network.
        self.muted = False
        #: Closing; nothing is sent any more.
        self.dropped = False

    def send(self, frame: bytes) -> bool:
        """Send one frame; a client with too many unread bytes is disconnected instead.

        Returns whether the frame went on its way.
        """
        if self.muted or self.dropped:
            return False
        self._write(frame)
        if self._unsent() > self._most_unsent:
            self.abort()
            return False
        return True

    def send_event(
        self, event: str, data: str | None = None, *, channel: str | None = None
    ) -> None:
        """Send one event to this client alone."""
        self.repeat(event, pack_frame(write_event(event, data, channel=channel)), channel, data)

    def complain(self, message: str, code: int | None = None) -> None:
        """Send a ``pusher:error``; the connection stays."""
        self.repeat("pusher:error", pack_frame(write_error(message, code)), None, message)

    def repeat(self, event: str, frame: bytes, channel: str | None, text: str | None) -> None:
        """Send a frame that is packed already to this client alone."""
        sent = self.send(frame)
        if self._note is not None:
            self._note(
                "out",
                event,
                socket_id=self.socket_id,
                channel=channel,
                text=text or "",
                count=int(sent),
            )

    def close(self, code: int, reason: str) -> None:
        """End the connection with a code of the protocol."""
        if not self.dropped:
            self.dropped = True
            self.wire.close(code, reason)

    def abort(self) -> None:
        """End the connection as a broken network would."""
        self.dropped = True
        self.wire.abort()

    def note_activity(self) -> None:
        """Note that the client is alive: any frame counts as activity."""
        self.seen = time.monotonic()
        self.pinged = None

    def take_client_event(self) -> bool:
        """Count one client event and return whether it stays within the second's limit."""
        now = time.monotonic()
        recent = [at for at in self.client_event_times if now - at < 1.0]
        allowed = len(recent) < self.app.limits.client_events_per_second
        if allowed:
            recent.append(now)
        self.client_event_times = recent
        return allowed
