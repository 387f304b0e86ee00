"""A preview on an event loop in a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sfgen.preview.site import Site

from patience import SECONDS, wait_until  # isort: skip - stands beside this file

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from sfgen.preview.options import PreviewOptions
    from sfgen.pusherserver.exchange import Exchange

HERE = Path(__file__).parent


def find_source(root: Path, name: str) -> Path:
    """The one file or folder of a project's source that has this name, in whatever area."""
    (found,) = (root / "force-app").rglob(name)
    return found


class RunningSite:
    """A preview on an event loop in a thread, so that tests can drive a browser beside it."""

    def __init__(self, root: Path, make_apex: Callable[[Any], Any], wishes: PreviewOptions) -> None:
        self.lines: list[str] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.site: Site = self.run(self._make(root, make_apex, wishes))
        self.address: str = self.run(self.site.start())

    async def _make(
        self, root: Path, make_apex: Callable[[Any], Any], wishes: PreviewOptions
    ) -> Site:
        return Site(root, make_apex, wishes, self.lines.append)

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(SECONDS)

    def call(self, act: Callable[..., Any], *values: Any) -> Any:
        async def work() -> Any:
            return act(*values)

        return self.run(work())

    def invoke(self, class_name: str, method: str, **arguments: Any) -> Any:
        """Call a method of the project's Apex, as a component does."""
        site = self.site
        return self.run(site.apex_thread.run(site.apex.invoke, class_name, method, arguments))

    @property
    def exchange(self) -> Exchange:
        """The preview's one app; its own loop changes it."""
        assert self.site.pusher_server is not None
        (one,) = self.site.pusher_server.exchanges.values()
        return one

    def journal(self, label: str = "") -> list[Any]:
        """What went over the wires, oldest first; the frames of one event if it is named."""
        assert self.site.pusher_server is not None
        entries = self.call(lambda: list(self.exchange.journal.since(0)))
        return [one for one in entries if not label or (one.kind, one.label) == ("out", label)]

    def subscribed(self, part: str = "conversation") -> str:
        """Wait until one browser alone is connected, and to such a channel; return its name.

        A page that was closed before may still be on its way out, and a widget that is connected
        may not have asked for all its channels yet.
        """
        name: str = wait_until(
            lambda: self.call(self._find_channel, part), f"nobody subscribes to {part}"
        )
        return name

    def _find_channel(self, part: str) -> str:
        connected = [one for one in self.exchange.connections.values() if not one.dropped]
        names = [name for one in connected for name in one.channels if part in name]
        return names[0] if len(connected) == 1 and names else ""

    def calm(self) -> None:
        """Turn off whatever a test has switched on in the panel."""
        if self.site.pusher_server is not None:
            self.run(self.site.panel.network({"act": "clear"}))
        self.run(self.site.panel.application({"act": "clear"}))

    def stop(self) -> None:
        self.run(self.site.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(SECONDS)
        self._loop.close()
