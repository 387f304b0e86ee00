"""The schema of a project: standard objects, and what its `objects/` folder adds to them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sfgen.apex.data.implied_fields import implied_fields, share_object
from sfgen.apex.data.schema import (
    Field,
    FieldSet,
    ObjectType,
    PicklistValue,
    RecordType,
    Schema,
    ValidationRule,
)
from sfgen.apex.data.source_fields import read_field, read_values, with_standard_changes
from sfgen.apex.data.source_files import Element, parse_xml
from sfgen.apex.data.standard import label_of, standard_objects

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sfgen.apex.data.source_fields import ValueSets

__all__ = ["read_schema"]

_PART = re.compile(r"(?:.*/)?objects/([^/]+)/(fields|recordTypes|validationRules|fieldSets)/[^/]+")
_WHOLE = re.compile(r"(?:.*/)?objects/(?:[^/]+/)?([^/]+?)\.object(?:-meta\.xml)?\Z")
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# References that may name any object of the project.
# Standard value sets by the fields they fill (Metadata API Developer Guide, StandardValueSet).
_ANY_PARENT = (
    "task.whatid", "event.whatid", "attachment.parentid", "note.parentid", "feeditem.parentid",
    "contentdocumentlink.linkedentityid", "contentversion.firstpublishlocationid",
    "processinstance.targetobjectid", "topicassignment.entityid", "emailmessage.relatedtoid",
)  # fmt: skip
_STANDARD_SETS = {
    "industry": ("Account.Industry", "Lead.Industry"),
    "accounttype": ("Account.Type",),
    "leadsource": ("Lead.LeadSource", "Contact.LeadSource", "Opportunity.LeadSource"),
    "leadstatus": ("Lead.Status",),
    "opportunitystage": ("Opportunity.StageName",),
    "opportunitytype": ("Opportunity.Type",),
    "casestatus": ("Case.Status",),
    "casetype": ("Case.Type",),
    "caseorigin": ("Case.Origin",),
    "casepriority": ("Case.Priority",),
    "casereason": ("Case.Reason",),
    "taskstatus": ("Task.Status",),
    "taskpriority": ("Task.Priority",),
    "product2family": ("Product2.Family",),
}


class _Parts:
    """The elements of one object, from its own file and from the files beside it."""

    def __init__(self) -> None:
        self.head: Element | None = None
        self.fields: list[Element] = []
        self.record_types: list[Element] = []
        self.rules: list[Element] = []
        self.field_sets: list[Element] = []

    def add(self, kind: str, node: Element) -> None:
        """File one element read from a file of its own."""
        lists = {
            "fields": self.fields,
            "recordTypes": self.record_types,
            "validationRules": self.rules,
            "fieldSets": self.field_sets,
        }
        lists[kind].append(node)

    def take_head(self, node: Element) -> None:
        """The object's own file, which in metadata format holds everything."""
        self.head = node
        for kind in ("fields", "recordTypes", "validationRules", "fieldSets"):
            for each in node.all(kind):
                self.add(kind, each)


def read_schema(files: Mapping[str, bytes], namespace: str = "") -> Schema:
    """The org's schema: the standard objects with the project's on top.

    Raises ProjectError for metadata that is not well-formed XML.
    """
    parts, value_sets, standard_sets = _collect(files)
    objects = {each.key: each for each in standard_objects()}
    for key, values in standard_sets.items():
        _refill(objects, key, values)
    activity = parts.pop("Activity", None)
    for name in ("Task", "Event") if activity else ():
        parts.setdefault(name, _Parts()).fields.extend(activity.fields if activity else ())
    numbers = {"metadata": 0, "event": 0, "custom": 0}
    for name in sorted(parts, key=str.lower):
        known = objects.get(name.lower())
        made = _read_object(name, parts[name], known, value_sets, numbers)
        objects[made.key] = made
        if made.kind == "custom" and made.name.endswith("__c"):
            shares = share_object(made)
            objects[shares.key] = shares
    _open_references(objects)
    _type_summaries(objects)
    return Schema(objects.values(), namespace)


def _type_summaries(objects: dict[str, ObjectType]) -> None:
    """A roll-up has the type and the digits of the field that it sums up."""
    for owner in list(objects.values()):
        changed = {
            key: replace(field, type=below.type, scale=below.scale)
            for key, field in owner.fields.items()
            if field.summary is not None
            and (child := objects.get(field.summary.child.lower())) is not None
            and (below := child.find(field.summary.summarized)) is not None
        }
        if changed:
            objects[owner.key] = replace(owner, fields={**owner.fields, **changed})


def _open_references(objects: dict[str, ObjectType]) -> None:
    """Let files, notes, feeds and activities belong to the project's own objects too."""
    own = [each for each in objects.values() if each.kind == "custom" and each.custom]
    names = tuple(each.name for each in own if each.name.endswith("__c"))
    active = tuple(each.name for each in own if "activity" in each.flags)
    for place in _ANY_PARENT:
        owner, _, key = place.partition(".")
        known = objects[owner]
        more = active if owner in {"task", "event"} else names
        field = replace(known.fields[key], reference_to=(*known.fields[key].reference_to, *more))
        objects[owner] = replace(known, fields={**known.fields, key: field})


