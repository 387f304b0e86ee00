"""System (Apex Reference Guide, System Class); its assertions stand in `assertions`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.collections.equality import equal_values
from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.data_objects import data_class
from sfgen.apex.library.declarations.registry import platform_enum, platform_members
from sfgen.apex.library.jobs.async_apex import attach_finalizer, enqueue
from sfgen.apex.library.jobs.async_jobs import change_row, running_job
from sfgen.apex.library.jobs.async_options import refuse_duplicate
from sfgen.apex.library.jobs.scheduled_jobs import schedule, schedule_batch, unschedule
from sfgen.apex.library.numbers.hashes import hash_of
from sfgen.apex.library.time.dates import today
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.per_transaction import PerTransaction
from sfgen.apex.runtime.text import text_of
from sfgen.apex.runtime.values import Long

if TYPE_CHECKING:
    import datetime as dt

    from sfgen.apex.library.declarations.data_objects import DataObject
    from sfgen.apex.runtime.values import ApexEnum, Id

SYSTEM = platform_members("System")
_LONGEST_LOG, _LOGGED = 20_000_000, PerTransaction(int)  # characters of a debug log
LOGGING_LEVELS = platform_enum(
    "LoggingLevel", "NONE INTERNAL FINEST FINER FINE DEBUG INFO WARN ERROR"
)
QUIDDITY = platform_enum(
    "Quiddity",
    "ANONYMOUS AURA BATCH_ACS BATCH_APEX BATCH_CHUNK_PARALLEL BATCH_CHUNK_SERIAL BULK_API "
    "COMMERCE_INTEGRATION DISCOVERABLE_LOGIN EXTERNAL_SERVICE_CALLBACK FLOW FUNCTION_CALLBACK "
    "FUTURE INBOUND_EMAIL_SERVICE INVOCABLE_ACTION IOT PLATFORM_EVENT_PUBLISH_CALLBACK "
    "POST_INSTALL_SCRIPT QUEUEABLE QUICK_ACTION REMOTE_ACTION REST RUNTEST_ASYNC RUNTEST_DEPLOY "
    "RUNTEST_SYNC SCHEDULED SOAP SYNCHRONOUS TRANSACTION_FINALIZER_QUEUEABLE UNDEFINED VF",
)
platform_enum("ApplicationReadWriteMode", "DEFAULT READ_ONLY")
platform_enum(
    "TriggerOperation",
    "BEFORE_INSERT BEFORE_UPDATE BEFORE_DELETE AFTER_INSERT AFTER_UPDATE AFTER_DELETE"
    " AFTER_UNDELETE",
)
VERSION = data_class(
    "Version",
    "Integer major; Integer minor; Integer patch",
    "Integer major() = major; Integer minor() = minor; Integer patch() = patch",
    constructor=False,
)
REQUEST = data_class(
    "Request",
    "Quiddity quiddity; String requestId",
    "Quiddity getQuiddity() = quiddity; String getRequestId() = requestId",
    constructor=False,
)


@platform_members("Request").static("Request getCurrent()")
def get_current_request() -> DataObject:
    """The running request: its kind and id. Tests run as RUNTEST_SYNC."""
    execution = current()
    synchronous = execution.quiddity == "SYNCHRONOUS" and execution.test.running
    name = "RUNTEST_SYNC" if synchronous else execution.quiddity
    return REQUEST(quiddity=QUIDDITY[name], requestId=execution.request_id or "4aOa0000000000000")


def _log(line: str) -> None:
    """Keep a line; a debug log ends at 20 MB (Salesforce Help, "Debug Log Details")."""
    execution = current()
    size = _LOGGED.get() + len(line)
    if size <= _LONGEST_LOG:
        _LOGGED.set(size)
        execution.debug_log.append(line)


@SYSTEM.static("void debug(Object message)")
def debug(message: Any) -> None:
    """Write to the debug log."""
    _log(text_of(message))


@SYSTEM.static("void debug(LoggingLevel level, Object message)")
def debug_at(level: ApexEnum | None, message: Any) -> None:
    """Write to the debug log."""
    _log(f"{level.name if level else 'DEBUG'}|{text_of(message)}")


@SYSTEM.static("Datetime now()")
def now() -> dt.datetime:
    """The current moment."""
    return current().now()


SYSTEM.static("Date today()")(today)


@SYSTEM.static("Long currentTimeMillis()")
def current_time_millis() -> Long:
    """Milliseconds since 1970-01-01 GMT."""
    return Long(current().clock.read_milliseconds())


@SYSTEM.static("Boolean equals(Object left, Object right)")
def equals(left: Any, right: Any) -> bool:
    """Whether two values are equal."""
    return equal_values(left, right)


@SYSTEM.static("Integer hashCode(Object value)")
def hash_code(value: Any) -> int:
    """The value's hash (CO22)."""
    return hash_of(value)


