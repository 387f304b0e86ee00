"""The org that tests run in: what the project says of it, and what the user says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sfgen.apex.host import ApexHost, TestRun


@dataclass(frozen=True, slots=True)
class RunnerOptions:
    """What the command line says about the runner and the org; None or nothing: as the project."""

    fields: str | None = None
    permission_sets: tuple[str, ...] = ()
    language: str | None = None
    faults: tuple[str, ...] = ()


_INACCESSIBLE: Final = "fields being inaccessible on Sobject"
_COLUMN: Final = re.compile(r"No such column '(?P<field>\w+)' on entity '(?P<object>\w+)'")
_HINT: Final = (
    "nobody, not even an administrator, can access a deployed field until it is granted: "
    "run user-mode code in System.runAs of a user with the project's permission sets, or see "
    "--permission-set and --runner-fields"
)


def open_host(
    root: Path, options: RunnerOptions, say: Callable[[str], None] = lambda _: None
) -> ApexHost:
    """Load the project as an org with those options; say what the project's own files decide.

    Raises:
        ProjectError: there is nothing to read, or no such permission set.
        UsageError: no such language.
    """
    from sfgen.apex.host import ApexHost, read_runner

    runner = read_runner(root)
    conditions = runner.conditions
    if options.fields or options.permission_sets:
        fields = options.fields or "granted"
        conditions = replace(
            conditions, runner_fields=fields, permission_sets=options.permission_sets
        )
    elif runner.source:
        sets = ", ".join(conditions.permission_sets)
        what = "every field" if conditions.runner_fields == "all" else f"permission set {sets}"
        if conditions.runner_fields == "all" or sets:
            say(f"the tests' user has {what}, as {runner.source} says")
    if options.language:
        conditions = replace(conditions, language=options.language)
    host = ApexHost.open(root, conditions=conditions)
    for name in options.faults:
        host.faults.set(name)
    return host


def explain_hidden_fields(run: TestRun, host: ApexHost) -> str | None:
    """Say what helps where a test failed on a field that the project has and the user can't see."""
    if host.runner_fields == "all":
        return None
    for result in run.results:
        column = _COLUMN.search(result.message)
        hidden = column is not None and host.has_field(column["object"], column["field"])
        if hidden or _INACCESSIBLE in result.message:
            return _HINT
    return None
