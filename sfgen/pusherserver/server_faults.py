"""Faults to switch on: broken networks, full quotas, refused signatures.

Each switch stays until it is changed or ``clear()`` is called. What ends connections at once
(drop, close, black-hole) is a method of the server's `Faults`, what changes the server's answers is
a value of `Switches`.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Literal, cast

from sfgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sfgen.pusherserver.connection import Connection

#: Frames that wait while delivery is paused; the oldest go first.
HELD_FRAMES = 1_000

#: How a refused subscription is answered: as the service does with a wrong signature (an error
#: without a code), as its clones do (error 4009; ``pusher:subscription_error``), or not at all.
Refusal = Literal["invalid-signature", "4009", "subscription-error", "silence"]
REFUSALS: tuple[Refusal, ...] = ("invalid-signature", "4009", "subscription-error", "silence")


@dataclass(frozen=True, slots=True)
class Switches:
    """The faults in force.

    Args:
        refuse_code: close code that a new connection gets: 4001, 4004, 4100, 4201 and so on.
        refuse_count: new connections to refuse before all is well again; ``None``: every one.
        subscription_delay: seconds before a subscription is answered.
        refuse_subscriptions: see `Refusal`; ``None`` answers them properly.
        refuse_prefix: channels that ``refuse_subscriptions`` means; empty: all.
        over_quota: whether publishing is answered 403, as over the daily message quota.
        http_status: status that every HTTP API request gets; ``None``: the proper one.
        http_delay: seconds before an HTTP API request is answered.
        paused: whether delivery waits; up to 1,000 frames are kept and follow later.
        deaf_to_pings: whether pings stay unanswered.
        unreachable: whether handshakes of new sockets are broken off, as on a dead network.
    """

    refuse_code: int | None = None
    refuse_count: int | None = None
    subscription_delay: float = 0.0
    refuse_subscriptions: Refusal | None = None
    refuse_prefix: str = ""
    over_quota: bool = False
    http_status: int | None = None
    http_delay: float = 0.0
    paused: bool = False
    deaf_to_pings: bool = False
    unreachable: bool = False


@dataclass(slots=True)
class Faults:
    """The switches of a server and the faults that happen at once.

    ``find`` yields the connections meant by a socket id, or all of them for ``None``.
    """

    find: Callable[[str | None], Iterable[Connection]]
    note: Callable[[str], None]
    switches: Switches = field(default_factory=Switches)
    lost: int = 0
    _held: deque[tuple[Connection, bytes]] = field(
        default_factory=lambda: deque(maxlen=HELD_FRAMES)
    )

    def set(self, **changes: Any) -> None:
        """Change some switches.

        Raises:
            UsageError: an unknown switch or a value it can't have.
        """
        _check_switches(changes)
        self.switches = replace(self.switches, **changes)
        self.note(", ".join(f"{name}={value}" for name, value in sorted(changes.items())))
        if not self.switches.paused:
            self._release()

    def clear(self) -> None:
        """Switch all faults off, revive black-holed connections, deliver held frames."""
        self.switches = Switches()
        for connection in self.find(None):
            connection.muted = False
        self.note("all clear")
        self._release()

    def drop(self, socket_id: str | None = None) -> int:
        """Break one connection, or all, without a close frame; return how many."""
        return self._each(socket_id, "drop", lambda connection: connection.abort())

    def close(self, code: int, reason: str = "", socket_id: str | None = None) -> int:
        """Close one connection, or all, with a code; return how many.

        Raises:
            UsageError: a code that a close frame can't carry.
        """
        _check_close_code(code)
        return self._each(
            socket_id, f"close {code}", lambda connection: connection.close(code, reason)
        )

    def black_hole(self, socket_id: str | None = None) -> int:
        """Leave one connection, or all, open but dead: nothing is read, nothing written."""

        def mute(connection: Connection) -> None:
            connection.muted = True

        return self._each(socket_id, "black hole", mute)

    def hold(self, connections: Iterable[Connection], frame: bytes) -> None:
        """Keep a frame until delivery goes on."""
        for connection in connections:
            self.lost += len(self._held) == HELD_FRAMES
            self._held.append((connection, frame))

    def discard(self) -> int:
        """Drop the frames held while delivery is paused; return how many."""
        count = len(self._held)
        self._held.clear()
        return count

    def take_refusal(self) -> int | None:
        """Return the code with which to refuse a new connection, counting it."""
        code, left = self.switches.refuse_code, self.switches.refuse_count
        if code is not None and left is not None:
            more = left > 1
            self.switches = replace(
                self.switches,
                refuse_code=code if more else None,
                refuse_count=left - 1 if more else None,
            )
        return code

    def refuses(self, channel: str) -> Refusal | None:
        """Return how a subscription to this channel is to be refused, or ``None``."""
        switches = self.switches
        return switches.refuse_subscriptions if channel.startswith(switches.refuse_prefix) else None

    def _each(self, socket_id: str | None, name: str, act: Callable[[Connection], None]) -> int:
        found = list(self.find(socket_id))
        for connection in found:
            act(connection)
        self.note(f"{name}: {len(found)} connection(s)")
        return len(found)

    def _release(self) -> None:
        held, self._held = self._held, deque(maxlen=HELD_FRAMES)
        for connection, frame in held:
            connection.send(frame)


def _check_switches(changes: dict[str, Any]) -> None:
    known = {one.name: str(one.type) for one in fields(Switches)}
    for name, value in changes.items():
        if name not in known:
            raise UsageError(f"unknown fault {name!r}", hint=f"known: {', '.join(known)}")
        if not _fits(known[name], value):
            raise UsageError(f"fault {name} can't be {value!r}")
    code = changes.get("refuse_code")
    if code is not None:
        _check_close_code(cast("int", code))


def _fits(kind: str, value: Any) -> bool:
    if value is None:
        return kind.endswith("None")
    if kind == "bool":
        return isinstance(value, bool)
    if kind.startswith("Refusal"):
        return value in REFUSALS
    if kind == "str":
        return isinstance(value, str)
    if isinstance(value, bool) or not isinstance(value, int if "int" in kind else int | float):
        return False
    return 0 <= value <= 86_400


def _check_close_code(code: int) -> None:
    if not (code in {1000, 1001, 1002, 1003, 1011} or 3000 <= code <= 4999):
        raise UsageError(
            f"{code} is no close code of a WebSocket", hint="4000 to 4399 are Pusher's"
        )
