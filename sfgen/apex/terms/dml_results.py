"""What DML answers: a result per record, errors with status and fields, and DmlException."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sfgen.apex.runtime.exceptions import ApexException, raise_apex

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["DmlError", "Result", "dml_exception"]


@dataclass(frozen=True, slots=True)
class DmlError:
    """One error of one row; `index` is the row's place in the caller's list (EX10)."""

    status: str
    message: str
    fields: tuple[str, ...] = ()
    index: int = 0
    record_id: str | None = None
    extended: str = ""

    @property
    def text(self) -> str:
        """`STATUS, message: [fields]` as exceptions and results show it (EX06, EX07)."""
        return f"{self.status}, {self.message}: [{', '.join(self.fields)}]"


@dataclass(slots=True)
class Result:
    """The result of one row; `kind` is Save, Upsert, Delete, Undelete or Merge."""

    kind: str
    record_id: str | None = None
    success: bool = True
    created: bool = False
    errors: list[DmlError] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    reparented: list[str] = field(default_factory=list)


def dml_exception(verb: str, errors: Sequence[DmlError]) -> ApexException:
    """The DmlException of an all-or-none call; `verb` is Insert, Update, Upsert ..."""
    first = errors[0]
    text = (
        f"{verb} failed. First exception on row {first.index}"
        + (f" with id {first.record_id}" if first.record_id else "")
        + f"; first error: {first.text}"
    )
    if first.message.startswith("Operation failed due to fields being inaccessible"):
        text = first.message
    made = raise_apex("DmlException", text)
    made.dml_errors = tuple(errors)  # type: ignore[attr-defined]
    return made
