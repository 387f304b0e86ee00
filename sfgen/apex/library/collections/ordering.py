"""The order of a sorted List (Apex Developer Guide, "Sorting Lists")."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.text import text_of
from sfgen.apex.runtime.values import (
    ApexEnum,
    ApexObject,
    SObject,
    find_method,
    key_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["compare_by", "compare_values"]


def _by_size(left: Any, right: Any) -> int:
    return int(left > right) - int(left < right)


def _record_fields(record: SObject) -> list[str]:
    """Name first, standard fields by name, then custom ones (CO17)."""
    names = [name for name in record.fields if name not in {"name", "id"}]
    return sorted(names, key=lambda name: (name.endswith("__c"), name))


def _compare_records(left: SObject, right: SObject) -> int:
    by_type = _by_size(left.type_name.lower(), right.type_name.lower())
    if by_type:
        return by_type
    names = ["name", *dict.fromkeys([*_record_fields(left), *_record_fields(right)])]
    for name in names:
        order = compare_values(left.fields.get(name), right.fields.get(name))
        if order:
            return order
    return 0


def _compare_objects(left: Any, right: Any) -> int:
    compare_to = find_method(left, "compareTo", 1)
    if compare_to is None:
        raise raise_apex(
            "ListException", "One or more of the items in this list is not Comparable."
        )
    return int(compare_to(right))


def compare_values(left: Any, right: Any) -> int:
    """Negative, 0 or positive; null comes first, Strings go by Unicode (CO16).

    Raises ListException for objects whose class is not Comparable.
    """
    if left is None or right is None:
        return (left is not None) - (right is not None)
    if isinstance(left, ApexObject):
        return _compare_objects(left, right)
    if isinstance(left, SObject) and isinstance(right, SObject):
        return _compare_records(left, right)
    if isinstance(left, ApexEnum) and isinstance(right, ApexEnum):
        return _by_size(left.ordinal, right.ordinal)
    own = getattr(left, "apex_compare", None)
    if own is not None:
        return int(own(right))
    try:
        return _by_size(left, right)
    except TypeError:
        return _by_size(text_of(key_of(left)), text_of(key_of(right)))


def compare_by(comparator: Any) -> Callable[[Any], Any]:
    """A sort key that asks a user's Comparator.

    Raises NullPointerException for a comparator that is null.
    """
    compare = find_method(comparator, "compare", 2)
    if compare is None:
        raise raise_apex("NullPointerException", "Argument cannot be null.")
    return functools.cmp_to_key(compare)
