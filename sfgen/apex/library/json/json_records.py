"""Records from JSON trees: read-only fields, parents and children too (JS05)."""

from __future__ import annotations

from typing import Any

from sfgen.apex.library.json.json_reading import typed_value, untyped_value
from sfgen.apex.library.json.json_tokens import json_error
from sfgen.apex.runtime.ids import is_id
from sfgen.apex.runtime.values import ApexList, SObject
from sfgen.apex.store.org_data import org_data
from sfgen.apex.types.model import ApexType

__all__ = ["FIELD_TYPES", "record_of"]

FIELD_TYPES = {
    "ID": "Id",
    "REFERENCE": "Id",
    "BOOLEAN": "Boolean",
    "INTEGER": "Integer",
    "LONG": "Long",
    "DOUBLE": "Decimal",
    "CURRENCY": "Decimal",
    "PERCENT": "Decimal",
    "DATE": "Date",
    "DATETIME": "Datetime",
    "TIME": "Time",
    "BASE64": "Blob",
}


def record_of(tree: Any, kind: ApexType, *, strict: bool) -> SObject:
    """The record that a tree stands for.

    Raises JSONException for a tree without the object's name where it is needed, for an unknown
    object, and in strict mode for an unknown column.
    """
    if not isinstance(tree, dict):
        raise json_error("Malformed JSON: Expected '{' at the beginning of object")
    if kind.key == "aggregateresult":
        return _aggregate(tree)
    schema = org_data().schema
    attributes = tree.get("attributes")
    named = attributes.get("type") if isinstance(attributes, dict) else None
    described = schema.find(named if kind.key == "sobject" and named else kind.name)
    if described is None:
        raise json_error(f"Apex Type unsupported in JSON: {kind}")
    record = SObject(described.name)
    inner = tree.get(described.name)
    if len(tree) == 1 and isinstance(inner, dict):
        tree = inner  # the record under its object's name, as a public suite (dlrs) has it
    for name, each in tree.items():
        if name != "attributes":
            _set(record, described, name, each, strict=strict)
    return record


def _aggregate(tree: dict[str, Any]) -> SObject:
    """A row of a grouped query: whatever columns the tree names."""
    names = [name for name in tree if name != "attributes"]
    record = SObject("AggregateResult")
    record.fields = {name.lower(): untyped_value(tree[name]) for name in names}
    record.marks = {"names": names}
    return record


def _set(record: SObject, described: Any, name: str, tree: Any, *, strict: bool) -> None:
    """Set one field, parent or list of children."""
    low = name.lower()
    field = described.find(name)
    schema = org_data().schema
    if field is not None:
        # A metadata relationship to an object or field holds its name, and so does its row.
        named = {"EntityDefinition", "FieldDefinition"} & {described.name, *field.reference_to}
        named |= {each for each in field.reference_to if each.lower().endswith("__mdt")}
        named = named if field.type in {"ID", "REFERENCE"} else set()
        if field.type == "ID" and isinstance(tree, str) and not is_id(tree):
            named = {field.name}  # any text is taken: public suites (SObjectFabricator) have "id-1"
        kind = ApexType("String" if named else FIELD_TYPES.get(field.type, "String"))
        record.fields[field.key] = typed_value(tree, kind, strict=strict)
        return
    reference = described.by_relationship.get(low)
    if reference is not None:
        target = reference.reference_to[0] if len(reference.reference_to) == 1 else "SObject"
        if tree is not None:
            record.fields[low] = record_of(tree, ApexType(target), strict=strict)
        return
    child = schema.child(described.name, name)
    if child is not None:
        kind = ApexType(child.child)
        rows = tree.get("records", []) if isinstance(tree, dict) else tree or []
        record.fields[low] = ApexList((record_of(each, kind, strict=strict) for each in rows), kind)
        return
    if strict:
        raise json_error(f"No such column '{name}' on sobject of type {described.name}")
