"""When a cron expression fires next (Apex Developer Guide, "Apex Scheduler")."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import TYPE_CHECKING

from sfgen.apex.library.declarations.arguments import string_error

if TYPE_CHECKING:
    from sfgen.apex.runtime.exceptions import ApexException

__all__ = ["check_cron", "next_fire_time"]

_MONTHS = {name.upper(): number for number, name in enumerate(calendar.month_abbr) if name}
_DAYS = {name: number for number, name in enumerate("SUN MON TUE WED THU FRI SAT".split(), 1)}
_FIELD = re.compile(r"[0-9A-Za-z*?,/LW#-]+\Z")
_RANGES = ((0, 59), (0, 59), (0, 23), (1, 31), (1, 12), (1, 7), (1970, 2299))
_NAMES: tuple[dict[str, int], ...] = ({}, {}, {}, {}, _MONTHS, _DAYS, {})


def _illegal(text: str) -> ApexException:
    return string_error(f"Illegal cron expression format ({text})")


def check_cron(text: str) -> None:
    """Refuse what is no cron expression of six or seven fields. StringException."""
    fields = text.split()
    if len(fields) not in {6, 7} or not all(map(_FIELD.match, fields)):
        raise _illegal(text)
    if fields[3] == fields[5] == "?":
        raise string_error(
            "'?' can only be specfied for Day-of-Month -OR- Day-of-Week."  # Quartz's own spelling
        )
    if fields[3] != "?" and fields[5] != "?":
        raise string_error(
            "Support for specifying both a day-of-week AND a day-of-month parameter "
            "is not implemented."
        )


def _number(text: str, place: int) -> int:
    names: dict[str, int] = _NAMES[place]
    found = names.get(text.upper()[:3])
    return int(text) if found is None else found


def _values(field: str, place: int) -> set[int]:
    """The values that a field without L, W and # allows."""
    low, high = _RANGES[place]
    allowed: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        if span in {"*", "?"}:
            first, last = low, high
        elif "-" in span:
            first, last = (_number(each, place) for each in span.split("-", 1))
        else:
            first = _number(span, place)
            last = high if step else first
        if last < first:
            last += high - low + 1
        size = high - low + 1
        values = range(first, last + 1, int(step or 1))
        allowed.update(value if value <= high else value - size for value in values)
    return allowed


def _fits_day(date: dt.date, fields: list[str]) -> bool:
    """Whether the day of the month and of the week allow the date."""
    day, week_day = fields[3].upper(), fields[5].upper()
    last = calendar.monthrange(date.year, date.month)[1]
    sunday_first = (date.weekday() + 1) % 7 + 1
    if day == "L":
        return date.day == last
    if day.endswith("W"):
        near = dt.date(date.year, date.month, last if day == "LW" else min(int(day[:-1]), last))
        shift = {5: -1, 6: 1}.get(near.weekday(), 0)
        if near.day + shift < 1 or near.day + shift > last:
            shift *= -2
        return date == near + dt.timedelta(days=shift)
    if "#" in week_day:
        wanted, _, nth = week_day.partition("#")
        return sunday_first == _number(wanted, 5) and (date.day - 1) // 7 + 1 == int(nth)
    if week_day.endswith("L"):
        return sunday_first == _number(week_day[:-1] or "7", 5) and date.day > last - 7
    return date.day in _values(day, 3) and sunday_first in _values(week_day, 5)


def next_fire_time(text: str, after: dt.datetime) -> dt.datetime | None:
    """The first moment behind `after`, in its zone; None if there is none within some years.

    Raises StringException for a field that makes no sense.
    """
    fields = text.split()
    try:
        seconds, minutes, hours = (sorted(_values(fields[place], place)) for place in range(3))
        months = _values(fields[4], 4)
        years = _values(fields[6], 6) if len(fields) > 6 else set(range(*_RANGES[6]))
        date = after.date()
        for _ in range(366 * 8):
            if date.year not in years:
                later = [year for year in years if year > date.year]
                if not later:
                    return None
                date = dt.date(min(later), 1, 1)
            if date.month in months and _fits_day(date, fields):
                found = _first_time(date, (hours, minutes, seconds), after)
                if found is not None:
                    return found
            date += dt.timedelta(days=1)
    except ValueError:
        raise _illegal(text) from None
    return None


def _first_time(
    date: dt.date, times: tuple[list[int], list[int], list[int]], after: dt.datetime
) -> dt.datetime | None:
    for hour in times[0]:
        for minute in times[1]:
            for second in times[2]:
                clock = dt.time(hour, minute, second, tzinfo=after.tzinfo)
                found = dt.datetime.combine(date, clock)
                if found > after:
                    return found
    return None
