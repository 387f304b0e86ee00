"""``sfgen deploy``: package a project, deploy it to one org or several, report."""

from __future__ import annotations

import gc
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sfgen.commands.files import ReportFile
from sfgen.commands.refusal import refusal_as_json
from sfgen.errors import UsageError

if TYPE_CHECKING:
    from sfgen.deploy.deploying import Request
    from sfgen.report.deploy import Outcome
    from sfgen.report.places import Entry

_ACTIONS: Final = ("resume", "report", "cancel", "quick")
_LEVELS: Final = (
    "NoTestRun",
    "RunSpecifiedTests",
    "RunLocalTests",
    "RunAllTestsInOrg",
    "RunRelevantTests",
)
_SELDOM: Final = (100_000, 50, 50)
_PATH: Final = click.Path(path_type=Path)


@click.command("deploy")
@click.argument("where", metavar="[DIR | resume | report | cancel | quick]", default=".")
@click.option(
    "--target-org",
    "-o",
    "targets",
    multiple=True,
    help="Org to deploy to: an sf alias or username, local, or env; may be repeated.",
)
@click.option(
    "--source-dir",
    "-d",
    "folders",
    multiple=True,
    type=_PATH,
    help="Use only this folder of the project; may be repeated.",
)
@click.option("--since", metavar="REVISION", help="Deploy only what changed since a git revision.")
@click.option("--dry-run", is_flag=True, help="Validate only; change nothing in the org.")
@click.option(
    "--test-level",
    "-l",
    type=click.Choice(_LEVELS),
    metavar="LEVEL",
    help=f"Which Apex tests to run: {', '.join(_LEVELS)}.",
)
@click.option(
    "--tests", "-t", multiple=True, help="Test class for RunSpecifiedTests; may be repeated."
)
@click.option("--pre-destructive", type=_PATH, help="Manifest of what to delete before the deploy.")
@click.option("--post-destructive", type=_PATH, help="Manifest of what to delete after the deploy.")
@click.option("--purge-on-delete", is_flag=True, help="Delete for good, not into the recycle bin.")
@click.option("--ignore-errors", is_flag=True, help="Keep what succeeds when something fails.")
@click.option("--ignore-warnings", is_flag=True, help="Succeed in spite of warnings.")
@click.option(
    "--assign-permission-set",
    "-p",
    "assign",
    multiple=True,
    help="Permission set to assign to the user after the deploy.",
)
@click.option("--job-id", help="Id of the deploy to resume, report on, cancel or quick-deploy.")
@click.option(
    "--wait", type=click.FloatRange(0), default=33.0, help="Minutes to wait; 33 by default."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("--junit", type=ReportFile(), help="Write components and tests to FILE as JUnit XML.")
@click.option(
    "--cobertura", type=ReportFile(), help="Write the tests' coverage to FILE as Cobertura XML."
)
@click.option("--summary", type=ReportFile(), help="Write a summary to FILE in Markdown.")
@click.option("--sarif", type=ReportFile(), help="Write the problems to FILE as SARIF.")
@click.option("--github", is_flag=True, help="Print GitHub annotations.")
def command(where: str, **given: object) -> int:
    """Package a project and deploy it.

    resume, report, cancel and quick (deploy a successful validation) act on an earlier deploy,
    named by --job-id.

    Exit codes: 0 deployed, 1 failed or canceled, 68 partly deployed, 69 still running when --wait
    was over, 2 wrong usage, 130 interrupted.
    """
    # Packaging makes little but what stays: looking for garbage often would find none.
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        with refusal_as_json(wanted=bool(given["as_json"])):
            outcomes = _run(where, given)
    finally:
        gc.set_threshold(*before)
    return _exit_code(outcomes)


def _run(where: str, given: dict[str, object]) -> list[Outcome]:
    from sfgen.deploy.deploying import Request, act_on_job, deploy

    request = Request(
        folder=Path(where),
        targets=tuple(given["targets"]) or (None,),  # type: ignore[arg-type]
        source_folders=tuple(given["folders"]),  # type: ignore[arg-type]
        since=given["since"],  # type: ignore[arg-type]
        check_only=bool(given["dry_run"]),
        test_level=given["test_level"],  # type: ignore[arg-type]
        tests=tuple(given["tests"]),  # type: ignore[arg-type]
        destructive_before=given["pre_destructive"],  # type: ignore[arg-type]
        destructive_after=given["post_destructive"],  # type: ignore[arg-type]
        purge_on_delete=bool(given["purge_on_delete"]),
        rollback_on_error=not given["ignore_errors"],
        ignore_warnings=bool(given["ignore_warnings"]),
        seconds=float(given["wait"]) * 60,  # type: ignore[arg-type]
        quiet=bool(given["as_json"]),
        assign=tuple(given["assign"]),  # type: ignore[arg-type]
    )
    job_id = given["job_id"]
    if request.tests and request.test_level is None:
        request.test_level = "RunSpecifiedTests"
    if where in _ACTIONS and job_id:
        outcomes, entries = act_on_job(request, where, str(job_id))
    elif job_id or (where in _ACTIONS and not Path(where).is_dir()):
        raise UsageError("resume, report, cancel and quick need --job-id, and only they take it")
    else:
        outcomes, entries = deploy(request)
    _report(request, outcomes, entries, given)
    return outcomes


def _exit_code(outcomes: list[Outcome]) -> int:
    codes = {_code(outcome) for outcome in outcomes}
    return next(code for code in (130, 1, 69, 68, 0) if code in codes)


def _code(outcome: Outcome) -> int:
    status = outcome.status
    if outcome.interrupted:
        return 130
    if status is None or outcome.error is not None:
        return 1
    if not status.done:
        return 69
    if status.status == "SucceededPartial":
        return 68
    return 0 if status.success else 1


def _report(
    request: Request,
    outcomes: list[Outcome],
    entries: list[list[Entry]],
    given: dict[str, object],
) -> None:
    from sfgen.report import deploy as shown
    from sfgen.report.annotations import write_annotations

    every = [entry for listed in entries for entry in listed]
    junit, sarif = given["junit"], given["sarif"]
    if isinstance(junit, Path):
        from sfgen.report.junit import write_junit

        pairs = zip(outcomes, entries, strict=True)
        junit.write_bytes(write_junit([s for o, e in pairs for s in shown.as_suites(o, e)]))
    if isinstance(sarif, Path):
        from sfgen.report.sarif import write_sarif

        sarif.write_text(write_sarif(every), encoding="utf-8")
    _summarize(request, outcomes, entries, given)
    if request.quiet:
        deploys = [
            shown.as_json(outcome, listed, outcome.status.detail if outcome.status else None)
            for outcome, listed in zip(outcomes, entries, strict=True)
        ]
        body = {"version": 1, "success": _exit_code(outcomes) == 0, "deploys": deploys}
        click.echo(json.dumps(body, indent=2))
    else:
        for outcome, listed in zip(outcomes, entries, strict=True):
            for line in shown.lines_of(outcome, listed):
                click.echo(line)
    if given["github"] or (os.environ.get("GITHUB_ACTIONS") == "true" and not request.quiet):
        for line in write_annotations(every):
            click.echo(line, err=request.quiet)  # GitHub reads both


def _summarize(
    request: Request,
    outcomes: list[Outcome],
    entries: list[list[Entry]],
    given: dict[str, object],
) -> None:
    """Write the summary (to GitHub's job page too) and the first org's coverage."""
    from sfgen.report.deploy_summary import write_cobertura, write_summary

    summary, cobertura = given["summary"], given["cobertura"]
    text = write_summary(outcomes, entries)
    if isinstance(summary, Path):
        summary.write_text(text, encoding="utf-8")
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if page and os.environ.get("GITHUB_ACTIONS") == "true":
        with Path(page).open("a", encoding="utf-8") as file:
            file.write(text)
    ran = [o.status for o in outcomes if o.status is not None and o.status.coverage]
    if isinstance(cobertura, Path) and ran:
        from sfgen.commands.covered import find_executable
        from sfgen.project import read_project

        project = read_project(request.folder)
        files = {c.name: project.relative(c.files[0]) for c in project.components if c.files}
        text = write_cobertura(ran[0], files, find_executable(request.folder.resolve()))
        cobertura.write_text(text, encoding="utf-8")
