"""Rows of tables that describe the org itself; written when a query first asks for them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.ids import Id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sfgen.apex.access.permissions import Permissions
    from sfgen.apex.access.source_access import Grants
    from sfgen.apex.schema.schema import Field, ObjectType
    from sfgen.apex.store.org_data import OrgData

__all__ = ["install_fillers"]

_DATA_TYPES = {
    "STRING": "Text", "TEXTAREA": "Text Area", "PHONE": "Phone", "EMAIL": "Email", "URL": "URL",
    "BOOLEAN": "Checkbox", "INTEGER": "Number", "DOUBLE": "Number", "CURRENCY": "Currency",
    "PERCENT": "Percent", "DATE": "Date", "DATETIME": "Date/Time", "TIME": "Time",
    "PICKLIST": "Picklist", "MULTIPICKLIST": "Picklist (Multi-Select)", "REFERENCE": "Lookup",
}  # fmt: skip
_WORDS = {"create": "c", "read": "r", "edit": "e", "delete": "d",
          "viewallrecords": "v", "modifyallrecords": "m"}  # fmt: skip


def install_fillers(data: OrgData, permissions: Permissions) -> None:
    """Tell the store how to fill the catalogue's tables."""
    granted: dict[str, Callable[[OrgData, Permissions], None]] = {
        "objectpermissions": _fill_object_permissions,
        "fieldpermissions": _fill_field_permissions,
        "setupentityaccess": _fill_entity_access,
    }
    plain: dict[str, Callable[[OrgData], None]] = {
        "entitydefinition": _fill_entities,
        "fielddefinition": _fill_fields,
        "taskstatus": _filler("Task", "status", {"completed"}),
        "taskpriority": _filler("Task", "priority", {"high"}),
        "leadstatus": _filler("Lead", "status", {"closed - converted"}),
        "casestatus": _filler("Case", "status", {"closed"}),
    }
    for key, fill in granted.items():
        data.store.fillers[key] = functools.partial(fill, data, permissions)
    for key, fill_plain in plain.items():
        data.store.fillers[key] = functools.partial(fill_plain, data)


def _filler(owner: str, key: str, marked: set[str]) -> Callable[[OrgData], None]:
    """Fills the table of a picklist's values: TaskStatus, CaseStatus and kin."""

    def fill(data: OrgData) -> None:
        field = data.schema[owner].fields[key]
        table = data.schema[f"{owner}{field.name}"]
        for number, each in enumerate(field.picklist, 1):
            flag = each.value.lower() in marked
            row = {
                "id": data.store.new_id(table), "masterlabel": each.label,
                "apiname": each.value, "sortorder": number, "isdefault": each.default,
                "isclosed": flag, "ishighpriority": flag, "isconverted": flag,
            }  # fmt: skip
            data.store.insert(table, row)

    return fill


def _short(name: str) -> str:
    return name.rpartition("__")[0] if name.endswith(("__c", "__mdt", "__e")) else name


def _fill_entities(data: OrgData) -> None:
    owner = data.schema["EntityDefinition"]
    for each in data.schema:
        fixed = "nodml" in each.flags or each.kind == "metadata"
        data.store.insert(
            owner,
            {
                "id": Id(each.name), "durableid": each.name, "qualifiedapiname": each.name,
                "developername": _short(each.name), "label": each.label,
                "masterlabel": each.label, "plurallabel": each.plural, "keyprefix": each.prefix,
                "iscustomsetting": each.setting, "iscustomizable": not each.setup,
                "isapextriggerable": not each.setup and not fixed, "isqueryable": True,
                "isevercreatable": not fixed, "iseverupdatable": not fixed,
                "iseverdeletable": not fixed, "isdeprecatedandhidden": False,
                "issearchable": True, "islayoutable": not each.setup,
                "isworkflowenabled": not each.setup, "internalsharingmodel": each.sharing,
            },
        )  # fmt: skip


def _fill_fields(data: OrgData) -> None:
    owner = data.schema["FieldDefinition"]
    for each in data.schema:
        for field in each.fields.values():
            name = f"{each.name}.{field.name}"
            data.store.insert(
                owner,
                {
                    "id": Id(name), "durableid": name, "qualifiedapiname": field.name,
                    "entitydefinitionid": each.name, "developername": _short(field.name),
                    "label": field.label, "masterlabel": field.label,
                    "datatype": _data_type(field), "length": field.length,
                    "precision": field.precision, "scale": field.scale,
                    "isnillable": not field.required, "iscalculated": field.calculated,
                    "isapifilterable": True, "isindexed": field.id_lookup or field.unique,
                    "relationshipname": field.relationship,
                },
            )  # fmt: skip


