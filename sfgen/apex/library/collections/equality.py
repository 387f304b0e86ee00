"""When assertions and `Object.equals` call two values equal."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any

from sfgen.apex.runtime.values import (
    ApexList,
    ApexMap,
    ApexObject,
    Id,
    find_method,
    id_of,
    is_id,
    key_of,
)

__all__ = ["equal_values"]


def _number(value: Any) -> bool:
    return isinstance(value, (int, float, decimal.Decimal)) and type(value) is not bool


def equal_values(left: Any, right: Any) -> bool:
    """Whether two values are equal as `equals` says: case counts (TE04), numbers go by value."""
    if left is right:
        return True
    if left is None or right is None:
        return False
    if _number(left) and _number(right):
        return bool(left == right) or float(left) == float(right)
    if isinstance(left, ApexObject):
        equals = find_method(left, "equals", 1)
        return bool(equals(right)) if equals is not None else False
    return _equal_others(left, right)


def _equal_others(left: Any, right: Any) -> bool:
    """Ids and texts, dates, collections, and all that has a key."""
    if isinstance(left, dt.date) and isinstance(right, dt.date):
        return _moment(left) == _moment(right)
    if isinstance(left, Id) != isinstance(right, Id) and isinstance(left, str):
        return isinstance(right, str) and _equal_ids(left, right)
    if isinstance(left, ApexList) and isinstance(right, ApexList):
        return len(left) == len(right) and all(map(equal_values, left, right))
    if isinstance(left, ApexMap) and isinstance(right, ApexMap):
        return _equal_maps(left, right)
    return bool(key_of(left) == key_of(right))


def _moment(value: dt.date) -> dt.datetime:
    """A Date stands for its midnight in GMT where a Datetime is beside it (OP47)."""
    if isinstance(value, dt.datetime):
        return value
    return dt.datetime.combine(value, dt.time(), dt.timezone.utc)


def _equal_maps(left: ApexMap, right: ApexMap) -> bool:
    """The same keys, each with a value that `equals` calls equal (OP07)."""
    mine, theirs = left.values_by_key, right.values_by_key
    return mine.keys() == theirs.keys() and all(
        equal_values(value, theirs[key]) for key, value in mine.items()
    )


def _equal_ids(left: str, right: str) -> bool:
    if not (is_id(left) and is_id(right)):
        return str.__eq__(left, right)
    return str.__eq__(id_of(left) or "", id_of(right) or "")
