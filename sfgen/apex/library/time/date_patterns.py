"""Java date patterns as `Datetime.format` takes them (apex-semantics ST28)."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from sfgen.apex.library.declarations.arguments import string_error
from sfgen.apex.runtime.exceptions import raise_apex

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["format_pattern"]

MONTHS = (
    "January February March April May June July August September October November December"
).split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_PIECE = re.compile(r"'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+")


def _number(value: int, width: int) -> str:
    return str(value).rjust(width, "0")


def _year(moment: dt.datetime, width: int) -> str:
    return f"{moment.year % 100:02d}" if width == 2 else _number(moment.year, width)


def _week_year(moment: dt.datetime, width: int) -> str:
    """The year that the week belongs to; a week with January 1 is the first (en_US)."""
    saturday = moment + dt.timedelta(days=(5 - moment.weekday()) % 7)
    return _year(saturday, width)


def _month(moment: dt.datetime, width: int) -> str:
    name = MONTHS[moment.month - 1]
    return _number(moment.month, width) if width < 3 else name[:3] if width == 3 else name


def _day_name(moment: dt.datetime, width: int) -> str:
    name = DAYS[moment.weekday()]
    return name[:3] if width < 4 else name


def _zone_name(moment: dt.datetime, width: int) -> str:
    name = moment.tzname() or "GMT"
    if name in {"UTC", "GMT"}:
        return "Coordinated Universal Time" if width > 3 and name == "UTC" else "GMT"
    if name[0] in "+-":
        return f"GMT{_iso_offset(moment, 3)}"
    return name


def _offset_minutes(moment: dt.datetime) -> int:
    offset = moment.utcoffset() or dt.timedelta()
    return int(offset.total_seconds() // 60)


def _rfc_offset(moment: dt.datetime, _: int = 0) -> str:
    minutes = _offset_minutes(moment)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"


def _iso_offset(moment: dt.datetime, width: int) -> str:
    text = _rfc_offset(moment)
    return text[:3] if width == 1 else text if width == 2 else f"{text[:3]}:{text[3:]}"


def _iso_offset_or_z(moment: dt.datetime, width: int) -> str:
    return _iso_offset(moment, width) if _offset_minutes(moment) else "Z"


def _week_of_year(moment: dt.datetime) -> int:
    first = moment.replace(month=1, day=1)
    offset = (first.weekday() + 1) % 7
    return (moment.timetuple().tm_yday + offset - 1) // 7 + 1


def _week_of_month(moment: dt.datetime) -> int:
    offset = (moment.replace(day=1).weekday() + 1) % 7
    return (moment.day + offset - 1) // 7 + 1


_LETTERS: dict[str, Callable[[dt.datetime, int], str]] = {
    "G": lambda _, __: "AD",
    "y": _year,
    "u": lambda moment, width: _number(moment.isoweekday(), width),
    "Y": _week_year,
    "M": _month,
    "L": _month,
    "d": lambda moment, width: _number(moment.day, width),
    "D": lambda moment, width: _number(moment.timetuple().tm_yday, width),
    "F": lambda moment, width: _number((moment.day - 1) // 7 + 1, width),
    "w": lambda moment, width: _number(_week_of_year(moment), width),
    "W": lambda moment, width: _number(_week_of_month(moment), width),
    "E": _day_name,
    "a": lambda moment, _: "AM" if moment.hour < 12 else "PM",
    "H": lambda moment, width: _number(moment.hour, width),
    "k": lambda moment, width: _number(moment.hour or 24, width),
    "K": lambda moment, width: _number(moment.hour % 12, width),
    "h": lambda moment, width: _number(moment.hour % 12 or 12, width),
    "m": lambda moment, width: _number(moment.minute, width),
    "s": lambda moment, width: _number(moment.second, width),
    "S": lambda moment, width: _number(moment.microsecond // 1000, width),
    "z": _zone_name,
    "Z": _rfc_offset,
    "X": _iso_offset_or_z,
}


def format_pattern(moment: dt.datetime, pattern: str) -> str:
    """`moment` (in the zone that is wanted) by a Java SimpleDateFormat pattern.

    Raises IllegalArgumentException for a letter that is no part of a date, StringException for a
    quote without an end.
    """
    if re.sub(r"'(?:[^']|'')*'", "", pattern).count("'"):
        raise string_error("Unterminated quote")
    shown = []
    for found in _PIECE.finditer(pattern):
        text, letter = found[0], found[2]
        if letter is None:
            quoted = found[1]
            shown.append(text if quoted is None else quoted.replace("''", "'") or "'")
        elif letter in _LETTERS:
            shown.append(_LETTERS[letter](moment, len(text)))
        else:
            raise raise_apex("IllegalArgumentException", f"Illegal pattern character '{letter}'")
    return "".join(shown)
