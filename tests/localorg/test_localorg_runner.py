"""Who runs the tests of a deploy: an administrator whom nothing has granted a field yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fixtures.apex_project import (
    ADMIN,
    field_right,
    granting,
    object_right,
    write_apex_project,
)
from rest_client import Client, archive_of

if TYPE_CHECKING:
    from pathlib import Path

_TEST = "@IsTest private class RunTest {{ @IsTest static void run() {{ {} }} }}"
_INSERT = "insert as user new Thing__c(Name = 'n', C__c = 'c', A__c = 'a');"
_HIDDEN = "Operation failed due to fields being inaccessible on Sobject Thing__c"
_SET = "main/permissionsets/Worker.permissionset-meta.xml"


def _deploy(org: Client, root: Path, body: str, files: dict[str, str]) -> dict[str, Any]:
    write_apex_project(root, {"RunTest": _TEST.format(body)}, files)
    return org.deploy(archive_of(root), checkOnly=True, testLevel="RunLocalTests")


def _messages(result: dict[str, Any]) -> str:
    failures = result["details"]["runTestResult"]["failures"]
    return "\n".join(each["message"] for each in failures)


def test_a_deployed_field_is_hidden_from_whoever_deploys(org: Client, tmp_path: Path) -> None:
    granted = granting(
        "PermissionSet", field_right("Thing__c.A__c"), object_right("Thing__c", "cre"), label="W"
    )
    result = _deploy(org, tmp_path / "p", _INSERT, {_SET: granted})
    assert result["status"] == "Failed"
    assert _HIDDEN in _messages(result)


def test_an_admin_profile_of_the_deploy_opens_it(org: Client, tmp_path: Path) -> None:
    profile = granting("Profile", field_right("Thing__c.A__c"))
    result = _deploy(org, tmp_path / "p", _INSERT, {ADMIN: profile})
    assert result["status"] == "Succeeded", _messages(result)


def test_the_settings_of_a_project_don_t_reach_an_org(org: Client, tmp_path: Path) -> None:
    result = _deploy(org, tmp_path / "p", _INSERT, {"cumulusci.yml": "project: {}"})
    assert _HIDDEN in _messages(result)


@pytest.mark.parametrize("language", ["en_US", "de"])
def test_the_org_may_speak_another_language(
    org: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("SFGEN_LOCAL_ORG_LANGUAGE", language)
    body = "Assert.areEqual(1, [SELECT COUNT() FROM Profile WHERE Name = 'System Administrator']);"
    result = _deploy(org, tmp_path / "p", body, {})
    assert (result["status"] == "Succeeded") == (language == "en_US")


def test_rights_without_what_they_need_are_refused(org: Client, tmp_path: Path) -> None:
    files = {_SET: granting("PermissionSet", object_right("Thing__c", "revm"), label="W")}
    result = _deploy(org, tmp_path / "p", "", files)
    (failure,) = result["details"]["componentFailures"]
    assert failure["fullName"] == "Worker"
    assert failure["problem"] == (
        "Permission Modify All Thing__c depends on permission(s): Delete Thing__c"
    )


def test_an_unbounded_query_is_refused(org: Client, tmp_path: Path) -> None:
    result = _deploy(org, tmp_path / "p", "Object r = [SELECT FIELDS(ALL) FROM Thing__c];", {})
    (failure,) = result["details"]["componentFailures"]
    assert "not supported with an unbounded set of fields in this API" in failure["problem"]
