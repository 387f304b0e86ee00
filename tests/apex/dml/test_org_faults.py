"""Faults that are set from outside: the day's jobs spent, settings full, rows held by others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fixtures.apex_project import write_apex_project

from sfgen.apex.calls import ApexCallError
from sfgen.apex.conditions import OrgConditions
from sfgen.apex.host import ApexHost
from sfgen.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

_SPENT = "Rate Limiting Exception : AsyncApexExecutions Limit exceeded."
_LOCKED = "UNABLE_TO_LOCK_ROW, unable to obtain exclusive access to this record"
_HELD = "Record Currently Unavailable: The record you are attempting to edit"
_JOB = """
    public without sharing class Job implements Queueable {
        public void execute(QueueableContext context) { }
        @AuraEnabled public static Id queue() { return System.enqueueJob(new Job()); }
        @AuraEnabled public static void later() { run(); }
        @future static void run() { }
        @AuraEnabled public static String caught() {
            try { System.enqueueJob(new Job()); return 'queued'; }
            catch (AsyncException e) { return e.getMessage(); }
        }
        @AuraEnabled public static Integer used() {
            return OrgLimits.getMap().get('DailyAsyncApexExecutions').getValue();
        }
        @AuraEnabled public static Integer allowed() {
            return OrgLimits.getMap().get('DailyAsyncApexExecutions').getLimit();
        }
        @AuraEnabled public static Id add() {
            Thing__c made = new Thing__c(C__c = 'c'); insert as system made; return made.Id;
        }
        @AuraEnabled public static void change(Id key) {
            update as system new Thing__c(Id = key, C__c = 'd');
        }
        @AuraEnabled public static void remove(Id key) {
            delete as system new Thing__c(Id = key);
        }
        @AuraEnabled public static Boolean changeSome(Id key) {
            return Database.update(new List<Thing__c>{ new Thing__c(Id = key, C__c = 'd') }, false,
                AccessLevel.SYSTEM_MODE)[0].isSuccess();
        }
        @AuraEnabled public static Integer hold(Id key) {
            return [SELECT Id FROM Thing__c WHERE Id = :key WITH SYSTEM_MODE FOR UPDATE].size();
        }
        @AuraEnabled public static Integer look(Id key) {
            return [SELECT Id FROM Thing__c WHERE Id = :key WITH SYSTEM_MODE].size();
        }
        @AuraEnabled public static void keep() {
            upsert as system new Conf__c(SetupOwnerId = UserInfo.getUserId(), Text__c = 't');
        }
    }
"""
_META = 'xmlns="http://soap.sforce.com/2006/04/metadata"'
_SETTING = {
    "main/objects/Conf__c/Conf__c.object-meta.xml": f"<CustomObject {_META}><label>Conf</label>"
    "<customSettingsType>Hierarchy</customSettingsType></CustomObject>",
    "main/objects/Conf__c/fields/Text__c.field-meta.xml": f"<CustomField {_META}><fullName>Text__c"
    "</fullName><label>T</label><type>Text</type><length>8</length></CustomField>",
}
_TRIGGER = {
    "main/triggers/OnThing.trigger": "trigger OnThing on Thing__c (after insert) "
    "{ System.enqueueJob(new Job()); }"
}


@pytest.fixture
def host(tmp_path: Path) -> ApexHost:
    return ApexHost.open(write_apex_project(tmp_path, {"Job": _JOB}, _SETTING))


@pytest.mark.parametrize("method", ["queue", "later"])
def test_a_spent_day_refuses_jobs(host: ApexHost, method: str) -> None:
    host.call("Job", method)
    host.faults.set("async-limit")
    with pytest.raises(ApexCallError) as failure:
        host.call("Job", method)
    assert failure.value.type_name == "System.AsyncException"
    assert failure.value.apex_message == _SPENT
    host.faults.clear("async-limit")
    host.call("Job", method)


def test_code_can_catch_and_foresee_a_spent_day(host: ApexHost) -> None:
    assert host.call("Job", "used") == 0
    host.faults.set("async-limit")
    assert host.call("Job", "caught") == _SPENT
    assert host.call("Job", "used") == host.call("Job", "allowed") == 250_000


def test_a_trigger_that_queues_fails_its_save(tmp_path: Path) -> None:
    host = ApexHost.open(write_apex_project(tmp_path, {"Job": _JOB}, _SETTING | _TRIGGER))
    host.faults.set("async-limit")
    with pytest.raises(ApexCallError) as failure:
        host.call("Job", "add")
    assert "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY, OnThing: execution of AfterInsert" in str(
        failure.value
    )
    assert f"caused by: System.AsyncException: {_SPENT}" in str(failure.value)


def test_a_held_row_is_neither_saved_nor_locked(host: ApexHost) -> None:
    key = host.call("Job", "add")
    host.faults.set("row-lock")
    for method in ("change", "remove"):
        with pytest.raises(ApexCallError, match=_LOCKED) as failure:
            host.call("Job", method, [key])
        assert failure.value.type_name == "System.DmlException"
        assert f"or 1 records: {key}" in str(failure.value)
    assert host.call("Job", "changeSome", [key]) is False
    with pytest.raises(ApexCallError, match=_HELD) as failure:
        host.call("Job", "hold", [key])
    assert failure.value.type_name == "System.QueryException"
    assert host.call("Job", "look", [key]) == 1
    host.call("Job", "add")  # a new row without parents waits for nobody


def test_a_lock_may_hold_one_row_or_one_object(host: ApexHost) -> None:
    one, other = host.call("Job", "add"), host.call("Job", "add")
    host.faults.set("row-lock", only=[one])
    host.call("Job", "change", [other])
    with pytest.raises(ApexCallError, match=_LOCKED):
        host.call("Job", "change", [one])
    host.faults.set("row-lock", only=["Account"])
    host.call("Job", "change", [one])
    host.faults.set("row-lock", only=["thing__c"])
    with pytest.raises(ApexCallError, match=_LOCKED):
        host.call("Job", "change", [one])


def test_a_fault_may_pass_after_some_times(host: ApexHost) -> None:
    key = host.call("Job", "add")
    host.faults.set("row-lock", times=1)
    with pytest.raises(ApexCallError, match=_LOCKED):
        host.call("Job", "change", [key])
    host.call("Job", "change", [key])
    assert host.faults.active == ()


def test_full_settings_keep_nothing(host: ApexHost) -> None:
    host.faults.set("settings-storage")
    with pytest.raises(ApexCallError, match="CUSTOM_SETTINGS_LIMIT_EXCEEDED"):
        host.call("Job", "keep")
    host.call("Job", "add")  # other rows have room
    host.faults.clear()
    host.call("Job", "keep")


def test_tests_run_under_the_fault_in_each_process(tmp_path: Path) -> None:
    tests = {
        f"Each{number}Test": f"@IsTest private class Each{number}Test {{ @IsTest static void "
        "run() { Job.queue(); } }"
        for number in range(4)
    }
    root = write_apex_project(tmp_path, {"Job": _JOB, **tests}, _SETTING)
    host = ApexHost.open(root, conditions=OrgConditions())
    assert all(each.outcome == "passed" for each in host.run_tests(processes=2).results)
    host.faults.set("async-limit")
    results = host.run_tests(processes=2).results
    assert [each.outcome for each in results] == ["failed"] * 4


def test_an_unknown_fault_is_refused(host: ApexHost) -> None:
    with pytest.raises(UsageError, match="no fault is named rain"):
        host.faults.set("rain")
