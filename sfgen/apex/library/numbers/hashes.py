"""Java's hash codes, as `hashCode()` answers them (CO22), and Object's methods."""

from __future__ import annotations

import datetime as dt
import decimal
import struct
from typing import Any

from sfgen.apex.library.collections.equality import equal_values
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.numbers.numbers import wrap
from sfgen.apex.library.text.string_checks import hash_code as text_hash
from sfgen.apex.runtime.text import text_of
from sfgen.apex.runtime.values import (
    ApexEnum,
    ApexList,
    ApexMap,
    ApexObject,
    ApexSet,
    Long,
    SObject,
    find_method,
    key_of,
)

__all__ = ["hash_of"]

OBJECT = platform_members("Object")


def _long_hash(value: int) -> int:
    return wrap(value ^ ((value & (1 << 64) - 1) >> 32), 32)


def hash_of(value: Any) -> int:
    """The hash of any value; equal values have equal hashes."""
    if value is None:
        return 0
    if type(value) is bool:
        return 1231 if value else 1237
    if type(value) is Long:
        return _long_hash(int(value))
    if isinstance(value, str):
        return text_hash(value)
    if isinstance(value, int):
        return value
    if type(value) is float:
        (bits,) = struct.unpack(">q", struct.pack(">d", value))
        return _long_hash(bits)
    if isinstance(value, ApexObject):
        own = find_method(value, "hashCode", 0)
        return int(own()) if own is not None else wrap(id(value) >> 4, 32)
    return _structure_hash(value)


def _structure_hash(value: Any) -> int:
    if isinstance(value, ApexList):
        total = 1
        for each in value:
            total = wrap(31 * total + hash_of(each), 32)
        return total
    if isinstance(value, ApexSet):
        return wrap(sum(map(hash_of, value)), 32)
    if isinstance(value, ApexMap):
        return wrap(sum(hash_of(key) ^ hash_of(each) for key, each in value.pairs()), 32)
    if isinstance(value, SObject):
        pairs = sorted(value.fields.items())
        return wrap(sum(text_hash(name) ^ hash_of(each) for name, each in pairs), 32)
    if isinstance(value, decimal.Decimal):
        return text_hash(str(value.normalize()))
    if isinstance(value, ApexEnum):
        return text_hash(f"{value.apex_type.name}.{value.name}")
    if isinstance(value, (dt.date, dt.datetime, dt.time)):
        return text_hash(value.isoformat())
    return wrap(hash(key_of(value)), 32)


@OBJECT.method("Integer hashCode()")
def hash_code(value: Any) -> int:
    """The value's hash."""
    return hash_of(value)


@OBJECT.method("Boolean equals(Object other)")
def equals(value: Any, other: Any) -> bool:
    """Whether the values are equal; objects are equal only to themselves unless they say so.

    Strings seen as Objects compare without case, as `==` does (apex-mockery).
    """
    if isinstance(value, str) and isinstance(other, str) and value.lower() == other.lower():
        return True
    return value is other or equal_values(value, other)


@OBJECT.method("String toString()")
def to_string(value: Any) -> str:
    """The value's text."""
    return text_of(value)


for _declared in ("List<T>", "Set<T>", "Map<K, V>", "Type", "Decimal", "Integer", "Long", "Double",
                  "Boolean", "Id", "Date", "Datetime", "Time", "Blob"):  # fmt: skip
    platform_members(_declared).method("Integer hashCode()")(hash_of)
