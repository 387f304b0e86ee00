"""Strings that hold half an emoji: cut, put together, stored, looked for, sent, reported."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from fixtures.apex_project import write_apex_project
from lxml import etree

from sfgen.apex.calls import ApexCallError
from sfgen.apex.conditions import OrgConditions
from sfgen.apex.host import ApexHost, HttpReply
from sfgen.commands.test import command

if TYPE_CHECKING:
    from pathlib import Path

_HALF = "'a😀'.left(2)"
_CLASS = """
    @RestResource(urlMapping='/halves/*')
    global without sharing class Halves {
        @AuraEnabled public static String half() { return 'a😀'.left(2); }
        @AuraEnabled public static String echo(String text) { return text; }
        @AuraEnabled public static Id keep(String text) {
            Thing__c made = new Thing__c(Name = text, C__c = text, A__c = text);
            insert made;
            return made.Id;
        }
        @AuraEnabled public static String read(Id key) {
            return [SELECT A__c FROM Thing__c WHERE Id = :key].A__c;
        }
        @AuraEnabled public static void fail(String text) { throw new AuraHandledException(text); }
        @AuraEnabled public static String send(String text) {
            HttpRequest request = new HttpRequest();
            request.setEndpoint('https://one.example.com/' + EncodingUtil.urlEncode(text, 'UTF-8'));
            request.setHeader('X', text);
            request.setMethod('POST');
            request.setBody(text);
            return new Http().send(request).getBody();
        }
        @HttpPost global static String post(String text) { return text + half(); }
    }
"""
_FAILING = "@IsTest private class RunTest { @IsTest static void run() { Assert.fail(HALF); } }"
_BODIES = r"""
Assert.areEqual(2, HALF.length());
Assert.areEqual('a😀', HALF + 'a😀'.substring(2));
Assert.areEqual('a😀', String.join(new List<String>{ HALF, 'a😀'.substring(2) }, ''));
Assert.areNotEqual('a😀', HALF); Assert.isFalse(HALF == 'a');
Map<String, String> m = new Map<String, String>{ HALF => 'x' };
    Assert.areEqual('x', m.get(HALF));
Assert.areEqual('61F09F9880', EncodingUtil.convertToHex(Blob.valueOf('a😀')).toUpperCase());
Assert.areEqual('613f', EncodingUtil.convertToHex(Blob.valueOf(HALF)));
Assert.areEqual('a%3F', EncodingUtil.urlEncode(HALF, 'UTF-8'));
Assert.areEqual(28, EncodingUtil.base64Encode(Crypto.generateDigest('SHA1',
    Blob.valueOf(HALF))).length());
Assert.areEqual(HALF, (String) JSON.deserialize(JSON.serialize(HALF), String.class));
Assert.areEqual(1, ((String) JSON.deserializeUntyped('"\\ud83d"')).length());
Assert.isTrue(Pattern.compile('a.').matcher(HALF).matches());
Assert.areEqual('b', HALF.replaceAll('a.', 'b'));
System.debug(HALF); String.valueOf(new List<String>{ HALF });
Assert.areEqual(2, HALF.toUpperCase().length()); HALF.escapeHtml4(); HALF.escapeUnicode();
    HALF.escapeJava(); HALF.escapeXml(); HALF.reverse();
HALF.getChars(); HALF.hashCode(); HALF.compareTo('b'); HALF.isAlpha();
new PageReference('/x').getParameters().put('a', HALF);
    PageReference p = new PageReference('/x'); p.getParameters().put('a', HALF); p.getUrl();
Dom.Document d = new Dom.Document();
    d.createRootElement('r', null, null).addTextNode(HALF); HttpRequest r = new HttpRequest();
    r.setBodyDocument(d); r.getBody();
XmlStreamWriter w = new XmlStreamWriter(); w.writeStartElement(null, 'r', null);
    w.writeCharacters(HALF); w.writeEndElement(); w.getXmlString();
insert new Thing__c(C__c = 'c', A__c = HALF);
    Assert.areEqual(1, [SELECT COUNT() FROM Thing__c WHERE A__c = :HALF]);
insert new Thing__c(C__c = 'c', A__c = HALF);
    Assert.areEqual(1, Database.countQuery('SELECT COUNT() FROM Thing__c WHERE A__c = \'' + HALF
    + '\''));
