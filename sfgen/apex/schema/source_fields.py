"""Custom fields from their metadata (Metadata API Developer Guide, CustomField)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sfgen.apex.schema.schema import Field, PicklistValue, Summary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sfgen.apex.schema.source_files import Element

    ValueSets = Mapping[str, tuple[PicklistValue, ...]]

__all__ = ["read_field", "read_values", "with_standard_changes"]

_KINDS = {
    "AutoNumber": "STRING", "Checkbox": "BOOLEAN", "Currency": "CURRENCY", "Date": "DATE",
    "DateTime": "DATETIME", "Email": "EMAIL", "EncryptedText": "ENCRYPTEDSTRING",
    "ExternalLookup": "REFERENCE", "Hierarchy": "REFERENCE", "Html": "TEXTAREA",
    "IndirectLookup": "REFERENCE", "Location": "LOCATION", "LongTextArea": "TEXTAREA",
    "Lookup": "REFERENCE", "MasterDetail": "REFERENCE", "MetadataRelationship": "REFERENCE",
    "MultiselectPicklist": "MULTIPICKLIST", "Number": "DOUBLE", "Percent": "PERCENT",
    "Phone": "PHONE", "Picklist": "PICKLIST", "Summary": "DOUBLE", "Text": "STRING",
    "TextArea": "TEXTAREA", "Time": "TIME", "Url": "URL",
}  # fmt: skip
_LENGTHS = {"Email": 80, "Phone": 40, "Picklist": 255, "MultiselectPicklist": 4099,
            "TextArea": 255, "Url": 255, "AutoNumber": 30}  # fmt: skip
_DELETIONS = {"SetNull": "SetNull", "Cascade": "Cascade", "Restrict": "Restrict"}


def read_values(parent: Element, name: str) -> tuple[PicklistValue, ...]:
    """Picklist entries of a value set: fullName, label, default, isActive."""
    return tuple(
        PicklistValue(
            each.text("fullName"),
            each.text("label") or each.text("fullName"),
            each.flag("isActive", default=True),
            each.flag("default"),
        )
        for each in parent.all(name)
    )


def read_field(node: Element, owner: str, value_sets: ValueSets) -> list[Field]:
    """The field, and for a location the two fields of its parts."""
    name, kind = node.text("fullName"), node.text("type")
    made = Field(
        name=name,
        type=_KINDS.get(kind, "STRING"),
        label=node.text("label") or name,
        length=node.number("length", _LENGTHS.get(kind, 0)),
        precision=node.number("precision", 18 if kind == "Summary" else 0),
        scale=node.number("scale"),
        required=node.flag("required") or kind == "MasterDetail",
        unique=node.flag("unique"),
        case_sensitive=node.flag("caseSensitive"),
        external_id=node.flag("externalId"),
        id_lookup=node.flag("externalId"),
        default=node.text("defaultValue") or None,
        custom=True,
        help_text=node.text("inlineHelpText") or None,
        html=kind == "Html",
    )
    made = _with_values(made, node, value_sets)
    if made.type == "REFERENCE":
        made = _with_parent(made, node, kind, owner)
    if node.first("formula") is not None:
        made = replace(
            made,
            formula=node.text("formula"),
            length=made.length or (1300 if made.type == "STRING" else 0),
            blank_as_zero=node.text("formulaTreatBlanksAs", "BlankAsZero") == "BlankAsZero",
        )
    if kind == "Summary":
        made = replace(made, summary=_read_summary(node))
    if made.calculated:
        made = replace(made, createable=False, updateable=False)
    if kind == "AutoNumber":
        made = replace(
            made, auto_number=node.text("displayFormat", "{0}"), createable=False, updateable=False
        )
    return [made, *_location_parts(made)]


def _with_values(made: Field, node: Element, value_sets: ValueSets) -> Field:
    if made.type == "BOOLEAN":
        return replace(made, default=made.default or "false", defaulted=True)
    if made.type not in {"PICKLIST", "MULTIPICKLIST"}:
        return made
    values: tuple[PicklistValue, ...] = ()
    restricted = False
    holder = node.first("valueSet")
    if holder is not None:
        restricted = holder.flag("restricted")
        definition = holder.first("valueSetDefinition")
        if definition is not None:
            values = read_values(definition, "value")
        else:
            values = value_sets.get(holder.text("valueSetName").lower(), ())
            restricted = True
    else:
        old = node.first("picklist")
        if old is not None:
            values = read_values(old, "picklistValues")
    default = next((f"'{each.value}'" for each in values if each.default), made.default)
    return replace(made, picklist=values, restricted=restricted, default=default)


def _with_parent(made: Field, node: Element, kind: str, owner: str) -> Field:
    target = node.text("referenceTo") or ("User" if kind == "Hierarchy" else owner)
    list_name = node.text("relationshipName")
    master = kind == "MasterDetail"
    controlling = node.text("metadataRelationshipControllingField").rpartition(".")[2]
    return replace(
        made,
        controlling=controlling.lower() or None,
        length=18,
        reference_to=(target,),
        relationship=made.name.removesuffix("__c") + "__r",
        child_relationship=f"{list_name}__r" if list_name else None,
        on_delete="Cascade" if master else _DELETIONS[node.text("deleteConstraint", "SetNull")],
        master_detail=master,
        reparentable=not master or node.flag("reparentableMasterDetail"),
        updateable=not master or node.flag("reparentableMasterDetail"),
    )


def _read_summary(node: Element) -> Summary:
    child, _, key = node.text("summaryForeignKey").partition(".")
    filters = tuple(
        (each.text("field").partition(".")[2], each.text("operation"), each.text("value"))
        for each in node.all("summaryFilterItems")
    )
    return Summary(
        node.text("summaryOperation"),
        child,
        key,
        node.text("summarizedField").partition(".")[2],
        filters,
    )


def _location_parts(made: Field) -> list[Field]:
    if made.type != "LOCATION":
        return []
    stem = made.name.removesuffix("__c")
    return [
        Field(
            f"{stem}__{part}__s", "DOUBLE", f"{made.label} ({part})", precision=18,
            scale=max(made.scale, 8), custom=True, compound=made.name,
        )
        for part in ("Latitude", "Longitude")
    ]  # fmt: skip


def with_standard_changes(known: Field, node: Element, value_sets: ValueSets) -> Field:
    """A standard field with what the project's metadata changes on it."""
    made = _with_values(replace(known, default=known.default), node, value_sets)
    if not made.picklist:
        made = replace(made, picklist=known.picklist, default=known.default)
    return replace(
        made,
        label=node.text("label") or known.label,
        help_text=node.text("inlineHelpText") or None,
        required=known.required or node.flag("required"),
    )
