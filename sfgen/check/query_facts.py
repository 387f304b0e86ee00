"""Describes the project's objects for the query rules: long fields and relationships."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sfgen.apex.host import Field, ObjectType, Schema
from sfgen.check.inventory import child_text

if TYPE_CHECKING:
    from lxml import etree

    from sfgen.check.subject import Subject

_KINDS: Final = {
    "LongTextArea": "TEXTAREA",
    "Html": "TEXTAREA",
    "MultiselectPicklist": "MULTIPICKLIST",
}
_LONG: Final = 32_768


def describe_objects(subject: Subject) -> Schema:
    """Make a schema of the project's custom fields; other fields are unknown and not judged."""
    objects = []
    for name, fields in subject.inventory.fields.items():
        known = {key: _field(key, element) for key, element in fields.items()}
        objects.append(ObjectType(name, name, name, "", fields=known))
    return Schema(objects)


def _field(key: str, element: etree._Element) -> Field:
    name = child_text(element, "fullName") or key
    kind = _KINDS.get(child_text(element, "type"), "STRING")
    parent = child_text(element, "referenceTo")
    return Field(
        name,
        kind,
        length=_LONG if kind == "TEXTAREA" else 0,
        custom=True,
        relationship=f"{name[:-1]}r" if parent and name.endswith("__c") else None,
        reference_to=(parent,) if parent else (),
    )