def _collect(
    files: Mapping[str, bytes],
) -> tuple[
    dict[str, _Parts], dict[str, tuple[PicklistValue, ...]], dict[str, tuple[PicklistValue, ...]]
]:
    parts: dict[str, _Parts] = {}
    value_sets: dict[str, tuple[PicklistValue, ...]] = {}
    standard_sets: dict[str, tuple[PicklistValue, ...]] = {}
    for path, data in files.items():
        if part := _PART.match(path):
            parts.setdefault(part[1], _Parts()).add(part[2], parse_xml(path, data))
        elif whole := _WHOLE.match(path):
            parts.setdefault(whole[1], _Parts()).take_head(parse_xml(path, data))
        elif ".globalValueSet" in path:
            name = PurePosixPath(path).name.partition(".")[0].lower()
            values = read_values(parse_xml(path, data), "customValue")
            value_sets[name] = values
            value_sets[f"{name}__gvs"] = values
        elif ".standardValueSet" in path:
            name = PurePosixPath(path).name.partition(".")[0].lower()
            standard_sets[name] = read_values(parse_xml(path, data), "standardValue")
    return parts, value_sets, standard_sets


def _refill(objects: dict[str, ObjectType], key: str, values: tuple[PicklistValue, ...]) -> None:
    for place in _STANDARD_SETS.get(key, ()):
        owner, _, name = place.lower().partition(".")
        known = objects[owner]
        default = next((f"'{each.value}'" for each in values if each.default), None)
        changed = replace(known.fields[name], picklist=values, default=default)
        objects[owner] = replace(known, fields={**known.fields, name: changed})


def _read_object(
    name: str,
    parts: _Parts,
    known: ObjectType | None,
    value_sets: ValueSets,
    numbers: dict[str, int],
) -> ObjectType:
    made = known or _new_object(name, parts.head, numbers)
    fields = dict(made.fields)
    for node in parts.fields:
        field_name = node.text("fullName")
        standard = fields.get(field_name.lower())
        if standard is not None and not field_name.endswith("__c"):
            fields[standard.key] = with_standard_changes(standard, node, value_sets)
        elif field_name.endswith("__c"):
            fields.update({each.key: each for each in read_field(node, name, value_sets)})
    if known is None:
        extra = implied_fields(made, parts.head, fields.values(), bool(parts.record_types))
        fields = {each.key: each for each in extra} | fields
    elif parts.record_types and "recordtypeid" not in fields:
        fields["recordtypeid"] = Field(
            "RecordTypeId", "REFERENCE", "Record Type ID", 18, reference_to=("RecordType",),
            relationship="RecordType",
        )  # fmt: skip
    sharing = parts.head.text("sharingModel") if parts.head else ""
    return replace(
        made,
        fields=fields,
        sharing=sharing or made.sharing,
        record_types=tuple(map(_read_record_type, parts.record_types)),
        rules=tuple(_read_rule(each) for each in parts.rules if each.flag("active")),
        field_sets=tuple(map(_read_field_set, parts.field_sets)),
    )


def _new_object(name: str, head: Element | None, numbers: dict[str, int]) -> ObjectType:
    kind = "custom"
    setting = head.text("customSettingsType") if head else ""
    if setting:
        kind = "list_setting" if setting == "List" else "hierarchy_setting"
    elif name.endswith("__mdt"):
        kind = "metadata"
    elif name.endswith("__e"):
        kind = "event"
    first = {"metadata": "m", "event": "e"}.get(kind, "a")
    counter = kind if kind in numbers else "custom"
    number = numbers[counter]
    numbers[counter] += 1
    label = (head.text("label") if head else "") or label_of(name)
    return ObjectType(
        name=name,
        label=label,
        plural=(head.text("pluralLabel") if head else "") or label,
        prefix=first + _ALPHABET[number // 62] + _ALPHABET[number % 62],
        kind=kind,
        flags=frozenset({"activity"}) if head and head.flag("enableActivities") else frozenset(),
        visibility=(head.text("visibility") if head else "") or "Public",
        publish=(head.text("publishBehavior") if head else "") or "PublishAfterCommit",
    )


def _read_record_type(node: Element) -> RecordType:
    picklists = tuple(
        (each.text("picklist"), tuple(value.text("fullName") for value in each.all("values")))
        for each in node.all("picklistValues")
    )
    name = node.text("fullName")
    return RecordType(
        name, node.text("label") or name, node.flag("active", default=True),
        node.text("description"), picklists,
    )  # fmt: skip


def _read_rule(node: Element) -> ValidationRule:
    return ValidationRule(
        node.text("fullName"),
        node.text("errorConditionFormula"),
        node.text("errorMessage"),
        node.text("errorDisplayField") or None,
    )


def _read_field_set(node: Element) -> FieldSet:
    members = tuple(each.text("field") for each in node.all("displayedFields"))
    name = node.text("fullName")
    return FieldSet(name, node.text("label") or name, members, node.text("description"))
