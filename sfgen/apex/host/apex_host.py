"""The runtime's door: load a project, run its tests, call its methods.

This interface is kept stable; docs/reference/apex-runtime.md describes it.
"""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sfgen.apex.calls import (
    call_method,
    call_remote,
    call_rest,
    insert_record,
    query_rows,
    read_member,
)
from sfgen.apex.host.replies import RestReply
from sfgen.apex.org import Org, open_org
from sfgen.apex.runner import read_runner
from sfgen.apex.sources import ApexSources, read_sources

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from sfgen.apex.conditions import OrgConditions
    from sfgen.apex.names.problems import Problem
    from sfgen.apex.org_faults import OrgFaults
    from sfgen.apex.runtime.outside import CredentialHost, HttpReply
    from sfgen.apex.setup.remote_sites import RemoteSites
    from sfgen.apex.testing.results import TestResult, TestRun

__all__ = ["ApexHost"]


class ApexHost:
    """A project's Apex, loaded once. One call runs at a time; others wait.

    `problems` lists what doesn't compile; the rest runs all the same.
    """

    def __init__(self, org: Org) -> None:
        self.org = org
        self._lock = threading.RLock()

    @classmethod
    def open(
        cls,
        root: Path | str,
        *,
        directories: Iterable[Path] | None = None,
        database: Path | str | None = None,
        callout: Callable[[Any], HttpReply] | None = None,
        credentials: CredentialHost | None = None,
        conditions: OrgConditions | None = None,
    ) -> ApexHost:
        """Load the project at `root` (its package directories, or `directories`).

        `database` names a SQLite file that keeps the records; without it they live in memory.
        `callout` answers HTTP requests outside of tests: it gets an object with `method`,
        `endpoint`, `headers` and `body` and answers an HttpReply, or raises ConnectionError.
        `credentials` stands behind `ConnectApi.NamedCredentials` outside of tests.
        `conditions` say what kind of org it is, in which language, and which fields the
        administrator may reach; without them the project says (`runner.read_runner`).

        Raises ProjectError when there is nothing to read.
        """
        sources = read_sources(Path(root), directories)
        path = str(database) if database is not None else ":memory:"
        if conditions is None:
            conditions = read_runner(Path(root)).conditions
        org = open_org(
            sources,
            database_path=path,
            callout=callout,
            credentials=credentials,
            conditions=conditions,
        )
        return cls(org)

    @property
    def faults(self) -> OrgFaults:
        """Faults to provoke: `faults.set("async-limit")`, `faults.clear()`, `faults.active`."""
        return self.org.faults

    @property
    def remote_sites(self) -> RemoteSites:
        """The hosts that Apex may call: `remote_sites.register(url)` adds one by hand."""
        return self.org.database.remote_sites

    @property
    def user_id(self) -> str:
        """The Id of the administrator, who makes the calls that name no user."""
        return self.org.database.user_id

    @property
    def runner_fields(self) -> str:
        """Which fields the user who runs tests may reach (`OrgConditions.runner_fields`)."""
        return self.org.database.data.conditions.runner_fields

    def has_field(self, object_name: str, field_name: str) -> bool:
        """Whether the org has the field, whoever may see it."""
        owner = self.org.database.schema.find(object_name)
        return owner is not None and owner.find(field_name) is not None

    @property
    def sources(self) -> ApexSources:
        """The files the project was loaded from."""
        return self.org.sources

    @property
    def problems(self) -> list[Problem]:
        """What doesn't compile, with file, line and column."""
        return self.org.program.problems

    def run_tests(
        self,
        filters: Iterable[str] = (),
        *,
        classes: Collection[str] | None = None,
        processes: int | None = None,
        seed: int | None = None,
        clock: dt.datetime | None = None,
        on_class: Callable[[list[TestResult]], None] | None = None,
    ) -> TestRun:
        """Run the project's test classes; a filter is a part of `Class.method`, case ignored.

        With `classes` only test classes of these names are looked at.
        """
        from sfgen.apex.testing.plan import plan_tests, run_plan

        with self._lock:
            plan = plan_tests(self.org, filters, classes)
            return run_plan(
                plan,
                self.org,
                processes=processes,
                seed=seed,
                clock=clock,
                on_class=on_class,
            )

    def affected_tests(self, changed: Iterable[str]) -> frozenset[str] | None:
        """Test classes that the changed files (paths) can reach; None for all."""
        from sfgen.apex.testing.affected import affected_tests

        return affected_tests(self.org.program, self.sources.apex, changed)

    @property
    def executable_lines(self) -> dict[str, tuple[int, ...]]:
        """The lines that can be executed of every class and trigger that compiles, by its name."""
        units = self.org.program.units
        return {unit.name: tuple(unit.executable) for unit in units if unit.code is not None}

    def call(
        self,
        class_name: str,
        method: str,
        arguments: Mapping[str, Any] | Sequence[Any] = (),
        *,
        user: str | None = None,
    ) -> Any:
        """Call a static method in a transaction of its own and answer its result as JSON data.

        `arguments` are JSON data by parameter name, or in order. `user` is a username or User Id;
        the administrator calls otherwise. What the transaction queued runs after its commit; a
        failed one leaves nothing behind. Raises ApexCallError for an Apex exception,
        UnsupportedCallError for what the runtime doesn't have.
        """
        with self._lock:
            text = call_method(self.org, class_name, method, arguments, user)
        return json.loads(text)

    def remote(
        self, class_name: str, method: str, arguments: Sequence[Any], *, user: str | None = None
    ) -> Any:
        """Call a `@RemoteAction` as JavaScript remoting does: dates and times are numbers."""
        with self._lock:
            text = call_remote(self.org, class_name, method, arguments, user)
        return json.loads(text)

    def read(self, class_name: str, member: str, *, user: str | None = None) -> Any:
        """A property of a new object of a page's controller class, as JSON data."""
        with self._lock:
            text = read_member(self.org, class_name, member, user)
        return json.loads(text)

    def rest(
        self,
        verb: str,
        path: str,
        body: str = "",
        *,
        headers: Mapping[str, str] | None = None,
        parameters: Mapping[str, str] | None = None,
        user: str | None = None,
    ) -> RestReply:
        """Call the `@RestResource` whose urlMapping fits `path` (below /services/apexrest)."""
        with self._lock:
            status, text, sent = call_rest(
                self.org, verb, path, (body, headers or {}, parameters or {}), user
            )
        return RestReply(status, text, sent)

    def query(self, soql: str, *, user: str | None = None) -> list[dict[str, Any]]:
        """Rows of a SOQL query as JSON data (`attributes` included)."""
        with self._lock:
            found = json.loads(query_rows(self.org, soql, user))
        rows: list[dict[str, Any]] = found
        return rows

    def insert(self, object_name: str, values: Mapping[str, Any]) -> None:
        """Insert a record as the administrator; one that the org's rules refuse is left out."""
        with self._lock:
            insert_record(self.org, object_name, values)
