"""The transaction's clock."""

from __future__ import annotations

import datetime as dt

from sfgen.apex.runtime.execution import Clock


def test_two_readings_are_never_the_same() -> None:
    clock = Clock()
    readings = [clock.read_milliseconds() for _ in range(1000)]
    assert len(set(readings)) == 1000
    assert readings == sorted(readings)


def test_a_fixed_clock_stands_still() -> None:
    moment = dt.datetime(2026, 11, 24, 8, 30, 1, 250_900, tzinfo=dt.timezone.utc)
    clock = Clock(moment)
    assert clock.read_milliseconds() == clock.read_milliseconds() == 1_795_509_001_250
