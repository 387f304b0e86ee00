"""``sfgen check``: check a project without an org."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sfgen.commands.files import ReportFile
from sfgen.commands.refusal import refusal_as_json
from sfgen.errors import UsageError

if TYPE_CHECKING:
    from sfgen.check.tiers import Tier
    from sfgen.report.places import Entry

_PATH: Final = click.Path(path_type=Path)


@click.command("check")
@click.argument("folder", metavar="[DIR]", default=".", type=_PATH)
@click.option(
    "--source-dir",
    "-d",
    "folders",
    multiple=True,
    type=_PATH,
    help="Use only this folder of the project; may be repeated.",
)
@click.option("--fast", is_flag=True, help="Run only tier 0, which needs neither Java nor Node.")
@click.option(
    "--fetch", is_flag=True, help="Fetch the Apex checker and Code Analyzer into the cache first."
)
@click.option(
    "--deep", is_flag=True, help="Also check the Apex with the front end of Salesforce's compiler."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("--sarif", type=ReportFile(), help="Write the findings to FILE as SARIF.")
@click.option(
    "--junit", type=ReportFile(), help="Write the result of each rule to FILE as JUnit XML."
)
@click.option("--github", is_flag=True, help="Print GitHub annotations.")
def command(folder: Path, folders: tuple[Path, ...], **given: object) -> int:
    """Check a project without an org: schema, references, Apex, secrets.

    Exit codes: 0 no errors, 1 errors found, 2 wrong usage.
    """
    with refusal_as_json(wanted=bool(given["as_json"])):
        return _run(folder, folders, given)


def _run(folder: Path, folders: tuple[Path, ...], given: dict[str, object]) -> int:
    from sfgen.check import check_project
    from sfgen.check.engines import run_engines, skip_engines
    from sfgen.check.lwc_compile import compile_components
    from sfgen.check.schema import schema
    from sfgen.check.tiers import Tier, run_apex_types, say_who_executed, skip_apex_types
    from sfgen.project import read_project
    from sfgen.report.places import entries_of

    if given["deep"] and given["fast"]:
        raise UsageError("--deep and --fast can't be used together")
    if given["fetch"]:
        _fetch(deep=bool(given["deep"]))
    if given["deep"]:
        from sfgen.check.deep import compile_deeply, require_front_end

        require_front_end(folder.resolve())
    inside = [folder / path if (folder / path).exists() else path for path in folders]
    project = read_project(folder, inside)
    findings = check_project(project)
    tiers = [Tier(f"0: schema (API {schema().version}) and references (Python)", ran=True)]
    compiled, problems = compile_components(project)
    tiers.append(compiled)
    findings += problems
    if given["fast"]:
        tiers.append(skip_apex_types("--fast"))
        tiers += skip_engines("--fast")
    else:
        tier, typed = run_apex_types(project)
        tiers.append(tier)
        findings += typed
        engines, found = run_engines(project)
        tiers += engines
        findings += found
    if given["deep"]:
        tier, refused = compile_deeply(project)
        tiers.append(tier)
        findings += refused
    entries = entries_of(project, sorted(findings, key=lambda finding: finding.place))
    _report(entries, tiers, say_who_executed(tiers), given)
    return 1 if any(entry.severity == "error" for entry in entries) else 0


def _fetch(*, deep: bool) -> None:
    from sfgen.tools.apex_ls import fetch_jars
    from sfgen.tools.code_analyzer import fetch_analyzer

    fetch_jars()
    fetch_analyzer()
    if deep:
        from sfgen.tools.front_end import fetch_front_end

        fetch_front_end()


def _report(
    entries: list[Entry], tiers: list[Tier], executed: str, given: dict[str, object]
) -> None:
    from sfgen.report import check as shown
    from sfgen.report.annotations import write_annotations
    from sfgen.report.junit import write_junit
    from sfgen.report.sarif import write_sarif

    junit, sarif = given["junit"], given["sarif"]
    if isinstance(junit, Path):
        junit.write_bytes(write_junit(shown.as_suites(entries, tiers)))
    if isinstance(sarif, Path):
        sarif.write_text(write_sarif(entries), encoding="utf-8")
    if given["as_json"]:
        click.echo(json.dumps(shown.as_json(entries, tiers, executed), indent=2))
    else:
        for line in shown.write_text(entries, tiers, executed):
            click.echo(line)
    on_github = os.environ.get("GITHUB_ACTIONS") == "true" and not given["as_json"]
    if given["github"] or on_github:
        for line in write_annotations(entries):
            click.echo(line, err=bool(given["as_json"]))  # GitHub reads both
