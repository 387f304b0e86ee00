"""Schedulable: jobs by cron expressions (Apex Developer Guide, "Apex Scheduler")."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.jobs.async_apex import async_error, call_method
from sfgen.apex.library.jobs.async_contexts import (
    SCHEDULABLE_CONTEXT,
)
from sfgen.apex.library.jobs.async_jobs import (
    Job,
    drop_row,
    in_context,
    job_row,
    queue,
)
from sfgen.apex.library.records.snapshots import deep_copy
from sfgen.apex.library.time.cron import check_cron, next_fire_time
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.per_transaction import PerTransaction
from sfgen.apex.runtime.session import user_zone
from sfgen.apex.runtime.values import (
    Id,
    type_of,
)
from sfgen.apex.store.org_data import find_data

__all__ = ["cron_trigger", "schedule", "schedule_batch", "unschedule"]

_SCHEDULED: PerTransaction[dict[str, Id]] = PerTransaction(dict)
"""CronTriggers by the names of their jobs."""


def cron_trigger(name: str, cron: str, fires: dt.datetime | None, kind: str) -> Id:
    """Keep a scheduled job's rows; answers the CronTrigger's Id.

    Raises AsyncException for a name that is taken, and for a time that has passed.
    """
    names = _SCHEDULED.get()
    if name in names:
        raise async_error(f'The Apex job named "{name}" is already scheduled for execution.')
    if fires is None:
        raise async_error(
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
    data = find_data()
    owner = data.schema.find(object_name) if data is not None else None
    return dict(data.store.row(owner, record_id) or {}) if data is not None and owner else {}


def unschedule(trigger: str) -> None:
    """Forget a scheduled job's name and rows."""
    names = _SCHEDULED.get()
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
            call_method(copied, "execute", SCHEDULABLE_CONTEXT(triggerId=trigger))

    queue(Job("ScheduledApex", type_of(known).name, run, rows={"crontriggerid": trigger}))
    return trigger
