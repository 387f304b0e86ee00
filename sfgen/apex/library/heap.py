"""An estimate of a transaction's heap: the values that Apex's variables hold when it is asked.

Bytes as the platform roughly counts them: 4 for a reference or number, 8 for a Long, Double or
date, a byte for an ASCII character. Temporaries inside an expression aren't seen, nor is the view
state of a page; the real heap differs by release.
"""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.collections import ApexMap, ApexSet
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.keys import Blob
from sfgen.apex.runtime.objects import ApexObject
from sfgen.apex.runtime.stack import APEX_FILE
from sfgen.apex.runtime.values import SObject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import FrameType

__all__ = ["heap_size"]

_REFERENCE = 4
_WIDE = 8
_FIXED = 1_000
"""What an empty transaction has."""


def heap_size() -> int:
    """Bytes that static fields and the variables of the running methods hold."""
    return _FIXED + _size(_roots())


def _roots() -> Iterator[Any]:
    program = current().program
    for statics in getattr(program, "started", ()):
        yield from (value for name, value in vars(statics).items() if name.startswith("f_"))
    frame: FrameType | None = sys._getframe()  # noqa: SLF001 - the only way to the variables
    while frame is not None:
        if frame.f_code.co_filename.startswith(APEX_FILE):
            names = frame.f_locals
            yield from (names[name] for name in names if name == "self" or name[:2] == "v_")
        frame = frame.f_back


def _size(roots: Iterable[Any]) -> int:
    total = 0
    seen: set[int] = set()
    queue = list(roots)
    while queue:
        value = queue.pop()
        total += _REFERENCE
        if value is None or value is True or value is False or type(value) is int:
            continue
        if isinstance(value, (str, Blob)):
            text = value if isinstance(value, str) else value.data
            total += len(text) if id(value) not in seen else 0
            seen.add(id(value))
            continue
        if isinstance(value, (float, Decimal, int, dt.date, dt.time)):
            total += _WIDE
            continue
        if id(value) not in seen:
            seen.add(id(value))
            queue.extend(_parts(value))
    return total


def _parts(value: Any) -> Iterable[Any]:
    """What a collection, record or object holds."""
    if isinstance(value, (list, ApexSet)):
        return list(value)
    if isinstance(value, ApexMap):
        return [*value.keys_by_key.values(), *value.values_by_key.values()]
    if isinstance(value, SObject):
        return list(value.fields.values())
    if isinstance(value, ApexObject):
        return list(vars(value).values())
    return ()
