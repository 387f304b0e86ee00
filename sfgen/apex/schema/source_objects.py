"""The schema of a project: standard objects, and what its `objects/` folder adds to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sfgen.apex.schema.implied_fields import implied_fields, share_object
from sfgen.apex.schema.schema import (
    Field,
    FieldSet,
    ObjectType,
    PicklistValue,
    RecordType,
    Schema,
    ValidationRule,
)
from sfgen.apex.schema.source_fields import read_field, with_standard_changes
from sfgen.apex.schema.source_parts import ObjectParts, collect_parts
from sfgen.apex.schema.standard import label_of, standard_objects

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sfgen.apex.schema.source_fields import ValueSets
    from sfgen.apex.schema.source_files import Element

__all__ = ["read_schema"]

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# References that may name any object of the project.
_ANY_PARENT = (
    "task.whatid", "event.whatid", "attachment.parentid", "note.parentid", "feeditem.parentid",
    "contentdocumentlink.linkedentityid", "contentversion.firstpublishlocationid",
    "processinstance.targetobjectid", "topicassignment.entityid", "emailmessage.relatedtoid",
)  # fmt: skip
# Standard value sets by the fields they fill (Metadata API Developer Guide, StandardValueSet).
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


def read_schema(files: Mapping[str, bytes], namespace: str = "") -> Schema:
    """The org's schema: the standard objects with the project's on top.

    Raises ProjectError for metadata that is not well-formed XML.
    """
    parts, value_sets, standard_sets = collect_parts(files)
    objects = {each.key: each for each in standard_objects()}
    for key, values in standard_sets.items():
        _refill(objects, key, values)
    activity = parts.pop("Activity", None)
    for name in ("Task", "Event") if activity else ():
        parts.setdefault(name, ObjectParts()).fields.extend(activity.fields if activity else ())
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


def _refill(objects: dict[str, ObjectType], key: str, values: tuple[PicklistValue, ...]) -> None:
    for place in _STANDARD_SETS.get(key, ()):
        owner, _, name = place.lower().partition(".")
        known = objects[owner]
        default = next((f"'{each.value}'" for each in values if each.default), None)
        changed = replace(known.fields[name], picklist=values, default=default)
        objects[owner] = replace(known, fields={**known.fields, name: changed})


def _read_object(
    name: str,
    parts: ObjectParts,
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
    shown = node.all("displayedFields")
    members = tuple(each.text("field") for each in shown)
    required = frozenset(each.text("field") for each in shown if each.text("isRequired") == "true")
    name = node.text("fullName")
    label = node.text("label") or name
    return FieldSet(name, label, members, node.text("description"), required)
