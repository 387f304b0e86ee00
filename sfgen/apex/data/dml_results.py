"""What DML answers: a result per record, errors with status and fields, and DmlException."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.exceptions import ApexException, raise_apex
from sfgen.apex.runtime.ids import Id
from sfgen.apex.runtime.values import ApexList
from sfgen.apex.types.model import ID, STRING

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

    def apex_error(self) -> Any:
        """The same as a `Database.Error`."""
        from sfgen.apex.library.database_results import ERROR
        from sfgen.apex.library.status_codes import status_code

        return ERROR(
            fields=ApexList(self.fields, STRING),
            message=self.message,
            statusCode=status_code(self.status),
        )


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

    def apex(self) -> Any:
        """The `Database.SaveResult` or its kin that Apex sees."""
        from sfgen.apex.library.database_results import result_of

        more: dict[str, Any] = {}
        if self.kind == "Upsert":
            more["created"] = self.created
        elif self.kind == "Merge":
            more["mergedRecordIds"] = ApexList(map(Id, self.merged), ID)
            more["updatedRelatedIds"] = ApexList(map(Id, self.reparented), ID)
        operation = "insert" if self.kind == "Save" else self.kind.lower()
        identity = None if self.record_id is None else Id(self.record_id)
        return result_of(operation, identity, self.errors, **more)  # type: ignore[arg-type]


def dml_exception(verb: str, errors: Sequence[DmlError]) -> ApexException:
    """The DmlException of an all-or-none call; `verb` is Insert, Update, Upsert ..."""
    first = errors[0]
    made = raise_apex(
        "DmlException",
        f"{verb} failed. First exception on row {first.index}"
        + (f" with id {first.record_id}" if first.record_id else "")
        + f"; first error: {first.text}",
    )
    made.dml_errors = tuple(errors)  # type: ignore[attr-defined]
    return made
