"""When two Apex values are the same Map key or Set element."""

from __future__ import annotations

import decimal
from typing import Any, ClassVar

from sfgen.apex.runtime.objects import ApexObject, find_method
from sfgen.apex.types.model import BLOB, LONG, ApexType

__all__ = ["Blob", "Long", "key_of"]


class Long(int):
    """A Long: 64 bits, a type of its own beside Integer."""

    __slots__ = ()
    apex_type: ClassVar[ApexType] = LONG


class Blob:
    """Bytes."""

    __slots__ = ("data",)
    apex_type: ClassVar[ApexType] = BLOB

    def __init__(self, data: bytes) -> None:
        self.data = data

    def __eq__(self, other: object) -> bool:
        return type(other) is Blob and other.data == self.data

    def __hash__(self) -> int:
        return hash(self.data)

    def __repr__(self) -> str:
        return f"Blob[{len(self.data)}]"


class _Keyed:
    """A user object as a key: compared by the class's own `equals` and `hashCode`."""

    __slots__ = ("code", "value")

    def __init__(self, value: ApexObject, code: int) -> None:
        self.value = value
        self.code = code

    def __hash__(self) -> int:
        return self.code

    def __eq__(self, other: object) -> bool:
        if type(other) is not _Keyed:
            return False
        if other.value is self.value:
            return True
        equals = find_method(self.value, "equals", 1)
        return equals is not None and bool(equals(other.value))


def _key_of_object(value: Any) -> Any:
    """The key of an object of a class: by its own equality if it has one, else by identity."""
    hash_code = find_method(value, "hashCode", 0)
    if hash_code is not None and find_method(value, "equals", 1) is not None:
        return _Keyed(value, hash_code())
    return value


def key_of(value: Any) -> Any:
    """A hashable Python value, equal for two Apex values exactly when they are the same key.

    Strings keep their case (CO01), an Id equals the String of the same 18 characters, Integer and
    Long differ (CO13), Decimals of different scale too (CO12), records go by their fields, user
    objects by `equals`.
    """
    kind = type(value)
    if kind is str or kind is int or value is None:
        return value
    if kind is bool or kind is Long:
        return (kind, value)
    if kind is decimal.Decimal:
        return (kind, value, value.as_tuple().exponent)
    if kind is float:
        return (kind, value)
    if isinstance(value, ApexObject):
        return _key_of_object(value)
    own = getattr(value, "apex_key", None)
    return value if own is None else own()
