"""Set (Apex Reference Guide, Set Class)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.collections.iterators import ListIterator, elements_of
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.text import text_of
from sfgen.apex.runtime.values import ApexMap, ApexSet, key_of
from sfgen.apex.types.model import OBJECT, ApexType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SET = platform_members("Set<T>", extends=("Iterable",))


class KeyView(ApexSet):
    """The keys of a Map: taking one out takes its value out too; none can be added (CO07)."""

    __slots__ = ("source",)

    def __init__(self, source: ApexMap) -> None:
        super().__init__((), source.key_type)
        self.items = source.keys_by_key
        self.source = source

    def __iter__(self) -> Iterator[Any]:
        return iter(list(self.items.values()))


def _discard(values: ApexSet, key: Any) -> bool:
    """Take out the element of that key; whether it was there."""
    if key not in values.items:
        return False
    del values.items[key]
    if isinstance(values, KeyView):
        values.source.values_by_key.pop(key, None)
    return True


def _changed(steps: Iterable[bool]) -> bool:
    """Take every step; whether any changed something."""
    return sum(steps) > 0


def _growing(values: ApexSet, more: int = 1) -> None:
    values.grow(more)
    if isinstance(values, KeyView):
        raise raise_apex("FinalException", "Collection is read-only")


def _element(wanted: ApexType) -> ApexType:
    return wanted.arguments[0] if wanted.arguments else OBJECT


@SET.constructor("Set()", typed=True)
def new_set(wanted: ApexType) -> ApexSet:
    """An empty set."""
    return ApexSet((), _element(wanted))


@SET.constructor("Set(Set<T> values)", typed=True)
@SET.constructor("Set(List<T> values)", typed=True)
@SET.constructor("Set(Iterable<T> values)", typed=True)
def new_set_from(wanted: ApexType, values: Any) -> ApexSet:
    """A set of the same elements."""
    return ApexSet(elements_of(values), _element(wanted))


@SET.method("Boolean add(T element)")
def add(values: ApexSet, element: Any) -> bool:
    """Add; false if an equal element was there."""
    _growing(values)
    return values.add(element)


@SET.method("Boolean addAll(List<T> values)")
@SET.method("Boolean addAll(Set<T> values)")
@SET.method("Boolean addAll(Iterable<T> values)")
def add_all(values: ApexSet, more: Any) -> bool:
    """Add all; whether the set changed."""
    added = elements_of(more)
    _growing(values, len(added))
    return _changed(values.add(each) for each in added)


@SET.method("void clear()")
def clear(values: ApexSet) -> None:
    """No elements any more."""
    values.guard()
    for key in list(values.items):
        _discard(values, key)


@SET.method("Set<T> clone()")
def clone(values: ApexSet) -> ApexSet:
    """A set of the same elements."""
    return ApexSet(values, values.element_type)


@SET.method("Boolean contains(T element)")
def contains(values: ApexSet, element: Any) -> bool:
    """Whether an equal element is there."""
    return element in values


@SET.method("Boolean containsAll(List<T> values)")
@SET.method("Boolean containsAll(Set<T> values)")
@SET.method("Boolean containsAll(Iterable<T> values)")
def contains_all(values: ApexSet, others: Any) -> bool:
    """Whether all are there."""
    return all(each in values for each in elements_of(others))


@SET.method("Boolean equals(Object other)")
def equals(values: ApexSet, other: Any) -> bool:
    """Whether the other set has the same elements."""
    return isinstance(other, ApexSet) and bool(key_of(values) == key_of(other))


@SET.method("Boolean isEmpty()")
def is_empty(values: ApexSet) -> bool:
    """Whether there are no elements."""
    return not len(values)


@SET.method("Iterator<T> iterator()")
def iterator(values: ApexSet) -> ListIterator:
    """An iterator over the elements."""
    return ListIterator(values, values.element_type)


@SET.method("Boolean remove(T element)")
def remove(values: ApexSet, element: Any) -> bool:
    """Take out; whether it was there."""
    values.guard()
    return _discard(values, key_of(element))


@SET.method("Boolean removeAll(List<T> values)")
@SET.method("Boolean removeAll(Set<T> values)")
@SET.method("Boolean removeAll(Iterable<T> values)")
def remove_all(values: ApexSet, others: Any) -> bool:
    """Take all out; whether the set changed."""
    values.guard()
    return _changed(_discard(values, key_of(each)) for each in elements_of(others))


@SET.method("Boolean retainAll(List<T> values)")
@SET.method("Boolean retainAll(Set<T> values)")
@SET.method("Boolean retainAll(Iterable<T> values)")
def retain_all(values: ApexSet, others: Any) -> bool:
    """Keep only these; whether the set changed."""
    values.guard()
    kept = {key_of(each) for each in elements_of(others)}
    return _changed(_discard(values, key) for key in list(values.items) if key not in kept)


@SET.method("Integer size()")
def size(values: ApexSet) -> int:
    """How many elements there are."""
    return len(values)


@SET.method("String toString()")
def to_string(values: ApexSet) -> str:
    """`{a, b}`."""
    return text_of(values)
