"""Queries that Apex can't make, and those that find nothing where nobody speaks English."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fixtures.apex_project import write_apex_project

from sfgen.apex.calls import ApexCallError
from sfgen.apex.host import ApexHost
from sfgen.check import check_project
from sfgen.project import read_project

if TYPE_CHECKING:
    from pathlib import Path

_SAYS = "The SOQL FIELDS function is not supported with an unbounded set of fields in this API"


def _found(root: Path, body: str, rule: str) -> list[str]:
    """What the rule finds in a method with that body: severity and message."""
    text = f"public with sharing class Asks {{\n    public static void ask() {{\n{body}\n    }}\n}}"
    write_apex_project(root, {"Asks": text})
    found = check_project(read_project(root))
    return [f"{each.severity}: {each.message}" for each in found if each.rule == rule]


@pytest.mark.parametrize(
    "body",
    [
        "List<Thing__c> r = [SELECT FIELDS(CUSTOM) FROM Thing__c LIMIT 200];",
        "List<Thing__c> r = [SELECT FIELDS(ALL) FROM Thing__c LIMIT 1];",
        "List<Thing__c> r = [select id, fields ( custom ) from Thing__c];",
        "for (Thing__c t : [SELECT\n  Fields(All)\n FROM Thing__c]) { }",
        "List<Account> r = [SELECT Id, (SELECT FIELDS(ALL) FROM Contacts) FROM Account];",
        "Database.getQueryLocator([SELECT FIELDS(CUSTOM) FROM Thing__c]);",
    ],
)
def test_inline_queries_name_their_fields(tmp_path: Path, body: str) -> None:
    assert _found(tmp_path, body, "soql-fields") == [f"error: {_SAYS}"]
    (problem,) = ApexHost.open(tmp_path).problems
    assert problem.message == f"{_SAYS}."


@pytest.mark.parametrize(
    "body",
    [
        "Database.query('SELECT FIELDS(CUSTOM) FROM Thing__c');",
        "Database.query('SELECT ' + 'FIELDS(ALL) FROM Thing__c LIMIT 1', AccessLevel.USER_MODE);",
        "Database.queryWithBinds('SELECT FIELDS(ALL) FROM Thing__c', m, AccessLevel.USER_MODE);",
        "Database.getQueryLocator('SELECT FIELDS(CUSTOM) FROM Thing__c');",
        "String q = 'SELECT FIELDS(CUSTOM) FROM Thing__c'; Database.query(q);",
        "String q = 'SELECT '; q += 'FIELDS(CUSTOM) FROM Thing__c'; Database.query(q);",
    ],
)
def test_dynamic_queries_name_their_fields(tmp_path: Path, body: str) -> None:
    assert _found(tmp_path, body, "soql-fields-dynamic") == [f"error: {_SAYS}"]


@pytest.mark.parametrize(
    "body",
    [
        "List<Thing__c> r = [SELECT FIELDS(STANDARD) FROM Thing__c];",
        "Database.query('SELECT FIELDS(STANDARD) FROM Thing__c');",
        "// [SELECT FIELDS(ALL) FROM Thing__c]",
        "String s = 'FIELDS(ALL) is for REST';",
        "request.setEndpoint('callout:Org/query?q=SELECT+FIELDS(ALL)+FROM+Thing__c+LIMIT+1');",
        "List<Thing__c> r = [SELECT Id FROM Thing__c WHERE Name = 'FIELDS(ALL)'];",
    ],
)
def test_what_an_org_takes_is_not_told(tmp_path: Path, body: str) -> None:
    assert _found(tmp_path, body, "soql-fields") == []
    assert _found(tmp_path, body, "soql-fields-dynamic") == []


_LONG = {
    "main/objects/Thing__c/fields/L__c.field-meta.xml": '<CustomField xmlns="http://soap.sforce.com/'
    '2006/04/metadata"><fullName>L__c</fullName><label>L</label><type>LongTextArea</type>'
    "<length>1000</length><visibleLines>3</visibleLines></CustomField>"
}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT Id FROM Thing__c WHERE L__c = 'x'", "field 'L__c' can not be filtered in a query call"),
        ("SELECT Id FROM Thing__c t WHERE t.L__c != null", "field 'L__c' can not be filtered in a query call"),
        ("SELECT Id FROM Thing__c WHERE Name = 'x' AND (NOT L__c LIKE 'x%')",
         "field 'L__c' can not be filtered in a query call"),
        ("SELECT Id FROM Thing__c ORDER BY L__c", "field 'L__c' can not be sorted in a query call"),
        ("SELECT COUNT(Id) FROM Thing__c GROUP BY L__c", "field 'L__c' can not be grouped in a query call"),
        ("SELECT Id FROM Account WHERE Id IN (SELECT A__c FROM Thing__c WHERE L__c = 'x')",
         "field 'L__c' can not be filtered in a query call"),
        ("SELECT Name, name FROM Thing__c", "duplicate field selected: name"),
        ("SELECT Id, Thing__c.Id FROM Thing__c", "duplicate field selected: Thing__c.Id"),
        ("SELECT Id FROM Thing__c WITH SECURITY_ENFORCED",
         "WITH SECURITY_ENFORCED is not supported in API 67.0 and later"),
    ],
)  # fmt: skip
def test_an_org_refuses_these_when_it_compiles(tmp_path: Path, query: str, message: str) -> None:
    text = "public with sharing class Asks { public static void ask() { Object r = [%s]; } }"
    write_apex_project(tmp_path, {"Asks": text.replace("%s", query)}, _LONG)
    found = [each for each in check_project(read_project(tmp_path)) if each.rule == "soql-query"]
    assert [each.message for each in found] == [message]
    host = ApexHost.open(tmp_path)
    if "SECURITY" not in query:
        assert [each.message for each in host.problems] == [message]
    escaped = query.replace("'", "\\'")
    dynamic = text.replace("[%s]", f"Database.query('{escaped}')").replace("static", "static", 1)
    write_apex_project(
        tmp_path, {"Asks": dynamic.replace("public static", "@AuraEnabled public static")}, _LONG
    )
    with pytest.raises(ApexCallError) as failure:
        ApexHost.open(tmp_path).call("Asks", "ask")
    assert failure.value.type_name == "System.QueryException"
    assert failure.value.apex_message == message


@pytest.mark.parametrize(
    "query",
    [
        "SELECT Id, L__c, Owner.Name, Name FROM Thing__c WHERE A__c = 'L__c' ORDER BY A__c",
        "SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Description = NULL",
        "SELECT COUNT(Id), MAX(Name), MIN(Name) FROM Thing__c",
        "SELECT Account.Name, Name FROM Contact",
    ],
)
def test_an_org_takes_these(tmp_path: Path, query: str) -> None:
    text = "public with sharing class Asks { public static void ask() { Object r = [%s]; } }"
    write_apex_project(tmp_path, {"Asks": text.replace("%s", query)}, _LONG)
    found = [each for each in check_project(read_project(tmp_path)) if each.rule == "soql-query"]
    assert found == []


_ASK = """
    public without sharing class Asks {{
        @AuraEnabled public static Integer ask() {{ return {}; }}
    }}
