"""The current transaction: user, limits, clock, test state, jobs, database."""

from __future__ import annotations

import datetime as dt
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.exceptions import limit_exceeded
from sfgen.apex.runtime.outside import ProjectFacts

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.apex.runtime.outside import (
        CompiledProject,
        CredentialHost,
        HttpReply,
        OrgDatabase,
        TriggerState,
    )
    from sfgen.apex.runtime.per_transaction import PerTransaction
    from sfgen.apex.runtime.values import SObject

__all__ = [
    "ASYNC_LIMITS",
    "SYNC_LIMITS",
    "Clock",
    "Execution",
    "Governor",
    "TestState",
    "current",
    "current_program",
    "enter",
    "has_current",
]

# Apex Developer Guide, "Execution Governors and Limits" (LM01-LM10): name -> (sync, async).
_LIMITS = {
    "queries": (100, 200),
    "query_rows": (50_000, 50_000),
    "query_locator_rows": (10_000, 10_000),
    "aggregate_queries": (300, 300),
    "sosl_queries": (20, 20),
    "dml_statements": (150, 150),
    "dml_rows": (10_000, 10_000),
    "callouts": (100, 100),
    "email_invocations": (10, 10),
    "future_calls": (50, 50),
    "queueable_jobs": (50, 1),
    "push_calls": (10, 10),
    "publish_immediate_dml": (150, 150),
    "cpu_time": (10_000, 60_000),
    "heap_size": (6_000_000, 12_000_000),
    "savepoints": (5_000, 5_000),
    "savepoint_rollbacks": (5_000, 5_000),
    "find_similar_calls": (10, 10),
    "run_as": (20, 20),
    "apex_cursors": (100, 100),
    "apex_cursor_rows": (50_000_000, 50_000_000),
    "fetch_calls_on_apex_cursor": (100, 100),
}
SYNC_LIMITS = {name: pair[0] for name, pair in _LIMITS.items()}
ASYNC_LIMITS = {name: pair[1] for name, pair in _LIMITS.items()}

_TEXTS = {
    "queries": "Too many SOQL queries",
    "query_rows": "Too many query rows",
    "sosl_queries": "Too many SOSL queries",
    "dml_statements": "Too many DML statements",
    "dml_rows": "Too many DML rows",
    "callouts": "Too many callouts",
    "email_invocations": "Too many Email Invocations",
    "future_calls": "Too many future calls",
    "queueable_jobs": "Too many queueable jobs added to the queue",
    "aggregate_queries": "Too many Aggregate queries",
}


@dataclass
class Governor:
    """The counters of one limit context; `Test.startTest` opens a new one.

    `opened` is the process's time in seconds when it began. For the heap:
    seconds of a thread spent `looking` at it, bytes made `unseen` since the last look.
    """

    allowed: dict[str, int] = field(default_factory=lambda: dict(SYNC_LIMITS))
    used: dict[str, int] = field(default_factory=dict)
    opened: float = field(default_factory=time.process_time)
    looking: float = 0.0
    unseen: int = 0

    def count(self, name: str, amount: int = 1) -> None:
        """Add to a counter; raises the uncatchable LimitException past its limit (EX11, EX12)."""
        total = self.used.get(name, 0) + amount
        self.used[name] = total
        if total > self.allowed[name]:
            raise limit_exceeded(f"{_TEXTS.get(name, f'Too many {name}')}: {total}")

    def spent(self, name: str) -> int:
        """What was used so far."""
        return self.used.get(name, 0)


@dataclass
class Clock:
    """The time of the transaction: the machine's, or a fixed one that moves by hand."""

    fixed: dt.datetime | None = None
    _read: int = 0

    def now(self) -> dt.datetime:
        """The current time in UTC, to the millisecond."""
        moment = self.fixed or dt.datetime.now(dt.timezone.utc)
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    def read_milliseconds(self) -> int:
        """Milliseconds since 1970, each time others: what an org does in between takes longer."""
        milliseconds = round(self.now().timestamp() * 1000)
        if self.fixed is None:
            milliseconds = self._read = max(milliseconds, self._read + 1)
        return milliseconds


@dataclass
class TestState:
    """What a running test has done with `Test` and `System.runAs`."""

    __test__ = False

    running: bool = False
    class_name: str = ""
    method_name: str = ""
    started: bool = False
    stopped: bool = False
    outer_governor: Governor | None = None
    mocks: dict[str, Any] = field(default_factory=dict)
    fixed_search_results: list[str] = field(default_factory=list)
    current_page: Any = None
    see_all_data: bool = False


@dataclass
class Execution:
    """One transaction. `current()` answers the one that runs.

    `user` is the running user's record (SObject User), `run_as` the users around it. `jobs` are
    queued asynchronous calls, oldest first; `events` published platform events not delivered yet.
    `callout` answers an HTTP request that no mock answers; None refuses it. `credentials` keeps
    the users' external credentials; without it nothing answers for them.
    `caches` holds what the rooms above keep per transaction (`PerTransaction`).
    """

    database: OrgDatabase | None = None
    user: SObject | None = None
    program: CompiledProject | None = None
    project: ProjectFacts = field(default_factory=ProjectFacts)
    governor: Governor = field(default_factory=Governor)
    clock: Clock = field(default_factory=Clock)
    random: random.Random = field(default_factory=random.Random)
    test: TestState = field(default_factory=TestState)
    run_as: list[Any] = field(default_factory=list)
    jobs: list[Any] = field(default_factory=list)
    events: list[Any] = field(default_factory=list)
    debug_log: list[str] = field(default_factory=list)
    rest_request: Any = None
    rest_response: Any = None
    callout: Callable[[Any], HttpReply] | None = None
    credentials: CredentialHost | None = None
    quiddity: str = "SYNCHRONOUS"
    trigger: TriggerState | None = None
    sharing: list[str] = field(default_factory=list)
    request_id: str = ""
    caches: dict[PerTransaction[Any], Any] = field(default_factory=dict)

    def now(self) -> dt.datetime:
        """The transaction's time."""
        return self.clock.now()

    def today(self) -> dt.date:
        """The date in the running user's time zone, which is UTC unless the host says so."""
        return self.clock.now().date()


_executions: list[Execution] = []


def current() -> Execution:
    """The transaction that runs. LookupError outside of one: a fault of the host, not of Apex."""
    if not _executions:
        raise LookupError("no Apex transaction is running")
    return _executions[-1]


def current_program() -> CompiledProject:
    """The program of the project whose transaction runs. LookupError where there is none."""
    found = current().program
    if found is None:
        raise LookupError("the transaction has no program")
    return found


def has_current() -> bool:
    """Whether a transaction is running."""
    return bool(_executions)


class enter:  # noqa: N801 - reads as a verb: `with enter(execution):`
    """Make `execution` the current one inside a `with` block."""

    def __init__(self, execution: Execution) -> None:
        self.execution = execution

    def __enter__(self) -> Execution:
        _executions.append(self.execution)
        return self.execution

    def __exit__(self, *_: object) -> None:
        _executions.pop()
