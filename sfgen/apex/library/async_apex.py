"""How Queueable, Schedulable, Batchable, @future and Finalizer are queued and executed."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from sfgen.apex.library.arguments import required
from sfgen.apex.library.async_contexts import (
    BATCHABLE_CONTEXT,
    FINALIZER_CONTEXT,
    PARENT_JOB_RESULTS,
    QUEUEABLE_CONTEXT,
    SCHEDULABLE_CONTEXT,
)
from sfgen.apex.library.async_jobs import (
    Job,
    batch_worker,
    change_row,
    drop_row,
    in_context,
    job_row,
    queue,
    running_job,
)
from sfgen.apex.library.cron import check_cron, next_fire_time
from sfgen.apex.library.failures import failure_of
from sfgen.apex.library.lists import elements_of
from sfgen.apex.library.query_locators import QueryLocator
from sfgen.apex.library.session import user_zone
from sfgen.apex.library.snapshots import deep_copy, restore
from sfgen.apex.runtime.exceptions import ApexException, raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.values import (
    ApexList,
    Id,
    SObject,
    find_method,
    implements,
    type_of,
)
from sfgen.apex.types.model import OBJECT

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.apex.library.data_objects import DataObject

__all__ = [
    "attach_finalizer",
    "enqueue",
    "execute_batch",
    "future",
    "schedule",
    "schedule_batch",
    "unschedule",
]


def _async_error(message: str) -> ApexException:
    return raise_apex("AsyncException", message)


def _call(target: Any, name: str, *arguments: Any) -> Any:
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
        raise _async_error(f"Future method cannot be called from a future or batch method: {name}")
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
        raise _async_error("Maximum stack depth has been reached.")
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
            _call(target, "execute", QUEUEABLE_CONTEXT(jobId=job.job_id))
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
        _call(job.finalizer, "execute", context)


def attach_finalizer(finalizer: Any) -> None:
    """`System.attachFinalizer`: one for a running Queueable."""
    running = running_job()
    if running is None or running.kind != "Queueable":
        raise _async_error("System.attachFinalizer(Finalizer) is not allowed in this context")
    if running.finalizer is not None:
        raise _async_error("More than one Finalizer cannot be attached to same Async Apex Job")
    running.finalizer = required(finalizer)


def cron_trigger(name: str, cron: str, fires: dt.datetime | None, kind: str) -> Id:
    """Keep a scheduled job's rows; answers the CronTrigger's Id.

    Raises AsyncException for a name that is taken, and for a time that has passed.
    """
    names: dict[str, Id] = current().caches.setdefault("scheduled", {})
    if name in names:
        raise _async_error(f'The Apex job named "{name}" is already scheduled for execution.')
    if fires is None:
        raise _async_error(
            f"Based on configured schedule, the given trigger '{name}' will never fire."
        )
    user = current().user
    owner = user.fields.get("id") if user is not None else None
    detail = job_row("CronJobDetail", "08a", {"name": name, "jobtype": kind})
    trigger = job_row(
        "CronTrigger",
        "08e",
        {
            "cronexpression": cron,
            "cronjobdetailid": detail,
            "state": "WAITING",
            "timestriggered": 0,
            "starttime": current().now(),
            "nextfiretime": fires.astimezone(dt.timezone.utc),
            "timezonesidkey": user_zone().key,
            "ownerid": owner,
            "createdbyid": owner,
        },
    )
    names[name] = trigger
    return trigger


def schedule_batch(target: Any, name: str | None, minutes: int | None, scope: int | None) -> Id:
    """`System.scheduleBatch`: waits for its minute, which no test reaches."""
    required(target)
    del scope
    fires = current().now() + dt.timedelta(minutes=required(minutes))
    cron = f"{fires:%-S %-M %-H %-d %-m} ? {fires:%Y}"
    return cron_trigger(required(name), cron, fires, "6")


def _row(object_name: str, record_id: str) -> dict[str, Any]:
    """A row that the platform keeps itself; empty without a database."""
    store = getattr(current().database, "store", None)
    owner = current().database.schema.find(object_name) if store is not None else None
    return dict(store.row(owner, record_id) or {}) if store is not None and owner else {}


def unschedule(trigger: str) -> None:
    """Forget a scheduled job's name and rows."""
    names: dict[str, Id] = current().caches.setdefault("scheduled", {})
    for name, known in list(names.items()):
        if known == trigger:
            del names[name]
            row = _row("CronTrigger", trigger)
            drop_row("CronTrigger", trigger)
            if row.get("cronjobdetailid"):
                drop_row("CronJobDetail", row["cronjobdetailid"])


def schedule(name: str | None, cron: str | None, target: Any) -> Id:
    """`System.schedule`: runs once at stopTest; answers the CronTrigger's Id."""
    label, text, known = required(name), required(cron), required(target)
    check_cron(text)
    fires = next_fire_time(text, current().now().astimezone(user_zone()))
    trigger = cron_trigger(label, text, fires, "7")
    copied = deep_copy(known)

    def run(job: Job) -> None:
        with in_context(job):
            _call(copied, "execute", SCHEDULABLE_CONTEXT(triggerId=trigger))

    queue(Job("ScheduledApex", type_of(known).name, run, rows={"crontriggerid": trigger}))
    return trigger


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
                return _call(target, name, context, *arguments)
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
