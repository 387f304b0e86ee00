"""A preview on an event loop in a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sfgen.preview.site import Site, Wishes

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

HERE = Path(__file__).parent


class RunningSite:
    """A preview on an event loop in a thread, so that tests can drive a browser beside it."""

    def __init__(self, root: Path, make_apex: Callable[[Any], Any], wishes: Wishes) -> None:
        self.lines: list[str] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.site: Site = self.run(self._make(root, make_apex, wishes))
        self.address: str = self.run(self.site.start())

    async def _make(self, root: Path, make_apex: Callable[[Any], Any], wishes: Wishes) -> Site:
        return Site(root, make_apex, wishes, self.lines.append)

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    def call(self, act: Callable[..., Any], *values: Any) -> Any:
        async def work() -> Any:
            return act(*values)

        return self.run(work())

    def stop(self) -> None:
        self.run(self.site.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()
