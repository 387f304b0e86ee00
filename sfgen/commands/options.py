"""Options that several commands share."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sfgen.commands.outputs import Outputs

if TYPE_CHECKING:
    import os
    from collections.abc import Callable


class ReportFile(click.Path):
    """A file to be written; that its folder is there is known before the work begins."""

    name = "file"

    def __init__(self) -> None:
        super().__init__(dir_okay=False, writable=True, path_type=Path)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:
        """Return the path.

        Raises:
            click.BadParameter: a folder of that name, or no folder to write it to.
        """
        path = super().convert(value, param, ctx)
        parent = Path(str(path)).parent
        if not parent.is_dir():
            self.fail(f"the folder {parent} does not exist", param, ctx)
        return path


_JSON: Final = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")

source_folders: Final = click.option(
    "--source-dir",
    "-d",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Use only this folder of the project; may be repeated.",
)

accept_licence: Final = click.option(
    "--accept-licence", is_flag=True, help="Agree to the licence of LWS's packages."
)


def json_option(function: Callable[..., int]) -> Callable[..., int]:
    """Give a command ``--json``, and the parameter ``outputs`` that shows its result."""

    @functools.wraps(function)
    def called(*arguments: Any, as_json: bool, **options: Any) -> int:
        return function(*arguments, outputs=_outputs(as_json=as_json), **options)

    return _JSON(called)


def report_options(*, junit: str, sarif: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Give a command ``--json``, ``--junit``, ``--sarif``, ``--github``, and ``outputs``.

    Args:
        junit: help text of ``--junit``.
        sarif: help text of ``--sarif``.
    """
    options = (
        _JSON,
        click.option("--junit", type=ReportFile(), help=junit),
        click.option("--sarif", type=ReportFile(), help=sarif),
        click.option("--github", is_flag=True, help="Print GitHub annotations."),
    )

    def decorate(function: Callable[..., int]) -> Callable[..., int]:
        @functools.wraps(function)
        def called(
            *arguments: Any,
            as_json: bool,
            junit: Path | None,
            sarif: Path | None,
            github: bool,
            **others: Any,
        ) -> int:
            outputs = _outputs(as_json=as_json)
            outputs.junit, outputs.sarif, outputs.github = junit, sarif, github
            return function(*arguments, outputs=outputs, **others)

        wrapped: Callable[..., int] = called
        for option in reversed(options):
            wrapped = option(wrapped)
        return wrapped

    return decorate


def _outputs(*, as_json: bool) -> Outputs:
    """Return the run's outputs: those that the command line holds, if it runs the command."""
    context = click.get_current_context()
    outputs = context.find_object(Outputs) or Outputs()
    outputs.command, outputs.as_json = context.command.name, as_json
    return outputs
