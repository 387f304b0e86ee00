"""The options of ``sfgen test`` about the org, and about the user who runs the tests."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

import click

from sfgen.apex.host import FAULTS, RUNNER_FIELDS
from sfgen.testrun.runner_org import RunnerOptions

if TYPE_CHECKING:
    from collections.abc import Callable

_RUNNER_OPTIONS: Final = (
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
    """Give a command the options above, as one parameter ``runner``."""

    @functools.wraps(function)
    def called(
        *arguments: Any,
        runner_fields: str | None,
        permission_sets: tuple[str, ...],
        language: str | None,
        faults: tuple[str, ...],
        **options: Any,
    ) -> Any:
        runner = RunnerOptions(runner_fields, permission_sets, language, faults)
        return function(*arguments, runner=runner, **options)

    wrapped: Callable[..., Any] = called
    for option in reversed(_RUNNER_OPTIONS):
        wrapped = option(wrapped)
    return wrapped
