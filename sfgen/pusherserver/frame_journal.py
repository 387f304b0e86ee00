"""Counts and logs frames and faults, for the side panel and tests."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTRIES = 500
TEXT_LENGTH = 2_000


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One frame, request or change of state.

    Args:
        number: counts up from 1; a gap means that the log has lost what lay between.
        at: seconds since 1970.
        kind: ``in``, ``out``, ``error``, ``request``, ``open``, ``close``, ``fault`` or
            ``webhook``; one entry of kind ``out`` stands for all receivers of a frame.
        app_id: of which app.
        socket_id: of the one connection meant, or ``None``.
        label: the event's name, or the request's line.
        channel: where there is one.
        text: the frame or body, cut at 2,000 characters.
        count: receivers of a frame; the status of a request; the code of a close.
    """

    number: int
    at: float
    kind: str
    app_id: str
    socket_id: str | None
    label: str
    channel: str | None
    text: str
    count: int

    def as_json(self) -> dict[str, Any]:
        """Return the entry as the control endpoint writes it."""
        return asdict(self)


class Journal:
    """The last 500 entries, counters since the start, and waiters for new entries.

    ``counts`` has the number of entries of each kind and, as ``deliveries``, the frames sent.
    """

    def __init__(self, entries: int = ENTRIES) -> None:
        self.counts: Counter[str] = Counter()
        self._entries: deque[JournalEntry] = deque(maxlen=entries)
        self._number = 0
        self._changed = asyncio.Event()

    def record(
        self,
        kind: str,
        app_id: str,
        label: str,
        *,
        socket_id: str | None = None,
        channel: str | None = None,
        text: str = "",
        count: int = 0,
    ) -> None:
        """Add an entry; the oldest one goes when the log is full."""
        self._number += 1
        self._entries.append(
            JournalEntry(
                self._number,
                time.time(),
                kind,
                app_id,
                socket_id,
                label[:200],
                channel,
                text[:TEXT_LENGTH],
                count,
            )
        )
        self.counts[kind] += 1
        if kind == "out":
            self.counts["deliveries"] += count
        self._changed.set()

    def since(self, number: int) -> Iterator[JournalEntry]:
        """Yield the entries after a number, oldest first."""
        return (entry for entry in tuple(self._entries) if entry.number > number)

    async def wait(self, number: int, seconds: float) -> list[JournalEntry]:
        """Return the entries after a number, waiting up to some seconds for the first."""
        if self._number <= number:
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), seconds)
            except asyncio.TimeoutError:
                return []
        return list(self.since(number))
