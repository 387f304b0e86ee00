"""The standard objects' usual fields, read from `standard_objects.txt`."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING, Any

from sfgen.apex.schema.schema import Field, ObjectType, PicklistValue

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["AUDIT", "audit_fields", "label_of", "owner_field", "read_line", "standard_objects"]

_KINDS = {
    "s": "STRING", "t": "TEXTAREA", "ph": "PHONE", "em": "EMAIL", "url": "URL", "b": "BOOLEAN",
    "i": "INTEGER", "n": "DOUBLE", "c": "CURRENCY", "p": "PERCENT", "d": "DATE", "dt": "DATETIME",
    "tm": "TIME", "pick": "PICKLIST", "mpick": "MULTIPICKLIST", "id": "ID", "blob": "BASE64",
    "ref": "REFERENCE", "addr": "ADDRESS", "combo": "COMBOBOX", "any": "ANYTYPE",
}  # fmt: skip
_NUMBERS = {"INTEGER", "DOUBLE", "CURRENCY", "PERCENT"}
_FIELD = re.compile(
    r"(?P<name>\w+) (?P<kind>[a-z]+)(?:>(?P<parents>[\w,]+)/(?P<up>\w*)/(?P<down>\w*))?"
    r"(?P<size>[\d.]+)?(?P<rest>.*)\Z"
)
_MARKS = re.compile(
    r'"(?P<label>[^"]*)"|auto\{(?P<auto>[^}]*)\}|\{(?P<values>[^}]*)\}|(?P<mark>\S+)'
)
_QUEUED = frozenset({"Lead", "Case", "Task", "Event", "Order", "ContactRequest"})
"""Standard objects whose records may belong to a queue."""
_ADDRESS_PARTS = frozenset(
    "Street City State PostalCode Country StateCode CountryCode Latitude Longitude "
    "GeocodeAccuracy".split()
)
_HEAD = re.compile(
    r"(\w+) (\w{3}) ([^|]+)\|(.+?)"
    r" (ReadWrite\w*|Read|Private|PublicRead|ControlledByParent)((?: \w+)*)"
)
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_+")

AUDIT = (
    "CreatedDate dt ro df",
    "CreatedById ref>User/CreatedBy/ ro df",
    "LastModifiedDate dt ro df",
    "LastModifiedById ref>User/LastModifiedBy/ ro df",
    "SystemModstamp dt ro df",
    'IsDeleted b ro df "Deleted"',
)


def label_of(name: str) -> str:
    """The label that a standard field's name suggests: `CreatedById` is `Created By ID`."""
    words = [word for word in _WORDS.split(name.removesuffix("__c")) if word]
    return " ".join("ID" if word == "Id" else word for word in words)


@functools.cache
def read_line(text: str) -> Field:
    """One field as the table writes it; ValueError for what isn't in its form."""
    found = _FIELD.match(text.strip())
    if not found or found["kind"] not in _KINDS:
        raise ValueError(f"not a field of the table of standard objects: {text}")
    kind = _KINDS[found["kind"]]
    facts: dict[str, Any] = {"name": found["name"], "type": kind, "label": label_of(found["name"])}
    facts |= _size(kind, found["size"] or "0")
    if kind == "REFERENCE":
        facts |= {
            "length": 18,
            "reference_to": tuple(found["parents"].split(",")),
            "relationship": found["up"] or None,
            "child_relationship": found["down"] or None,
        }
    for mark in _MARKS.finditer(found["rest"]):
        facts |= _marked(mark)
    if kind == "BOOLEAN":
        facts |= {"default": facts.get("default") or "false", "defaulted": True}
    return Field(**facts)


def _size(kind: str, size: str) -> dict[str, Any]:
    whole, _, scale = size.partition(".")
    fixed = {"PICKLIST": 255, "MULTIPICKLIST": 4099, "ID": 18}
    if kind in fixed:
        return {"length": fixed[kind]}
    if kind in _NUMBERS:
        return {"precision": int(whole), "scale": int(scale or 0)}
    return {"length": int(whole) or (255 if kind == "URL" else 0)}


