"""Functions of the formula language that only look at their arguments' values.

An ArithmeticError or ValueError says that there is no value: the scope knows what that means.
Source: Salesforce Help, "Formula Operators and Functions".
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from sfgen.formula.values import as_number, as_text

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FUNCTIONS"]


def _add_months(day: Any, months: Any) -> Any:
    count = int(as_number(months))
    place = day.year * 12 + day.month - 1 + count
    year, month = place // 12, place % 12 + 1
    last = calendar.monthrange(year, month)[1]
    at_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return day.replace(year=year, month=month, day=last if at_end else min(day.day, last))


def _round(value: Any, digits: Any = 0) -> Decimal:
    unit = Decimal(1).scaleb(-int(as_number(digits)))
    return as_number(value).quantize(unit, rounding=ROUND_HALF_UP)


def _substitute(text: Any, old: Any, new: Any) -> str:
    return as_text(text).replace(as_text(old), as_text(new))


def _find(part: Any, text: Any, start: Any = 1) -> Decimal:
    return Decimal(as_text(text).find(as_text(part), max(int(as_number(start)) - 1, 0)) + 1)


def _mid(text: Any, start: Any, count: Any) -> str:
    first = max(int(as_number(start)) - 1, 0)
    return as_text(text)[first : first + max(int(as_number(count)), 0)]


_LONGEST = 131_072
"""Characters that a long text area holds: no formula's text is longer."""


def _pad(text: Any, length: Any, fill: Any, *, left: bool) -> str:
    known, size = as_text(text), min(max(int(as_number(length)), 0), _LONGEST)
    extra = (as_text(fill) * size)[: max(size - len(known), 0)] if len(known) < size else ""
    return (extra + known if left else known + extra)[:size]


def _right(text: Any, count: Any) -> str:
    size = int(as_number(count))
    return as_text(text)[-size:] if size > 0 else ""


def _value(text: Any) -> Decimal:
    return Decimal(as_text(text).strip())


def _is_number(text: Any) -> bool:
    try:
        return _value(text).is_finite()
    except ArithmeticError:
        return False


def _date_value(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.date()
    return value if value is None or isinstance(value, dt.date) else dt.date.fromisoformat(value)


def _moment(value: Any) -> Any:
    if value is None or isinstance(value, dt.datetime):
        return value
    return dt.datetime.fromisoformat(str(value)).replace(tzinfo=dt.timezone.utc)


def _time_value(value: Any) -> Any:
    if value is None or isinstance(value, dt.time):
        return value
    if isinstance(value, dt.datetime):
        return value.time().replace(tzinfo=None)
    return dt.time.fromisoformat(str(value).removesuffix("Z"))


def _regex(text: Any, pattern: Any) -> bool:
    return re.fullmatch(as_text(pattern), as_text(text)) is not None


def _initial_capitals(text: Any) -> str:
    return as_text(text).title()


def _root(value: Any) -> Decimal:
    return as_number(value).sqrt()


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "TEXT": as_text,
    "VALUE": _value,
    "LEN": lambda text: Decimal(len(as_text(text))),
    "LEFT": lambda text, count: as_text(text)[: max(int(as_number(count)), 0)],
    "RIGHT": _right,
    "MID": _mid,
    "UPPER": lambda text, *_: as_text(text).upper(),
    "LOWER": lambda text, *_: as_text(text).lower(),
    "INITCAP": _initial_capitals,
    "TRIM": lambda text: as_text(text).strip(),
    "LPAD": lambda text, size, fill=" ": _pad(text, size, fill, left=True),
    "RPAD": lambda text, size, fill=" ": _pad(text, size, fill, left=False),
    "SUBSTITUTE": _substitute,
    "FIND": _find,
    "CONTAINS": lambda text, part: as_text(part) in as_text(text),
    "BEGINS": lambda text, part: as_text(text).startswith(as_text(part)),
    "REVERSE": lambda text: as_text(text)[::-1],
    "REGEX": _regex,
    "ISNUMBER": _is_number,
    "ISPICKVAL": lambda value, wanted: as_text(value).lower() == as_text(wanted).lower(),
    "INCLUDES": lambda value, wanted: as_text(wanted) in as_text(value).split(";"),
    "BR": lambda: "<br>",
    "HYPERLINK": lambda url, label, target="_blank", *_: (
        f'<a href="{as_text(url)}" target="{as_text(target)}">{as_text(label)}</a>'
    ),
    "IMAGE": lambda url, text, *_: f'<img src="{as_text(url)}" alt="{as_text(text)}"/>',
    "CASESAFEID": lambda value: value,
    "ABS": lambda value: abs(as_number(value)),
    "ROUND": _round,
    "CEILING": lambda value: as_number(value).quantize(Decimal(1), rounding=ROUND_CEILING),
    "FLOOR": lambda value: as_number(value).quantize(Decimal(1), rounding=ROUND_FLOOR),
    "MCEILING": lambda value: Decimal(math.ceil(as_number(value))),
    "MFLOOR": lambda value: Decimal(math.floor(as_number(value))),
    "MOD": lambda left, right: (
        as_number(left)
        - as_number(right)
        * (as_number(left) / as_number(right)).quantize(Decimal(1), rounding=ROUND_FLOOR)
    ),
    "MAX": lambda *values: max(map(as_number, values)),
    "MIN": lambda *values: min(map(as_number, values)),
    "SQRT": _root,
    "EXP": lambda value: as_number(value).exp(),
    "LN": lambda value: as_number(value).ln(),
    "LOG": lambda value: as_number(value).log10(),
    "TRUNC": lambda value, *_: Decimal(int(as_number(value))),
    "DATE": lambda year, month, day: dt.date(int(year), int(month), int(day)),
    "DATEVALUE": _date_value,
    "DATETIMEVALUE": _moment,
    "TIMEVALUE": _time_value,
    "MILLISECOND": lambda time: None if time is None else Decimal(time.microsecond // 1000),
    "YEAR": lambda day: None if day is None else Decimal(day.year),
    "MONTH": lambda day: None if day is None else Decimal(day.month),
    "DAY": lambda day: None if day is None else Decimal(day.day),
    "WEEKDAY": lambda day: None if day is None else Decimal(day.isoweekday() % 7 + 1),
    "HOUR": lambda time: None if time is None else Decimal(time.hour),
    "MINUTE": lambda time: None if time is None else Decimal(time.minute),
    "SECOND": lambda time: None if time is None else Decimal(time.second),
    "ADDMONTHS": _add_months,
    "UNIXTIMESTAMP": lambda value: Decimal(int(value.timestamp())),
}
