"""Permission sets, profiles and groups of a project, as grants (Metadata API, PermissionSet)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from sfgen.apex.schema.source_files import Element, parse_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Grants", "PermissionSources", "read_permissions"]

_FILE = re.compile(
    r"(?:.*/)?(?P<name>[^/]+)\.(?P<kind>permissionset|profile|permissionsetgroup|customPermission)"
    r"(?:-meta\.xml)?\Z"
)


@dataclass
class Grants:
    """What one permission set or profile allows; all names in lower case.

    `objects` maps an object to letters: c create, r read, e edit, d delete, v view all records,
    m modify all records, f view all fields. `fields` maps `object.field` to `r` or `re`.
    `everything` is every right of a System Administrator: no custom field is among them, since a
    field that is deployed is open to no profile until something grants it (Metadata API,
    ProfileFieldLevelSecurity). With `every_field` all are.
    """

    label: str = ""
    objects: dict[str, set[str]] = field(default_factory=dict)
    fields: dict[str, set[str]] = field(default_factory=dict)
    classes: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)
    custom_permissions: set[str] = field(default_factory=set)
    user_permissions: set[str] = field(default_factory=set)
    settings: set[str] = field(default_factory=set)
    everything: bool = False
    every_field: bool = False

    def add(self, other: Grants) -> None:
        """Take in what another one allows too."""
        for name, letters in other.objects.items():
            self.objects.setdefault(name, set()).update(letters)
        for name, letters in other.fields.items():
            self.fields.setdefault(name, set()).update(letters)
        self.classes |= other.classes
        self.pages |= other.pages
        self.custom_permissions |= other.custom_permissions
        self.user_permissions |= other.user_permissions
        self.settings |= other.settings
        self.everything = self.everything or other.everything
        self.every_field = self.every_field or other.every_field


@dataclass
class PermissionSources:
    """Everything about access that the project's files say, by name as written."""

    permission_sets: dict[str, Grants] = field(default_factory=dict)
    profiles: dict[str, Grants] = field(default_factory=dict)
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    custom_permissions: dict[str, str] = field(default_factory=dict)


def read_permissions(files: Mapping[str, bytes]) -> PermissionSources:
    """All permission sets, profiles, groups and custom permissions of the project."""
    found = PermissionSources()
    for path, data in files.items():
        match = _FILE.match(path)
        if not match:
            continue
        name, node = unquote(match["name"]), parse_xml(path, data)
        if match["kind"] == "permissionset":
            found.permission_sets[name] = _read_grants(node, name)
        elif match["kind"] == "profile":
            found.profiles[name] = _read_grants(node, name)
        elif match["kind"] == "permissionsetgroup":
            members = tuple(each.content for each in node.all("permissionSets"))
            found.groups[name] = members
        else:
            found.custom_permissions[name] = node.text("label") or name
    return found


def _read_grants(node: Element, name: str) -> Grants:
    grants = Grants(node.text("label") or name)
    letters = {
        "allowCreate": "c", "allowRead": "r", "allowEdit": "e", "allowDelete": "d",
        "viewAllRecords": "v", "modifyAllRecords": "m", "viewAllFields": "f",
    }  # fmt: skip
    for each in node.all("objectPermissions"):
        allowed = {letter for word, letter in letters.items() if each.flag(word)}
        grants.objects[each.text("object").lower()] = allowed
    for each in node.all("fieldPermissions"):
        allowed = {"r"} if each.flag("readable") else set()
        grants.fields[each.text("field").lower()] = allowed | (
            {"e"} if each.flag("editable") else set()
        )
    grants.classes = _enabled(node, "classAccesses", "apexClass")
    grants.pages = _enabled(node, "pageAccesses", "apexPage")
    grants.custom_permissions = _enabled(node, "customPermissions", "name")
    grants.user_permissions = _enabled(node, "userPermissions", "name")
    grants.settings = _enabled(node, "customSettingAccesses", "name")
    grants.settings |= _enabled(node, "customMetadataTypeAccesses", "name")
    return grants


def _enabled(node: Element, kind: str, name: str) -> set[str]:
    return {each.text(name).lower() for each in node.all(kind) if each.flag("enabled")}
