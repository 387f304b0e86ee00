"""Apex stack traces out of Python's frames."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType, TracebackType

__all__ = ["APEX_FILE", "PLACES", "apex_frames", "traceback_frames"]

APEX_FILE = "apex:"
"""What the file name of compiled Apex begins with."""

PLACES: dict[str, str] = {}
"""The Apex name of every compiled function: `Class.Outer.Inner.method`, `Trigger.T`."""


def apex_frames(depth: int = 2) -> tuple[tuple[str, int, str], ...]:
    """Place, line and file of every Apex call on the stack, innermost first."""
    return _walk(sys._getframe(depth))  # noqa: SLF001 - the only way to read the stack


def _walk(frame: FrameType | None) -> tuple[tuple[str, int, str], ...]:
    found: list[tuple[str, int, str]] = []
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(APEX_FILE):
            place = PLACES.get(frame.f_code.co_name, frame.f_code.co_name)
            found.append((place, frame.f_lineno, name[len(APEX_FILE) :]))
        frame = frame.f_back
    return tuple(found)


def traceback_frames(trace: TracebackType | None) -> tuple[tuple[str, int, str], ...]:
    """The Apex calls between where an error was raised and the whole stack around it."""
    found: list[tuple[str, int, str]] = []
    outer = trace.tb_frame.f_back if trace is not None else None
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename.startswith(APEX_FILE):
            place = PLACES.get(code.co_name, code.co_name)
            found.append((place, trace.tb_lineno, code.co_filename[len(APEX_FILE) :]))
        trace = trace.tb_next
    return (*reversed(found), *_walk(outer))
