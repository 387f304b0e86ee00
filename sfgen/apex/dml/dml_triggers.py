"""Triggers around a save: rows for Trigger.new and Trigger.old, errors, exceptions, depth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.exceptions import ApexException, Unsupported, limit_exceeded
from sfgen.apex.runtime.execution import current, has_current
from sfgen.apex.runtime.values import SObject
from sfgen.apex.terms.dml_results import DmlError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfgen.apex.schema.flow_starts import FlowStarts
    from sfgen.apex.schema.schema import ObjectType
    from sfgen.apex.store.store import Row
    from sfgen.apex.terms.access_mode import TriggerRunner

__all__ = ["TriggerFailure", "Triggers", "trigger_record"]

_DEPTH = 16
_EVENTS = {
    "BEFORE_INSERT": "BeforeInsert", "BEFORE_UPDATE": "BeforeUpdate",
    "BEFORE_DELETE": "BeforeDelete", "AFTER_INSERT": "AfterInsert",
    "AFTER_UPDATE": "AfterUpdate", "AFTER_DELETE": "AfterDelete",
    "AFTER_UNDELETE": "AfterUndelete",
}  # fmt: skip


class TriggerFailure(Exception):  # noqa: N818 - it carries a failure, it isn't shown
    """A trigger threw; `error` is what every row of its batch gets (EX22, EX23)."""

    def __init__(self, error: DmlError) -> None:
        super().__init__(error.text)
        self.error = error


def trigger_record(
    owner: ObjectType, row: Row, *, read_only: bool, allows_errors: bool = True
) -> SObject:
    """A row as Trigger.new or Trigger.old has it: all fields, no relationships (TR06)."""
    record = SObject(owner.name, ((key, value) for key, value in row.items() if value is not None))
    if "isdeleted" not in owner.fields:
        record.fields.pop("isdeleted", None)
    record.read_only = read_only
    record.marks = {"trigger": True, "allows_errors": allows_errors}
    return record


class Triggers:
    """Runs the registered triggers and counts how deep they have gone (TR10)."""

    def __init__(self) -> None:
        self.runner: TriggerRunner | None = None
        self.depth = 0
        self.flows: FlowStarts = {}

    def listens(self, owner: ObjectType, operation: str) -> bool:
        """Whether a trigger or a flow of the object asks for the operation."""
        if (owner.key, operation) in self.flows:
            return True
        return self._has_triggers(owner, operation)

    def _has_triggers(self, owner: ObjectType, operation: str) -> bool:
        return self.runner is not None and self.runner.has_triggers(owner.name, operation)

    def refuse_flow(self, owner: ObjectType, operation: str, cause: str) -> None:
        """Raises Unsupported in a test where the `cause` (save, event) starts a flow."""
        flow = self.flows.get((owner.key, operation))
        if flow and has_current() and current().test.running:
            raise Unsupported(f"running the flow {flow}, which this {cause} of {owner.name} starts")

    def run(
        self,
        owner: ObjectType,
        operation: str,
        new: Sequence[SObject] | None,
        old: Sequence[SObject] | None,
    ) -> None:
        """Run them; raises TriggerFailure for an exception that Apex could have caught.

        Raises Unsupported in a test whose save starts a flow.
        """
        self.refuse_flow(owner, operation, "save")
        if self.runner is None or not self._has_triggers(owner, operation):
            return
        self.depth += 1
        try:
            if self.depth > _DEPTH:
                raise limit_exceeded(f"Maximum trigger depth exceeded: {owner.name} trigger event")
            self.runner.run(owner.name, operation, new, old)
        except ApexException as problem:
            if not problem.catchable:
                raise
            raise TriggerFailure(_as_error(owner, operation, problem)) from problem
        finally:
            self.depth -= 1


def _as_error(owner: ObjectType, operation: str, problem: ApexException) -> DmlError:
    own = next(
        (n for n, each in enumerate(problem.frames) if each.place.startswith("Trigger.")),
        len(problem.frames),
    )
    frames = "\n".join(map(str, problem.frames[: own + 1]))
    places = (str(each.place) for each in reversed(problem.frames))
    named = next((each for each in places if each.startswith("Trigger.")), f"Trigger.{owner.name}")
    name = named.removeprefix("Trigger.")
    return DmlError(
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
        f"{name}: execution of {_EVENTS[operation]}\n\ncaused by: {problem}\n\n{frames}",
    )


def errors_of(record: Any) -> list[DmlError]:
    """What addError left on a trigger's record."""
    return [each for each in record.errors if isinstance(each, DmlError)]
