"""Permission sets, objects and settings obey what an org demands of them.

Each test states a rule of the platform with its source, and knows nothing of the templates.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest
from rendered import Rendered, all_projects, is_true

PROJECTS = [pytest.param(project, id=str(i)) for i, project in enumerate(all_projects())]
each_project = pytest.mark.parametrize("project", PROJECTS)

#: What each object permission depends on (Object Reference, ObjectPermissions).
DEPENDENCIES = {
    "allowCreate": ("allowRead",),
    "allowEdit": ("allowRead",),
    "allowDelete": ("allowRead", "allowEdit"),
    "viewAllRecords": ("allowRead",),
    "modifyAllRecords": ("allowRead", "allowEdit", "allowDelete", "viewAllRecords"),
}
KEYS = {
    "classAccesses": "apexClass",
    "customPermissions": "name",
    "customSettingAccesses": "name",
    "externalCredentialPrincipalAccesses": "externalCredentialPrincipal",
    "fieldPermissions": "field",
    "objectPermissions": "object",
    "pageAccesses": "apexPage",
    "tabSettings": "tab",
    "userPermissions": "name",
}
#: Elements that an object has and a custom setting can't (MDREF CustomObject, customSettingsType).
NOT_OF_A_SETTING = {
    "compactLayouts",
    "deploymentStatus",
    "enableActivities",
    "enableBulkApi",
    "enableHistory",
    "enableReports",
    "enableSearch",
    "enableSharing",
    "enableStreamingApi",
    "nameField",
    "pluralLabel",
    "recordTypes",
    "sharingModel",
    "validationRules",
}
SETTING_FIELDS = set(
    "Checkbox Currency Date DateTime Email Number Percent Phone Text TextArea Url".split()
)


@each_project
def test_object_permissions_bring_what_they_depend_on(project: Rendered) -> None:
    """Object Reference, ObjectPermissions: ``Permission X depends on permission(s): Y``."""
    for name, root in project.trees("permissionsets"):
        for entry in root.findall("objectPermissions"):
            for permission, needed in DEPENDENCIES.items():
                if is_true(entry, permission):
                    missing = [other for other in needed if not is_true(entry, other)]
                    assert missing == [], (name, entry.findtext("object"), permission)


@each_project
def test_reading_a_detail_comes_with_reading_its_master(project: Rendered) -> None:
    """Deploy logs: ``Permission Read Part__c depends on permission(s): Read Thing__c``."""
    masters = {
        path.split(".")[0]: root.findtext("referenceTo")
        for path, root in project.fields().items()
        if root.findtext("type") == "MasterDetail"
    }
    for name, root in project.trees("permissionsets"):
        readable = {
            entry.findtext("object")
            for entry in root.findall("objectPermissions")
            if is_true(entry, "allowRead")
        }
        for detail, master in masters.items():
            assert detail not in readable or master in readable, (name, detail)


@each_project
def test_field_permissions_stand_for_fields_that_take_them(project: Rendered) -> None:
    """Object Reference, FieldPermissions: not for required and master-detail fields, nor Name."""
    fields = project.fields()
    settings = {
        n for n, root in project.objects().items() if root.find("customSettingsType") is not None
    }
    for name, root in project.trees("permissionsets"):
        for entry in root.findall("fieldPermissions"):
            path = entry.findtext("field") or ""
            assert path in fields, (name, path)
            field = fields[path]
            assert not is_true(field, "required"), (name, path)
            assert field.findtext("type") != "MasterDetail", (name, path)
            assert path.split(".")[0] not in settings, (name, path)
            if is_true(entry, "editable"):
                assert is_true(entry, "readable"), (name, path)
                assert field.find("formula") is None, (name, path)


@each_project
def test_custom_settings_have_accesses_of_their_own(project: Rendered) -> None:
    """MDREF PermissionSet.customSettingAccesses: settings know no object permissions."""
    settings = {
        n for n, root in project.objects().items() if root.find("customSettingsType") is not None
    }
    for name, root in project.trees("permissionsets"):
        named = {entry.findtext("object") for entry in root.findall("objectPermissions")}
        assert named & settings == set(), name


@each_project
def test_nobody_may_write_what_routes_or_identifies_a_text(project: Rendered) -> None:
    """A thread, a reference or a sequence is not an advisor's to set."""
    guarded = re.compile(r"\.(Thread__c|Reference__c|Sequence__c|Direction__c|Record__c)$")
    for name, root in project.trees("permissionsets"):
        for entry in root.findall("fieldPermissions"):
            if guarded.search(entry.findtext("field") or ""):
                assert not is_true(entry, "editable"), (name, entry.findtext("field"))


@each_project
def test_the_gateway_can_neither_delete_nor_rewrite_conversations(project: Rendered) -> None:
    """What reads from outside holds no Modify All and no Delete."""
    for name, root in project.trees("permissionsets"):
        for entry in root.findall("objectPermissions"):
            if name.endswith("Gateway"):
                assert not is_true(entry, "modifyAllRecords"), name
                assert not is_true(entry, "allowDelete"), name


