"""Rows that a project's metadata leaves in its org: classes, permission sets, records."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sfgen.apex.access.profile_assignment import assign_profile
from sfgen.apex.runtime.ids import Id
from sfgen.apex.runtime.values import Blob
from sfgen.apex.schema.source_files import parse_xml
from sfgen.apex.setup.source_records import read_custom_metadata
from sfgen.errors import ProjectError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sfgen.apex.access.source_access import PermissionSources
    from sfgen.apex.store.org_rows import OrgRows
    from sfgen.apex.store.store import Row

__all__ = ["write_apps", "write_code", "write_metadata", "write_permissions", "write_record_types"]

_NAMED = re.compile(r"(?:.*/)?([^/]+)\.(cls|trigger|page|resource)(?:-meta\.xml)?\Z")
_KINDS = {
    "cls": "ApexClass", "trigger": "ApexTrigger", "page": "ApexPage", "resource": "StaticResource",
}  # fmt: skip
_ADMIN = "System Administrator"
_APP = re.compile(r"(?:.*/)?([^/]+)\.app-meta\.xml\Z")


def write_permissions(rows: OrgRows, sources: PermissionSources) -> None:
    """A row per permission set, group and custom permission; profiles own one each."""
    for number, row in enumerate(rows.store.rows_where(rows.schema["Profile"], "1", [])):
        rows.add(
            "PermissionSet", name=f"X00ex{number:012d}", label=row["name"],
            profileid=row["id"], isownedbyprofile=True, type="Profile",
            **_permissions_of(rows, row),
        )  # fmt: skip
    for name, grants in sources.permission_sets.items():
        rows.add(
            "PermissionSet", name=name, label=grants.label, iscustom=True, type="Regular",
            **{f"permissions{each}": True for each in grants.user_permissions},
        )  # fmt: skip
    for user in rows.store.rows_where(rows.schema["User"], "1", []):
        assign_profile(rows.data, user)
    assign_sets(rows, sources.permission_sets)
    for name in sources.groups:
        rows.add("PermissionSetGroup", developername=name, masterlabel=name, status="Updated")
    for name, label in sources.custom_permissions.items():
        rows.add("CustomPermission", developername=name, masterlabel=label)


def assign_sets(rows: OrgRows, names: Iterable[str]) -> None:
    """Assign the administrator the permission sets that the conditions name.

    Raises ProjectError for a set that the project doesn't have.
    """
    known = {name.lower(): name for name in names}
    for wanted in rows.data.conditions.permission_sets:
        name = known.get(wanted.lower())
        if name is None:
            raise ProjectError(f"no permission set is named {wanted}")
        found = rows.found("PermissionSet", "name", name)
        rows.add(
            "PermissionSetAssignment",
            assigneeid=Id(rows.data.admin_id),
            permissionsetid=found["id"],
            isactive=True,
        )


def _permissions_of(rows: OrgRows, profile: Row) -> dict[str, bool]:
    """A profile's own permission set has the profile's permissions."""
    fields = rows.schema["PermissionSet"].fields.values()
    keys = [each.key for each in fields if each.type == "BOOLEAN" and "permissions" in each.key]
    return {key: bool(profile.get(key)) or profile["name"] == _ADMIN for key in keys}


def write_record_types(rows: OrgRows) -> None:
    """A row per record type of the project."""
    for owner in rows.schema:
        for each in owner.record_types:
            rows.add(
                "RecordType", name=each.label, developername=each.developer_name,
                sobjecttype=owner.name, isactive=each.active,
                description=each.description or None,
            )  # fmt: skip


def write_apps(rows: OrgRows, files: Mapping[str, bytes]) -> None:
    """A row per app of the project, as the App Launcher lists them."""
    for path in files:
        found = _APP.match(path)
        if found:
            label = parse_xml(path, files[path]).text("label") or found[1]
            item = rows.add(
                "AppMenuItem", name=found[1], label=label, type="TabSet", isaccessible=True,
                isvisible=True,
            )  # fmt: skip
            rows.store.update(rows.schema["AppMenuItem"], item, {"applicationid": item})


def write_code(rows: OrgRows, files: Mapping[str, bytes]) -> None:
    """Rows of the project's classes, triggers, pages and static resources."""
    bodies = {path for path in files if not path.endswith("-meta.xml")}
    for path in files:
        found = _NAMED.match(path)
        meta = path.endswith("-meta.xml")
        if not found or meta != (found[2] == "resource"):
            continue
        kind = _KINDS[found[2]]
        if kind == "StaticResource":
            stem = str(PurePosixPath(path).with_name(found[1]))
            body = next((files[each] for each in bodies if each.startswith(f"{stem}.")), b"")
            kind_of_content = parse_xml(path, files[path]).text("contentType")
            rows.add(
                kind, name=found[1], body=Blob(body), bodylength=len(body),
                contenttype=kind_of_content or "application/octet-stream",
            )  # fmt: skip
            continue
        text = files[path].decode("utf-8", "replace")
        rows.add(
            kind, name=found[1], status="Active", isvalid=True, apiversion=68, body=text,
            markup=text, masterlabel=found[1], lengthwithoutcomments=len(text),
        )  # fmt: skip


def write_metadata(rows: OrgRows, files: Mapping[str, bytes]) -> None:
    """Custom metadata records; relationships between them by developer name become Ids."""
    records = list(read_custom_metadata(files, rows.schema))
    ids = {
        (name.lower(), row["developername"].lower()): rows.add(name, **row) for name, row in records
    }
    for name, row in records:
        owner = rows.schema[name]
        changes = {
            key: ids[field.reference_to[0].lower(), str(value).lower()]
            for key, value in row.items()
            if (field := owner.fields.get(key)) is not None
            and field.type == "REFERENCE"
            and not field.free_reference
            and (field.reference_to[0].lower(), str(value).lower()) in ids
        }
        rows.store.update(owner, ids[name.lower(), row["developername"].lower()], changes)
