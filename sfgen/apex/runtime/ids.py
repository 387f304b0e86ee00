"""Record ids: 15 characters, or 18 with the check suffix that lets case be ignored."""

from __future__ import annotations

import re

from sfgen.apex.runtime.exceptions import raise_apex

__all__ = ["Id", "id_of", "is_id", "long_id"]

_SUFFIXES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_SHAPE = re.compile(r"[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?\Z")


class Id(str):
    """An Id of 18 characters; equal to the String of the same 18 characters."""

    __slots__ = ()


def long_id(short: str) -> str:
    """The 18-character form of a 15-character id: one suffix letter per five, by upper case."""
    if len(short) == 18:
        return short
    suffix = ""
    for start in (0, 5, 10):
        bits = sum(1 << place for place in range(5) if "A" <= short[start + place] <= "Z")
        suffix += _SUFFIXES[bits]
    return short[:15] + suffix


def is_id(text: str) -> bool:
    """Whether `text` has the shape of an id: 15 characters, or 18."""
    return bool(_SHAPE.match(text))


def id_of(text: str | None) -> Id | None:
    """A String assigned to an Id; null stays null. The suffix of 18 characters is not checked.

    Raises StringException `Invalid id: <text>` (Apex Developer Guide, Rules of Conversion).
    """
    if text is None or type(text) is Id:
        return text
    if not is_id(text):
        raise raise_apex("StringException", f"Invalid id: {text}")
    return Id(text if len(text) == 18 else long_id(text))
