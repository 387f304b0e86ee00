"""The same page without Pusher's events: each widget asks every five seconds, as it used to.

What sfgen replaces asked in that rhythm for ever. Here events are thrown away, and every five
seconds each client is told that its subscriptions succeeded, upon which the widgets fetch what is
new: their own requests, to the project's own Apex. Both ways are counted and timed alike.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sfgen.pusherserver.subscription import confirm_subscriptions

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.preview.traffic import Traffic
    from sfgen.pusherserver import PusherServer

POLL_SECONDS: Final = 5.0
#: After a text, a load or a change, so long until all that it costs is over.
QUIET_SECONDS: Final = 2.5
#: A page is longer on its way: its frame, its socket and its channels follow its components.
LOAD_SECONDS: Final = 8.0
#: What browsers ask; callouts and the client's own texts cost the same either way.
ASKED_BY_BROWSERS: Final = ("apex", "remoting", "external")
#: Arrivals that the mean is made of.
ARRIVALS: Final = 50


@dataclass(slots=True)
class Tally:
    """What one way has cost while nothing happened, and how soon it brought texts.

    Args:
        seconds: of quiet that it was in use and a page was open.
        requests: of browsers to the servers in that quiet.
        arrivals: milliseconds from sending a text to seeing it, the latest ones.
    """

    seconds: float = 0.0
    requests: int = 0
    arrivals: deque[float] = field(default_factory=lambda: deque(maxlen=ARRIVALS))

    def as_json(self) -> dict[str, Any]:
        """Return the tally as the panel shows it."""
        mean = sum(self.arrivals) / len(self.arrivals) if self.arrivals else None
        return {
            "seconds": round(self.seconds, 1),
            "requests": self.requests,
            "last": self.arrivals[-1] if self.arrivals else None,
            "mean": None if mean is None else round(mean, 1),
            "count": len(self.arrivals),
        }


class Comparison:
    """Which way is in use, and what both have cost, measured alike.

    A text costs its requests either way, and so do loading a page and changing the way: for
    a while after any of them neither time nor requests are counted. Where no page is
    open, nothing asks, and nothing is counted either.

    Args:
        traffic: tells of the requests, and whether a page is open.
    """

    def __init__(self, traffic: Traffic, clock: Callable[[], float] = time.monotonic) -> None:
        self._traffic = traffic
        self._clock = clock
        self._tallies = {"pusher": Tally(), "polling": Tally()}
        self._since = self._quiet_from = clock()
        self._poller: asyncio.Task[None] | None = None
        traffic.watch(self._count)

    @property
    def polling(self) -> bool:
        """Whether widgets poll now."""
        return self._poller is not None

    def describe(self) -> dict[str, Any]:
        """Return both tallies, up to now."""
        self._settle()
        return {name: tally.as_json() for name, tally in self._tallies.items()}

    def disturb(self, seconds: float | None = None) -> None:
        """Count nothing for a while: something happens that costs the same either way."""
        self._settle()
        until = self._clock() + (QUIET_SECONDS if seconds is None else seconds)
        self._quiet_from = max(self._quiet_from, until)

    def note_arrival(self, milliseconds: float, *, polling: bool) -> None:
        """Take how long a text took to be seen, by the way that was in use when it was sent."""
        self._tallies["polling" if polling else "pusher"].arrivals.append(round(milliseconds, 1))

    def start(self, server: PusherServer) -> None:
        """Let the widgets poll."""
        self.stop(server)
        self.disturb()
        server.faults.set(paused=True)
        self._poller = asyncio.get_running_loop().create_task(_poll(server))

    def stop(self, server: PusherServer | None) -> None:
        """Go back to Pusher's events; widgets fetch what came since the last poll."""
        if self._poller is None:
            return
        self.disturb()
        self._poller.cancel()
        self._poller = None
        if server is not None:
            server.faults.discard()
            server.faults.set(paused=False)
            _let_fetch(server)

    @property
    def _current(self) -> Tally:
        return self._tallies["polling" if self.polling else "pusher"]

    def _count(self, kind: str) -> None:
        """Take a request that was just answered."""
        if kind in ASKED_BY_BROWSERS and self._clock() >= self._quiet_from:
            self._current.requests += 1

    def _settle(self) -> None:
        """Book the quiet that has passed since the last look to the way that is in use."""
        now = self._clock()
        if self._traffic.is_watched:
            self._current.seconds += max(0.0, now - max(self._since, self._quiet_from))
        self._since = now


async def _poll(server: PusherServer) -> None:
    while True:
        await asyncio.sleep(POLL_SECONDS)
        server.faults.discard()
        _let_fetch(server)


def _let_fetch(server: PusherServer) -> None:
    for exchange in server.exchanges.values():
        for connection in list(exchange.connections.values()):
            confirm_subscriptions(connection)
