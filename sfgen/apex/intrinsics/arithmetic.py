"""Arithmetic with Apex's widths, scales and errors (apex-semantics OP18-OP32)."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any

from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.heap import hold
from sfgen.apex.runtime.surrogates import paired
from sfgen.apex.runtime.text import text_of
from sfgen.apex.runtime.values import Long

__all__ = [
    "arithmetic",
    "bits",
    "concat",
    "decimal_add",
    "decimal_divide",
    "decimal_multiply",
    "decimal_negate",
    "decimal_subtract",
    "divide_whole",
    "double_add",
    "double_divide",
    "double_multiply",
    "double_subtract",
    "i32",
    "i64",
    "shift_right",
    "shift_time",
]

_CONTEXT = decimal.Context(prec=80, rounding=decimal.ROUND_HALF_UP, Emax=9999, Emin=-9999)
_DIVISION = decimal.Context(prec=33, rounding=decimal.ROUND_HALF_UP, Emax=9999, Emin=-9999)
_LONG_TEXT = 2_000
"""Characters from which on a text is counted on the heap (ST13)."""


def i32(value: int) -> int:
    """Wrap to 32 bits (OP18)."""
    if -2147483648 <= value <= 2147483647:
        return value
    return (value + 2147483648) % 4294967296 - 2147483648


def i64(value: int) -> Long:
    """Wrap to 64 bits (OP20)."""
    if not -9223372036854775808 <= value <= 9223372036854775807:
        value = (value + 9223372036854775808) % 18446744073709551616 - 9223372036854775808
    return Long(value)


def divide_whole(one: int, two: int) -> int:
    """Divide, the fraction cut off (OP21). MathException on zero."""
    if one is None or two is None:
        raise raise_apex("NullPointerException", "Attempt to de-reference a null object")
    if two == 0:
        raise raise_apex("MathException", "Divide by 0")
    found = abs(one) // abs(two)
    return found if (one < 0) == (two < 0) else -found


def shift_right(value: int, places: int, size: int) -> int:
    """`>>>`: zeros come in from the left (OP32)."""
    return (value & ((1 << size) - 1)) >> (places & (size - 1))


def bits(operator: str, one: bool, two: bool) -> bool:  # noqa: FBT001 - Apex Booleans
    """`&`, `|` and `^` of Booleans; both sides have been evaluated."""
    if one is None or two is None:
        raise raise_apex("NullPointerException", "Attempt to de-reference a null object")
    if operator == "&":
        return one and two
    return (one or two) if operator == "|" else one != two


def decimal_add(one: decimal.Decimal, two: decimal.Decimal) -> decimal.Decimal:
    """Add; the larger scale stays."""
    return _CONTEXT.add(one, two)


def decimal_subtract(one: decimal.Decimal, two: decimal.Decimal) -> decimal.Decimal:
    """Subtract; the larger scale stays."""
    return _CONTEXT.subtract(one, two)


def decimal_multiply(one: decimal.Decimal, two: decimal.Decimal) -> decimal.Decimal:
    """Multiply; the scales add up."""
    return _CONTEXT.multiply(one, two)


def decimal_divide(one: decimal.Decimal, two: decimal.Decimal) -> decimal.Decimal:
    """Divide to 33 digits, half up (OP25). MathException on zero."""
    if two == 0:
        raise raise_apex("MathException", "Divide by 0")
    return _DIVISION.divide(one, two)


def decimal_negate(value: decimal.Decimal) -> decimal.Decimal:
    """The value with the other sign."""
    return _CONTEXT.minus(value)


def double_add(one: float, two: float) -> float:
    """Add."""
    return one + two


def double_subtract(one: float, two: float) -> float:
    """Subtract."""
    return one - two


def double_multiply(one: float, two: float) -> float:
    """Multiply."""
    return one * two


def double_divide(one: float, two: float) -> float:
    """Divide. MathException on zero."""
    if two == 0:
        raise raise_apex("MathException", "Divide by 0")
    return one / two


def concat(*parts: Any) -> str:
    """`+` with a String on a side, left to right; null is `null` (OP27)."""
    found = paired("".join([part if type(part) is str else text_of(part) for part in parts]))
    if len(found) > _LONG_TEXT:
        hold(len(found))
    return found


def shift_time(moment: Any, amount: Any, operator: str) -> Any:
    """Days added to a Date, days with a fraction to a Datetime, milliseconds to a Time (OP30)."""
    if moment is None or amount is None:
        raise raise_apex("NullPointerException", "Attempt to de-reference a null object")
    number = -amount if operator == "-" else amount
    try:
        return _shifted(moment, number)
    except OverflowError:
        raise raise_apex("TypeException", "Invalid date") from None


def _shifted(moment: Any, number: Any) -> Any:
    if type(moment) is dt.date:
        return moment + dt.timedelta(days=int(number))
    if isinstance(moment, dt.datetime):
        return moment + dt.timedelta(milliseconds=round(float(number) * 86_400_000))
    start = dt.datetime.combine(dt.date(2000, 1, 1), moment)
    return (start + dt.timedelta(milliseconds=int(number))).time()


def _as_decimal(value: Any) -> decimal.Decimal:
    return decimal.Decimal(repr(value)) if isinstance(value, float) else decimal.Decimal(value)


_DECIMAL = {"+": decimal_add, "-": decimal_subtract, "*": decimal_multiply, "/": decimal_divide}
_DOUBLE = {"+": double_add, "-": double_subtract, "*": double_multiply, "/": double_divide}


def _whole(operator: str, one: int, two: int) -> int:
    if operator == "/":
        return divide_whole(one, two)
    return one + two if operator == "+" else one - two if operator == "-" else one * two


def arithmetic(operator: str, one: Any, two: Any) -> Any:
    """An operator over values whose types are only known now."""
    if operator == "+" and (isinstance(one, str) or isinstance(two, str)):
        return concat(one, two)
    if one is None or two is None:
        raise raise_apex("NullPointerException", "Attempt to de-reference a null object")
    if isinstance(one, (dt.date, dt.datetime, dt.time)):
        return shift_time(one, two, operator)
    kinds = {type(one), type(two)}
    if decimal.Decimal in kinds:
        return _DECIMAL[operator](_as_decimal(one), _as_decimal(two))
    if float in kinds:
        return _DOUBLE[operator](float(one), float(two))
    found = _whole(operator, one, two)
    return i64(found) if Long in kinds else i32(found)
