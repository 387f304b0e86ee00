"""List and its iterator (Apex Reference Guide, List Class)."""

from __future__ import annotations

import functools
from typing import Any

from sfgen.apex.library.collections.iterators import ListIterator, elements_of
from sfgen.apex.library.collections.ordering import compare_by, compare_values
from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import platform_interface, platform_members
from sfgen.apex.library.schema.records import clone_value, object_type_of
from sfgen.apex.library.schema.schema_tokens import object_token
from sfgen.apex.runtime.collections import LARGE, REFERENCE
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.heap import hold
from sfgen.apex.runtime.text import text_of
from sfgen.apex.runtime.values import ApexList, key_of
from sfgen.apex.types.model import OBJECT, ApexType

LIST = platform_members("List<T>", extends=("Iterable",))

platform_interface("Comparable", "Integer compareTo(Object other)")
platform_interface("Comparator<T>", "Integer compare(T first, T second)")


def checked_index(values: ApexList, index: int | None) -> int:
    """`index`, or ListException `List index out of bounds: n` (EX01)."""
    place = required(index)
    if not 0 <= place < len(values):
        raise raise_apex("ListException", f"List index out of bounds: {place}")
    return place


def _element(wanted: ApexType) -> ApexType:
    return wanted.arguments[0] if wanted.arguments else OBJECT


@LIST.constructor("List()", typed=True)
def new_list(wanted: ApexType) -> ApexList:
    """An empty list."""
    return ApexList((), _element(wanted))


@LIST.constructor("List(Integer size)", typed=True)
def new_list_of_size(wanted: ApexType, size: int | None) -> ApexList:
    """A list of `size` nulls."""
    wide = max(required(size), 0)
    if wide >= LARGE:
        hold(wide * REFERENCE)
    return ApexList([None] * wide, _element(wanted))


@LIST.constructor("List(List<T> values)", typed=True)
@LIST.constructor("List(Set<T> values)", typed=True)
@LIST.constructor("List(Iterable<T> values)", typed=True)
def new_list_from(wanted: ApexType, values: Any) -> ApexList:
    """A list of the same elements."""
    made = ApexList(elements_of(values), _element(wanted))
    if len(made) >= LARGE:
        hold(len(made) * REFERENCE)
    return made


@LIST.method("void add(T element)")
def add(values: ApexList, element: Any) -> None:
    """At the end."""
    values.grow()
    values.append(element)


@LIST.method("void add(Integer index, T element)")
def add_at(values: ApexList, index: int | None, element: Any) -> None:
    """Before the element at `index`; a list may grow so while it is iterated."""
    iterating, values.iterating = values.iterating, 0
    try:
        values.grow()
    finally:
        values.iterating = iterating
    place = required(index)
    if not 0 <= place <= len(values):
        raise raise_apex("ListException", f"List index out of bounds: {place}")
    values.insert(place, element)


@LIST.method("void addAll(List<T> values)")
@LIST.method("void addAll(Set<T> values)")
@LIST.method("void addAll(Iterable<T> values)")
def add_all(values: ApexList, more: Any) -> None:
    """All at the end."""
    added = elements_of(more)
    values.grow(len(added))
    values.extend(added)


@LIST.method("void clear()")
def clear(values: ApexList) -> None:
    """No elements any more."""
    values.guard()
    values.clear()


@LIST.method("List<T> clone()")
def clone(values: ApexList) -> ApexList:
    """A list of the same elements."""
    return ApexList(values, values.element_type)


@LIST.method("Boolean contains(T element)")
def contains(values: ApexList, element: Any) -> bool:
    """Whether an equal element is there (CO01, CO13)."""
    return index_of(values, element) >= 0


@LIST.method("Integer indexOf(T element)")
def index_of(values: ApexList, element: Any) -> int:
    """Where the first equal element stands; -1 if nowhere."""
    wanted = key_of(element)
    return next((place for place, each in enumerate(values) if key_of(each) == wanted), -1)


@LIST.method("List<T> deepClone()")
def deep_clone(values: ApexList) -> ApexList:
    """Copies of the records, without Ids, audit dates and auto-numbers."""
    return deep_clone_with(values, ids=False, timestamps=False, autonumbers=False)


@LIST.method("List<T> deepClone(Boolean preserveId)")
def deep_clone_ids(values: ApexList, ids: bool) -> ApexList:  # noqa: FBT001 - Apex's parameter
    """Copies of the records."""
    return deep_clone_with(values, ids, timestamps=False, autonumbers=False)


@LIST.method("List<T> deepClone(Boolean preserveId, Boolean preserveReadonlyTimestamps)")
def deep_clone_times(values: ApexList, ids: bool, timestamps: bool) -> ApexList:  # noqa: FBT001 - Apex's parameters
    """Copies of the records."""
    return deep_clone_with(values, ids, timestamps, autonumbers=False)


@LIST.method(
    "List<T> deepClone(Boolean preserveId, Boolean preserveReadonlyTimestamps,"
    " Boolean preserveAutonumber)"
)
def deep_clone_with(values: ApexList, ids: bool, timestamps: bool, autonumbers: bool) -> ApexList:  # noqa: FBT001 - Apex's parameters
    """Copies of the records with what the flags keep."""
    copies = (clone_value(each, ids, timestamps, autonumbers) for each in values)
    return ApexList(copies, values.element_type)


@LIST.method("Boolean equals(Object other)")
def equals(values: ApexList, other: Any) -> bool:
    """Whether the other list has equal elements in equal order."""
    return isinstance(other, ApexList) and bool(key_of(values) == key_of(other))


@LIST.method("T get(Integer index)")
def get(values: ApexList, index: int | None) -> Any:
    """The element at `index`. ListException `List index out of bounds: n`."""
    return values[checked_index(values, index)]


@LIST.method("Schema.SObjectType getSObjectType()")
def get_sobject_type(values: ApexList) -> Any:
    """The token of the records' object; null for a list of anything else."""
    if values.element_type.key == "aggregateresult":
        return object_token(values.element_type.name)
    return object_type_of(values.element_type)


@LIST.method("Boolean isEmpty()")
def is_empty(values: ApexList) -> bool:
    """Whether there are no elements."""
    return not values


@LIST.method("Iterator<T> iterator()")
def iterator(values: ApexList) -> ListIterator:
    """An iterator over the elements."""
    return ListIterator(values, values.element_type)


@LIST.method("T remove(Integer index)")
def remove(values: ApexList, index: int | None) -> Any:
    """Take the element at `index` out and answer it."""
    values.guard()
    return values.pop(checked_index(values, index))


@LIST.method("void set(Integer index, T element)")
def set_at(values: ApexList, index: int | None, element: Any) -> None:
    """Replace the element at `index`."""
    if values.read_only:
        values.guard()
    values[checked_index(values, index)] = element


@LIST.method("Integer size()")
def size(values: ApexList) -> int:
    """How many elements there are."""
    return len(values)


@LIST.method("void sort()")
def sort(values: ApexList) -> None:
    """Ascending; equal elements keep their order."""
    values.guard()
    values.sort(key=functools.cmp_to_key(compare_values))


@LIST.method("void sort(Comparator<T> comparator)")
def sort_by(values: ApexList, comparator: Any) -> None:
    """As the comparator says."""
    values.guard()
    values[:] = sorted(values, key=compare_by(comparator))


@LIST.method("String toString()")
def to_string(values: ApexList) -> str:
    """`(a, b)`."""
    return text_of(values)
