"""Date literals of SOQL as ranges of days (SOQL and SOSL Reference, "Date Literals")."""

from __future__ import annotations

import datetime as dt

__all__ = ["range_of"]

_DAY = dt.timedelta(days=1)


def _month(start: dt.date, months: int) -> dt.date:
    """The first day of the month `months` after that of `start`."""
    place = start.year * 12 + start.month - 1 + months
    return dt.date(place // 12, place % 12 + 1, 1)


def _start(unit: str, today: dt.date, step: int) -> dt.date:
    """The first day of the unit `step` units after the one that holds today."""
    if unit == "DAY":
        return today + step * _DAY
    if unit == "WEEK":
        return today - _DAY * (today.isoweekday() % 7) + step * 7 * _DAY
    if unit == "MONTH":
        return _month(today, step)
    if unit.endswith("QUARTER"):
        return _month(dt.date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * step)
    return dt.date(today.year + step, 1, 1)


def range_of(name: str, amount: int | None, today: dt.date) -> tuple[dt.date, dt.date]:
    """First day and the day after the last. Weeks begin on Sunday, fiscal years in January."""
    single = {"YESTERDAY": -1, "TODAY": 0, "TOMORROW": 1}
    if name in single:
        start = today + single[name] * _DAY
        return start, start + _DAY
    if name.endswith("_90_DAYS"):
        name, amount = f"{name[:4]}_N_DAYS", 90
    if amount is None:
        when, _, unit = name.partition("_")
        step = {"LAST": -1, "THIS": 0, "NEXT": 1}[when]
        return _start(unit, today, step), _start(unit, today, step + 1)
    if name.endswith("_AGO"):
        unit = name[2 : -len("S_AGO")]
        return _start(unit, today, -amount), _start(unit, today, 1 - amount)
    return _many(name[:4], name[len("LAST_N_") : -1], amount, today)


def _many(when: str, unit: str, amount: int, today: dt.date) -> tuple[dt.date, dt.date]:
    """LAST_N_DAYS reaches through today, NEXT_N_DAYS begins tomorrow; other units are whole."""
    if unit == "DAY":
        if when == "LAST":
            return today - amount * _DAY, today + _DAY
        return today + _DAY, today + (amount + 1) * _DAY
    if when == "LAST":
        return _start(unit, today, -amount), _start(unit, today, 0)
    return _start(unit, today, 1), _start(unit, today, amount + 1)
