"""Apex values in Python: what each type is, and the key that makes two values the same key.

null is None, Boolean bool, Integer int, Long `Long`, Double float, Decimal decimal.Decimal,
String str, Id `Id`, Blob `Blob`, Date datetime.date, Datetime an aware datetime.datetime in UTC,
Time datetime.time. Test with `type(x) is`: Python's own subclasses (bool of int, datetime of
date) are different Apex types.
"""

from __future__ import annotations

import datetime as dt
import decimal
from typing import TYPE_CHECKING, Any, ClassVar

from sfgen.apex.runtime.collections import ApexList, ApexMap, ApexSet
from sfgen.apex.runtime.exceptions import (
    ApexException,
    StackFrame,
    Unsupported,
    exception_class,
    limit_exceeded,
    raise_apex,
)
from sfgen.apex.runtime.ids import Id, id_of, is_id, long_id
from sfgen.apex.runtime.keys import Blob, Long, key_of
from sfgen.apex.runtime.objects import (
    ApexEnum,
    ApexObject,
    MethodEntry,
    find_method,
    implements,
)
from sfgen.apex.types.model import (
    BLOB,
    BOOLEAN,
    DATE,
    DATETIME,
    DECIMAL,
    DOUBLE,
    ID,
    INTEGER,
    LONG,
    NULL,
    OBJECT,
    STRING,
    TIME,
    ApexType,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "ApexEnum",
    "ApexException",
    "ApexList",
    "ApexMap",
    "ApexObject",
    "ApexSet",
    "Blob",
    "Id",
    "Long",
    "MethodEntry",
    "SObject",
    "StackFrame",
    "Unsupported",
    "exception_class",
    "find_method",
    "id_of",
    "implements",
    "is_id",
    "key_of",
    "limit_exceeded",
    "long_id",
    "raise_apex",
    "type_of",
]


class SObject:
    """A record: its object's name, the fields that are set, and what a query brought along.

    `fields` is keyed by lower-case API name (relationship names too: `account`, `contacts`).
    `queried` is None for a record made by code; else the lower-case names a query selected.
    `errors` holds what addError left. `data/` replaces `semantics` with the real rules of reading
    and writing; compiled code goes through `read` and `write` only.
    """

    __slots__ = ("errors", "fields", "marks", "queried", "read_only", "type_name")

    semantics: ClassVar[Any] = None

    def __init__(self, type_name: str, fields: Iterable[tuple[str, Any]] = ()) -> None:
        self.type_name = type_name
        self.fields: dict[str, Any] = dict(fields)
        self.queried: set[str] | None = None
        self.errors: list[Any] = []
        self.read_only = False
        self.marks: dict[str, Any] | None = None

    @property
    def apex_type(self) -> ApexType:
        """The record's type: its object's API name."""
        return ApexType(self.type_name)

    def read(self, name: str) -> Any:
        """The field's value; None if it was never set. `name` is lower case.

        Raises SObjectException for a field that the query behind this record left out.
        """
        try:
            return self.fields[name]
        except KeyError:
            return SObject.semantics.missing(self, name) if SObject.semantics else None

    def write(self, name: str, value: Any) -> Any:
        """Set a field (converted to the field's type by the rules of `data/`); answers `value`."""
        if SObject.semantics:
            SObject.semantics.write(self, name, value)
        else:
            self.fields[name] = value
        return value

    def apex_key(self) -> Any:
        """What makes two records equal: object and fields that are set (semantics, OP08)."""
        if SObject.semantics:
            return SObject.semantics.key(self)
        pairs = frozenset((name, key_of(value)) for name, value in self.fields.items())
        return ("sobject", self.type_name.lower(), pairs)


_PLAIN: dict[type, ApexType] = {
    type(None): NULL,
    bool: BOOLEAN,
    int: INTEGER,
    Long: LONG,
    float: DOUBLE,
    decimal.Decimal: DECIMAL,
    str: STRING,
    Id: ID,
    Blob: BLOB,
    dt.date: DATE,
    dt.datetime: DATETIME,
    dt.time: TIME,
    ApexType: ApexType("Type"),
}


def type_of(value: object) -> ApexType:
    """The run-time type of any Apex value; Object for what declares none."""
    found = _PLAIN.get(type(value))
    return found if found is not None else getattr(value, "apex_type", OBJECT)
