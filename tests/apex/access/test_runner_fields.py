"""Which fields the user who runs tests may reach: what a deploy leaves, or what a project says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from fixtures.apex_project import ADMIN, field_right, granting, object_right, write_apex_project

from sfgen.apex.conditions import OrgConditions
from sfgen.apex.host import ApexHost
from sfgen.commands.test import command
from sfgen.errors import ProjectError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

_HIDDEN = "Operation failed due to fields being inaccessible on Sobject Thing__c, "
_NO_COLUMN = "No such column 'A__c' on entity 'Thing__c'"
_INSERT = "insert as user new Thing__c(Name = 'n', C__c = 'c', A__c = 'a');"
_SELECT = "insert as system new Thing__c(Name = 'n', C__c = 'c', A__c = 'a'); {}"
_SET = "main/permissionsets/Worker.permissionset-meta.xml"
_WORKER = granting(
    "PermissionSet", field_right("Thing__c.A__c"), object_right("Thing__c", "cre"), label="Worker"
)
_USER = """
    User worker = new User(LastName = 'W', Alias = 'w', Email = 'w@example.com',
        Username = 'w@example.com.sfgen', TimeZoneSidKey = 'GMT', LocaleSidKey = 'en_US',
        LanguageLocaleKey = 'en_US', EmailEncodingKey = 'UTF-8',
        ProfileId = [SELECT Id FROM Profile WHERE Name = 'Minimum Access - Salesforce'].Id);
    insert as system worker;
    insert as system new PermissionSetAssignment(AssigneeId = worker.Id, PermissionSetId =
        [SELECT Id FROM PermissionSet WHERE Name = 'Worker' WITH SYSTEM_MODE].Id);
    System.runAs(worker) { %s }
