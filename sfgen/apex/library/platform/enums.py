"""Methods of every enum value (Apex Reference Guide, Enum Methods)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.numbers.hashes import hash_of

if TYPE_CHECKING:
    from sfgen.apex.runtime.values import ApexEnum

ENUM = platform_members("Enum")


@ENUM.method("String name()")
def name(value: ApexEnum) -> str:
    """The name as declared."""
    return value.name


@ENUM.method("Integer ordinal()")
def ordinal(value: ApexEnum) -> int:
    """The place in the declaration, from 0."""
    return value.ordinal


@ENUM.method("Boolean equals(Object other)")
def equals(value: ApexEnum, other: Any) -> bool:
    """Whether the other is the same value."""
    return value is other


@ENUM.method("Integer hashCode()")
def hash_code(value: ApexEnum) -> int:
    """The value's hash."""
    return hash_of(value)


@ENUM.method("String toString()")
def to_string(value: ApexEnum) -> str:
    """The name as declared."""
    return value.name
