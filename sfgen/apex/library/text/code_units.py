"""UTF-16: a String's positions and lengths count code units (Apex Reference Guide, String Class).

Python counts code points. The two differ only for characters beyond U+FFFF (emoji), which a text
hardly ever has: `by_code_units` looks for one and only then works on the text in the form of
surrogates, one Python character for each code unit.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["by_code_units", "is_wide", "joined", "points_at", "split", "units_at"]

P = ParamSpec("P")
R = TypeVar("R")
_WIDE = re.compile("[\U00010000-\U0010ffff]")


def is_wide(text: str) -> bool:
    """Whether a character of the text takes two code units."""
    return not text.isascii() and _WIDE.search(text) is not None


def _pair(found: re.Match[str]) -> str:
    rest = ord(found[0]) - 0x10000
    return chr(0xD800 + (rest >> 10)) + chr(0xDC00 + (rest & 0x3FF))


def split(text: str) -> str:
    """The text with two surrogates for every character beyond U+FFFF."""
    return _WIDE.sub(_pair, text)


def joined(text: str) -> str:
    """The text with its pairs of surrogates joined again; one that stands alone stays."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def units_at(text: str, place: int) -> int:
    """The place in code units of a place in code points."""
    return place + len(_WIDE.findall(text, 0, max(place, 0)))


def points_at(text: str, place: int) -> int:
    """The place in code points of a place in code units."""
    return len(joined(split(text)[:place]))


def by_code_units(function: Callable[P, R]) -> Callable[P, R]:
    """A String method that counts code units in its text, its arguments and its result."""

    @functools.wraps(function)
    def run(*arguments: P.args, **_: P.kwargs) -> R:
        for each in arguments:
            if each.__class__ is str and not each.isascii() and _WIDE.search(each):
                return _run_split(function, arguments)
        return function(*arguments)  # type: ignore[call-arg]

    return run


def _run_split(function: Callable[..., R], arguments: tuple[object, ...]) -> R:
    found = function(*(split(each) if isinstance(each, str) else each for each in arguments))
    return joined(found) if isinstance(found, str) else found  # type: ignore[return-value]
