"""Batchable: start, execute per chunk, finish (Apex Developer Guide, "Using Batch Apex")."""

from __future__ import annotations

import uuid
from typing import Any

from sfgen.apex.library.collections.iterators import elements_of
from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.failures import failure_of
from sfgen.apex.library.jobs.async_apex import call_method
from sfgen.apex.library.jobs.async_contexts import (
    BATCHABLE_CONTEXT,
)
from sfgen.apex.library.jobs.async_jobs import (
    Job,
    batch_worker,
    change_row,
    in_context,
    queue,
)
from sfgen.apex.library.records.query_locators import QueryLocator
from sfgen.apex.library.records.snapshots import deep_copy, restore
from sfgen.apex.runtime.exceptions import ApexException, raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.values import (
    ApexList,
    Id,
    SObject,
    implements,
    type_of,
)
from sfgen.apex.types.model import OBJECT

__all__ = ["execute_batch"]


def execute_batch(target: Any, scope: int | None = None) -> Id:
    """`Database.executeBatch`: start, execute per chunk, finish."""
    known = required(target)
    size = 200 if scope is None else scope
    if not 0 < size <= 2000 and size <= 0:
        raise raise_apex("TypeException", f"Invalid batch size: {size}")
    copied = deep_copy(known)

    def run(job: Job) -> None:
        _run_batch(job, copied, size)

    return queue(Job("BatchApex", type_of(known).name, run))


def _batch_rows(started: Any) -> list[Any]:
    if isinstance(started, QueryLocator):
        return list(started.rows)
    return elements_of(started)


def _run_batch(job: Job, target: Any, size: int) -> None:
    """Each phase sees the object as it was queued unless it is Stateful."""
    stateful = implements(target, "Database.Stateful")
    pristine = deep_copy(target)
    context = BATCHABLE_CONTEXT(jobId=job.job_id, childJobId=job.job_id)

    def phase(name: str, scope: list[Any], *arguments: Any) -> Any:
        if not stateful:
            restore(target, pristine)
        try:
            with in_context(job):
                return call_method(target, name, context, *arguments)
        except Exception as raised:
            if implements(target, "Database.RaisesPlatformEvents"):
                _publish_batch_error(job, name, scope, failure_of(raised))
            raise

    started = phase("start", [])
    with in_context(job):
        rows = _batch_rows(started)
    chunks = [rows[place : place + size] for place in range(0, len(rows), size)]
    change_row("AsyncApexJob", job.job_id, {"totaljobitems": len(chunks)})
    if len(chunks) > 1 and current().test.running:
        raise raise_apex(
            "UnexpectedException",
            "No more than one executeBatch can be called from within a test method.  Please make"
            " sure the iterable returned from your start method matches the batch size, resulting"
            " in one executeBatch invocation.",
        )
    element = started.element_type if isinstance(started, (ApexList, QueryLocator)) else OBJECT
    for chunk in chunks:
        phase("execute", chunk, ApexList(chunk, element))
    if chunks:
        batch_worker(job, len(chunks))
    # `finish` reads its job as completed: public suites copy the date from there.
    job.rows["completeddate"] = current().now()
    changes = {"jobitemsprocessed": len(chunks), "status": "Completed"}
    changes["completeddate"] = job.rows["completeddate"]
    change_row("AsyncApexJob", job.job_id, changes)
    phase("finish", [])


def _publish_batch_error(job: Job, phase: str, scope: list[Any], failure: ApexException) -> None:
    """BatchApexErrorEvent of a batch that raises platform events (Platform Events Guide)."""
    ids = [str(each.fields.get("id")) for each in scope if isinstance(each, SObject)]
    fields = {
        "asyncapexjobid": job.job_id,
        "exceptiontype": failure.type_name,
        "message": failure.text,
        "stacktrace": "\n".join(map(str, failure.frames)),
        "requestid": current().request_id,
        "phase": phase.upper(),
        "jobscope": ",".join(ids),
        "doesexceedjobscopemaxlength": False,
        "eventuuid": str(uuid.UUID(int=current().random.getrandbits(128), version=4)),
        "createddate": current().now(),
    }
    current().events.append((SObject("BatchApexErrorEvent", fields.items()), None))
