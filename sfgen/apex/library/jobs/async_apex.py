"""How Queueable, @future and Finalizer are queued and executed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.failures import failure_of
from sfgen.apex.library.jobs.async_contexts import (
    FINALIZER_CONTEXT,
    PARENT_JOB_RESULTS,
    QUEUEABLE_CONTEXT,
)
from sfgen.apex.library.jobs.async_jobs import (
    Job,
    in_context,
    queue,
    running_job,
)
from sfgen.apex.library.records.snapshots import deep_copy
from sfgen.apex.runtime.exceptions import ApexException, raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.values import (
    Id,
    find_method,
    type_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.apex.library.declarations.data_objects import DataObject

__all__ = ["async_error", "attach_finalizer", "call_method", "enqueue", "future"]


def async_error(message: str) -> ApexException:
    """The AsyncException with `message`."""
    return raise_apex("AsyncException", message)


def call_method(target: Any, name: str, *arguments: Any) -> Any:
    """Call a job's method by its interface's name."""
    first = type_of(arguments[0]).name.removesuffix("Impl") if arguments else ""
    found = find_method(target, name, len(arguments), first)
    if found is None:
        raise raise_apex("TypeException", f"{type_of(target)} has no method {name}")
    return found(*arguments)


def future(function: Callable[..., Any], arguments: tuple[Any, ...], name: str) -> None:
    """Queue a call of a @future method; `name` is `Class.method`.

    Raises AsyncException inside of a future or batch method (LM07).
    """
    running = running_job()
    if running is not None and running.kind in {"Future", "BatchApex"}:
        raise async_error(f"Future method cannot be called from a future or batch method: {name}")
    current().governor.count("future_calls")
    known = tuple(deep_copy(each) for each in arguments)

    def run(job: Job) -> None:
        with in_context(job):
            function(*known)

    owner, _, method = name.rpartition(".")
    queue(Job("Future", owner, run, method))


def enqueue(target: Any, delay: int | None = None, options: DataObject | None = None) -> Id:
    """`System.enqueueJob`. AsyncException when a chain gets too long (TE18)."""
    known = required(target)
    if find_method(known, "execute", 1) is None:
        raise raise_apex("IllegalArgumentException", "Argument must implement Queueable")
    running = running_job()
    chained = running is not None and running.kind in {"Queueable", "Finalizer"}
    depth = running.depth + 1 if running is not None and chained else 1
    most = options.get("maximumqueueablestackdepth") if options else None
    if most is None and running is not None and chained:
        most = running.max_depth
    if depth > (most if most is not None else (1 if current().test.running else depth)):
        raise async_error("Maximum stack depth has been reached.")
    if delay is not None and not 0 <= delay <= 10:
        raise raise_apex("IllegalArgumentException", "Delay must be between 0 and 10 minutes")
    current().governor.count("queueable_jobs")
    copied = deep_copy(known)

    def run(job: Job) -> None:
        _run_queueable(job, copied)

    job = Job("Queueable", type_of(known).name, run, "", depth, most, delay or 0)
    return queue(job)


def _run_queueable(job: Job, target: Any) -> None:
    failure: ApexException | None = None
    try:
        with in_context(job):
            call_method(target, "execute", QUEUEABLE_CONTEXT(jobId=job.job_id))
    except Exception as raised:  # noqa: BLE001 - sorted out by failure_of
        failure = failure_of(raised)
    if job.finalizer is not None:
        _run_finalizer(job, failure)
    if failure is not None:
        raise failure


def _run_finalizer(job: Job, failure: ApexException | None) -> None:
    """The finalizer runs after its job, in a context of its own, failure or not."""
    outcome = "UNHANDLED_EXCEPTION" if failure else "SUCCESS"
    context = FINALIZER_CONTEXT(
        jobId=job.job_id,
        requestId=current().request_id,
        result=PARENT_JOB_RESULTS[outcome],
        failure=failure,
    )
    after = Job("Finalizer", job.class_name, job.run, depth=0, max_depth=job.max_depth)
    with in_context(after):
        call_method(job.finalizer, "execute", context)


def attach_finalizer(finalizer: Any) -> None:
    """`System.attachFinalizer`: one for a running Queueable."""
    running = running_job()
    if running is None or running.kind != "Queueable":
        raise async_error("System.attachFinalizer(Finalizer) is not allowed in this context")
    if running.finalizer is not None:
        raise async_error("More than one Finalizer cannot be attached to same Async Apex Job")
    running.finalizer = required(finalizer)
