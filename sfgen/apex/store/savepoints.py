"""Savepoints of a transaction: what a rollback undoes, and when a savepoint is gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.per_transaction import PerTransaction

if TYPE_CHECKING:
    from sfgen.apex.store.store import Store

__all__ = ["Savepoint", "release", "roll_back", "set_savepoint"]


@dataclass(eq=False)
class Savepoint:
    """`System.Savepoint`: its SQLite name, and how long the queues were when it was set."""

    name: str
    jobs: int = 0
    events: int = 0


_OPEN: PerTransaction[list[Savepoint]] = PerTransaction(list)
"""The transaction's savepoints that can still be used, oldest first."""


def _place(savepoint: Savepoint) -> int:
    """Where it stands; TypeException for one that is released or of another context (EX25)."""
    known = _OPEN.get()
    if savepoint not in known:
        raise raise_apex("TypeException", "Savepoint does not exist in this context")
    return known.index(savepoint)


def set_savepoint(store: Store) -> Savepoint:
    """Remember rows and queues as they are now."""
    execution = current()
    execution.governor.count("dml_statements")
    made = Savepoint(store.savepoint(), len(execution.jobs), len(execution.events))
    _OPEN.get().append(made)
    return made


def roll_back(store: Store, savepoint: Savepoint) -> None:
    """Go back; savepoints set later are gone, this one can be used again."""
    execution = current()
    execution.governor.count("dml_statements")
    place = _place(savepoint)
    store.rollback(savepoint.name)
    # Jobs are queued and events published when the transaction commits: both go back with the rows.
    del execution.jobs[savepoint.jobs :]
    del execution.events[savepoint.events :]
    del _OPEN.get()[place + 1 :]


def release(savepoint: Savepoint) -> None:
    """Forget it and those set later; what was done stays. It counts as a DML statement."""
    current().governor.count("dml_statements")
    del _OPEN.get()[_place(savepoint) :]
