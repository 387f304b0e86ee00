"""What platform methods say about arguments they can't take."""

from __future__ import annotations

from typing import TypeVar

from sfgen.apex.runtime.exceptions import ApexException, raise_apex

__all__ = ["required", "string_error", "type_error"]

T = TypeVar("T")


def required(value: T | None) -> T:
    """`value`, or a NullPointerException "Argument cannot be null." (apex-semantics EX24)."""
    if value is None:
        raise raise_apex("NullPointerException", "Argument cannot be null.")
    return value


def string_error(message: str) -> ApexException:
    """A StringException to raise."""
    return raise_apex("StringException", message)


def type_error(message: str) -> ApexException:
    """A TypeException to raise."""
    return raise_apex("TypeException", message)
