"""A problem of a file: what keeps it from compiling, and where."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Problem"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the platform's compiler would refuse, or this one can't translate."""

    file: str
    line: int
    column: int
    message: str
