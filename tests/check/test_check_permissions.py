"""Rights that need others, Protected settings: what an org refuses, and what it takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from fixtures.apex_project import granting, object_right, write_apex_project

from sfgen.check import check_project
from sfgen.project import read_project

if TYPE_CHECKING:
    from pathlib import Path

_META = 'xmlns="http://soap.sforce.com/2006/04/metadata"'
_SET = "main/permissionsets/Worker.permissionset-meta.xml"
_PART = {
    "main/objects/Part__c/Part__c.object-meta.xml": f"<CustomObject {_META}><label>Part</label>"
    "<pluralLabel>Parts</pluralLabel><nameField><label>N</label><type>Text</type></nameField>"
    "<deploymentStatus>Deployed</deploymentStatus><sharingModel>ControlledByParent</sharingModel>"
    "</CustomObject>",
    "main/objects/Part__c/fields/Thing__c.field-meta.xml": f"<CustomField {_META}>"
    "<fullName>Thing__c</fullName><label>Thing</label><type>MasterDetail</type>"
    "<referenceTo>Thing__c</referenceTo><relationshipName>Parts</relationshipName></CustomField>",
}


def _found(root: Path, rule: str, files: dict[str, str]) -> list[str]:
    write_apex_project(root, {}, files)
    found = [each for each in check_project(read_project(root)) if each.rule == rule]
    return [f"{each.severity}: {each.message}" for each in found]


def _depends(right: str, needed: str) -> str:
    return f"error: Permission {right} depends on permission(s): {needed}"


@pytest.mark.parametrize(
    ("letters", "right", "needed"),
    [
        ("c", "Create Thing__c", "Read Thing__c"),
        ("e", "Edit Thing__c", "Read Thing__c"),
        ("rd", "Delete Thing__c", "Edit Thing__c"),
        ("d", "Delete Thing__c", "Read Thing__c, Edit Thing__c"),
        ("v", "View All Thing__c", "Read Thing__c"),
        ("f", "View All Fields Thing__c", "Read Thing__c"),
        ("revm", "Modify All Thing__c", "Delete Thing__c"),
        ("credm", "Modify All Thing__c", "View All Thing__c"),
        ("rm", "Modify All Thing__c", "Edit Thing__c, Delete Thing__c, View All Thing__c"),
    ],
)
@pytest.mark.parametrize("kind", ["PermissionSet", "Profile"])
def test_a_right_needs_others_on_its_object(
    tmp_path: Path, kind: str, letters: str, right: str, needed: str
) -> None:
    name = f"main/{kind.lower()}s/Worker.{kind.lower()}-meta.xml"
    label = "Worker" if kind == "PermissionSet" else ""
    files = {name: granting(kind, object_right("Thing__c", letters), label=label)}
    assert _found(tmp_path, "permission-dependency", files) == [_depends(right, needed)]


@pytest.mark.parametrize("letters", ["", "r", "cr", "er", "dre", "rv", "rf", "credvm"])
def test_rights_with_what_they_need_pass(tmp_path: Path, letters: str) -> None:
    files = {_SET: granting("PermissionSet", object_right("Thing__c", letters), label="W")}
    assert _found(tmp_path, "permission-dependency", files) == []


def test_a_detail_needs_its_master(tmp_path: Path) -> None:
    part, thing = object_right("Part__c", "r"), object_right("Thing__c", "r")
    alone = {**_PART, _SET: granting("PermissionSet", part, label="W")}
    wanted = [_depends("Read Part__c", "Read Thing__c")]
    assert _found(tmp_path, "permission-dependency", alone) == wanted
    both = {**_PART, _SET: granting("PermissionSet", part, thing, label="W")}
    assert _found(tmp_path, "permission-dependency", both) == []
    # What a profile's file doesn't say may be in the org already.
    profile = {"main/profiles/Sales.profile-meta.xml": granting("Profile", part)}
    assert _found(tmp_path / "p", "permission-dependency", {**_PART, **profile}) == []


def test_standard_objects_of_others_need_them_too(tmp_path: Path) -> None:
    files = {_SET: granting("PermissionSet", object_right("Contact", "r"), label="W")}
    wanted = [_depends("Read Contact", "Read Account")]
    assert _found(tmp_path, "permission-dependency", files) == wanted


def test_modify_all_data_needs_view_all_data(tmp_path: Path) -> None:
    def permission(name: str, enabled: str) -> str:
        return f"<userPermissions><enabled>{enabled}</enabled><name>{name}</name></userPermissions>"

    one = {_SET: granting("PermissionSet", permission("ModifyAllData", "true"), label="W")}
    wanted = [_depends("ModifyAllData", "ViewAllData")]
    assert _found(tmp_path, "permission-dependency", one) == wanted
    off = {_SET: granting("PermissionSet", permission("ModifyAllData", "false"), label="W")}
    assert _found(tmp_path, "permission-dependency", off) == []


_SETTING = (
    f"<CustomObject {_META}><label>Conf</label><customSettingsType>Hierarchy</customSettingsType>"
    "<visibility>{}</visibility></CustomObject>"
)
_CONF = "main/objects/Conf__c/Conf__c.object-meta.xml"


def _settings(**more: object) -> str:
    places = [{"path": "main", "default": True}]
    return json.dumps({"packageDirectories": places, "sourceApiVersion": "67.0", **more})


def test_a_protected_setting_without_a_namespace_is_warned_of(tmp_path: Path) -> None:
    files = {_CONF: _SETTING.format("Protected")}
    (found,) = _found(tmp_path, "setting-protected", files)
    assert found.startswith("warning: production orgs refuse a Protected custom setting")
    assert _found(tmp_path, "setting-protected", {_CONF: _SETTING.format("Public")}) == []


def test_a_namespace_or_a_replacement_makes_it_right(tmp_path: Path) -> None:
    files = {_CONF: _SETTING.format("Protected")}
    named = {"sfdx-project.json": _settings(namespace="acme")}
    assert _found(tmp_path / "a", "setting-protected", files | named) == []
    replaced = _settings(
        replacements=[
            {
                "glob": "main/objects/**/*.object-meta.xml",
                "stringToReplace": "<visibility>Protected</visibility>",
                "replaceWithEnv": "VISIBILITY",
            }
        ]
    )
    found = _found(tmp_path / "b", "setting-protected", files | {"sfdx-project.json": replaced})
    assert found == []


def test_a_replacement_of_another_file_doesnt(tmp_path: Path) -> None:
    entry = {
        "filename": "main/objects/Other__c/Other__c.object-meta.xml",
        "regexToReplace": "(?<=<visibility>)Protected",
        "replaceWithEnv": "VISIBILITY",
        "allowUnsetEnvVariable": True,
    }
    files = {_CONF: _SETTING.format("Protected"), "main/objects/Other__c/Other__c.object-meta.xml":
             _SETTING.format("Protected"), "sfdx-project.json": _settings(replacements=[entry])}  # fmt: skip
    (found,) = _found(tmp_path, "setting-protected", files)
    assert found.startswith("warning")
