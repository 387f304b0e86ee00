"""Tests that read the org's own records: what they miss here is unsupported, not failed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sfgen.apex.host import ApexHost

if TYPE_CHECKING:
    from pathlib import Path

_CLASS = """
@IsTest
private class OrgDataTest {
    @IsTest(SeeAllData=true) static void reads() { Account a = [SELECT Id FROM Account LIMIT 1]; }
    @IsTest(SeeAllData=true) static void writes() { insert new Account(Name = 'A'); }
    @IsTest static void fails() { Account a = [SELECT Id FROM Account LIMIT 1]; }
    @IsTest static void finds() {
        EmailTemplate found = [SELECT Subject, Body, Folder.Name FROM EmailTemplate
            WHERE DeveloperName = 'Hello'];
        Assert.areEqual('Hi', found.Subject);
        Assert.areEqual('Dear you', found.Body);
        Assert.areEqual('Our Mails', found.Folder.Name);
        Assert.areEqual('https://example.test',
            [SELECT Endpoint FROM NamedCredential WHERE DeveloperName = 'Erp'].Endpoint);
    }
}
"""
_FILES = {
    "classes/OrgDataTest.cls": _CLASS,
    "email/Mails.emailFolder-meta.xml": "<EmailFolder><name>Our Mails</name></EmailFolder>",
    "email/Mails/Hello.email-meta.xml": "<EmailTemplate><name>Hello</name><subject>Hi</subject>"
    "<textOnly>Dear you</textOnly><type>text</type></EmailTemplate>",
    "namedCredentials/Erp.namedCredential-meta.xml": "<NamedCredential><label>ERP</label>"
    "<endpoint>https://example.test</endpoint></NamedCredential>",
}


def test_a_test_that_misses_the_orgs_records_is_unsupported(tmp_path: Path) -> None:
    tmp_path.joinpath("sfdx-project.json").write_text(
        json.dumps({"packageDirectories": [{"path": "force-app"}], "sourceApiVersion": "68.0"})
    )
    for name, text in _FILES.items():
        path = tmp_path / "force-app" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    run = ApexHost.open(tmp_path).run_tests([])
    outcomes = {each.method: each.outcome for each in run.results}
    assert outcomes == {
        "reads": "unsupported",
        "writes": "passed",
        "fails": "failed",
        "finds": "passed",
    }
    message = next(each.message for each in run.results if each.method == "reads")
    assert "SeeAllData=true" in message
    assert "List has no rows" in message
