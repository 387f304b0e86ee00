"""EventBus: platform events are published, wait, and are delivered (apex-semantics TE20-TE22)."""

from __future__ import annotations

import itertools
import uuid
from typing import Any, ClassVar

from sfgen.apex.database import find_database, org_database
from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.data_objects import data_class
from sfgen.apex.library.declarations.failures import failure_of
from sfgen.apex.library.declarations.registry import (
    method,
    platform_class,
    platform_interface,
    platform_members,
)
from sfgen.apex.library.jobs.async_jobs import Job, in_context
from sfgen.apex.library.records.database_results import DmlError, result_of
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.per_transaction import PerTransaction
from sfgen.apex.runtime.values import ApexList, SObject, find_method
from sfgen.apex.store.org_data import find_data
from sfgen.apex.types.model import STRING, ApexType

__all__ = ["TestBroker", "deliver_events"]

BUS = platform_members("EventBus")

platform_interface(
    "EventBus.EventPublishSuccessCallback", "void onSuccess(EventBus.SuccessResult result)"
)
platform_interface(
    "EventBus.EventPublishFailureCallback", "void onFailure(EventBus.FailureResult result)"
)
_UUIDS = "List<String> eventUuids"
SUCCESS = data_class("EventBus.SuccessResult", _UUIDS, "List<String> getEventUuids() = eventUuids")
FAILURE = data_class("EventBus.FailureResult", _UUIDS, "List<String> getEventUuids() = eventUuids")

_REPLAY_IDS = PerTransaction(lambda: itertools.count(1))


def _missing_fields(record: SObject) -> list[str]:
    """The required fields of the event that are not set."""
    data = find_data()
    owner = data.schema.find(record.type_name) if data is not None else None
    return [
        field.name
        for field in (owner.fields.values() if owner is not None else ())
        if field.required and field.custom and record.fields.get(field.key) is None
    ]


def _publish(record: Any, callback: Any) -> Any:
    """Queue one event; its result carries no Id of a record but says it was taken."""
    if not isinstance(record, SObject):
        raise raise_apex("NullPointerException", "Argument cannot be null.")
    missing = _missing_fields(record)
    if missing:
        text = f"Required fields are missing: [{', '.join(missing)}]"
        return result_of("insert", None, [DmlError("REQUIRED_FIELD_MISSING", text, missing)])
    execution = current()
    copied = SObject(record.type_name, record.fields.items())
    event_id = str(uuid.UUID(int=execution.random.getrandbits(128), version=4))
    copied.fields.setdefault("eventuuid", event_id)
    copied.fields.setdefault("createddate", execution.now())
    if execution.user is not None:
        copied.fields.setdefault("createdbyid", execution.user.fields.get("id"))
    copied.fields.setdefault("replayid", str(next(_REPLAY_IDS.get())))
    execution.events.append((copied, callback))
    return result_of("insert", None)


def _count(records: list[Any]) -> None:
    """Events published at once have a limit of their own; others count as DML (LM08)."""
    data = find_data()
    names = {record.type_name for record in records if isinstance(record, SObject)}
    found = [data.schema.find(name) for name in names] if data is not None else []
    immediate = any(each is not None and each.publish == "PublishImmediately" for each in found)
    governor = current().governor
    governor.count("publish_immediate_dml" if immediate else "dml_statements")
    if not immediate:
        governor.count("dml_rows", len(records))


@BUS.static("Database.SaveResult publish(SObject event)")
def publish(record: Any) -> Any:
    """Publish an event."""
    return publish_with(record, None)


@BUS.static("Database.SaveResult publish(SObject event, Object callback)")
def publish_with(record: Any, callback: Any) -> Any:
    """Publish an event and hear what became of it."""
    required(record)
    _count([record])
    return _publish(record, callback)


@BUS.static("List<Database.SaveResult> publish(List<SObject> events)")
def publish_all(records: ApexList | None) -> ApexList:
    """Publish events."""
    return publish_all_with(records, None)


@BUS.static("List<Database.SaveResult> publish(List<SObject> events, Object callback)")
def publish_all_with(records: ApexList | None, callback: Any) -> ApexList:
    """Publish events and hear what became of them."""
    known = required(records)
    if known:
        _count(known)
    results = [_publish(each, callback) for each in known]
    return ApexList(results, ApexType("Database.SaveResult"))


