"""Date (Apex Reference Guide, Date Class)."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Any

from sfgen.apex.library.declarations.arguments import required, type_error
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.time.date_patterns import format_pattern
from sfgen.apex.library.time.locales import form_of
from sfgen.apex.runtime.exceptions import Unsupported
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.session import user_zone
from sfgen.apex.runtime.text import text_of

__all__ = ["date_of", "months_later", "today"]

DATE = platform_members("Date")

_ISO = re.compile(r"\s*(\d{1,4})-(\d{1,2})-(\d{1,2})(?!\d)", re.ASCII)
_PARTS = re.compile(r"\s*(\d+)[-/. ]+(\d+)[-/. ]+(\d+)\s*\Z", re.ASCII)


def date_of(year: int, month: int, day: int) -> dt.date:
    """A date whose parts may be out of range: they roll over as in a lenient calendar (ST25).

    Years before 1 and after 9999 are unsupported.
    """
    months = year * 12 + month - 1
    try:
        return dt.date(months // 12, months % 12 + 1, 1) + dt.timedelta(days=day - 1)
    except (ValueError, OverflowError):
        raise Unsupported(f"a Date in the year {year}") from None


def months_later(date: dt.date, months: int) -> dt.date:
    """The same day `months` later, at most the month's last (ST31)."""
    first = date_of(date.year, date.month + months, 1)
    return first.replace(day=min(date.day, calendar.monthrange(first.year, first.month)[1]))


@DATE.static("Date newInstance(Integer year, Integer month, Integer day)")
def new_instance(year: int | None, month: int | None, day: int | None) -> dt.date:
    """The date of these parts."""
    return date_of(required(year), required(month), required(day))


@DATE.static("Date today()")
def today() -> dt.date:
    """The date in the user's time zone."""
    return current().now().astimezone(user_zone()).date()


@DATE.static("Integer daysInMonth(Integer year, Integer month)")
def days_in_month(year: int | None, month: int | None) -> int:
    """How many days the month has."""
    first = date_of(required(year), required(month), 1)
    return calendar.monthrange(first.year, first.month)[1]


@DATE.static("Boolean isLeapYear(Integer year)")
def is_leap_year(year: int | None) -> bool:
    """Whether February has 29 days."""
    return calendar.isleap(required(year))


@DATE.static("Date valueOf(String stringDate)")
def value_of(text: str | None) -> dt.date:
    """From `yyyy-MM-dd`, whatever follows (ST26). TypeException `Invalid date: ...`."""
    found = _ISO.match(required(text))
    if not found:
        raise type_error(f"Invalid date: {text}")
    return date_of(int(found[1]), int(found[2]), int(found[3]))


@DATE.static("Date valueOf(Object fieldValue)")
def value_of_object(value: Any) -> dt.date:
    """A Date itself, a Datetime's date in the user's zone, or a text read."""
    known = required(value)
    if type(known) is dt.datetime:
        return known.astimezone(user_zone()).date()
    if isinstance(known, dt.date):
        return known
    return value_of(known if isinstance(known, str) else text_of(known))


@DATE.static("Date parse(String stringDate)")
def parse(text: str | None) -> dt.date:
    """From the locale's short form. TypeException `Invalid date: ...`."""
    found = _PARTS.match(required(text))
    if not found:
        raise type_error(f"Invalid date: {text}")
    parts = dict(zip(form_of().date_order, map(int, found.groups()), strict=True))
    return date_of(parts["y"], parts["m"], parts["d"])


@DATE.method("Date addDays(Integer days)")
def add_days(date: dt.date, days: int | None) -> dt.date:
    """So many days later."""
    return date_of(date.year, date.month, date.day + required(days))


@DATE.method("Date addMonths(Integer months)")
def add_months(date: dt.date, months: int | None) -> dt.date:
    """So many months later."""
    return months_later(date, required(months))


@DATE.method("Date addYears(Integer years)")
def add_years(date: dt.date, years: int | None) -> dt.date:
    """So many years later."""
    return months_later(date, 12 * required(years))


@DATE.method("Integer day()")
def day(date: dt.date) -> int:
    """The day of the month."""
    return date.day


@DATE.method("Integer dayOfYear()")
def day_of_year(date: dt.date) -> int:
    """The day of the year, from 1."""
    return date.timetuple().tm_yday


@DATE.method("Integer month()")
def month(date: dt.date) -> int:
    """The month, from 1."""
    return date.month


@DATE.method("Integer year()")
def year(date: dt.date) -> int:
    """The year."""
    return date.year


@DATE.method("Integer daysBetween(Date secondDate)")
def days_between(date: dt.date, other: dt.date | None) -> int:
    """How many days the other date is later."""
    return (required(other) - date).days


@DATE.method("Integer monthsBetween(Date secondDate)")
def months_between(date: dt.date, other: dt.date | None) -> int:
    """How many months the other date is later, days left out."""
    later = required(other)
    return (later.year - date.year) * 12 + later.month - date.month


@DATE.method("String format()")
def format_date(date: dt.date) -> str:
    """In the locale's short form."""
    moment = dt.datetime.combine(date, dt.time(), dt.timezone.utc)
    return format_pattern(moment, form_of().short_date)


@DATE.method("Boolean isSameDay(Date dateToCompare)")
def is_same_day(date: dt.date, other: dt.date | None) -> bool:
    """Whether both are the same day."""
    return date == required(other)


@DATE.method("Date toStartOfMonth()")
def to_start_of_month(date: dt.date) -> dt.date:
    """The month's first day."""
    return date.replace(day=1)


@DATE.method("Date toStartOfWeek()")
def to_start_of_week(date: dt.date) -> dt.date:
    """The week's first day by the locale: Sunday in the United States."""
    return date - dt.timedelta(days=(date.weekday() - form_of().first_weekday) % 7)
