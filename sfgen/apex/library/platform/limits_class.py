"""Limits (Apex Reference Guide, Limits Class): counters of the running limit context."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.heap import heap_size

if TYPE_CHECKING:
    from collections.abc import Callable

LIMITS = platform_members("Limits")

# Getter without `get` and `getLimit` -> the governor's counter.
_COUNTERS = {
    "AggregateQueries": "aggregate_queries",
    "ApexCursorRows": "apex_cursor_rows",
    "ApexCursors": "apex_cursors",
    "AsyncCalls": "async_calls",
    "Callouts": "callouts",
    "CpuTime": "cpu_time",
    "DatabaseTime": "database_time",
    "DmlRows": "dml_rows",
    "DmlStatements": "dml_statements",
    "EmailInvocations": "email_invocations",
    "FetchCallsOnApexCursor": "fetch_calls_on_apex_cursor",
    "FindSimilarCalls": "find_similar_calls",
    "FutureCalls": "future_calls",
    "HeapSize": "heap_size",
    "MobilePushApexCalls": "push_calls",
    "PublishImmediateDML": "publish_immediate_dml",
    "Queries": "queries",
    "QueryLocatorRows": "query_locator_rows",
    "QueryRows": "query_rows",
    "QueueableJobs": "queueable_jobs",
    "RunAs": "run_as",
    "SavepointRollbacks": "savepoint_rollbacks",
    "Savepoints": "savepoints",
    "SoslQueries": "sosl_queries",
    # Describe calls and statements have had no limit since Winter '14: they answer those of today.
    "ChildRelationshipsDescribes": "dml_statements",
    "FieldSetsDescribes": "dml_statements",
    "FieldsDescribes": "dml_statements",
    "PicklistDescribes": "dml_statements",
    "RecordTypesDescribes": "dml_statements",
    "ScriptStatements": "dml_statements",
}
_BEYOND = {"async_calls": 200, "database_time": 3_600_000}


def _spent(counter: str) -> Callable[[], int]:
    def spent() -> int:
        return current().governor.spent(counter)

    return spent


def _allowed(counter: str) -> Callable[[], int]:
    def allowed() -> int:
        return current().governor.allowed.get(counter, _BEYOND.get(counter, 0))

    return allowed


def _cpu_time() -> int:
    """Milliseconds of this process's processor time since the limit context was opened."""
    return int((time.process_time() - current().governor.opened) * 1000)


_MEASURED = {"cpu_time": _cpu_time, "heap_size": heap_size}

for _name, _counter in _COUNTERS.items():
    _getter = _MEASURED.get(_counter) or _spent(_counter)
    LIMITS.static(f"Integer get{_name}()")(_getter)
    LIMITS.static(f"Integer getLimit{_name}()")(_allowed(_counter))
