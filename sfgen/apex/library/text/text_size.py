"""How long a text may grow before the heap limit ends the transaction (LM05, ST13)."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from sfgen.apex.runtime.exceptions import limit_exceeded, raise_apex
from sfgen.apex.runtime.heap import hold

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LONGEST", "bounded", "checked_decimal", "joined"]

LONGEST = 6_000_000
"""Characters: the synchronous heap limit holds no longer text."""
_COUNTED = 2_000
"""Characters from which on a text is counted on the heap."""
_LARGEST_EXPONENT = 10_000


def bounded(length: int) -> None:
    """Raise the uncatchable LimitException for a text of `length` characters that is too long."""
    if length > LONGEST:
        raise limit_exceeded("String is too long.")
    if length > _COUNTED:
        hold(length)


def joined(parts: Iterable[str], separator: str = "") -> str:
    """The parts in one text; stops at the first that makes it too long."""
    known: list[str] = []
    length = -len(separator)
    for part in parts:
        length += len(part) + len(separator)
        if length > LONGEST:
            bounded(length)
        known.append(part)
    bounded(length)
    return separator.join(known)


def checked_decimal(text: str) -> Decimal:
    """The number a text shows; its plain form fits into memory.

    Raises ValueError for what is no number, TypeException for an exponent beyond 10,000.
    """
    try:
        made = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    if made.is_finite() and abs(made.adjusted()) > _LARGEST_EXPONENT:
        raise raise_apex("TypeException", f"Invalid decimal: {text}")
    return made
