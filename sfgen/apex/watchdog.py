"""Stops Apex that runs or grows without end, before the operating system does."""

from __future__ import annotations

import contextlib
import ctypes
import sys
import threading
import time
from typing import TYPE_CHECKING

from sfgen.apex.runtime.exceptions import exception_class

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["watched"]

_STEP = 0.1
"""Seconds between two looks."""
_DEPTH = 2_600
"""Python frames for 1,000 Apex calls: a call takes one frame, a library call in between two."""
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


class _TooLarge(exception_class("LimitException")):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__("Apex heap size too large")


class _Watch(threading.Thread):
    """Raises a LimitException in the watched thread when its time or memory is used up."""

    def __init__(self, seconds: float) -> None:
        super().__init__(daemon=True, name="apex-watchdog")
        self.watched = threading.get_ident()
        self.seconds = seconds
        self.memory = _resident()
        self.finished = threading.Event()

    def run(self) -> None:
        """Look every now and then."""
        start = time.process_time()
        while not self.finished.wait(_STEP):
            fault = None
            if time.process_time() - start > self.seconds:
                fault = _TooLong
            elif _resident() - self.memory > _MEMORY:
                fault = _TooLarge
            if fault is not None:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(self.watched), ctypes.py_object(fault)
                )
                # Code that was inside a library call may need a second one.
                self.finished.wait(_STEP * 5)


@contextlib.contextmanager
def watched(seconds: float) -> Iterator[None]:
    """Run Apex with `seconds` of processor time and a depth of 1,000 calls (LM05)."""
    watch = _Watch(seconds)
    before = sys.getrecursionlimit()
    depth = _current_depth()
    sys.setrecursionlimit(depth + _DEPTH)
    watch.start()
    try:
        yield
    finally:
        watch.finished.set()
        sys.setrecursionlimit(before)


def _current_depth() -> int:
    frame, depth = sys._getframe(), 0  # noqa: SLF001 - the only way to count
    while frame is not None:
        depth += 1
        frame = frame.f_back  # type: ignore[assignment]
    return depth
