"""Equality and ordering by type (apex-semantics OP01-OP14)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sfgen.apex.library.collections.equality import equal_values
from sfgen.apex.runtime.collections import ApexSet
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.ids import Id, id_of, is_id
from sfgen.apex.runtime.objects import ApexObject, find_method

__all__ = [
    "equal",
    "equal_ids",
    "equal_text",
    "is_label",
    "less",
    "less_equal",
    "more",
    "more_equal",
    "null_pointer",
    "receiving",
    "same",
    "truth",
]

_NULL = "Attempt to de-reference a null object"


def null_pointer() -> Any:
    """Raise NullPointerException where an expression found null."""
    raise raise_apex("NullPointerException", _NULL)


def receiving(receiver: Any, *arguments: Any) -> tuple[Any, ...]:
    """A call's receiver and arguments; a null receiver shows after the arguments were evaluated.

    Raises NullPointerException.
    """
    if receiver is None:
        raise raise_apex("NullPointerException", _NULL)
    return (receiver, *arguments)


def truth(value: Any) -> bool:
    """A condition's value; null raises NullPointerException (OP34)."""
    if value is None:
        raise raise_apex("NullPointerException", _NULL)
    return bool(value)


def equal_text(one: str | None, two: str | None) -> bool:
    """`==` of Strings ignores case (OP01)."""
    if one is None or two is None:
        return one is two
    return one == two or one.lower() == two.lower()


def equal_ids(one: str | None, two: str | None) -> bool:
    """`==` with an Id: 15 and 18 characters are the same (OP03)."""
    if one is None or two is None:
        return one is two
    if one == two:
        return True
    if is_id(one) and is_id(two):
        return id_of(str(one)) == id_of(str(two))
    return False


def equal(one: Any, two: Any) -> bool:
    """`==` of values whose types are not plain."""
    if one is two:
        return True
    if one is None or two is None:
        return False
    if isinstance(one, str) and isinstance(two, str):
        if type(one) is Id or type(two) is Id:
            return equal_ids(one, two)
        return equal_text(one, two)
    if isinstance(one, ApexObject):
        equals = find_method(one, "equals", 1)
        return equals is not None and bool(equals(two))
    if isinstance(one, ApexSet):
        return type(one) is type(two) and one.apex_key() == two.apex_key()
    if type(one) is dt.date and isinstance(two, dt.datetime):
        one = dt.datetime.combine(one, dt.time(), dt.timezone.utc)
    elif type(two) is dt.date and isinstance(one, dt.datetime):
        two = dt.datetime.combine(two, dt.time(), dt.timezone.utc)
    return equal_values(one, two)


def same(one: Any, two: Any) -> bool:
    """`===`: the same object; text, numbers, Booleans and Times by value (OP10)."""
    if one is two:
        return True
    if isinstance(one, str) and isinstance(two, str):
        return str.__eq__(one, two)
    plain = (int, float, bool, dt.time)
    return isinstance(one, plain) and isinstance(two, plain) and one == two


def is_label(value: Any, name: str) -> bool:
    """Whether an enum value of unknown type carries the name of a `when`."""
    return value is not None and getattr(value, "name", "").lower() == name.lower()


def _compare(one: Any, two: Any) -> int | None:
    """Negative, zero or positive; None when a null leaves no order (OP12)."""
    if isinstance(one, str) or isinstance(two, str):
        return _compare_text(one, two)
    if one is None or two is None:
        return 0 if one is two and one is not None else None
    if type(one) is dt.date and isinstance(two, dt.datetime):
        one = dt.datetime.combine(one, dt.time(), dt.timezone.utc)
    elif type(two) is dt.date and isinstance(one, dt.datetime):
        two = dt.datetime.combine(two, dt.time(), dt.timezone.utc)
    return int(one > two) - int(one < two)


def _compare_text(one: Any, two: Any) -> int:
    """Strings ignore case; anything is more than null (OP13, OP14); Ids are checked (OP04)."""
    if one is None or two is None:
        return int(two is None and one is not None) - int(one is None and two is not None)
    if type(one) is Id or type(two) is Id:
        first, second = id_of(str(one)) or "", id_of(str(two)) or ""
        return int(first > second) - int(first < second)
    first, second = one.casefold(), two.casefold()
    return int(first > second) - int(first < second)


def less(one: Any, two: Any) -> bool:
    """`<`."""
    try:
        return bool(one < two) if type(one) is int else _is(_compare(one, two), -1)
    except TypeError:
        return _is(_compare(one, two), -1)


def more(one: Any, two: Any) -> bool:
    """`>`."""
    try:
        return bool(one > two) if type(one) is int else _is(_compare(one, two), 1)
    except TypeError:
        return _is(_compare(one, two), 1)


def less_equal(one: Any, two: Any) -> bool:
    """`<=`."""
    found = _compare(one, two)
    return found is not None and found <= 0


def more_equal(one: Any, two: Any) -> bool:
    """`>=`."""
    found = _compare(one, two)
    return found is not None and found >= 0


def _is(found: int | None, wanted: int) -> bool:
    return found is not None and found * wanted > 0
