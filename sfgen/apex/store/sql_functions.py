"""What SQLite needs from Python for SOQL: collation, LIKE, multi-select, parts of dates."""

from __future__ import annotations

import datetime as dt
import functools
import math
import re
from typing import TYPE_CHECKING, Any

from sfgen.apex.schema.standard_names import shown_name

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

__all__ = ["DATE_PARTS", "register"]


def _compare(left: str, right: str) -> int:
    first, second = left.casefold(), right.casefold()
    return (first > second) - (first < second)


@functools.lru_cache(maxsize=512)
def _patterns(like: str) -> tuple[re.Pattern[str], ...]:
    """What stands between a LIKE's `%`; a backslash escapes only `%` and `_` (SQ04)."""
    parts = [""]
    for each in re.findall(r"\\[%_]|.", like, re.DOTALL):
        if each == "%":
            parts.append("")
        else:
            parts[-1] += "." if each == "_" else re.escape(each.removeprefix("\\") or each)
    return tuple(re.compile(part, re.IGNORECASE | re.DOTALL) for part in parts)


def _like(value: Any, like: Any) -> int:
    """Whether a text is like a pattern; without going back, however many `%` it has."""
    if value is None:
        return 0
    text, (first, *rest) = str(value), _patterns(str(like))
    if not rest:
        return int(first.fullmatch(text) is not None)
    found = first.match(text)
    for each in rest[:-1]:
        found = each.search(text, found.end()) if found is not None else None
    if found is None:
        return 0
    # The last part stands at the end; each part but `_` and letters has a fixed length.
    tail = rest[-1]
    start = len(text) - _length(tail.pattern)
    return int(start >= found.end() and tail.fullmatch(text, start) is not None)


def _length(pattern: str) -> int:
    return len(re.sub(r"\\(.)", r"\1", pattern, flags=re.DOTALL))


def _includes(value: str | None, wanted: str) -> int:
    """Whether a multi-select value has every one of `a;b`."""
    held = {each.casefold() for each in (value or "").split(";")}
    return int(all(each.casefold() in held for each in wanted.split(";")))


def _week_of_month(day: dt.date) -> int:
    return (day.day - 1) // 7 + 1


# SOQL and SOSL Reference, "Date Functions". The fiscal year begins in January here.
DATE_PARTS: dict[str, Callable[[dt.datetime], Any]] = {
    "CALENDAR_YEAR": lambda at: at.year,
    "CALENDAR_QUARTER": lambda at: (at.month + 2) // 3,
    "CALENDAR_MONTH": lambda at: at.month,
    "FISCAL_YEAR": lambda at: at.year,
    "FISCAL_QUARTER": lambda at: (at.month + 2) // 3,
    "FISCAL_MONTH": lambda at: at.month,
    "DAY_IN_MONTH": lambda at: at.day,
    "DAY_IN_WEEK": lambda at: at.isoweekday() % 7 + 1,
    "DAY_IN_YEAR": lambda at: at.timetuple().tm_yday,
    "DAY_ONLY": lambda at: at.date().isoformat(),
    "HOUR_IN_DAY": lambda at: at.hour,
    "WEEK_IN_MONTH": _week_of_month,
    "WEEK_IN_YEAR": lambda at: (at.timetuple().tm_yday - 1) // 7 + 1,
}


def _date_part(name: str, value: str | None) -> Any:
    return None if value is None else DATE_PARTS[name](dt.datetime.fromisoformat(value))


def _distance(*places: float | str | None) -> float | None:
    """Great-circle distance of two places in miles or kilometres (`mi`, `km`)."""
    *degrees, unit = places
    if any(each is None for each in degrees):
        return None
    lat1, lon1, lat2, lon2 = (math.radians(float(each or 0)) for each in degrees)
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * math.asin(math.sqrt(half)) * (3958.7613 if unit == "mi" else 6371.0088)


def register(connection: sqlite3.Connection) -> None:
    """Make the collation `apex` and the functions known to a connection."""
    connection.create_collation("apex", _compare)
    connection.create_function("profile_name", 1, shown_name)
    connection.create_function("apex_like", 2, _like, deterministic=True)
    connection.create_function("apex_includes", 2, _includes, deterministic=True)
    connection.create_function("date_part", 2, _date_part, deterministic=True)
    connection.create_function("distance", 5, _distance, deterministic=True)
