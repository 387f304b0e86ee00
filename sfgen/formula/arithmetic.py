"""Arithmetic of formulas: numbers, texts, dates and times."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sfgen.formula.values import as_number, as_text

if TYPE_CHECKING:
    from sfgen.formula.scope import Scope

__all__ = ["calculate"]

_DAY = 86_400_000


def calculate(sign: str, first: Any, second: Any, scope: Scope) -> Any:
    """`first sign second`; what has no value is `scope.undefined`."""
    if isinstance(first, dt.date) or isinstance(second, dt.date):
        return _dates(sign, first, second)
    if isinstance(first, dt.time) or isinstance(second, dt.time):
        return _times(sign, first, second)
    if sign == "+" and (isinstance(first, str) or isinstance(second, str)):
        return as_text(first) + as_text(second)
    left, right = scope.number(first), scope.number(second)
    if sign == "/" and not right:
        return scope.undefined("division by zero")
    try:
        return _numbers(sign, left, right)
    except ArithmeticError:
        return scope.undefined("the number is out of range")


def _numbers(sign: str, left: Decimal, right: Decimal) -> Decimal:
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign == "*":
        return left * right
    return left / right if sign == "/" else left**right


def _times(sign: str, first: Any, second: Any) -> Any:
    """A time moves by milliseconds, around midnight; two times are milliseconds apart."""
    if first is None or second is None:
        return None
    start = _milliseconds(first if isinstance(first, dt.time) else second)
    if isinstance(first, dt.time) and isinstance(second, dt.time):
        return Decimal(start - _milliseconds(second))
    number = int(as_number(second if isinstance(first, dt.time) else first))
    moved = (start + number if sign == "+" else start - number) % _DAY
    seconds, rest = divmod(moved, 1000)
    return dt.time(seconds // 3600, seconds // 60 % 60, seconds % 60, 1000 * rest)


def _milliseconds(time: dt.time) -> int:
    seconds = time.hour * 3600 + time.minute * 60 + time.second
    return 1000 * seconds + time.microsecond // 1000


def _dates(sign: str, first: Any, second: Any) -> Any:
    if first is None or second is None:
        return None
    if isinstance(first, dt.date) and isinstance(second, dt.date):
        gap = first - second
        return Decimal(gap.days) + Decimal(gap.seconds) / 86400
    day, number = (first, second) if isinstance(first, dt.date) else (second, first)
    step = dt.timedelta(days=float(as_number(number)))
    if not isinstance(day, dt.datetime):
        step = dt.timedelta(days=int(as_number(number)))
    return day + step if sign == "+" else day - step
