"""What the gateway is told, and what is stored, on an org's bad days."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from answer_sets import render

from sfgen.answers import complete_answers
from sfgen.apex.host import ApexHost

if TYPE_CHECKING:
    from pathlib import Path

_PATH = "/pusher/messages"
_ENTER = """public with sharing class Enter {
    @AuraEnabled public static void app() {
        PusherSettings.save(new PusherSettings__c(Key__c = 'k', AppId__c = '1', Secret__c = 's'));
    }
    @AuraEnabled public static void nothing() {
        PusherSettings__c row = new PusherSettings().copy();
        row.Key__c = null;
        PusherSettings.save(row);
    }
    @AuraEnabled public static String error() {
        return new PusherSettings().copy().PublishError__c;
    }
}"""
_META = """<?xml version="1.0" encoding="UTF-8" ?>
<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>68.0</apiVersion>
<status>Active</status></ApexClass>"""
_COUNT = "SELECT COUNT(Id) total FROM PusherMessage__c"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> ApexHost:
    folder: Path = tmp_path_factory.mktemp("gateway")
    for path, content in render(complete_answers({}).as_dict()).items():
        if "/lwc/" not in path:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    classes = folder / "force-app/main/default/classes"
    classes.mkdir(parents=True)
    (classes / "Enter.cls").write_text(_ENTER, encoding="utf-8")
    (classes / "Enter.cls-meta.xml").write_text(_META, encoding="utf-8")
    return ApexHost.open(folder)


def deliver(host: ApexHost, *texts: dict[str, Any] | None) -> tuple[int, list[dict[str, Any]]]:
    reply = host.rest("POST", _PATH, json.dumps({"messages": texts}))
    return reply.status, json.loads(reply.body)


def text_of(name: str, thread: str) -> dict[str, Any]:
    return {"externalId": name, "conversationKey": thread, "body": "Hi"}


def test_a_text_for_a_locked_conversation_is_asked_for_again(host: ApexHost) -> None:
    deliver(host, text_of("lock-1", "lock"))
    host.faults.set("row-lock", only=["PusherConversation__c"], times=1)
    status, receipts = deliver(host, text_of("lock-2", "lock"))
    assert (status, receipts[0]["status"]) == (503, "Repeat")
    status, receipts = deliver(host, text_of("lock-1", "lock"), text_of("lock-2", "lock"))
    assert status == 200
    assert [(each["sequence"], each["duplicate"]) for each in receipts] == [(1, True), (2, False)]


def test_a_text_is_stored_when_no_job_can_be_queued(host: ApexHost) -> None:
    host.call("Enter", "app")
    host.faults.set("async-limit")
    status, receipts = deliver(host, text_of("day-1", "day"))
    host.faults.clear("async-limit")
    assert (status, receipts[0]["status"]) == (200, "Received")
    assert "asynchronous Apex" in host.call("Enter", "error")
    host.call("Enter", "nothing")


def test_one_bad_text_stops_no_other(host: ApexHost) -> None:
    before = host.query(_COUNT)[0]["total"]
    status, receipts = deliver(
        host,
        text_of("good-1", "some"),
        None,
        text_of("x" * 91, "some"),
        text_of("good-2", "some") | {"body": "a" * 32_769},
        text_of("good-3", "some") | {"body": "", "author": "\N{GRINNING FACE}" * 200},
    )
    assert status == 200
    told = [each["status"] for each in receipts]
    assert told == ["Received", "Refused", "Refused", "Refused", "Received"]
    assert all(each["error"] for each in receipts if each["status"] == "Refused")
    assert host.query(_COUNT)[0]["total"] == before + 2


def test_a_batch_of_nothing_but_bad_texts_is_a_bad_request(host: ApexHost) -> None:
    status, receipts = deliver(host, {"externalId": "1"}, None)
    assert status == 400
    assert [each["status"] for each in receipts] == ["Refused", "Refused"]
