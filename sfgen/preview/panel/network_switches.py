"""Switches of the network between pages and Pusher: faults of the local server, and polling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sfgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.preview.panel.comparison import TransportComparison
    from sfgen.pusherserver import PusherServer

QUOTA_CODE: Final = 4004
#: Close code after which pusher-js connects again at once.
RECONNECT_CODE: Final = 4200


class NetworkSwitches:
    """Faults of the local Pusher server; another server has none that could be switched.

    Args:
        server: the local one, if it is used.
        comparison: of Pusher with polling.
    """

    def __init__(self, server: PusherServer | None, comparison: TransportComparison) -> None:
        self._server = server
        self.comparison = comparison

    @property
    def server(self) -> PusherServer:
        """The local server.

        Raises:
            UsageError: another one is used.
        """
        if self._server is None:
            raise UsageError("this preview uses another Pusher server, which has no switches here")
        return self._server

    def switch(self, act: str, code: object) -> None:
        """Switch one fault on; ``clear`` switches all off.

        Raises:
            UsageError: there is no such switch, or no close code.
        """
        faults = self.server.faults
        acts: dict[str, Callable[[], Any]] = {
            "drop": faults.drop,
            "clear": self._clear,
            "offline": self._go_offline,
            "quota": self._fill_quota,
            "pause": lambda: faults.set(paused=True),
            "silence": faults.black_hole,
            "close": lambda: faults.close(_read_code(code), "Closed by the side panel"),
        }
        if act not in acts:
            raise UsageError(f"the network has no switch {act}")
        self.comparison.disturb()
        acts[act]()

    def choose(self, *, polling: bool) -> None:
        """Use polling every five seconds, or Pusher."""
        if polling:
            self.comparison.start(self.server)
        else:
            self.comparison.stop(self.server)

    def reconnect(self) -> None:
        """Close all sockets of the local server, so that channels are authorized again."""
        if self._server is not None:
            self._server.faults.close(RECONNECT_CODE, "Channels are authorized anew")

    def describe(self) -> dict[str, Any]:
        """Return counts, sockets and switches, as far as the server is the local one."""
        described: dict[str, Any] = {
            "frames": {},
            "connections": [],
            "channels": {},
            "polling": self.comparison.polling,
            "comparison": self.comparison.describe(),
            "local": self._server is not None,
        }
        if self._server is None:
            return described
        control = self._server.control.describe()
        app = control["apps"][0]
        return described | {
            "frames": control["counts"],
            "switches": control["switches"],
            "connections": app["connections"],
            "channels": app["channels"],
            "dead": any(
                connection.muted
                for exchange in self._server.exchanges.values()
                for connection in exchange.connections.values()
            ),
        }

    def _clear(self) -> None:
        self.comparison.stop(self.server)
        self.server.faults.clear()

    def _go_offline(self) -> None:
        self.server.faults.set(unreachable=True)
        self.server.faults.drop()

    def _fill_quota(self) -> None:
        self.server.faults.set(refuse_code=QUOTA_CODE, over_quota=True)
        self.server.faults.close(QUOTA_CODE, "Application is over connection quota")


def _read_code(code: object) -> int:
    if not isinstance(code, int) or isinstance(code, bool):
        raise UsageError("a close needs its code, 4200 for example")
    return code
