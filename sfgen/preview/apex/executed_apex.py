"""Executes the project's Apex with sfgen's Apex runtime, in an org set up for a preview."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from sfgen.apex.host import ApexCallError, ApexHost, HttpReply, UnsupportedCallError
from sfgen.preview.apex.callout_routing import answer_callout
from sfgen.preview.apex.org_preparation import OrgPreparation
from sfgen.preview.apex.project_apex import ApexError, RestAnswer, UnsupportedApexError
from sfgen.preview.apex.sample_records import SampleRecords
from sfgen.preview.application.user_credential import AdvisorCredentials

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sfgen.preview.apex.apex_environment import ApexEnvironment

#: What a record page gets whose object the org doesn't have.
_NO_RECORD = "000000000000000AAA"


class ExecutedApex:
    """Executes the project's classes, triggers and jobs.

    Args:
        environment: the project, and what its Apex reaches.

    Raises:
        ProjectError: there is no Apex to read.
    """

    def __init__(self, environment: ApexEnvironment) -> None:
        self._environment = environment
        self._runtime = _open_runtime(environment, self._call_out)
        for problem in self._runtime.problems:
            environment.warn(f"Apex doesn't compile: {problem}")
        self._records = SampleRecords(self._runtime, environment.workspace)
        OrgPreparation(environment, self._runtime, self._records, self.invoke).run()

    def invoke(self, class_name: str, method: str, arguments: Mapping[str, Any]) -> Any:
        """Call an ``@AuraEnabled`` method."""
        return _translate(lambda: self._runtime.call(class_name, method, dict(arguments)))

    def remote(self, class_name: str, method: str, arguments: list[Any]) -> Any:
        """Call a ``@RemoteAction``."""
        return _translate(lambda: self._runtime.remote(class_name, method, arguments))

    def read_property(self, class_name: str, name: str) -> Any:
        """Read a property of a page's controller."""
        return _translate(lambda: self._runtime.read(class_name, name))

    def rest(self, verb: str, path: str, body: str) -> RestAnswer:
        """Call a ``@RestResource``."""
        headers = {"Content-Type": "application/json"}
        reply = _translate(lambda: self._runtime.rest(verb, path, body, headers=headers))
        return RestAnswer(reply.status, reply.body)

    def record(self, record_id: str) -> dict[str, Any] | None:
        """Return a record with all its fields."""
        return self._records.read(record_id)

    def sample_record(self, object_name: str) -> str:
        """Return the id of an object's first record, inserted if there is none."""
        return next(iter(self.sample_records(object_name)), _NO_RECORD)

    def sample_records(self, object_name: str) -> list[str]:
        """Return the ids of an object's first records, inserted if there are none."""
        return self._records.list_ids(object_name)

    def set_fault(self, name: str, *, on: bool) -> None:
        """Make a limit of the org fail calls from now on, or no longer; no name means all."""
        faults = self._runtime.faults
        if on:
            faults.set(name)
        elif name:
            faults.clear(name)
        else:
            faults.clear()

    def active_faults(self) -> tuple[str, ...]:
        """Name the limits that fail calls now."""
        return tuple(self._runtime.faults.active)

    def _call_out(self, request: Any) -> HttpReply:
        started, environment = time.perf_counter(), self._environment
        answer = answer_callout(
            request,
            environment.application,
            environment.addresses.external_host,
            environment.pusher,
        )
        label = f"{request.method} {request.endpoint.partition('?')[0]}"
        environment.record_callout(label, answer.status, started)
        body = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
        return HttpReply(answer.status, body, {"Content-Type": "application/json"})


def _open_runtime(environment: ApexEnvironment, call_out: Callable[[Any], HttpReply]) -> ApexHost:
    origin = f"https://{environment.addresses.external_host}"
    wanted: dict[str, Any] = {
        "callout": call_out,
        "credentials": AdvisorCredentials(environment.application.credential, origin),
    }
    if environment.store is not None:
        environment.store.mkdir(parents=True, exist_ok=True)
        wanted["database"] = environment.store / "records.sqlite"
    return ApexHost.open(environment.workspace.root, **wanted)


def _translate(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except ApexCallError as error:
        where = error.frames[0] if error.frames else None
        place = f"{where.file}:{where.line}" if where else ""
        raise ApexError(error.client_message, kind=error.type_name, where=place) from error
    except UnsupportedCallError as error:
        raise UnsupportedApexError(f"sfgen's Apex runtime: {error.message}") from error