insert new Thing__c(C__c = 'c', A__c = HALF);
    Assert.areEqual(1, [SELECT COUNT() FROM Thing__c WHERE A__c IN :new List<String>{ HALF, 'x'
    }]);
List<String> many = new List<String>(); for (Integer i = 0; i < 900;
    i++) { many.add('n' + i); } many.add(HALF); insert new Thing__c(C__c = 'c', A__c = HALF);
    Assert.areEqual(1, [SELECT COUNT() FROM Thing__c WHERE A__c IN :many]);
insert new Thing__c(C__c = 'c', A__c = HALF);
    Assert.areEqual(1, [SELECT COUNT() FROM Thing__c WHERE A__c LIKE :('%' + HALF + '%')]);
Thing__c t = new Thing__c(C__c = 'c', A__c = 'x'); insert t; t.A__c = HALF; update t;
    upsert t; delete t; undelete t;
insert new Account(Name = HALF); insert new Contact(LastName = HALF, Description = HALF);
    List<List<SObject>> found = [FIND :HALF IN ALL FIELDS RETURNING Account(Id)];
Account a = new Account(Name = 'a'); insert a;
    insert new Attachment(Name = HALF, Body = Blob.valueOf(HALF), ParentId = a.Id);
"""
"""Bodies of test methods; what follows is indented. HALF is a text with half an emoji."""


def _run(root: Path, body: str) -> str:
    test = f"@IsTest private class RunTest {{ @IsTest static void run() {{ {body} }} }}"
    write_apex_project(root, {"RunTest": test}, version="66.0")
    run = ApexHost.open(root, conditions=OrgConditions()).run_tests(processes=1)
    assert not run.problems
    return run.results[0].message or ""


@pytest.mark.parametrize("body", re.split(r"\n(?! )", _BODIES.strip()))
def test_half_an_emoji_is_a_string_like_others(tmp_path: Path, body: str) -> None:
    assert _run(tmp_path, body.replace("HALF", _HALF)) == ""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> ApexHost:
    root = write_apex_project(tmp_path_factory.mktemp("halves"), {"Halves": _CLASS}, version="66.0")

    def answer(request: Any) -> HttpReply:
        return HttpReply(200, request.body + "\ud83d")

    host = ApexHost.open(root, callout=answer)
    host.remote_sites.register("https://one.example.com")
    return host


def test_what_a_client_gets_can_be_sent(host: ApexHost) -> None:
    assert host.call("Halves", "half") == "a?"
    assert host.remote("Halves", "half", []) == "a?"
    assert host.call("Halves", "echo", ["b\ud83d"]) == "b?"
    assert host.call("Halves", "echo", ["😀"]) == "😀"
    with pytest.raises(ApexCallError) as failure:
        host.call("Halves", "fail", ["c\ud83d"])
    for text in (str(failure.value), failure.value.client_message, failure.value.apex_message):
        text.encode()


def test_what_is_stored_is_a_text(host: ApexHost) -> None:
    key = host.call("Halves", "keep", ["b\ud83d"])
    assert host.call("Halves", "read", [key]) == "b\ufffd"
    assert host.call("Halves", "read", [host.call("Halves", "keep", ["😀"])]) == "😀"
    assert host.query("SELECT FIELDS(ALL) FROM Thing__c LIMIT 1")[0]["A__c"] == "b\ufffd"


def test_a_rest_body_may_hold_halves(host: ApexHost) -> None:
    for body in ('{"text":"\\ud83d"}', '{"text":"\ud83d"}'):
        reply = host.rest("POST", "/halves/1", body)
        reply.body.encode()
        assert json.loads(reply.body) == "?a?"


def test_a_callout_may_send_and_get_them(host: ApexHost) -> None:
    assert host.call("Halves", "send", ["b\ud83d"]) == "b??"


def test_the_reports_of_a_failure_hold_none(tmp_path: Path) -> None:
    write_apex_project(
        tmp_path,
        {"RunTest": _FAILING.replace("HALF", _HALF)},
    )
    junit = tmp_path / "junit.xml"
    arguments = [str(tmp_path), "--junit", str(junit)]
    shown = CliRunner().invoke(command, arguments, standalone_mode=False)
    assert shown.return_value == 1
    assert "a?" in shown.output
    etree.parse(str(junit))
    told = CliRunner().invoke(command, [str(tmp_path), "--json"], standalone_mode=False)
    assert "a?" in json.loads(told.output)["result"]["tests"][0]["message"]
