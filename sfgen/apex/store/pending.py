"""A record on its way into the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sfgen.apex.runtime.values import SObject
    from sfgen.apex.store.store import Row
    from sfgen.apex.terms.dml_results import DmlError

__all__ = ["Pending"]


@dataclass
class Pending:
    """One record on its way: the caller's, its row as it is saved, the row before."""

    index: int
    record: SObject
    row: Row = field(default_factory=dict)
    old: Row | None = None
    changed: set[str] = field(default_factory=set)
    shown: SObject | None = None
    errors: list[DmlError] = field(default_factory=list)

    def fail(self, *errors: DmlError) -> None:
        """Note errors; the row will not be saved."""
        self.errors.extend(errors)
