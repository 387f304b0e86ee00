"""Whose record may be read, edited, deleted: owners, View All, Modify All, shares, masters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fixtures.apex_project import field_right, granting, object_right, write_apex_project

from sfgen.apex.conditions import OrgConditions
from sfgen.apex.host import ApexHost

if TYPE_CHECKING:
    from pathlib import Path

_META = 'xmlns="http://soap.sforce.com/2006/04/metadata"'
_PART = {
    "main/objects/Part__c/Part__c.object-meta.xml": f"<CustomObject {_META}><label>Part</label>"
    "<pluralLabel>Parts</pluralLabel><nameField><label>N</label><type>Text</type></nameField>"
    "<sharingModel>ControlledByParent</sharingModel></CustomObject>",
    "main/objects/Part__c/fields/Thing__c.field-meta.xml": f"<CustomField {_META}>"
    "<fullName>Thing__c</fullName><label>Thing</label><type>MasterDetail</type>"
    "<referenceTo>Thing__c</referenceTo><relationshipName>Parts</relationshipName></CustomField>",
    "main/objects/Thing__c/fields/Key__c.field-meta.xml": f"<CustomField {_META}>"
    "<fullName>Key__c</fullName><label>Key</label><type>Text</type><length>9</length>"
    "<externalId>true</externalId><unique>true</unique></CustomField>",
    "main/objects/Part__c/fields/T__c.field-meta.xml": f"<CustomField {_META}>"
    "<fullName>T__c</fullName><label>T</label><type>Text</type><length>9</length></CustomField>",
}
_HELP = """
    @IsTest
    private class RightsTest {
        static User worker() {
            User made = new User(LastName = 'W', Alias = 'w', Email = 'w@example.com',
                Username = 'w@example.com.sfgen', TimeZoneSidKey = 'GMT', LocaleSidKey = 'en_US',
                LanguageLocaleKey = 'en_US', EmailEncodingKey = 'UTF-8', ProfileId =
                    [SELECT Id FROM Profile WHERE Name = 'Minimum Access - Salesforce'].Id);
            insert as system made;
            insert as system new PermissionSetAssignment(AssigneeId = made.Id, PermissionSetId =
                [SELECT Id FROM PermissionSet WHERE Name = 'Worker' WITH SYSTEM_MODE].Id);
            return made;
        }
        @IsTest static void run() {
            Thing__c other = new Thing__c(Name = 'other', C__c = 'c', Key__c = 'k');
            User worker;
            System.runAs(new User(Id = UserInfo.getUserId())) { worker = worker(); }
            insert as system other;
            Part__c part = new Part__c(Name = 'p', Thing__c = other.Id);
            insert as system part;
            SHARE
            System.runAs(worker) { BODY }
        }
    }
