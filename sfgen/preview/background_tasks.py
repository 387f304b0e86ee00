"""Coroutines that run in the background from start to stop of a preview."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Coroutine

_CANCEL_SECONDS: Final = 0.2


class BackgroundTasks:
    """Starts coroutines, and cancels them at the end."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a coroutine on the current loop."""
        self._tasks.append(asyncio.get_running_loop().create_task(work))

    async def stop(self) -> None:
        """Cancel all and wait for them; what one has raised is raised here."""
        for task in self._tasks:
            # Before Python 3.12, wait_for may swallow a cancellation that meets a result.
            while not task.done():
                task.cancel()
                await asyncio.wait([task], timeout=_CANCEL_SECONDS)
            with contextlib.suppress(asyncio.CancelledError):
                task.result()
