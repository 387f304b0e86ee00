"""Whether a regular expression is small enough to be compiled."""

from __future__ import annotations

import re

__all__ = ["too_large"]

_LARGEST = 200_000
"""Atoms after all counted repeats are written out; the engine takes about 100 bytes for each."""
_COUNT = re.compile(r"\{(\d+)(?:,(\d*))?\}")
_DEEPEST = 250


def too_large(pattern: str) -> bool:
    """Whether counted repeats multiply to too many atoms, or groups are nested too deeply."""
    sizes, last = [0], 0
    place = 0
    while place < len(pattern):
        letter = pattern[place]
        count = _COUNT.match(pattern, place) if letter == "{" else None
        if count:
            times = max(_number(count[1]), _number(count[2]), 1)
            sizes[-1] += last * (times - 1)
            last *= times
            place = count.end()
        elif letter == "(":
            sizes.append(0)
            place += 1
        elif letter == ")" and len(sizes) > 1:
            last = max(sizes.pop(), 1)
            sizes[-1] += last
            place += 1
        else:
            last = 1
            sizes[-1] += 1
            place += 2 if letter == "\\" else 1
        if sizes[-1] > _LARGEST or len(sizes) > _DEEPEST:
            return True
    return False


def _number(digits: str | None) -> int:
    """A count; one with too many digits to be real is as good as too large."""
    return int(digits) if digits and len(digits) < 10 else 10**9 if digits else 0