"""
_REFUSED = "INSUFFICIENT_ACCESS_OR_READONLY, insufficient access rights on object id"
_NO_PARENT = (
    "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY, insufficient access rights on "
    "cross-reference id"
)
_EDIT = "update as user new Thing__c(Id = other.Id, C__c = 'd');"
_EDIT_SHARED = "Shared.edit(other.Id);"
_DELETE = "delete as user new Thing__c(Id = other.Id);"
_EDIT_PART = "update as user new Part__c(Id = part.Id, T__c = 't');"
_DELETE_PART = "delete as user new Part__c(Id = part.Id);"
_ADD_PART = "insert as user new Part__c(Name = 'q', Thing__c = other.Id);"
_READ = "Assert.areEqual({}, [SELECT COUNT() FROM Thing__c WITH USER_MODE]);"
_READ_PARTS = "Assert.areEqual({}, [SELECT COUNT() FROM Part__c WITH USER_MODE]);"
_SHARED = (
    "public with sharing class Shared { public static void edit(Id key) "
    "{ update as system new Thing__c(Id = key, C__c = 'd'); } }"
)
_ALL = ("Thing__c", "credvm"), ("Part__c", "cred")
_VIEW = ("Thing__c", "credv"), ("Part__c", "cred")
_OWN = ("Thing__c", "cred"), ("Part__c", "cred")


def _run(root: Path, rights: tuple[tuple[str, str], ...], body: str, share: str = "") -> str:
    """Run the body as a user with those object rights; what went wrong, or nothing."""
    granted = granting(
        "PermissionSet",
        field_right("Part__c.T__c"),
        *(object_right(name, letters) for name, letters in rights),
        label="Worker",
    )
    text = _HELP.replace("BODY", body).replace("SHARE", share)
    files = {**_PART, "main/permissionsets/Worker.permissionset-meta.xml": granted}
    write_apex_project(root, {"RightsTest": text, "Shared": _SHARED}, files)
    run = ApexHost.open(root, conditions=OrgConditions()).run_tests(processes=1)
    assert not run.problems
    return run.results[0].message or ""


@pytest.mark.parametrize(
    "body",
    [_EDIT, _EDIT_SHARED, _DELETE, _EDIT_PART, _DELETE_PART, _ADD_PART,
     _READ.format(1), _READ_PARTS.format(1)],
)  # fmt: skip
def test_modify_all_overrides_sharing(tmp_path: Path, body: str) -> None:
    assert _run(tmp_path, _ALL, body) == ""


@pytest.mark.parametrize("body", [_EDIT, _EDIT_SHARED, _DELETE, _EDIT_PART, _DELETE_PART])
@pytest.mark.parametrize("rights", [_VIEW, _OWN], ids=["view all", "own"])
def test_without_it_anothers_record_stays_as_it_is(
    tmp_path: Path, rights: tuple[tuple[str, str], ...], body: str
) -> None:
    assert _REFUSED in _run(tmp_path, rights, body)


@pytest.mark.parametrize("rights", [_VIEW, _OWN], ids=["view all", "own"])
def test_a_detail_takes_edit_on_its_master(
    tmp_path: Path, rights: tuple[tuple[str, str], ...]
) -> None:
    assert _NO_PARENT in _run(tmp_path, rights, _ADD_PART)
    own = "insert as user new Thing__c(C__c = 'c', Name = 'own');"
    add = "insert as user new Part__c(Thing__c = [SELECT Id FROM Thing__c WHERE Name = 'own'].Id);"
    assert _run(tmp_path, rights, own + add) == ""


def test_view_all_reads_only(tmp_path: Path) -> None:
    assert _run(tmp_path, _VIEW, _READ.format(1) + _READ_PARTS.format(1)) == ""
    assert _run(tmp_path, _OWN, _READ.format(0) + _READ_PARTS.format(0)) == ""


def test_modify_all_of_one_object_says_nothing_of_another(tmp_path: Path) -> None:
    rights = (("Thing__c", "cred"), ("Part__c", "credvm"))
    assert _run(tmp_path, rights, _EDIT_PART) == ""
    assert _REFUSED in _run(tmp_path, rights, _EDIT)


@pytest.mark.parametrize(
    ("level", "body", "message"),
    [
        ("Read", _READ.format(1), ""),
        ("Read", _EDIT, _REFUSED),
        ("Edit", _EDIT, ""),
        ("Edit", _DELETE, _REFUSED),
        ("Edit", _ADD_PART + _DELETE_PART, ""),
        ("Read", _ADD_PART, _NO_PARENT),
    ],
)
def test_a_share_gives_what_its_level_says(
    tmp_path: Path, level: str, body: str, message: str
) -> None:
    share = (
        "insert as system new Thing__Share(ParentId = other.Id, UserOrGroupId = worker.Id, "
        f"AccessLevel = '{level}');"
    )
    found = _run(tmp_path, _OWN, body, share)
    assert message in found if message else found == ""


_ACCESS = """
    UserRecordAccess found = [
        SELECT RecordId, HasReadAccess, HasEditAccess, HasDeleteAccess, MaxAccessLevel
        FROM UserRecordAccess WHERE UserId = :worker.Id AND RecordId = :other.Id];
    Assert.areEqual('{}', '' + found.HasReadAccess + found.HasEditAccess + found.HasDeleteAccess +
        found.MaxAccessLevel);
