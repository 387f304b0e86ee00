"""Stops Apex that runs or grows without end, before the operating system does."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import threading
import time
from typing import TYPE_CHECKING

from sfgen.apex.runtime.exceptions import ApexException, exception_class
from sfgen.apex.runtime.execution import has_current
from sfgen.apex.runtime.heap import heap_excess

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

__all__ = ["WATCHDOG", "watched"]

WATCHDOG = "apex-watchdog"
"""The thread's name."""

_STEP = 0.1
"""Seconds between two looks."""
_DEPTH = 2_600
"""Python frames for 1,000 Apex calls: a call takes one frame, a library call in between two."""
_GROWTH = 24 * 1024 * 1024
"""Bytes the process grows by between two looks at the values that Apex holds."""
_MEMORY = 768 * 1024 * 1024
"""Bytes a transaction may add to the process; an org's heap limit is 6 MB of Apex values."""


def _resident() -> int:
    """The process's resident memory in bytes; 0 where the system doesn't say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - no file on disk
            return int(file.read().split()[1]) * 4096
    except (OSError, ValueError, IndexError):
        return 0


class _TooLong(exception_class("LimitException")):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__("Apex CPU time limit exceeded")


def _too_large(size: int) -> type[BaseException]:
    """A class, since only that can be raised in another thread; `size` in bytes."""
    limit = exception_class("LimitException")

    def start(self: ApexException) -> None:
        limit.__init__(self, f"Apex heap size too large: {size}")

    return type("_TooLarge", (limit,), {"__init__": start})


class _Watch:
    """One transaction that is looked at: its thread, its time, its memory."""

    def __init__(self, seconds: float) -> None:
        self.thread = threading.get_ident()
        self.until = time.process_time() + seconds
        self.memory = _resident()
        self.looked = self.memory
        self.stopped: type[BaseException] | None = None

    def fault(self) -> type[BaseException] | None:
        """What the transaction has used up, if anything."""
        if time.process_time() > self.until:
            return _TooLong
        memory = _resident()
        if memory - self.memory > _MEMORY:
            return _too_large(memory - self.memory)
        if memory - self.looked > _GROWTH and has_current():
            self.looked = memory
            # Only one transaction runs at a time, so the current one is this thread's.
            found = heap_excess(sys._current_frames().get(self.thread))  # noqa: SLF001 - no other way
            return _too_large(found) if found is not None else None
        return None


class _Watchdog(threading.Thread):
    """Looks at every running transaction; one for the process, made again after a fork."""

    def __init__(self) -> None:
        super().__init__(daemon=True, name=WATCHDOG)
        self.process = os.getpid()
        self.watches: set[_Watch] = set()
        self.wanted = threading.Event()

    def run(self) -> None:
        """Raise a LimitException in the thread of a transaction that went too far."""
        while True:
            self.wanted.wait()
            time.sleep(_STEP)
            for watch in tuple(self.watches):
                fault = watch.fault()
                if fault is not None:
                    watch.stopped = fault
                    # Code inside a library call may need another one at the next look.
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(
                        ctypes.c_ulong(watch.thread), ctypes.py_object(fault)
                    )


_watchdogs: list[_Watchdog] = []


def _watchdog() -> _Watchdog:
    """The process's watchdog, running."""
    if not _watchdogs or _watchdogs[-1].process != os.getpid():
        found = _Watchdog()
        found.start()
        _watchdogs.append(found)
    return _watchdogs[-1]


@contextlib.contextmanager
def watched(seconds: float) -> Iterator[None]:
    """Run Apex with `seconds` of processor time and a depth of 1,000 calls (LM05)."""
    watchdog, watch = _watchdog(), _Watch(seconds)
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(_current_depth() + _DEPTH)
    watchdog.watches.add(watch)
    watchdog.wanted.set()
    try:
        yield
        if watch.stopped is not None:
            raise watch.stopped  # code that leaves a `finally` lost the first one
    finally:
        watchdog.watches.discard(watch)
        if watch.stopped:
            _drain(watch)
        if not watchdog.watches:
            watchdog.wanted.clear()
        sys.setrecursionlimit(before)


class _Drained(BaseException):
    pass


def _drain(watch: _Watch) -> None:
    """Let an exception that was on its way come here, not to the code behind the transaction.

    Taking it back with NULL would leave the interpreter looking for it at every jump (CPython
    3.11), and never ending under a profiler.
    """
    with contextlib.suppress(_Drained):
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(watch.thread), ctypes.py_object(_Drained)
        )
        for _ in range(1_000):
            time.sleep(0)


def _current_depth() -> int:
    frame: FrameType | None = sys._getframe()  # noqa: SLF001 - the only way to count
    depth = 0
    while frame is not None:
        depth += 1
        frame = frame.f_back
    return depth
