"""An estimate of a transaction's heap: the values that Apex's variables hold when it is asked.

Bytes as the platform roughly counts them: 4 for a reference or number, 8 for a Long, Double or
date, a byte for an ASCII character. Temporaries inside an expression aren't seen, nor is the view
state of a page; the real heap differs by release.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.collections import REFERENCE, ApexList, ApexMap, ApexSet
from sfgen.apex.runtime.exceptions import limit_exceeded
from sfgen.apex.runtime.execution import current, has_current
from sfgen.apex.runtime.keys import Blob
from sfgen.apex.runtime.objects import ApexObject
from sfgen.apex.runtime.stack import APEX_FILE
from sfgen.apex.runtime.values import SObject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import FrameType

__all__ = ["check_heap", "heap_excess", "heap_size", "hold"]

_WIDE = 8
_FIXED = 1_000
"""What an empty transaction has."""
_UNSEEN = 6
"""A look at the heap costs its whole size: it waits until a sixth of the limit is new."""
_SHARE = 0.2
"""Part of a transaction's time that looking at the heap may take, after the first looks."""
_FREE = 0.3
"""Seconds of looking that every transaction may spend."""


def heap_size() -> int:
    """Bytes that static fields and the variables of the running methods hold."""
    return _FIXED + _size(_roots(sys._getframe()))  # noqa: SLF001 - the only way to the variables


def heap_excess(frame: FrameType | None) -> int | None:
    """The heap that the methods from `frame` on hold, if it is past the context's limit.

    A large heap is not looked at as often as it is asked for: looking takes a fifth of the time.
    """
    governor = current().governor
    if governor.looking > _FREE + (time.process_time() - governor.opened) * _SHARE:
        return None
    begin = time.thread_time()
    governor.unseen = 0
    found = _FIXED + _size(_roots(frame))
    governor.looking += time.thread_time() - begin
    return found if found > governor.allowed["heap_size"] else None


def check_heap() -> None:
    """Raise the uncatchable LimitException when the heap is past the limit (LM05)."""
    if not has_current():
        return
    found = heap_excess(sys._getframe())  # noqa: SLF001 - as above
    if found is not None:
        raise limit_exceeded(f"Apex heap size too large: {found}")


def hold(amount: int) -> None:
    """Count a new text or collection of `amount` bytes: looks at the heap now and then.

    Raises the uncatchable LimitException, at once for a value that is larger than the limit.
    """
    if not has_current():
        return
    governor = current().governor
    allowed = governor.allowed["heap_size"]
    if amount > allowed:
        raise limit_exceeded(f"Apex heap size too large: {amount}")
    governor.unseen += amount
    if governor.unseen * _UNSEEN > allowed:
        check_heap()


def _roots(frame: FrameType | None) -> Iterator[Any]:
    program = current().program
    # Copies of all three: the watchdog looks from its own thread while the program runs on.
    for statics in tuple(program.started) if program is not None else ():
        fields = tuple(vars(statics).items())
        yield from (value for name, value in fields if name.startswith("f_"))
    while frame is not None:
        if frame.f_code.co_filename.startswith(APEX_FILE):
            names = dict(frame.f_locals)
            yield from (names[name] for name in names if name == "self" or name[:2] == "v_")
        frame = frame.f_back


def _size(roots: Iterable[Any]) -> int:
    total = 0
    seen: set[int] = set()
    queue = list(roots)
    while queue:
        value = queue.pop()
        total += REFERENCE
        if value is None or value is True or value is False or type(value) is int:
            continue
        if isinstance(value, (str, Blob)):
            # Variables that share a text hold it once; each has its own reference to it.
            text = value if isinstance(value, str) else value.data
            total += len(text) if id(value) not in seen else 0
            seen.add(id(value))
            continue
        if isinstance(value, (float, Decimal, int, dt.date, dt.time)):
            total += _WIDE
            continue
        if id(value) not in seen:
            seen.add(id(value))
            width = _plain_width(value)
            if width:
                total += len(value) * width
            else:
                total += _WIDE if isinstance(value, ApexObject) else 0
                queue.extend(_parts(value))
    return total


_WIDTHS = {
    **dict.fromkeys(("integer", "boolean"), REFERENCE),
    **dict.fromkeys(("long", "double", "decimal", "date", "datetime", "time"), REFERENCE + _WIDE),
}
"""Bytes of an element in a collection, by its type's lower-case name."""


def _plain_width(value: Any) -> int:
    """Bytes of each element where the collection's type tells them; else 0."""
    if isinstance(value, (ApexList, ApexSet)):
        return _WIDTHS.get(value.element_type.key, 0)
    if isinstance(value, ApexMap):
        key, kept = _WIDTHS.get(value.key_type.key, 0), _WIDTHS.get(value.value_type.key, 0)
        return key + kept if key and kept else 0
    return 0


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
