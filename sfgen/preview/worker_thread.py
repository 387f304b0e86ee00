"""A thread that runs calls one at a time: Apex has one, the LWC compiler another."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")


class WorkerThread:
    """Runs calls in a thread of its own, in the order they come, while the event loop goes on.

    Apex is executed this way: one transaction at a time, as a single user's requests are in an org.

    Args:
        name: of the thread, for debuggers.
    """

    def __init__(self, name: str) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=name)

    async def run(self, act: Callable[P, T], *values: P.args, **named: P.kwargs) -> T:
        """Run a call in the thread and return its result."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: act(*values, **named))

    def stop(self, *, cancels: bool = False) -> None:
        """End the thread after the calls that wait; with ``cancels``, without them."""
        self._pool.shutdown(cancel_futures=cancels)