@each_project
def test_the_gateway_may_use_the_api(project: Rendered) -> None:
    """Salesforce Help, integration users: a user without API Enabled can't call a REST resource."""
    for name, root in project.trees("permissionsets"):
        if name.endswith("Gateway"):
            granted = {entry.findtext("name") for entry in root.findall("userPermissions")}
            assert "ApiEnabled" in granted


@each_project
def test_nothing_stands_twice_in_a_permission_set(project: Rendered) -> None:
    """sfdx-hardis deploy tips: ``Field:field, value:X appears more than once``."""
    for name, root in project.trees("permissionsets"):
        for element, key in KEYS.items():
            named = Counter(entry.findtext(key) for entry in root.findall(element))
            assert [value for value, count in named.items() if count > 1] == [], (name, element)


@each_project
def test_settings_hold_only_what_settings_take(project: Rendered) -> None:
    """MDREF CustomObject: ``Cannot specify: X for CustomSettings``, ``Invalid data type.``"""
    fields = project.fields()
    for name, root in project.objects().items():
        if root.find("customSettingsType") is None:
            continue
        assert {child.tag for child in root} & NOT_OF_A_SETTING == set(), name
        own = [field for path, field in fields.items() if path.startswith(f"{name}.")]
        assert {field.findtext("type") for field in own} <= SETTING_FIELDS, name
        assert [field for field in own if field.find("formula") is not None] == [], name


@each_project
def test_objects_have_what_objects_need(project: Rendered) -> None:
    """MDREF CustomObject: label, plural label, name field, and a sharing model that fits."""
    details = {
        path.split(".")[0]
        for path, root in project.fields().items()
        if root.findtext("type") == "MasterDetail"
    }
    for name, root in project.objects().items():
        if root.find("customSettingsType") is not None:
            continue
        for element in ("label", "pluralLabel", "nameField", "sharingModel", "deploymentStatus"):
            assert root.find(element) is not None, (name, element)
        model = root.findtext("sharingModel")
        assert (model == "ControlledByParent") == (name in details), (name, model)


@each_project
def test_fields_have_the_elements_of_their_type(project: Rendered) -> None:
    """MDREF CustomField; sf-skills, custom fields: what each type takes and refuses."""
    for path, root in project.fields().items():
        kind, length = root.findtext("type"), root.findtext("length")
        if kind == "Text" and root.find("formula") is None:
            assert 1 <= int(length or 0) <= 255, path
        if kind == "TextArea":
            assert length is None, path
        if kind == "LongTextArea":
            assert 256 <= int(length or 0) <= 131_072, path
            assert root.find("visibleLines") is not None, path
        if is_true(root, "externalId"):
            assert kind in {"Text", "Number", "Email"}, path
        if is_true(root, "unique"):
            assert kind in {"Text", "Number", "Email"}, path
        if kind == "MasterDetail":
            assert root.find("required") is None, path
            assert root.find("deleteConstraint") is None, path
        if kind == "Lookup" and is_true(root, "required"):
            assert root.findtext("deleteConstraint") in {"Cascade", "Restrict"}, path
        if is_true(root, "required"):
            assert root.find("formula") is None, path


@each_project
def test_relationships_and_picklists_name_each_thing_once(project: Rendered) -> None:
    """MDREF: one child relationship name per parent; ``duplicate value found``."""
    names: Counter[tuple[str | None, str | None]] = Counter()
    for path, root in project.fields().items():
        if root.find("relationshipName") is not None:
            names[root.findtext("referenceTo"), root.findtext("relationshipName")] += 1
        values = Counter(value.findtext("fullName") for value in root.iter("value"))
        assert [v for v, count in values.items() if count > 1] == [], path
    assert [pair for pair, count in names.items() if count > 1] == []


@each_project
def test_formulas_name_fields_that_are_there(project: Rendered) -> None:
    """Formula reference: ``Field X does not exist. Check spelling.``; brackets are even."""
    fields = project.fields()
    for path, root in project.fields().items():
        for formula in (root.findtext("formula"), root.findtext("defaultValue")):
            if not formula:
                continue
            owner = path.split(".")[0]
            named = re.findall(r"(?<![\w.$])([A-Za-z]\w*__c)\b", formula)
            assert [n for n in named if f"{owner}.{n}" not in fields] == [], path
            assert formula.count("(") == formula.count(")"), path


@each_project
def test_list_views_show_columns_of_their_object(project: Rendered) -> None:
    """sf-skills, list views: standard columns by their keys; no scope Mine on a detail."""
    fields = project.fields()
    details = {p.split(".")[0] for p, r in fields.items() if r.findtext("type") == "MasterDetail"}
    for path, content in project.files.items():
        if not path.endswith(".listView-meta.xml"):
            continue
        from rendered import parse

        root, owner = parse(content), path.split("/")[-3]
        columns = [column.text or "" for column in root.findall("columns")]
        columns += [entry.findtext("field") or "" for entry in root.findall("filters")]
        for column in columns:
            assert column.isupper() or f"{owner}.{column}" in fields, (path, column)
        assert not (root.findtext("filterScope") == "Mine" and owner in details), path
        assert len(root.findtext("label") or "") <= 40, path
