"""Who runs the tests of ``sfgen test``: options, what the project says, and the host they make."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import click

from sfgen.apex.host import FAULTS, RUNNER_FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sfgen.apex.host import ApexHost, TestRun


@dataclass(frozen=True, slots=True)
class RunnerWishes:
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
_OPTIONS = (
    click.option(
        "--runner-fields",
        type=click.Choice(RUNNER_FIELDS),
        help="Fields that the user who runs the tests can access: those that the Admin profile or "
        "an assigned permission set grants, as in an org after a deploy (granted), or all.",
    ),
    click.option(
        "--permission-set",
        "-p",
        "permission_sets",
        multiple=True,
        metavar="NAME",
        help="Assign the permission set to the user who runs the tests; may be repeated.",
    ),
    click.option(
        "--language",
        metavar="CODE",
        help="Language of the org and its user, such as de; standard profiles have names in it.",
    ),
    click.option(
        "--fault",
        "faults",
        type=click.Choice(tuple(FAULTS)),
        multiple=True,
        help="Simulate this fault of the org; may be repeated.",
    ),
)


def runner_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options above, as one parameter ``wishes``."""

    @functools.wraps(function)
    def called(
        *arguments: Any,
        runner_fields: str | None,
        permission_sets: tuple[str, ...],
        language: str | None,
        faults: tuple[str, ...],
        **options: Any,
    ) -> Any:
        wishes = RunnerWishes(runner_fields, permission_sets, language, faults)
        return function(*arguments, wishes=wishes, **options)

    wrapped: Callable[..., Any] = called
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def open_host(root: Path, wishes: RunnerWishes, *, quiet: bool = False) -> ApexHost:
    """Load the project as an org of those wishes; say what the project's own files decide.

    Raises:
        ProjectError: there is nothing to read, or no such permission set.
        UsageError: no such language.
    """
    from sfgen.apex.host import ApexHost, read_runner

    runner = read_runner(root)
    conditions = runner.conditions
    if wishes.fields or wishes.permission_sets:
        fields = wishes.fields or "granted"
        conditions = replace(
            conditions, runner_fields=fields, permission_sets=wishes.permission_sets
        )
    elif runner.source and not quiet:
        sets = ", ".join(conditions.permission_sets)
        what = "every field" if conditions.runner_fields == "all" else f"permission set {sets}"
        if conditions.runner_fields == "all" or sets:
            click.echo(f"the tests' user has {what}, as {runner.source} says", err=True)
    if wishes.language:
        conditions = replace(conditions, language=wishes.language)
    host = ApexHost.open(root, conditions=conditions)
    for name in wishes.faults:
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
