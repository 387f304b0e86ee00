"""``sfgen check``: check a project without an org."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sfgen.commands.options import report_options, source_folders
from sfgen.errors import UsageError

if TYPE_CHECKING:
    from sfgen.commands.outputs import Outputs

_PATH: Final = click.Path(path_type=Path)


@click.command("check")
@click.argument("folder", metavar="[DIR]", default=".", type=_PATH)
@source_folders
@click.option("--fast", is_flag=True, help="Run only tier 0, which needs neither Java nor Node.")
@click.option(
    "--fetch", is_flag=True, help="Fetch the Apex checker and Code Analyzer into the cache first."
)
@click.option(
    "--deep", is_flag=True, help="Also check the Apex with the front end of Salesforce's compiler."
)
@report_options(
    junit="Write the result of each rule to FILE as JUnit XML.",
    sarif="Write the findings to FILE as SARIF.",
)
def command(
    folder: Path,
    folders: tuple[Path, ...],
    *,
    fast: bool,
    fetch: bool,
    deep: bool,
    outputs: Outputs,
) -> int:
    """Check a project without an org: schema, references, Apex, secrets.

    Exit codes: 0 no errors, 1 errors found, 2 could not start.
    """
    from sfgen.check.proof import prove_project
    from sfgen.project import read_project
    from sfgen.report.check import describe_proof

    if deep and fast:
        raise UsageError("--deep and --fast can't be used together")
    if fetch:
        _fetch(deep=deep)
    if deep:
        from sfgen.check.tiers.deep import require_front_end

        require_front_end(folder.resolve())
    inside = [folder / path if (folder / path).exists() else path for path in folders]
    project = read_project(folder, inside)
    return outputs.show(describe_proof(project, prove_project(project, fast=fast, deep=deep)))


def _fetch(*, deep: bool) -> None:
    from sfgen.tools.apex_ls import fetch_jars
    from sfgen.tools.code_analyzer import fetch_analyzer

    fetch_jars()
    fetch_analyzer()
    if deep:
        from sfgen.tools.front_end import fetch_front_end

        fetch_front_end()
