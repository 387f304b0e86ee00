"""Map (Apex Reference Guide, Map Class)."""

from __future__ import annotations

from typing import Any

from sfgen.apex.library.collections.sets import KeyView
from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.schema.records import clone_value, object_type_of
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.text import text_of
from sfgen.apex.runtime.values import ApexList, ApexMap, SObject, key_of
from sfgen.apex.types.model import OBJECT, ApexType

MAP = platform_members("Map<K, V>")


def _empty(wanted: ApexType) -> ApexMap:
    key, value = wanted.arguments or (OBJECT, OBJECT)
    return ApexMap((), key, value)


@MAP.constructor("Map()", typed=True)
def new_map(wanted: ApexType) -> ApexMap:
    """An empty map."""
    return _empty(wanted)


@MAP.constructor("Map(Object values)", typed=True)
def new_map_from(wanted: ApexType, values: Any) -> ApexMap:
    """A map of the same entries, or of records by Id.

    Raises ListException for a record without Id or with one seen before (CO20).
    """
    made = _empty(wanted)
    if isinstance(required(values), ApexMap):
        put_all(made, values)
    else:
        _put_records(made, list(values), repeated=False)
    return made


def _put_records(values: ApexMap, records: list[SObject], *, repeated: bool) -> None:
    by_id = values.key_type.name.lower() in {"id", "string", "object"}
    for place, record in enumerate(records):
        if record is None:
            raise raise_apex("NullPointerException", f"null record at index: {place}")
        record_id = record.fields.get("id") if by_id else None
        if record_id is None and not (repeated and by_id):
            raise raise_apex("ListException", f"Row with null Id at index: {place}")
        if not repeated and record_id in values:
            raise raise_apex("ListException", f"Row with duplicate Id at index: {place}")
        values.put(record_id, record)


@MAP.method("void clear()")
def clear(values: ApexMap) -> None:
    """No entries any more."""
    values.guard()
    values.keys_by_key.clear()
    values.values_by_key.clear()


@MAP.method("Map<K, V> clone()")
def clone(values: ApexMap) -> ApexMap:
    """A map of the same entries."""
    return ApexMap(values.pairs(), values.key_type, values.value_type)


@MAP.method("Boolean containsKey(K key)")
def contains_key(values: ApexMap, key: Any) -> bool:
    """Whether an equal key is there."""
    return key in values


@MAP.method("Map<K, V> deepClone()")
def deep_clone(values: ApexMap) -> ApexMap:
    """A map of copies of the records, Ids kept."""
    copies = (
        (clone_value(key, True, True, True), clone_value(value, True, True, True))  # noqa: FBT003 - Apex's order
        for key, value in values.pairs()
    )
    return ApexMap(copies, values.key_type, values.value_type)


@MAP.method("Boolean equals(Object other)")
def equals(values: ApexMap, other: Any) -> bool:
    """Whether the other map has equal entries."""
    return isinstance(other, ApexMap) and bool(key_of(values) == key_of(other))


@MAP.method("V get(K key)")
def get(values: ApexMap, key: Any) -> Any:
    """The value of the key; null if it is not there."""
    return values.get(key)


@MAP.method("Schema.SObjectType getSObjectType()")
def get_sobject_type(values: ApexMap) -> Any:
    """The token of the records' object; null for a map of anything else."""
    return object_type_of(values.value_type)


@MAP.method("Boolean isEmpty()")
def is_empty(values: ApexMap) -> bool:
    """Whether there are no entries."""
    return not len(values)


@MAP.method("Set<K> keySet()")
def key_set(values: ApexMap) -> KeyView:
    """The keys, seen through to the map (CO07)."""
    return KeyView(values)


@MAP.method("V put(K key, V value)")
def put(values: ApexMap, key: Any, value: Any) -> Any:
    """Set; answers the value before (CO08)."""
    values.grow()
    return values.put(key, value)


@MAP.method("void putAll(Map<K, V> values)")
def put_all(values: ApexMap, more: ApexMap | None) -> None:
    """Set every entry of the other map."""
    values.grow(len(required(more)))
    for key, value in list(required(more).pairs()):
        values.put(key, value)


@MAP.method("void putAll(List<SObject> records)")
def put_all_records(values: ApexMap, records: ApexList | None) -> None:
    """Set every record under its Id; one without is set under null, unlike in a constructor."""
    values.grow(len(required(records)))
    _put_records(values, required(records), repeated=True)


@MAP.method("V remove(K key)")
def remove(values: ApexMap, key: Any) -> Any:
    """Take out; answers the value."""
    values.guard()
    return values.remove(key)


@MAP.method("Integer size()")
def size(values: ApexMap) -> int:
    """How many entries there are."""
    return len(values)


@MAP.method("List<V> values()")
def values_of(values: ApexMap) -> ApexList:
    """The values in a list of their own (CO06)."""
    return ApexList(values.values(), values.value_type)


@MAP.method("String toString()")
def to_string(values: ApexMap) -> str:
    """`{a=1}`."""
    return text_of(values)
