"""Values that every transaction has for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from sfgen.apex.runtime.execution import current

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PerTransaction"]

Value = TypeVar("Value")


class PerTransaction(Generic[Value]):
    """A value of the transaction that runs; `make` makes it when one first asks for it."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[], Value]) -> None:
        self._make = make

    def get(self) -> Value:
        """The running transaction's value."""
        caches = current().caches
        if self not in caches:
            caches[self] = self._make()
        found: Value = caches[self]
        return found

    def set(self, value: Value) -> None:
        """Replace it."""
        current().caches[self] = value