"""


def _run(
    root: Path,
    body: str,
    files: dict[str, str] | None = None,
    conditions: OrgConditions | None = None,
    version: str = "67.0",
) -> str:
    """Run a test method with that body; what went wrong, or nothing."""
    test = f"@IsTest private class RunTest {{ @IsTest static void run() {{ {body} }} }}"
    write_apex_project(root, {"RunTest": test}, files, version=version)
    run = ApexHost.open(root, conditions=conditions).run_tests(processes=1)
    assert not run.problems
    (result,) = run.results
    return result.message or ""


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (_INSERT, _HIDDEN),
        ("insert new Thing__c(Name = 'n', C__c = 'c', A__c = 'a');", _HIDDEN),
        ("upsert as user new Thing__c(Name = 'n', C__c = 'c', A__c = 'a');", _HIDDEN),
        ("Database.insert(new Thing__c(C__c = 'c', A__c = 'a'), AccessLevel.USER_MODE);", _HIDDEN),
        (_SELECT.format("List<Thing__c> r = [SELECT A__c FROM Thing__c];"), _NO_COLUMN),
        (_SELECT.format("List<Thing__c> r = [SELECT Id FROM Thing__c WHERE A__c = 'a'];"), _NO_COLUMN),
        (_SELECT.format("Database.query('SELECT A__c FROM Thing__c');"), _NO_COLUMN),
        (_SELECT.format("Database.countQuery('SELECT COUNT() FROM Thing__c WHERE A__c = null');"), _NO_COLUMN),
    ],
)  # fmt: skip
def test_user_mode_hides_a_deployed_field(tmp_path: Path, body: str, message: str) -> None:
    assert message in _run(tmp_path, body)


@pytest.mark.parametrize(
    "body",
    [
        "insert as system new Thing__c(C__c = 'c', A__c = 'a');",
        _SELECT.format("List<Thing__c> r = [SELECT A__c FROM Thing__c WITH SYSTEM_MODE];"),
        # What nobody has to grant: names, required fields, the platform's own.
        "insert as user new Thing__c(Name = 'n', C__c = 'c');",
        """insert as user new Thing__c(C__c = 'c'); List<Thing__c> r = [
            SELECT Id, Name, C__c, OwnerId, Owner.Name, CreatedDate FROM Thing__c WITH USER_MODE
        ];""",
        # Standard fields belong to a System Administrator.
        "insert as user new Account(Name = 'a', Description = 'd', Industry = 'Banking');",
        "insert as user new Contact(LastName = 'l', Email = 'l@example.com');",
    ],
)
def test_the_administrator_reaches_what_a_deploy_leaves_open(tmp_path: Path, body: str) -> None:
    assert _run(tmp_path, body) == ""


def test_old_classes_run_in_system_mode(tmp_path: Path) -> None:
    assert _run(tmp_path, "insert new Thing__c(C__c = 'c', A__c = 'a');", version="66.0") == ""


def test_a_secured_query_names_no_hidden_field(tmp_path: Path) -> None:
    body = "List<Thing__c> r = [SELECT A__c FROM Thing__c WITH SECURITY_ENFORCED];"
    assert "Insufficient permissions: secure query included inaccessible field" in _run(
        tmp_path, body, version="60.0"
    )


def test_describes_and_stripping_say_so(tmp_path: Path) -> None:
    body = """
        Schema.DescribeFieldResult a = Thing__c.A__c.getDescribe();
        Assert.isFalse(a.isAccessible() || a.isUpdateable() || a.isCreateable());
        Assert.isTrue(Thing__c.C__c.getDescribe().isUpdateable());
        Assert.isTrue(Thing__c.SObjectType.getDescribe().isDeletable());
        SObjectAccessDecision found = Security.stripInaccessible(
            AccessType.CREATABLE, new List<Thing__c>{ new Thing__c(C__c = 'c', A__c = 'a') });
        Assert.areEqual(new Set<String>{ 'A__c' }, found.getRemovedFields().get('Thing__c'));
        Assert.areEqual(0, [SELECT COUNT() FROM FieldPermissions WHERE Field = 'Thing__c.A__c']);
    """
    assert _run(tmp_path, body) == ""


def test_an_admin_profile_of_the_project_grants(tmp_path: Path) -> None:
    profile = granting("Profile", field_right("Thing__c.A__c"))
    assert _run(tmp_path, _INSERT, {ADMIN: profile}) == ""


def test_a_readable_field_is_not_editable(tmp_path: Path) -> None:
    profile = granting("Profile", field_right("Thing__c.A__c", editable=False))
    read = _SELECT.format("List<Thing__c> r = [SELECT A__c FROM Thing__c];")
    assert _run(tmp_path, read, {ADMIN: profile}) == ""
    assert _HIDDEN in _run(tmp_path, _INSERT, {ADMIN: profile})


def test_another_profile_of_the_project_grants_nothing(tmp_path: Path) -> None:
    profile = granting("Profile", field_right("Thing__c.A__c"))
    assert _HIDDEN in _run(tmp_path, _INSERT, {"main/profiles/Sales.profile-meta.xml": profile})


def test_a_permission_set_counts_once_it_is_assigned(tmp_path: Path) -> None:
    assert _HIDDEN in _run(tmp_path, _INSERT, {_SET: _WORKER})
    assigned = OrgConditions(permission_sets=("Worker",))
    assert _run(tmp_path, _INSERT, {_SET: _WORKER}, assigned) == ""


def test_a_user_reaches_what_the_own_sets_grant(tmp_path: Path) -> None:
    assert _run(tmp_path, _USER % _INSERT, {_SET: _WORKER}) == ""
    other = _INSERT.replace("A__c", "B__c")
    assert _HIDDEN in _run(tmp_path, _USER % other, {_SET: _WORKER})


def test_view_all_fields_reads_and_does_not_edit(tmp_path: Path) -> None:
    rights = granting("PermissionSet", object_right("Thing__c", "crevf"), label="Worker")
    read = _SELECT.format("List<Thing__c> r = [SELECT A__c, B__c FROM Thing__c];")
    assert _run(tmp_path, _USER % read, {_SET: rights}) == ""
    assert _HIDDEN in _run(tmp_path, _USER % _INSERT, {_SET: rights})


def test_the_switch_opens_every_field(tmp_path: Path) -> None:
    assert _run(tmp_path, _INSERT, None, OrgConditions(runner_fields="all")) == ""
    assert _HIDDEN in _run(tmp_path, _USER % _INSERT.replace("A__c", "B__c"), {_SET: _WORKER},
                           OrgConditions(runner_fields="all"))  # fmt: skip


def test_the_project_says_what_its_tests_need(tmp_path: Path) -> None:
    settings = _told('{"runnerFields": "all"}')
    assert _run(tmp_path, _INSERT, {"sfdx-project.json": settings}) == ""
    settings = _told('{"permissionSets": ["Worker"]}')
    assert _run(tmp_path, _INSERT, {"sfdx-project.json": settings, _SET: _WORKER}) == ""


def _told(test: str) -> str:
    """An sfdx-project.json with what `plugins.sfgen.test` says."""
    places = '"packageDirectories": [{"path": "main"}], "sourceApiVersion": "67.0"'
    return f'{{{places}, "plugins": {{"sfgen": {{"test": {test}}}}}}}'


@pytest.mark.parametrize(
    ("name", "text", "passes"),
    [
        ("cumulusci.yml", "project: {}", True),
        (".github/workflows/ci.yml", "sf org assign permset -n Worker\nsf apex run test -c", True),
        (".github/workflows/ci.yml", "sf apex run test -c\nsf org assign permset -n Worker", False),
        (".github/workflows/ci.yml", "sf org assign permset -n Worker", False),
        (".github/workflows/ci.yml", "sf org assign permset -n Other\nsf apex run test", False),
        ("README.md", "sf org assign permset -n Worker\nsf apex run test", False),
    ],
)
def test_a_workflow_assigns_before_it_tests(
    tmp_path: Path, name: str, text: str, *, passes: bool
) -> None:
    message = _run(tmp_path, _INSERT, {_SET: _WORKER, name: text})
    assert (message == "") == passes


@pytest.mark.parametrize(
    "told", ['{"runnerField": "all"}', '{"permissionSets": "Worker"}', '["all"]']
)
def test_a_setting_that_nobody_can_read_is_refused(tmp_path: Path, told: str) -> None:
    with pytest.raises(ProjectError, match=r"plugins\.sfgen\.test"):
        _run(tmp_path, "", {"sfdx-project.json": _told(told)})


def test_unknown_wishes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="runner_fields is granted or all"):
        OrgConditions(runner_fields="some")
    with pytest.raises(ProjectError, match="no permission set is named Nope"):
        _run(tmp_path, "", None, OrgConditions(permission_sets=("Nope",)))


def test_the_command_says_why_and_what_helps(tmp_path: Path) -> None:
    set_of = {_SET: _WORKER}
    _run(tmp_path, _INSERT, set_of)
    told = CliRunner().invoke(command, [str(tmp_path)], standalone_mode=False)
    assert told.return_value == 1
    assert "nobody, not even an administrator, can access a deployed field" in told.stderr
    for option in (("-p", "Worker"), ("--runner-fields", "all")):
        told = CliRunner().invoke(command, [str(tmp_path), *option], standalone_mode=False)
        assert told.return_value == 0
        assert "hint" not in told.stderr


def test_the_command_names_the_file_that_decides(tmp_path: Path) -> None:
    flow = {".github/workflows/ci.yml": "sf org assign permset -n Worker\nsf apex run test"}
    _run(tmp_path, _INSERT, {_SET: _WORKER, **flow})
    told = CliRunner().invoke(command, [str(tmp_path)], standalone_mode=False)
    assert told.return_value == 0
    assert (
        "the tests' user has permission set Worker, as .github/workflows/ci.yml says" in told.stderr
    )


def test_rows_of_field_permissions_come_back_as_they_were(tmp_path: Path) -> None:
    """Every test is rolled back, and each reads the rows that the one before has read."""
    query = """
        List<FieldPermissions> rows = [SELECT Id FROM FieldPermissions
            WHERE Field = 'Thing__c.A__c' AND Parent.Name = 'Worker'];
        Assert.areEqual(1, rows.size());
    """
    test = f"""@IsTest private class RunTest {{
        @IsTest static void first() {{ {query} delete rows; }}
        @IsTest static void second() {{ {query} }}
        @IsTest static void third() {{ {query} }}
    }}"""
    write_apex_project(tmp_path, {"RunTest": test}, {_SET: _WORKER}, version="67.0")
    run = ApexHost.open(tmp_path).run_tests(processes=1)
    assert not run.problems
    assert [each.message or "" for each in run.results] == ["", "", ""]
