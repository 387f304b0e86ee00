"""Values of formulas as text and as numbers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

__all__ = ["as_number", "as_text", "is_blank"]


def as_text(value: Any) -> str:
    """`TEXT(value)`, and what `&` joins: nothing for null, lower-case booleans, plain numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        whole = value.is_finite() and value == value.to_integral_value()
        return format(value.to_integral_value() if whole else value, "f")
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%SZ")
    return str(value)


def as_number(value: Any) -> Decimal:
    """A number; blank is 0."""
    if value is None or value == "":
        return Decimal(0)
    return value if isinstance(value, Decimal) else Decimal(str(value))


def is_blank(value: Any) -> bool:
    """Whether there is nothing: null, an empty text or list. A space is something.

    Source: Salesforce Help, "ISBLANK": not empty "if it contains a character, blank space, or
    zero".
    """
    return value is None or (isinstance(value, str | list | dict) and not value)
