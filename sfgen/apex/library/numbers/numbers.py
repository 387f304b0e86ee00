"""Integer, Long, Double and Boolean (Apex Reference Guide, classes of those names)."""

from __future__ import annotations

import decimal
import math
import re
from typing import Any

from sfgen.apex.library.declarations.arguments import required, type_error
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.time.locales import format_number
from sfgen.apex.runtime.text import text_of
from sfgen.apex.runtime.values import Long, type_of

BOOLEAN = platform_members("Boolean")
INTEGER = platform_members("Integer")
LONG = platform_members("Long")
DOUBLE = platform_members("Double")

INTEGER.constant("Integer MAX_VALUE", 2**31 - 1)
INTEGER.constant("Integer MIN_VALUE", -(2**31))
LONG.constant("Long MAX_VALUE", Long(2**63 - 1))
LONG.constant("Long MIN_VALUE", Long(-(2**63)))

_MOST_DIGITS = 100
_WHOLE = re.compile(r"[+-]?\d+\Z", re.ASCII)
_NUMBER = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[dDfF]?\s*\Z", re.ASCII)


def wrap(value: int, bits: int) -> int:
    """The low `bits` of a whole number, with sign, as Java narrows."""
    low = value & ((1 << bits) - 1)
    return low - (1 << bits) if low >> (bits - 1) else low


def whole_of(text: str, bits: int, name: str) -> int:
    """A whole number from its text. TypeException `Invalid integer: abc` (ST15)."""
    known = len(text) <= _MOST_DIGITS and _WHOLE.match(text)
    if not known or not -(1 << bits - 1) <= int(text) < 1 << (bits - 1):
        raise type_error(f"Invalid {name}: {text}")
    return int(text)


@INTEGER.static("Integer valueOf(String stringToInteger)")
def integer_value_of(text: str | None) -> int:
    """The Integer that `text` writes. TypeException `Invalid integer: ...`."""
    return whole_of(required(text), 32, "integer")


@INTEGER.static("Integer valueOf(Object fieldValue)")
def integer_value_of_object(known: Any) -> int | None:
    """A number cut to a whole one, or a text read; null of a null that is no String."""
    if known is None:
        return None
    if isinstance(known, str):
        whole, point, rest = known.partition(".")
        return integer_value_of(whole if point and rest.isdecimal() else known)
    if isinstance(known, (int, float, decimal.Decimal)) and type(known) is not bool:
        return wrap(int(known), 32)
    raise type_error(f"Invalid integer: {text_of(known)}")


@INTEGER.method("String format()")
def integer_format(value: int) -> str:
    """With the locale's groups."""
    return format_number(value)


@INTEGER.method("Integer intValue()")
def integer_int_value(value: int) -> int:
    """The number itself."""
    return value


@LONG.static("Long valueOf(String stringToLong)")
def long_value_of(text: str | None) -> Long:
    """The Long that `text` writes. TypeException `Invalid long: ...`."""
    return Long(whole_of(required(text), 64, "long"))


@LONG.method("String format()")
def long_format(value: int) -> str:
    """With the locale's groups."""
    return format_number(int(value))


@LONG.method("Integer intValue()")
def long_int_value(value: int) -> int:
    """The low 32 bits."""
    return wrap(int(value), 32)


@DOUBLE.static("Double valueOf(String stringToDouble)")
def double_value_of(text: str | None) -> float:
    """The Double that `text` writes. TypeException `Invalid double: ...` (ST16)."""
    known = required(text)
    if not _NUMBER.match(known):
        raise type_error(f"Invalid double: {known}")
    return float(known.strip().rstrip("dDfF"))


@DOUBLE.static("Double valueOf(Object fieldValue)")
def double_value_of_object(value: Any) -> float:
    """A number as a Double, or a text read."""
    known = required(value)
    if isinstance(known, str):
        return double_value_of(known)
    if isinstance(known, (int, float, decimal.Decimal)) and type(known) is not bool:
        return float(known)
    raise type_error(f"Invalid double: {text_of(known)}")


def _toward_zero(value: float, bits: int) -> int:
    if math.isnan(value):
        return 0
    top = (1 << bits - 1) - 1
    return (
        max(-top - 1, min(top, int(value)))
        if math.isfinite(value)
        else (top if value > 0 else -top - 1)
    )


@DOUBLE.method("Integer intValue()")
def double_int_value(value: float) -> int:
    """Cut to a whole number, at most the greatest Integer."""
    return _toward_zero(value, 32)


@DOUBLE.method("Long longValue()")
def double_long_value(value: float) -> Long:
    """Cut to a whole number, at most the greatest Long."""
    return Long(_toward_zero(value, 64))


@DOUBLE.method("Double doubleValue()")
def double_double_value(value: float) -> float:
    """The number itself."""
    return value


@DOUBLE.method("Long round()")
def double_round(value: float) -> Long:
    """The closest Long, halves away from zero; the largest for infinity, 0 for no number."""
    if not math.isfinite(value):
        return Long(_toward_zero(value, 64))
    return Long(_toward_zero(math.floor(abs(value) + 0.5) * (1 if value >= 0 else -1), 64))


@DOUBLE.method("String format()")
def double_format(value: float) -> str:
    """With the locale's groups and mark, at most three decimals."""
    return format_number(decimal.Decimal(repr(value)))


@BOOLEAN.static("Boolean valueOf(String stringToBoolean)")
def boolean_value_of(text: str | None) -> bool:
    """Whether the text is `true` in any case."""
    return required(text).lower() == "true"


@BOOLEAN.static("Boolean valueOf(Object fieldValue)")
def boolean_value_of_object(value: Any) -> bool:
    """A Boolean itself, or a text read. TypeException for anything else."""
    known = required(value)
    if isinstance(known, str):
        return boolean_value_of(known)
    if type(known) is bool:
        return known
    raise type_error(f"Invalid conversion from runtime type {type_of(known)} to Boolean")
