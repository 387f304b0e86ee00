"""Apex values as JSON text (Apex Reference Guide, JSON Class; apex-semantics JS01-JS14)."""

from __future__ import annotations

import base64
import datetime as dt
import decimal
import json
from typing import Any

from sfgen.apex.library.json.json_tokens import json_error
from sfgen.apex.runtime.text import decimal_text, double_text, text_of
from sfgen.apex.runtime.values import (
    ApexEnum,
    ApexException,
    ApexList,
    ApexMap,
    ApexObject,
    ApexSet,
    Blob,
    SObject,
    type_of,
)
from sfgen.apex.types.model import ApexType

__all__ = [
    "Raw",
    "Tree",
    "all_fields",
    "datetime_text",
    "pretty_text",
    "quoted",
    "to_tree",
    "tree_text",
]


class Raw(str):
    """A number as it is to be written."""

    __slots__ = ()


def quoted(text: str) -> str:
    """A JSON string; only what must be escaped is."""
    return json.dumps(text, ensure_ascii=False)


def datetime_text(moment: dt.datetime, zone: str = "Z") -> str:
    """`2026-10-04T10:19:41.000Z` (JS13)."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}{zone}".rjust(24, "0")


def _time_text(time: dt.time) -> str:
    return f"{time:%H:%M:%S}.{time.microsecond // 1000:03d}Z"


_SCALARS: dict[type, Any] = {
    type(None): lambda _: None,
    bool: lambda value: value,
    int: Raw,
    str: lambda value: value,
    float: lambda value: Raw(double_text(value)) if value == value else "NaN",  # noqa: PLR0124 - NaN
    decimal.Decimal: lambda value: Raw(decimal_text(value)),
    dt.date: lambda value: value.isoformat(),
    dt.datetime: datetime_text,
    dt.time: _time_text,
    Blob: lambda value: base64.b64encode(value.data).decode("ascii"),
    ApexEnum: lambda value: value.name,
    ApexType: str,
}


class Tree:
    """Makes dicts, lists and scalars of Apex values; `without_nulls` leaves out null members."""

    def __init__(self, *, without_nulls: bool) -> None:
        self.without_nulls = without_nulls
        self.around: list[int] = []

    def of(self, value: Any) -> Any:
        """The tree of any value. JSONException for what has no JSON form."""
        scalar = _SCALARS.get(type(value))
        if scalar is not None:
            return scalar(value)
        if isinstance(value, int):
            return Raw(int(value))
        if isinstance(value, str):
            return str(value)
        if id(value) in self.around or len(self.around) > 400:
            raise json_error("Direct self-reference leading to cycle")
        self.around.append(id(value))
        try:
            return self.structure(value)
        finally:
            self.around.pop()

    def structure(self, value: Any) -> Any:
        """The tree of what holds other values."""
        if isinstance(value, (ApexList, ApexSet)):
            return [self.of(each) for each in value]
        if isinstance(value, ApexMap):
            return {text_of(key): self.of(each) for key, each in value.pairs()}
        if isinstance(value, SObject):
            return self.record(value)
        if isinstance(value, ApexException):
            raise json_error(f"Type unsupported in JSON: {value.type_name}")
        members = getattr(value, "json_members", None)
        if members is not None:
            return self.members(members())
        if isinstance(value, ApexObject):
            return self.members(object_members(value))
        own = getattr(value, "apex_json", None)
        if own is not None:
            return own()
        raise json_error(f"Type unsupported in JSON: {type_of(value)}")

    def members(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """The tree of an object's members (JS03)."""
        return {
            name: self.of(each)
            for name, each in pairs
            if each is not None or not self.without_nulls
        }

    def record(self, record: SObject) -> dict[str, Any]:
        """A record with its `attributes` (JS01, JS02)."""
        attributes = {"type": record.type_name}
        record_id = record.fields.get("id")
        if record_id is not None:
            path = f"/services/data/v68.0/sobjects/{record.type_name}/{record_id}"
            attributes["url"] = path
        tree: dict[str, Any] = {"attributes": attributes}
        for key, value in record.fields.items():
            if value is None and (record.queried is not None or self.without_nulls):
                continue
            tree[field_name(record, key)] = self.field(value)
        return tree

    def field(self, value: Any) -> Any:
        """A record's field: Datetimes end in `+0000`, child records are wrapped."""
        if type(value) is dt.datetime:
            return datetime_text(value, "+0000")
        if isinstance(value, ApexList):
            records = [self.of(each) for each in value]
            return {"totalSize": Raw(len(records)), "done": True, "records": records}
        return self.of(value)


def field_name(record: SObject, key: str) -> str:
    """The API spelling of a field or relationship."""
    spelled = getattr(SObject.semantics, "field_name", None)
    return str(spelled(record, key)) if spelled else key


def all_fields(python_class: type) -> dict[str, tuple[str, ApexType]]:
    """The fields of a user class and of those it extends, without transients (JS14)."""
    found: dict[str, tuple[str, ApexType]] = {}
    for each in reversed(python_class.__mro__):
        transient: frozenset[str] = each.__dict__.get("apex_transient", frozenset())
        for name, kind in each.__dict__.get("apex_fields", ()):
            if name.lower() not in transient:
                found[name.lower()] = (name, kind)
    return found


def object_members(value: ApexObject) -> list[tuple[str, Any]]:
    """The serialized members of a user object."""
    members = []
    for low, (name, _) in all_fields(type(value)).items():
        get = getattr(value, f"g_{low}", None)
        members.append((name, get() if get is not None else getattr(value, f"f_{low}", None)))
    return members


def to_tree(value: Any, *, without_nulls: bool = False) -> Any:
    """Dicts, lists, strings, `Raw` numbers, booleans and None for any Apex value.

    Raises JSONException for exceptions, cycles and types that JSON can't show.
    """
    return Tree(without_nulls=without_nulls).of(value)


def _scalar_text(tree: Any) -> str:
    if tree is None:
        return "null"
    if isinstance(tree, bool):
        return "true" if tree else "false"
    return str(tree) if isinstance(tree, Raw) else quoted(tree)


def tree_text(tree: Any) -> str:
    """Compact JSON."""
    if isinstance(tree, dict):
        pairs = (f"{quoted(name)}:{tree_text(each)}" for name, each in tree.items())
        return f"{{{','.join(pairs)}}}"
    if isinstance(tree, list):
        return f"[{','.join(map(tree_text, tree))}]"
    return _scalar_text(tree)


def pretty_text(tree: Any, depth: int = 0) -> str:
    """JSON as Jackson indents it: objects over lines, arrays in one."""
    if isinstance(tree, list):
        inner = ", ".join(pretty_text(each, depth) for each in tree)
        return f"[ {inner} ]" if tree else "[ ]"
    if not isinstance(tree, dict):
        return _scalar_text(tree)
    if not tree:
        return "{ }"
    blank = "  " * (depth + 1)
    lines = (
        f"{blank}{quoted(name)} : {pretty_text(each, depth + 1)}" for name, each in tree.items()
    )
    return "{\n" + ",\n".join(lines) + "\n" + "  " * depth + "}"