"""


@pytest.mark.parametrize(
    ("rights", "told"),
    [
        (_ALL, "truetruetrueAll"),
        (_VIEW, "truefalsefalseRead"),
        (_OWN, "falsefalsefalseNone"),
        ((("Thing__c", "r"), ("Part__c", "r")), "falsefalsefalseNone"),
    ],
)
def test_user_record_access_tells_the_same_of_oneself_and_of_others(
    tmp_path: Path, rights: tuple[tuple[str, str], ...], told: str
) -> None:
    assert _run(tmp_path, rights, _ACCESS.format(told)) == ""
    # Asked by the administrator about the worker.
    assert _run(tmp_path, rights, "", _ACCESS.format(told)) == ""


_AGAIN = """
    try { insert as system new Thing__c(C__c = 'c', Key__c = 'k'); Assert.fail('no duplicate'); }
    catch (DmlException e) { Assert.areEqual('DUPLICATE_VALUE', e.getDmlStatusCode(0));
        Assert.areEqual(%s, e.getDmlMessage(0)); }
"""
_NAMED = "'duplicate value found: Key__c duplicates value on record with id: ' + other.Id"
_MASKED = "'duplicate value found: <unknown> duplicates value on record with id: <unknown>'"


def test_a_duplicate_names_a_record_that_the_user_sees(tmp_path: Path) -> None:
    assert _run(tmp_path, _ALL, _AGAIN % _NAMED) == ""
    assert _run(tmp_path, _VIEW, _AGAIN % _NAMED) == ""


@pytest.mark.parametrize("rights", [_OWN, (("Thing__c", ""), ("Part__c", ""))])
def test_a_duplicate_of_a_hidden_record_is_masked(
    tmp_path: Path, rights: tuple[tuple[str, str], ...]
) -> None:
    assert _run(tmp_path, rights, _AGAIN % _MASKED) == ""


def test_a_shared_record_is_named(tmp_path: Path) -> None:
    share = (
        "insert as system new Thing__Share(ParentId = other.Id, UserOrGroupId = worker.Id, "
        "AccessLevel = 'Read');"
    )
    assert _run(tmp_path, _OWN, _AGAIN % _NAMED, share) == ""


def test_an_update_to_a_hidden_value_is_masked(tmp_path: Path) -> None:
    own = "Thing__c own = new Thing__c(C__c = 'c'); insert as system own;"
    again = _AGAIN.replace(
        "insert as system new Thing__c(C__c = 'c', Key__c = 'k');",
        "update as system new Thing__c(Id = own.Id, Key__c = 'k');",
    )
    assert _run(tmp_path, _OWN, own + again % _MASKED) == ""


_GRANT = """
    PermissionSet made = new PermissionSet(Name = 'Made', Label = 'Made');
    insert as system made;
    insert as system new List<ObjectPermissions>{ %s };
"""


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (("Thing__c", "PermissionsEdit"), "Edit Thing__c depends on permission(s): Read Thing__c"),
        (("Contact", "PermissionsRead"), "Read Contact depends on permission(s): Read Account"),
        (("Part__c", "PermissionsRead"), "Read Part__c depends on permission(s): Read Thing__c"),
        (("Thing__c", "PermissionsRead"), ""),
        (("Account", "PermissionsRead", "Contact", "PermissionsRead"), ""),
    ],
)
def test_rights_that_are_saved_need_others_too(
    tmp_path: Path, rows: tuple[str, ...], message: str
) -> None:
    made = ", ".join(
        f"new ObjectPermissions(ParentId = made.Id, SobjectType = '{name}', {right} = TRUE)"
        for name, right in zip(rows[::2], rows[1::2], strict=True)
    )
    found = _run(tmp_path, _OWN, "", "System.runAs(new User(Id = UserInfo.getUserId())) {"
                 + _GRANT % made + "}")  # fmt: skip
    wanted = f"FIELD_INTEGRITY_EXCEPTION, Permission {message}"
    assert wanted in found if message else found == ""
