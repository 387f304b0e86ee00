"""The project's triggers as `data/` runs them, and what `Trigger` says inside of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sfgen.apex.library.declarations.registry import find_class
from sfgen.apex.runtime.collections import ApexList, ApexMap
from sfgen.apex.runtime.execution import current
from sfgen.apex.types.model import ID, ApexType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfgen.apex.compiler.program import Program

__all__ = ["ProjectTriggers", "TriggerContext"]


@dataclass
class TriggerContext:
    """The values of the `Trigger` class by lower-case name."""

    operation: str
    new: ApexList | None
    old: ApexList | None
    newmap: ApexMap | None
    oldmap: ApexMap | None

    isexecuting = True

    @property
    def operationtype(self) -> Any:
        """`System.TriggerOperation`."""
        known = find_class("TriggerOperation")
        return known.constants[self.operation.lower()][2] if known else None

    @property
    def size(self) -> int:
        """The number of rows."""
        rows = self.new if self.new is not None else self.old
        return len(rows or ())

    def __getattr__(self, name: str) -> Any:
        """`isBefore`, `isAfter`, `isInsert`, `isUpdate`, `isDelete`, `isUndelete`."""
        if name.startswith("is"):
            return name[2:].upper() in self.operation.split("_")
        raise AttributeError(name)


def _by_id(rows: ApexList | None, kind: ApexType) -> ApexMap | None:
    if rows is None:
        return None
    return ApexMap(((row.fields.get("id"), row) for row in rows), ID, kind)


class ProjectTriggers:
    """Runs a program's triggers; `data/` calls it around every save."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.functions: dict[tuple[str, str], list[str]] = {}
        for trigger in program.triggers:
            for event in trigger["events"]:
                key = trigger["object"].lower(), event.upper().replace(" ", "_")
                self.functions.setdefault(key, []).append(trigger["function"])

    def has_triggers(self, object_name: str, operation: str) -> bool:
        """Whether a trigger listens."""
        return (object_name.lower(), operation) in self.functions

    def run(
        self,
        object_name: str,
        operation: str,
        new: Sequence[Any] | None,
        old: Sequence[Any] | None,
    ) -> None:
        """Run the object's triggers for this operation, in the order of their files (TR03)."""
        kind = ApexType(object_name)
        rows = ApexList(new, kind) if new is not None else None
        before = ApexList(old, kind) if old is not None else None
        for each in (rows, before):
            if each is not None:
                each.read_only = True
        context = TriggerContext(
            operation,
            rows,
            before,
            None if operation == "BEFORE_INSERT" else _by_id(rows, kind),
            _by_id(before, kind),
        )
        execution = current()
        outer, execution.trigger = execution.trigger, context
        try:
            for function in self.functions.get((object_name.lower(), operation), ()):
                self.program.namespace[function]()
        finally:
            execution.trigger = outer
