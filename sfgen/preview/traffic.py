"""Counts requests to the servers and streams them, with other events, to the open pages."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ENTRIES = 300


@dataclass(frozen=True, slots=True)
class ServerRequest:
    """One request.

    Args:
        number: counts up from 1.
        at: seconds since 1970.
        kind: ``apex``, ``remoting``, ``callout``, ``external`` or ``rest``.
        label: class and method, or verb and address.
        status: as HTTP has it.
        milliseconds: that the answer took.
    """

    number: int
    at: float
    kind: str
    label: str
    status: int
    milliseconds: float


class Traffic:
    """Counts requests, and sends events to every open page."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._entries: deque[ServerRequest] = deque(maxlen=ENTRIES)
        self._number = 0
        self._listeners: set[asyncio.Queue[tuple[str, dict[str, Any]]]] = set()
        self._watchers: list[Callable[[str], None]] = []

    @property
    def is_watched(self) -> bool:
        """Whether a page is open."""
        return bool(self._listeners)

    def watch(self, take: Callable[[str], None]) -> None:
        """Call ``take`` with the kind of each request."""
        self._watchers.append(take)

    def record(self, kind: str, label: str, status: int, started: float) -> None:
        """Add a request that started at ``time.perf_counter()`` ``started``."""
        self._number += 1
        taken = (time.perf_counter() - started) * 1_000
        entry = ServerRequest(self._number, time.time(), kind, label, status, round(taken, 1))
        self._entries.append(entry)
        self.counts[kind] += 1
        for take in self._watchers:
            take(kind)
        self.send("traffic", asdict(entry))

    def record_from_thread(
        self, loop: asyncio.AbstractEventLoop, kind: str, label: str, status: int, started: float
    ) -> None:
        """Add a request from another thread than that of the loop."""
        loop.call_soon_threadsafe(self.record, kind, label, status, started)

    def entries(self) -> list[dict[str, Any]]:
        """Return the latest requests, oldest first."""
        return [asdict(entry) for entry in self._entries]

    def send(self, name: str, data: dict[str, Any]) -> None:
        """Send an event to every open page; a page that doesn't read loses the oldest."""
        for queue in self._listeners:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait((name, data))

    def listen(self) -> asyncio.Queue[tuple[str, dict[str, Any]]]:
        """Open a listener; hand it to `leave` when done."""
        queue: asyncio.Queue[tuple[str, dict[str, Any]]] = asyncio.Queue(maxsize=500)
        self._listeners.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[tuple[str, dict[str, Any]]]) -> None:
        """Close a listener."""
        self._listeners.discard(queue)
