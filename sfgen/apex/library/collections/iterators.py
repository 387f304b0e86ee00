"""Iterator and Iterable (Apex Reference Guide, Iterator Interface)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import method, platform_class, platform_interface
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.values import ApexList, ApexMap, ApexSet, find_method
from sfgen.apex.types.model import ApexType

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ListIterator", "elements_of"]

platform_interface("Iterable<T>", "Iterator<T> iterator()")
platform_interface("Iterator<T>", "Boolean hasNext()", "T next()")


@platform_class("ListIterator<T>", extends=("Iterator",))
class ListIterator:
    """What `List.iterator()` answers."""

    def __init__(self, values: Iterable[Any], element_type: ApexType) -> None:
        self.values = list(values)
        self.place = 0
        self.apex_type = ApexType("ListIterator", (element_type,))

    @method("Boolean hasNext()")
    def has_next(self) -> bool:
        """Whether there is another element."""
        return self.place < len(self.values)

    @method("T next()")
    def next(self) -> Any:
        """The next element. NoSuchElementException behind the last."""
        if self.place >= len(self.values):
            raise raise_apex("NoSuchElementException", "Iterator has no more elements.")
        self.place += 1
        return self.values[self.place - 1]


def elements_of(collection: Any) -> list[Any]:
    """The elements of a List, Set or anything that a user's class iterates over."""
    known = required(collection)
    if isinstance(known, (ApexList, ApexSet, list)):
        return list(known)
    if isinstance(known, ApexMap):
        return list(known.values())
    start = find_method(known, "iterator", 0)
    iterator = start() if start else known
    if isinstance(iterator, ListIterator):
        return iterator.values[iterator.place :]
    has_next, following = find_method(iterator, "hasNext", 0), find_method(iterator, "next", 0)
    found = []
    while has_next is not None and following is not None and has_next():
        found.append(following())
    return found