"""


@pytest.mark.parametrize(
    "query",
    [
        "Database.query('SELECT FIELDS(CUSTOM) FROM Thing__c').size()",
        "Database.query('SELECT FIELDS(ALL) FROM Thing__c LIMIT 1', AccessLevel.SYSTEM_MODE).size()",
        "Database.query('SELECT Id, (SELECT FIELDS(ALL) FROM Contacts) FROM Account').size()",
        "[SELECT FIELDS(CUSTOM) FROM Thing__c].size()",
    ],
)
def test_the_runtime_refuses_them_too(tmp_path: Path, query: str) -> None:
    host = ApexHost.open(write_apex_project(tmp_path, {"Asks": _ASK.format(query)}))
    with pytest.raises(ApexCallError) as failure:
        host.call("Asks", "ask")
    assert failure.value.type_name == "System.QueryException"
    assert failure.value.apex_message == f"{_SAYS}."


def test_the_host_itself_may_ask_for_every_field(tmp_path: Path) -> None:
    host = ApexHost.open(write_apex_project(tmp_path, {"Asks": _ASK.format("1")}))
    assert host.query("SELECT FIELDS(ALL) FROM Account LIMIT 1") == []


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("[SELECT Id FROM Profile WHERE Name = 'System Administrator']", "System Administrator"),
        ("[SELECT Id FROM Profile WHERE Name = 'standard user' LIMIT 1]", "standard user"),
        ("[SELECT Id FROM Profile WHERE Name IN ('My One', 'Read Only')]", "Read Only"),
        ("[SELECT Id FROM Profile WHERE UserType = 'Standard' AND Name LIKE 'Standard User']",
         "Standard User"),
        ("[SELECT Id FROM User WHERE Profile.Name = 'System Administrator']",
         "System Administrator"),
    ],
)  # fmt: skip
def test_a_profile_looked_up_by_an_english_name_is_warned_of(
    tmp_path: Path, query: str, name: str
) -> None:
    found = _found(tmp_path, f"List<SObject> r = {query};", "soql-profile-name")
    assert found == [f"warning: {name} has this name in English orgs only"]


@pytest.mark.parametrize(
    "query",
    [
        "[SELECT Id FROM Profile WHERE Name = 'Field Service']",
        "[SELECT Id FROM Profile WHERE Name = :name]",
        "[SELECT Id FROM Profile WHERE UserLicense.LicenseDefinitionKey = 'SFDC']",
        "[SELECT Id FROM Account WHERE Name = 'System Administrator']",
    ],
)
def test_other_lookups_are_not(tmp_path: Path, query: str) -> None:
    assert _found(tmp_path, f"List<SObject> r = {query};", "soql-profile-name") == []
