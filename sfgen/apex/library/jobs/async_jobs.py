"""Asynchronous Apex: what is queued, and how it runs (Apex Developer Guide, "Asynchronous Apex").

Jobs wait in `current().jobs`. `Test.stopTest` runs them (TE07); outside
of tests the host calls `run_jobs` when the transaction has committed.
"""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sfgen.apex.org_faults import ASYNC_LIMIT
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.execution import ASYNC_LIMITS, SYNC_LIMITS, Governor, current
from sfgen.apex.runtime.per_transaction import PerTransaction
from sfgen.apex.runtime.values import Id, id_of
from sfgen.apex.store.org_data import find_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Job", "in_context", "job_row", "queue", "run_jobs", "running_job"]

_QUIDDITY = {
    "Future": "FUTURE",
    "Queueable": "QUEUEABLE",
    "Finalizer": "TRANSACTION_FINALIZER_QUEUEABLE",
    "BatchApex": "BATCH_APEX",
    "ScheduledApex": "SCHEDULED",
}
# What a scheduled job queues in a test still waits when stopTest ends; what a batch job queues
# runs (public suites).
_LATER = "ScheduledApex"


@dataclass
class Job:
    """One asynchronous call. `kind` is an AsyncApexJob's JobType; `run` does the work."""

    kind: str
    class_name: str
    run: Callable[[Job], None]
    method: str = ""
    depth: int = 1
    max_depth: int | None = None
    delay: int = 0
    job_id: Id = field(default_factory=lambda: Id("707000000000000AAA"))
    finalizer: Any = None
    rows: dict[str, Any] = field(default_factory=dict)


_RUNNING: PerTransaction[list[Job]] = PerTransaction(list)
"""The jobs that run, each inside of the one before."""
_NUMBERS = PerTransaction(lambda: itertools.count(1))
"""Numbers for Ids where no org gives any."""


def running_job() -> Job | None:
    """The job that is running; None in a synchronous transaction."""
    running = _RUNNING.get()
    return running[-1] if running else None


def job_row(object_name: str, prefix: str, row: dict[str, Any]) -> Id:
    """Keep a row that the platform writes itself (AsyncApexJob, CronTrigger); answers its Id."""
    data = find_data()
    owner = data.schema.find(object_name) if data is not None else None
    if data is None or owner is None:
        made = id_of(f"{prefix}{next(_NUMBERS.get()):012d}")
        assert made is not None  # noqa: S101 - the text has an Id's shape
        return made
    new = data.store.new_id(owner)
    moment = current().now()
    data.store.insert(owner, {"id": new, "createddate": moment, **row})
    return new


def change_row(object_name: str, record_id: str, changes: dict[str, Any]) -> None:
    """Change a row that the platform keeps itself."""
    data = find_data()
    owner = data.schema.find(object_name) if data is not None else None
    if data is not None and owner is not None:
        data.store.update(owner, record_id, changes)


def drop_row(object_name: str, record_id: str) -> None:
    """Take out a row that the platform keeps itself."""
    data = find_data()
    owner = data.schema.find(object_name) if data is not None else None
    if data is not None and owner is not None:
        data.store.remove(owner, record_id)


def _class_id(name: str) -> Any:
    """The Id of the project's class in ApexClass, if the store has it."""
    data = find_data()
    owner = data.schema.find("ApexClass") if data is not None else None
    if data is None or owner is None:
        return None
    rows = data.store.rows_where(owner, '"name" = ? COLLATE NOCASE', [name.partition(".")[0]])
    return rows[0].get("id") if rows else None


def queue(job: Job) -> Id:
    """Queue a job and write its AsyncApexJob; answers its Id.

    Raises AsyncException where the day's executions are spent (Apex Developer Guide, "Execution
    Governors and Limits"; the words are those of public logs). Scheduling itself spends none.
    """
    data = find_data() if job.kind != _LATER else None
    if data is not None and data.faults.strikes(ASYNC_LIMIT, job.class_name):
        raise raise_apex(
            "AsyncException", "Rate Limiting Exception : AsyncApexExecutions Limit exceeded."
        )
    user = current().user
    job.job_id = job_row(
        "AsyncApexJob",
        "707",
        {
            "jobtype": job.kind,
            "status": "Queued",
            "methodname": job.method or None,
            "apexclassid": _class_id(job.class_name),
            "createdbyid": user.fields.get("id") if user is not None else None,
            "numberoferrors": 0,
            "jobitemsprocessed": 0,
            "totaljobitems": 0,
            **job.rows,
        },
    )
    running = running_job()
    if running is None or running.kind != _LATER or not current().test.running:
        current().jobs.append(job)
    return job.job_id


def batch_worker(job: Job, items: int) -> None:
    """Write the row of the job's batches (Object Reference, AsyncApexJob, JobType)."""
    user = current().user
    job_row(
        "AsyncApexJob",
        "707",
        {
            "jobtype": "BatchApexWorker",
            "status": "Completed",
            "apexclassid": _class_id(job.class_name),
            "createdbyid": user.fields.get("id") if user is not None else None,
            "parentjobid": job.job_id,
            "numberoferrors": 0,
            "jobitemsprocessed": items,
            "totaljobitems": items,
            "completeddate": current().now(),
        },
    )


@contextlib.contextmanager
def in_context(job: Job) -> Iterator[None]:
    """Run as the job: limits of its own, its quiddity, its uncommitted work."""
    execution = current()
    before = execution.governor, execution.quiddity
    limits = SYNC_LIMITS if job.kind == "ScheduledApex" else ASYNC_LIMITS
    execution.governor = Governor(dict(limits))
    execution.quiddity = _QUIDDITY.get(job.kind, "SYNCHRONOUS")
    _RUNNING.get().append(job)
    try:
        yield
    finally:
        _RUNNING.get().pop()
        execution.governor, execution.quiddity = before


def run_job(job: Job) -> None:
    """Run one job to its end; its failure is written to its row and raised again."""
    change_row("AsyncApexJob", job.job_id, {"status": "Processing"})
    try:
        job.run(job)
    except BaseException as failure:
        changes = {"status": "Failed", "numberoferrors": 1, "completeddate": current().now()}
        change_row("AsyncApexJob", job.job_id, {**changes, "extendedstatus": str(failure)[:255]})
        raise
    finished = job.rows.get("completeddate") or current().now()
    done = {"status": "Completed", "completeddate": finished}
    change_row("AsyncApexJob", job.job_id, done)


def run_jobs(jobs: list[Job] | None = None) -> None:
    """Run what is queued, oldest first, and what that queues in turn."""
    waiting = current().jobs if jobs is None else jobs
    while waiting:
        run_job(waiting.pop(0))
