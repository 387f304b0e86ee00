"""List, Set and Map: insertion-ordered, typed, guarded while they are iterated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.keys import key_of
from sfgen.apex.types.model import OBJECT, ApexType, list_of, map_of, set_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["LARGE", "REFERENCE", "ApexList", "ApexMap", "ApexSet"]

LARGE = 4_096
"""Elements from which on a growing collection has the heap looked at."""
REFERENCE = 4
"""Bytes of an element on the heap."""


class ApexList(list[Any]):
    """A List; Python's list methods work on it. Call `guard()` before changing it for Apex."""

    __slots__ = ("element_type", "iterating", "read_only")

    def __init__(self, values: Iterable[Any] = (), element_type: ApexType = OBJECT) -> None:
        super().__init__(values)
        self.element_type = element_type
        self.iterating = 0
        self.read_only = False

    @property
    def apex_type(self) -> ApexType:
        """`List<element_type>`."""
        return list_of(self.element_type)

    def guard(self) -> None:
        """Refuse a change while a for loop runs over the list (CO04) or if it is read-only.

        Raises FinalException.
        """
        if self.iterating or self.read_only:
            _refuse(self)

    def grow(self, more: int = 1) -> None:
        """As `guard`, before `more` elements are added; counts them on the heap (LM05)."""
        if self.iterating or self.read_only:
            _refuse(self)
        if len(self) + more >= LARGE:
            _count(len(self), more)

    def apex_key(self) -> Any:
        """Equal lists have equal elements in equal order (OP07)."""
        return ("list", tuple(map(key_of, self)))


class ApexSet:
    """A Set: `items` maps each element's key to the element, in order of insertion."""

    __slots__ = ("element_type", "items", "iterating", "read_only")

    def __init__(self, values: Iterable[Any] = (), element_type: ApexType = OBJECT) -> None:
        self.element_type = element_type
        self.items: dict[Any, Any] = {}
        self.iterating = 0
        self.read_only = False
        for value in values:
            self.items.setdefault(key_of(value), value)

    @property
    def apex_type(self) -> ApexType:
        """`Set<element_type>`."""
        return set_of(self.element_type)

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items.values())

    def __contains__(self, value: object) -> bool:
        return key_of(value) in self.items

    def add(self, value: Any) -> bool:
        """Add `value`; False if it was there already."""
        key = key_of(value)
        if key in self.items:
            return False
        self.items[key] = value
        return True

    def guard(self) -> None:
        """As for lists (CO05)."""
        if self.iterating or self.read_only:
            _refuse(self)

    def grow(self, more: int = 1) -> None:
        """As for lists."""
        if self.iterating or self.read_only:
            _refuse(self)
        if len(self) + more >= LARGE:
            _count(len(self), more)

    def apex_key(self) -> Any:
        """Equal sets have the same elements, in any order."""
        return ("set", frozenset(self.items))


class ApexMap:
    """A Map: `keys_by_key` holds the keys as given, `values_by_key` the values; same order."""

    __slots__ = ("iterating", "key_type", "keys_by_key", "read_only", "value_type", "values_by_key")

    def __init__(
        self,
        pairs: Iterable[tuple[Any, Any]] = (),
        key_type: ApexType = OBJECT,
        value_type: ApexType = OBJECT,
    ) -> None:
        self.key_type = key_type
        self.value_type = value_type
        self.keys_by_key: dict[Any, Any] = {}
        self.values_by_key: dict[Any, Any] = {}
        self.iterating = 0
        self.read_only = False
        for key, value in pairs:
            self.put(key, value)

    @property
    def apex_type(self) -> ApexType:
        """`Map<key_type,value_type>`."""
        return map_of(self.key_type, self.value_type)

    def __len__(self) -> int:
        return len(self.values_by_key)

    def __contains__(self, key: object) -> bool:
        return key_of(key) in self.values_by_key

    def put(self, key: Any, value: Any) -> Any:
        """Set `key` to `value`; answers the value before, or None."""
        hashed = key_of(key)
        self.keys_by_key.setdefault(hashed, key)
        before = self.values_by_key.get(hashed)
        self.values_by_key[hashed] = value
        return before

    def get(self, key: Any) -> Any:
        """The value of `key`, or None."""
        return self.values_by_key.get(key_of(key))

    def remove(self, key: Any) -> Any:
        """Take `key` out; answers its value, or None."""
        hashed = key_of(key)
        self.keys_by_key.pop(hashed, None)
        return self.values_by_key.pop(hashed, None)

    def pairs(self) -> Iterator[tuple[Any, Any]]:
        """Keys and values in order of insertion."""
        return zip(self.keys_by_key.values(), self.values_by_key.values(), strict=True)

    def keys(self) -> Iterable[Any]:
        """The keys as given, in order of insertion."""
        return self.keys_by_key.values()

    def values(self) -> Iterable[Any]:
        """The values, in order of their keys' insertion."""
        return self.values_by_key.values()

    def guard(self) -> None:
        """As for lists."""
        if self.iterating or self.read_only:
            _refuse(self)

    def grow(self, more: int = 1) -> None:
        """As for lists."""
        if self.iterating or self.read_only:
            _refuse(self)
        if len(self) + more >= LARGE:
            _count(len(self), more)

    def apex_key(self) -> Any:
        """Equal maps have equal values under equal keys, in any order."""
        return (
            "map",
            frozenset((key, key_of(value)) for key, value in self.values_by_key.items()),
        )


def _refuse(collection: ApexList | ApexSet | ApexMap) -> None:
    if collection.iterating:
        raise raise_apex("FinalException", "Cannot modify a collection while it is being iterated.")
    raise raise_apex("FinalException", "Collection is read-only")


def _count(size: int, more: int) -> None:
    """Look at the heap whenever a large collection doubles, and before many elements come."""
    if more < LARGE and size.bit_length() == (size + more).bit_length():
        return
    from sfgen.apex.runtime.heap import check_heap, hold  # it knows the collections

    hold((size + more) * REFERENCE)
    check_heap()
