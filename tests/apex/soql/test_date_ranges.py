from __future__ import annotations

import datetime as dt

import pytest

from sfgen.apex.soql.date_ranges import range_of

# A Monday; weeks begin on Sunday (SOQL and SOSL Reference, "Date Literals").
TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("name", "amount", "start", "end"),
    [
        ("TODAY", None, "2026-11-23", "2026-11-24"),
        ("YESTERDAY", None, "2026-11-22", "2026-11-23"),
        ("TOMORROW", None, "2026-11-24", "2026-11-25"),
        ("THIS_WEEK", None, "2026-11-22", "2026-11-29"),
        ("LAST_WEEK", None, "2026-11-15", "2026-11-22"),
        ("NEXT_MONTH", None, "2026-12-01", "2027-01-01"),
        ("THIS_QUARTER", None, "2026-10-01", "2027-01-01"),
        ("LAST_FISCAL_QUARTER", None, "2026-07-01", "2026-10-01"),
        ("THIS_YEAR", None, "2026-01-01", "2027-01-01"),
        ("LAST_90_DAYS", None, "2026-08-25", "2026-11-24"),
        ("NEXT_90_DAYS", None, "2026-11-24", "2027-02-22"),
        ("LAST_N_DAYS", 7, "2026-11-16", "2026-11-24"),
        ("NEXT_N_DAYS", 7, "2026-11-24", "2026-12-01"),
        ("N_DAYS_AGO", 2, "2026-11-21", "2026-11-22"),
        ("LAST_N_MONTHS", 2, "2026-09-01", "2026-11-01"),
        ("NEXT_N_WEEKS", 1, "2026-11-29", "2026-12-06"),
        ("N_YEARS_AGO", 1, "2025-01-01", "2026-01-01"),
        ("LAST_N_FISCAL_YEARS", 2, "2024-01-01", "2026-01-01"),
    ],
)
def test_literals_are_ranges_of_days(name: str, amount: int | None, start: str, end: str) -> None:
    assert range_of(name, amount, TODAY) == (
        dt.date.fromisoformat(start),
        dt.date.fromisoformat(end),
    )