@BUS.static("Database.SaveResult publishWithAccessLevel(SObject event, AccessLevel accessLevel)")
def publish_as(record: Any, level: Any) -> Any:
    """Publish an event; anyone may publish here."""
    required(level)
    return publish_with(record, None)


@BUS.static("List<Database.SaveResult> publishWithAccessLevel(List<SObject> events, AccessLevel accessLevel)")  # fmt: skip # noqa: E501 - one signature
def publish_all_as(records: ApexList | None, level: Any) -> ApexList:
    """Publish events."""
    required(level)
    return publish_all_with(records, None)


@BUS.static("String getOperationId(Object result)")
def get_operation_id(result: Any) -> str:
    """The id of the publishing operation."""
    required(result)
    return str(uuid.UUID(int=current().random.getrandbits(128), version=4))


def _tell(callbacks: list[tuple[Any, str]], name: str, result: Any) -> None:
    """Call each callback once with the ids of its events."""
    told: list[Any] = []
    for callback, _ in callbacks:
        if callback is None or any(callback is each for each in told):
            continue
        told.append(callback)
        ids = ApexList((event for each, event in callbacks if each is callback), STRING)
        method_found = find_method(callback, name, 1)
        if method_found is not None:
            method_found(result(eventUuids=ids))


def deliver_events() -> None:
    """Hand the waiting events to their triggers, an object at a time.

    What a subscriber throws stays with it (TE22); what it publishes waits for the next time
    (TE21).
    """
    execution = current()
    waiting, execution.events = execution.events, []
    groups: dict[str, list[SObject]] = {}
    for record, _ in waiting:
        groups.setdefault(record.type_name, []).append(record)
    database = find_database()
    runner = database.triggers.runner if database is not None else None
    for name, records in groups.items():
        _refuse_flow(name)
        if runner is not None and runner.has_triggers(name, "AFTER_INSERT"):
            rows = ApexList(records, ApexType(name))
            _run_subscriber(runner, name, rows)
    _tell([(each, record.fields["eventuuid"]) for record, each in waiting], "onSuccess", SUCCESS)


def _refuse_flow(name: str) -> None:
    """Raises Unsupported in a test whose event starts a flow of the project."""
    database = org_database()
    owner = database.schema.find(name)
    if owner is not None:
        database.triggers.refuse_flow(owner, "AFTER_INSERT", "event")


def _run_subscriber(runner: Any, name: str, rows: ApexList) -> None:
    job = Job("Event", name, lambda _: None)
    try:
        with in_context(job):
            runner.run(name, "AFTER_INSERT", rows, None)
    except Exception as raised:  # noqa: BLE001 - sorted out by failure_of
        failure = failure_of(raised)
        current().debug_log.append(f"event trigger failed: {failure}")


def fail_events() -> None:
    """Throw the waiting events away and tell the callbacks."""
    waiting, current().events = current().events, []
    _tell([(each, record.fields["eventuuid"]) for record, each in waiting], "onFailure", FAILURE)


TRIGGER_CONTEXT = data_class(
    "EventBus.TriggerContext",
    "String resumeCheckpoint; Integer retries; String lastError",
    "String getResumeCheckpoint() = resumeCheckpoint;"
    "void setResumeCheckpoint(String value) = resumeCheckpoint",
    constructor=False,
)


_DELIVERY: PerTransaction[Any] = PerTransaction(lambda: TRIGGER_CONTEXT(retries=0))


@platform_members("EventBus.TriggerContext").static("EventBus.TriggerContext currentContext()")
def current_trigger_context() -> Any:
    """Where the running event trigger stands: every delivery is the first."""
    return _DELIVERY.get()


@platform_class("EventBus.TestBroker")
class TestBroker:
    """What `Test.getEventBus()` answers."""

    __test__ = False
    apex_type: ClassVar[ApexType] = ApexType("EventBus.TestBroker")

    @method("void deliver()")
    def deliver(self) -> None:
        """Deliver what was published."""
        deliver_events()

    @method("void fail()")
    def fail(self) -> None:
        """Let publishing fail."""
        fail_events()
