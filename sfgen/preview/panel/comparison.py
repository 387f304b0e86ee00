"""Compares Pusher with polling: requests while idle, and the time from text to screen.

While a page polls, Pusher's events are dropped. Every five seconds each client gets
``subscription_succeeded`` for its channels again, and the widgets then fetch what is new: their own
requests, to the project's own Apex. Both transports are counted and timed by the same rules.
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
#: Seconds after a text or a switch until all its requests are over.
QUIET_SECONDS: Final = 2.5
#: Loading a page takes longer: its frame, socket and channels follow its components.
LOAD_SECONDS: Final = 8.0
#: Requests of browsers; callouts and the client's own texts cost the same with both.
ASKED_BY_BROWSERS: Final = ("apex", "remoting", "external")
#: The latest arrivals, of which the mean is shown.
ARRIVALS: Final = 50


@dataclass(slots=True)
class Tally:
    """One transport's requests while idle, and its times from sending a text to seeing it.

    Args:
        seconds: that it was idle, in use, with a page open.
        requests: of browsers to the servers in that time.
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


class TransportComparison:
    """Switches between Pusher and polling, and measures both.

    A text costs the same requests with both, and so do loading a page and switching: for a while
    after any of them neither time nor requests are counted. Nor are they while no page is open.

    Args:
        traffic: reports requests, and whether a page is open.
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
        """Whether widgets poll at present."""
        return self._poller is not None

    def describe(self) -> dict[str, Any]:
        """Return both tallies, up to now."""
        self._settle()
        return {name: tally.as_json() for name, tally in self._tallies.items()}

    def disturb(self, seconds: float | None = None) -> None:
        """Count nothing for a while: something happens that costs the same with both transports."""
        self._settle()
        until = self._clock() + (QUIET_SECONDS if seconds is None else seconds)
        self._quiet_from = max(self._quiet_from, until)

    def note_arrival(self, milliseconds: float, *, polling: bool) -> None:
        """Add the time a text took to be seen, to the transport in use when it was sent."""
        self._tallies["polling" if polling else "pusher"].arrivals.append(round(milliseconds, 1))

    def start(self, server: PusherServer) -> None:
        """Drop Pusher's events, and have the widgets poll."""
        self.stop(server)
        self.disturb()
        server.faults.set(paused=True)
        self._poller = asyncio.get_running_loop().create_task(_poll(server))

    def stop(self, server: PusherServer | None) -> None:
        """Deliver Pusher's events again; widgets fetch what came since the last poll."""
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
        """Count a request that was just answered."""
        if kind in ASKED_BY_BROWSERS and self._clock() >= self._quiet_from:
            self._current.requests += 1

    def _settle(self) -> None:
        """Add the idle time since the last call to the transport in use."""
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