def _data_type(field: Field) -> str:
    kind = _DATA_TYPES.get(field.type, field.type.title())
    if field.type == "REFERENCE" and field.reference_to:
        kind = f"Lookup({','.join(field.reference_to)})"
    elif field.type == "STRING" and field.length:
        kind = f"Text({field.length})"
    return f"Formula ({kind.partition('(')[0]})" if field.formula is not None else kind


def _owners_of_permissions(data: OrgData, permissions: Permissions) -> list[tuple[str, Grants]]:
    """Permission sets, profiles' own ones included, with what they allow."""
    store, schema = data.store, data.schema
    found = []
    for row in store.rows_where(schema["PermissionSet"], "1", []):
        if row.get("isownedbyprofile"):
            profile = store.row(schema["Profile"], str(row["profileid"])) or {}
            grants = permissions.profile_grants(str(profile.get("name")))
        else:
            known = permissions.sources.permission_sets.get(str(row["name"]))
            if known is None:
                continue
            grants = known
        found.append((str(row["id"]), grants))
    return found


def _fill_entity_access(data: OrgData, permissions: Permissions) -> None:
    """Classes, pages and custom permissions that profiles and permission sets open."""
    store, schema = data.store, data.schema
    owner = schema["SetupEntityAccess"]
    kinds = (
        ("ApexClass", "name", "classes"),
        ("ApexPage", "name", "pages"),
        ("CustomPermission", "developername", "custom_permissions"),
    )
    parents = _owners_of_permissions(data, permissions)
    for kind, key, granted in kinds:
        for row in store.rows_where(schema[kind], "1", []):
            for parent, grants in parents:
                # Who creates a class or a page opens it to the own profile.
                own = grants.everything and kind != "CustomPermission"
                if own or str(row[key]).lower() in getattr(grants, granted):
                    values = {"id": store.new_id(owner), "parentid": parent}
                    values |= {"setupentityid": row["id"], "setupentitytype": kind}
                    store.insert(owner, values)


def _fill_object_permissions(data: OrgData, permissions: Permissions) -> None:
    owner = data.schema["ObjectPermissions"]
    for parent, grants in _owners_of_permissions(data, permissions):
        for each in data.schema:
            if each.setup or each.setting or each.kind in {"metadata", "event"}:
                continue
            allowed = set("credvm") if grants.everything else grants.objects.get(each.key, set())
            if allowed:
                row: dict[str, Any] = {
                    f"permissions{word}": mark in allowed for word, mark in _WORDS.items()
                }
                row |= {"id": data.store.new_id(owner), "parentid": parent}
                data.store.insert(owner, row | {"sobjecttype": each.name})


def _fill_field_permissions(data: OrgData, permissions: Permissions) -> None:
    parents = _owners_of_permissions(data, permissions)
    state = [
        (
            parent,
            grants.everything,
            grants.every_field,
            {k: set(v) for k, v in grants.fields.items()},
        )
        for parent, grants in parents
    ]
    owner = data.schema["FieldPermissions"]
    data.store.insert_made(owner, state, lambda: _field_permissions(data, parents))


def _field_permissions(
    data: OrgData, parents: list[tuple[str, Grants]]
) -> Iterator[dict[str, Any]]:
    owner = data.schema["FieldPermissions"]
    for parent, grants in parents:
        for each, field in _granted_fields(data, grants):
            allowed = _field_letters(each, field, grants)
            if allowed:
                yield {
                    "id": data.store.new_id(owner), "parentid": parent,
                    "sobjecttype": each.name, "field": f"{each.name}.{field.name}",
                    "permissionsread": True,
                    "permissionsedit": "e" in allowed and field.updateable,
                }  # fmt: skip


def _granted_fields(data: OrgData, grants: Grants) -> Iterator[tuple[ObjectType, Field]]:
    """The fields that can have a row: all for administrators, for others those that are named."""
    if grants.everything:
        for owner in data.schema:
            for field in owner.fields.values():
                yield owner, field
        return
    for name in grants.fields:
        object_name, _, field_name = name.partition(".")
        found = data.schema.find(object_name)
        named = found.find(field_name) if found is not None else None
        if found is not None and named is not None:
            yield found, named


def _field_letters(owner: ObjectType, field: Field, grants: Grants) -> set[str]:
    if field.required or field.type == "ID" or owner.setup or owner.setting:
        return set()
    known = owner.kind in {"standard", "custom"}
    if grants.every_field or (grants.everything and not field.custom):
        return {"r", "e"} if known else set()
    return grants.fields.get(f"{owner.key}.{field.key}", set())
