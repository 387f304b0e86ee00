"""BusinessHours: time counted in an organization's opening hours.

Apex Reference Guide, "BusinessHours Class". Holidays are not taken off.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sfgen.apex.database import org_database
from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.keys import Long

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__: list[str] = []

BUSINESS_HOURS = platform_members("BusinessHours")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MOST_DAYS = 3660
_MILLISECOND = dt.timedelta(milliseconds=1)


def _row(identity: str | None) -> dict[str, Any]:
    database = org_database()
    found = database.store.row(database.schema["BusinessHours"], str(required(identity)))
    if found is None:
        raise raise_apex("InvalidParameterValueException", f"Invalid BusinessHours: {identity}")
    return dict(found)


def _windows(
    row: dict[str, Any], moment: dt.datetime, step: int
) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Opening times from the day of a moment on, forwards (`step` 1) or backwards (-1), in GMT.

    A day that begins and ends at midnight is open all day, one without times is closed.
    """
    zone = ZoneInfo(row.get("timezonesidkey") or "GMT")
    day = moment.astimezone(zone).date()
    for _ in range(_MOST_DAYS):
        name = _DAYS[day.weekday()]
        start, end = row.get(f"{name}starttime"), row.get(f"{name}endtime")
        if start is not None and end is not None:
            begin = dt.datetime.combine(day, start, zone)
            last = day + dt.timedelta(days=1) if end <= start else day
            finish = dt.datetime.combine(last, end, zone)
            yield begin.astimezone(dt.timezone.utc), finish.astimezone(dt.timezone.utc)
        day += dt.timedelta(days=step)


@BUSINESS_HOURS.static("Datetime add(Id businessHoursId, Datetime startDate, Long interval)")
@BUSINESS_HOURS.static("Datetime addGmt(Id businessHoursId, Datetime startDate, Long interval)")
def add(identity: str | None, start: dt.datetime | None, interval: int | None) -> dt.datetime:
    """The moment that is `interval` milliseconds of opening time after (or before) another."""
    moment, left = required(start), int(required(interval))
    step = -1 if left < 0 else 1
    gap = abs(left) * _MILLISECOND
    for begin, end in _windows(_row(identity), moment, step):
        here = max(begin, moment) if step > 0 else min(end, moment)
        room = end - here if step > 0 else here - begin
        if room < dt.timedelta(0):
            continue
        if gap <= room:
            return here + step * gap
        gap -= room
    raise raise_apex("UnexpectedException", "The business hours are never open")


@BUSINESS_HOURS.static("Long diff(Id businessHoursId, Datetime startDate, Datetime endDate)")
def diff(identity: str | None, start: dt.datetime | None, end: dt.datetime | None) -> Long:
    """The milliseconds of opening time between two moments; negative when the first is later."""
    first, second = required(start), required(end)
    if second < first:
        return Long(-int(diff(identity, second, first)))
    total = dt.timedelta(0)
    for begin, finish in _windows(_row(identity), first, 1):
        if begin >= second:
            break
        total += max(min(finish, second) - max(begin, first), dt.timedelta(0))
    return Long(total // _MILLISECOND)


@BUSINESS_HOURS.static("Boolean isWithin(Id businessHoursId, Datetime targetDate)")
def is_within(identity: str | None, moment: dt.datetime | None) -> bool:
    """Whether a moment is in opening time."""
    wanted = required(moment)
    yesterday = wanted - dt.timedelta(days=1)
    for begin, end in _windows(_row(identity), yesterday, 1):
        if begin > wanted:
            return False
        if wanted < end:
            return True
    return False


@BUSINESS_HOURS.static("Datetime nextStartDate(Id businessHoursId, Datetime targetDate)")
def next_start_date(identity: str | None, moment: dt.datetime | None) -> dt.datetime:
    """The moment itself in opening time, else the next opening."""
    wanted = required(moment)
    for begin, end in _windows(_row(identity), wanted, 1):
        if wanted < end:
            return max(begin, wanted)
    raise raise_apex("UnexpectedException", "The business hours are never open")
