"""How Datetime, Date and Time become text, Time's methods and TimeZone."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import ClassVar

from sfgen.apex.library.declarations.arguments import required, type_error
from sfgen.apex.library.declarations.registry import (
    method,
    platform_class,
    platform_members,
    static,
)
from sfgen.apex.library.time.date_patterns import format_pattern
from sfgen.apex.library.time.datetimes import in_user_zone
from sfgen.apex.library.time.locales import form_of
from sfgen.apex.runtime.session import zone_named
from sfgen.apex.types.model import ApexType

__all__ = ["TimeZone"]

DATETIME = platform_members("Datetime")
TIME = platform_members("Time")


@DATETIME.method("String format()")
def format_default(moment: dt.datetime) -> str:
    """In the locale's form, in the user's zone."""
    form = form_of()
    return format_pattern(in_user_zone(moment), f"{form.short_date}'{form.joint}'{form.time}")


@DATETIME.method("String formatLong()")
def format_long(moment: dt.datetime) -> str:
    """In the locale's form with seconds and zone."""
    form = form_of()
    seconds = form.time.replace("mm", "mm:ss")
    return format_pattern(in_user_zone(moment), f"{form.short_date}'{form.joint}'{seconds} z")


@DATETIME.method("String format(String dateFormatString)")
def format_with(moment: dt.datetime, pattern: str | None) -> str:
    """By a Java pattern, in the user's zone."""
    return format_pattern(in_user_zone(moment), required(pattern))


@DATETIME.method("String format(String dateFormatString, String timezone)")
def format_in(moment: dt.datetime, pattern: str | None, zone: str | None) -> str:
    """By a Java pattern in the named zone; GMT for a name nobody knows, as in Java."""
    known = zone_named(required(zone)) or dt.timezone.utc
    return format_pattern(moment.astimezone(known), required(pattern))


@DATETIME.method("String formatGmt(String dateFormatString)")
def format_gmt(moment: dt.datetime, pattern: str | None) -> str:
    """By a Java pattern in GMT."""
    return format_pattern(moment, required(pattern))


@TIME.static("Time newInstance(Integer hour, Integer minutes, Integer seconds, Integer milliseconds)")  # fmt: skip # noqa: E501 - one signature
def new_time(
    hour: int | None, minute: int | None, second: int | None, millisecond: int | None
) -> dt.time:
    """The time of these parts. TypeException for parts that no clock shows."""
    try:
        return dt.time(
            required(hour), required(minute), required(second), 1000 * required(millisecond)
        )
    except ValueError:
        raise type_error(f"Invalid time: {hour}:{minute}:{second}.{millisecond}") from None


def _later(time: dt.time, **amount: int) -> dt.time:
    """So much later, past midnight from the start again."""
    whole = dt.timedelta(**amount) % dt.timedelta(days=1)
    return (dt.datetime.combine(dt.date(2000, 1, 1), time) + whole).time()


@TIME.method("Time addHours(Integer hours)")
def add_hours(time: dt.time, hours: int | None) -> dt.time:
    """So many hours later."""
    return _later(time, hours=required(hours))


@TIME.method("Time addMinutes(Integer minutes)")
def add_minutes(time: dt.time, minutes: int | None) -> dt.time:
    """So many minutes later."""
    return _later(time, minutes=required(minutes))


@TIME.method("Time addSeconds(Integer seconds)")
def add_seconds(time: dt.time, seconds: int | None) -> dt.time:
    """So many seconds later."""
    return _later(time, seconds=required(seconds))


@TIME.method("Time addMilliseconds(Integer milliseconds)")
def add_milliseconds(time: dt.time, milliseconds: int | None) -> dt.time:
    """So many milliseconds later."""
    return _later(time, milliseconds=required(milliseconds))


@TIME.method("Integer hour()")
def hour(time: dt.time) -> int:
    """The hour."""
    return time.hour


@TIME.method("Integer minute()")
def minute(time: dt.time) -> int:
    """The minute."""
    return time.minute


@TIME.method("Integer second()")
def second(time: dt.time) -> int:
    """The second."""
    return time.second


@TIME.method("Integer millisecond()")
def millisecond(time: dt.time) -> int:
    """The millisecond."""
    return time.microsecond // 1000


@platform_class("TimeZone")
class TimeZone:
    """A time zone (Apex Reference Guide, TimeZone Class)."""

    apex_type: ClassVar[ApexType] = ApexType("TimeZone")

    def __init__(self, zone: zoneinfo.ZoneInfo) -> None:
        self.zone = zone

    def apex_key(self) -> tuple[str, str]:
        """Equal zones have the same name."""
        return ("timezone", self.zone.key)

    @method("String toString()")
    def apex_text(self) -> str:
        """`America/New_York`."""
        return self.zone.key

    @staticmethod
    @static("TimeZone getTimeZone(String timeZoneIdString)")
    def get_time_zone(name: str | None) -> TimeZone:
        """The zone of that name; GMT for one nobody knows."""
        return TimeZone(zone_named(required(name)) or zoneinfo.ZoneInfo("GMT"))

    @method("String getID()")
    def get_id(self) -> str:
        """The zone's name."""
        return self.zone.key

    @method("String getDisplayName()")
    def get_display_name(self) -> str:
        """`(GMT+01:00) Central European Time (Europe/Berlin)`, the middle part left to the name."""
        return f"(GMT{format_pattern(dt.datetime.now(self.zone), 'XXX')}) {self.zone.key}"

    @method("Integer getOffset(Datetime date)")
    def get_offset(self, moment: dt.datetime | None) -> int:
        """How many milliseconds the zone is ahead of GMT at that moment."""
        offset = required(moment).astimezone(self.zone).utcoffset() or dt.timedelta()
        return int(offset.total_seconds() * 1000)
