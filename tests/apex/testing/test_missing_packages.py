"""Code that builds on packages which are not here: unsupported, never a wrong answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sfgen.apex.host import ApexHost

if TYPE_CHECKING:
    from pathlib import Path

    from sfgen.apex.testing.results import TestRun

_CLASS = """
@IsTest
private class GiftTest {
    // gift__Commented__c is named by no code
    static Object compiledWithThePackage() { return new Contact(gift__Private__c = true); }
    @IsTest static void describe() {
        Assert.isFalse(Schema.SObjectType.Contact.fields.getMap().containsKey('gift__Private__c'));
    }
    @IsTest static void globalDescribe() {
        Assert.isNull(Schema.getGlobalDescribe().get('gift__Payment__c'));
    }
    @IsTest static void query() {
        try { Database.query('SELECT gift__Private__c FROM Contact'); Assert.fail(); }
        catch (QueryException e) { Assert.isNotNull(e); }
    }
    @IsTest static void objectOfQuery() {
        try { Database.query('SELECT Id FROM gift__Payment__c'); Assert.fail(); }
        catch (QueryException e) { Assert.isNotNull(e); }
    }
    @IsTest static void field() {
        try { new Contact().get('gift__Private__c'); Assert.fail(); }
        catch (SObjectException e) { Assert.isNotNull(e); }
    }
    @IsTest static void labelOfPackage() { Assert.isNotNull(System.Label.gift.Thanks); }
    @IsTest static void inATextOnly() {
        Assert.isNull(Schema.getGlobalDescribe().get('other__Payment__c'));
        try { new Contact().get('commented__Private__c'); Assert.fail(); }
        catch (SObjectException e) {
            Assert.areEqual('Invalid field commented__Private__c for Contact', e.getMessage());
        }
    }
}
"""


def _run(root: Path) -> TestRun:
    root.joinpath("sfdx-project.json").write_text(
        json.dumps({"packageDirectories": [{"path": "force-app"}], "sourceApiVersion": "68.0"})
    )
    classes = root / "force-app" / "classes"
    classes.mkdir(parents=True)
    (classes / "GiftTest.cls").write_text(_CLASS)
    return ApexHost.open(root).run_tests([])


def test_names_of_a_package_that_is_not_here_are_unsupported(tmp_path: Path) -> None:
    run = _run(tmp_path)
    outcomes = {each.method: each.outcome for each in run.results}
    assert outcomes.pop("inATextOnly") == "passed"
    assert set(outcomes.values()) == {"unsupported"}
    messages = {each.method: each.message for each in run.results}
    assert "gift__Private__c: the package gift is not here" in messages["describe"]
    assert "gift__Payment__c: the package gift is not here" in messages["objectOfQuery"]
    assert "System.Label.gift.Thanks" in messages["labelOfPackage"]