_CHANGES: dict[str, dict[str, Any]] = {
    "!": {"required": True},
    "ro": {"createable": False, "updateable": False},
    "co": {"updateable": False},
    "df": {"defaulted": True},
    "u": {"unique": True},
    "x": {"external_id": True, "id_lookup": True},
    "nm": {"name_field": True},
    "idl": {"id_lookup": True},
    "rs": {"restricted": True},
    "cascade": {"on_delete": "Cascade"},
    "restrict": {"on_delete": "Restrict"},
    "master": {"master_detail": True},
}


def _marked(mark: re.Match[str]) -> dict[str, Any]:
    if mark["label"] is not None:
        return {"label": mark["label"]}
    if mark["auto"] is not None:
        return {"auto_number": f"{{{mark['auto']}}}", "defaulted": True}
    if mark["values"] is not None:
        return _values(mark["values"])
    return _CHANGES[mark["mark"]]


def _values(text: str) -> dict[str, Any]:
    values = []
    facts: dict[str, Any] = {}
    for each in text.split("|"):
        value = each.removesuffix("*")
        values.append(PicklistValue(value, value, default=value != each))
        if value != each:
            facts["default"] = f"'{value}'"
    return {**facts, "picklist": tuple(values)}


def audit_fields() -> tuple[Field, ...]:
    """The fields that say who saved a record and when."""
    return tuple(map(read_line, AUDIT))


def owner_field(*, queues: bool = True) -> Field:
    """OwnerId: a user, or a queue where the object allows it."""
    return read_line(f"OwnerId ref>{'Group,' if queues else ''}User/Owner/ df")


@functools.cache
def standard_objects() -> tuple[ObjectType, ...]:
    """Every object of the table."""
    text = resources.files(__package__).joinpath("standard_objects.txt").read_text("utf-8")
    blocks = re.split(r"^= ", text, flags=re.MULTILINE)[1:]
    return tuple(map(_read_object, blocks))


def _in_compound(made: Field, fields: Sequence[Field]) -> Field:
    """The parts of an address belong to it: permissions name the address."""
    for each in fields:
        stem = each.name.removesuffix("Address")
        part = made.name.removeprefix(stem)
        if each.type == "ADDRESS" and made.name.startswith(stem) and part in _ADDRESS_PARTS:
            return replace(made, compound=each.name)
    return made


def _read_object(block: str) -> ObjectType:
    head, *lines = block.strip().splitlines()
    found = _HEAD.fullmatch(head)
    if not found:
        raise ValueError(f"not an object of the table of standard objects: {head}")
    name, prefix, label, plural, sharing, groups = found.groups()
    flags = frozenset(groups.split())
    fields = [
        Field("Id", "ID", f"{label} ID", 18, createable=False, updateable=False, defaulted=True)
    ]
    for line in lines:
        fields.extend(read_line(each) for each in line.removeprefix("+ ").split("; "))
    if "owner" in flags:
        fields.append(owner_field(queues=name in _QUEUED))
    if "audit" in flags:
        fields.extend(audit_fields()[: 5 if "setup" in flags else 6])
    if "share" in flags:
        fields.extend(map(read_line, (AUDIT[2], AUDIT[3], AUDIT[5])))
    if "recordtypes" in flags:
        fields.append(read_line("RecordTypeId ref>RecordType/RecordType/"))
    fields = [_in_compound(each, fields) for each in fields]
    return ObjectType(
        name=name,
        label=label,
        plural=plural,
        prefix="" if prefix == "000" else prefix,
        kind="event" if "event" in flags else "standard",
        fields={each.key: each for each in fields},
        sharing="Read" if sharing == "PublicRead" else sharing,
        flags=flags,
    )
