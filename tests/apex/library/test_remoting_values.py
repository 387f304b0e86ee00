"""JavaScript remoting sends dates and times as numbers, Lightning as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fixtures.apex_project import write_apex_project

from sfgen.apex.host import ApexHost

if TYPE_CHECKING:
    from pathlib import Path

_CLASS = """
    global with sharing class Dates {
        global class Inner {
            @AuraEnabled public Datetime at; @AuraEnabled public Date day;
            @AuraEnabled public Time clock; @AuraEnabled public Long big;
        }
        @AuraEnabled @RemoteAction global static Datetime moment() {
            return Datetime.newInstanceGmt(2015, 5, 19, 15, 0, 0);
        }
        @AuraEnabled @RemoteAction global static Date day() { return Date.newInstance(2015, 5, 19); }
        @AuraEnabled @RemoteAction global static Time clock() {
            return Time.newInstance(1, 2, 3, 4);
        }
        @AuraEnabled @RemoteAction global static Date none() { return null; }
        @AuraEnabled @RemoteAction global static List<Inner> inner() {
            Inner made = new Inner();
            made.at = moment(); made.day = day(); made.clock = clock(); made.big = 5000000000L;
            return new List<Inner>{ made };
        }
        @AuraEnabled @RemoteAction global static Map<String, Datetime> named() {
            return new Map<String, Datetime>{ 'a' => moment() };
        }
        @AuraEnabled @RemoteAction global static Contact record() {
            return new Contact(LastName = 'l', Birthdate = day());
        }
        @AuraEnabled @RemoteAction global static String take(Datetime at, Date day, Time clock) {
            return at.formatGmt('yyyy-MM-dd HH:mm') + ' ' + String.valueOf(day) + ' ' + clock;
        }
    }
"""
_MOMENT, _DAY, _CLOCK = 1_432_047_600_000, 1_431_993_600_000, 3_723_004


@pytest.fixture
def host(tmp_path: Path) -> ApexHost:
    return ApexHost.open(write_apex_project(tmp_path, {"Dates": _CLASS}))


def test_remoting_sends_numbers(host: ApexHost) -> None:
    assert host.remote("Dates", "moment", []) == _MOMENT
    assert host.remote("Dates", "day", []) == _DAY
    assert host.remote("Dates", "clock", []) == _CLOCK
    assert host.remote("Dates", "none", []) is None
    inner = {"at": _MOMENT, "day": _DAY, "clock": _CLOCK, "big": 5_000_000_000}
    assert host.remote("Dates", "inner", []) == [inner]
    assert host.remote("Dates", "named", []) == {"a": _MOMENT}
    assert host.remote("Dates", "record", [])["Birthdate"] == _DAY


def test_lightning_gets_text(host: ApexHost) -> None:
    assert host.call("Dates", "moment") == "2015-05-19T15:00:00.000Z"
    assert host.call("Dates", "day") == "2015-05-19"
    assert host.call("Dates", "clock") == "01:02:03.004Z"
    assert host.call("Dates", "record")["Birthdate"] == "2015-05-19"


def test_remoting_takes_numbers_and_text(host: ApexHost) -> None:
    told = "2015-05-19 15:00 2015-05-19 01:02:03.004Z"
    assert host.remote("Dates", "take", [_MOMENT, _DAY, _CLOCK]) == told
    text = ["2015-05-19T15:00:00.000Z", "2015-05-19", "01:02:03.004Z"]
    assert host.remote("Dates", "take", text) == told