@SYSTEM.static("Id enqueueJob(Object queueable)")
def enqueue_job(target: Any) -> Id:
    """Queue a Queueable."""
    return enqueue(target)


@SYSTEM.static("Id enqueueJob(Object queueable, Integer delay)")
def enqueue_job_later(target: Any, delay: int | None) -> Id:
    """Queue a Queueable, some minutes later."""
    return enqueue(target, required(delay))


@SYSTEM.static("Id enqueueJob(Object queueable, AsyncOptions asyncOptions)")
def enqueue_job_with(target: Any, options: DataObject | None) -> Id:
    """Queue a Queueable with options."""
    known = required(options)
    if known.get("duplicatesignature") is not None:
        refuse_duplicate(known.get("duplicatesignature"))
    return enqueue(target, known.get("minimumqueueabledelayinminutes"), known)


SYSTEM.static("void attachFinalizer(Object finalizer)")(attach_finalizer)
SYSTEM.static("Id schedule(String jobName, String cronExpression, Object schedulable)")(schedule)


@SYSTEM.static("String scheduleBatch(Object batchable, String jobName, Integer minutesFromNow)")
def schedule_batch_default(target: Any, name: str | None, minutes: int | None) -> Id:
    """Queue a batch for later."""
    return schedule_batch(target, name, minutes, None)


SYSTEM.static(
    "String scheduleBatch(Object batchable, String jobName, Integer minutesFromNow,"
    " Integer scopeSize)"
)(schedule_batch)


@SYSTEM.static("void abortJob(String jobId)")
def abort_job(job_id: str | None) -> None:
    """Take a job out of the queue."""
    known = required(job_id)
    jobs = current().jobs
    kept = [job for job in jobs if known not in {job.job_id, job.rows.get("crontriggerid")}]
    for job in jobs:
        if job not in kept:
            change_row("AsyncApexJob", job.job_id, {"status": "Aborted"})
    jobs[:] = kept
    unschedule(known)


def _is_running(kind: str) -> bool:
    job = running_job()
    return job is not None and job.kind == kind


@SYSTEM.static("Boolean isBatch()")
def is_batch() -> bool:
    """Whether a batch is running."""
    return _is_running("BatchApex")


@SYSTEM.static("Boolean isFuture()")
def is_future() -> bool:
    """Whether a future method is running."""
    return _is_running("Future")


@SYSTEM.static("Boolean isQueueable()")
def is_queueable() -> bool:
    """Whether a Queueable is running."""
    return _is_running("Queueable")


@SYSTEM.static("Boolean isScheduled()")
def is_scheduled() -> bool:
    """Whether a Schedulable is running."""
    return _is_running("ScheduledApex")


@SYSTEM.static("Boolean isFunctionCallback()")
def is_function_callback() -> bool:
    """No Salesforce Functions here."""
    return False


@SYSTEM.static("ApplicationReadWriteMode getApplicationReadWriteMode()")
def get_application_read_write_mode() -> Any:
    """The org can be written."""
    from sfgen.apex.library.declarations.registry import PLATFORM

    return PLATFORM["applicationreadwritemode"].constants["default"][2]


@SYSTEM.static("String getQuiddityShortCode(Quiddity quiddity)")
def get_quiddity_short_code(quiddity: ApexEnum | None) -> str:
    """The first letter, as logs show it."""
    return required(quiddity).name[:1]


@SYSTEM.static("void runAs(Version version)")
def run_as_version(version: DataObject | None) -> None:
    """Package versions change nothing in a project of one version."""
    required(version)


@SYSTEM.static("Integer purgeOldAsyncJobs(Date date)")
def purge_old_async_jobs(date: dt.date | None) -> int:
    """No jobs are older than the transaction."""
    required(date)
    return 0


@platform_members("Version").constructor("Version(Integer major, Integer minor)")
def new_version(major: int | None, minor: int | None) -> DataObject:
    """A version of two numbers."""
    return VERSION(major=required(major), minor=required(minor))


@platform_members("Version").constructor("Version(Integer major, Integer minor, Integer patch)")
def new_version_patch(major: int | None, minor: int | None, patch: int | None) -> DataObject:
    """A version of three numbers."""
    return VERSION(major=required(major), minor=required(minor), patch=patch)


@platform_members("Version").method("Integer compareTo(Version version)")
def compare_versions(version: DataObject, other: DataObject | None) -> int:
    """Which of two versions is later."""

    def numbers(each: DataObject) -> list[int]:
        return [each.get(name) or 0 for name in ("major", "minor", "patch")]

    mine, theirs = numbers(version), numbers(required(other))
    return (mine > theirs) - (mine < theirs)
