"""How a run ends when it is told to: by Ctrl-C, by a pipeline or a container, by a closed terminal.

SIGTERM and SIGHUP unwind a command as Ctrl-C does, so that its children and folders go with it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")
_NAMES: Final = ("SIGTERM", "SIGHUP")
#: A closing terminal may say it twice; within these seconds that is one signal.
_ONCE_SECONDS: Final = 2.0


class StoppedError(KeyboardInterrupt):
    """The run was told to end; it is Ctrl-C for whoever clears up."""


class _State:
    """Which signals are heeded, and which one came last."""

    heeded: tuple[int, ...] = ()
    number: int = signal.SIGINT
    at: float = float("-inf")


def heed_signals() -> None:
    """From now on let SIGTERM and SIGHUP end the run in order; one that is ignored stays so."""
    heeded = []
    for name in _NAMES:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)
            heeded.append(int(number))
    _State.heeded = tuple({*_State.heeded, *heeded})


def exit_code() -> int:
    """Return what a shell calls the end by the signal that came: 130, 143 or 129."""
    return 128 + _State.number


def drop_output() -> None:
    """Send stdout nowhere: it can't be written, and the flush at the end would fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run_until_stopped(main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end; a signal cancels it, and its own clearing up is waited for.

    Raises:
        StoppedError: a signal came.
    """
    import asyncio

    try:
        return asyncio.run(_guard(main))
    finally:
        if _State.heeded:
            heed_signals()  # the loop has put the system's own way back


async def _guard(main: Coroutine[Any, Any, T]) -> T:
    import asyncio

    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    told = False

    def stop(number: int) -> None:
        nonlocal told
        if _note(number) and task is not None:
            told = True
            task.cancel()

    for number in _State.heeded:
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop, number)
    try:
        return await main
    except asyncio.CancelledError:
        if told:
            raise StoppedError from None
        raise


def _stop(number: int, frame: object) -> None:
    del frame
    if _note(number):
        raise StoppedError


def _note(number: int) -> bool:
    """Note a signal; say whether it is a new one."""
    before, _State.at = _State.at, time.monotonic()
    if _State.at - before < _ONCE_SECONDS:
        return False
    _State.number = number
    return True
