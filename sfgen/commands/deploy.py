"""``sfgen deploy``: package a project, deploy it to one org or several, report."""

from __future__ import annotations

import contextlib
import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sfgen.commands.options import ReportFile, report_options, source_folders
from sfgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sfgen.commands.outputs import Outputs
    from sfgen.deploy.order import Action
    from sfgen.report.deploy import Outcome

_ACTIONS: Final[dict[str, Action]] = {
    "resume": "resume",
    "report": "report",
    "cancel": "cancel",
    "quick": "quick",
}
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
@source_folders
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
@click.option(
    "--cobertura", type=ReportFile(), help="Write the tests' coverage to FILE as Cobertura XML."
)
@click.option("--summary", type=ReportFile(), help="Write a summary to FILE in Markdown.")
@report_options(
    junit="Write components and tests to FILE as JUnit XML.",
    sarif="Write the problems to FILE as SARIF.",
)
def command(  # noqa: PLR0913 - one parameter per option
    where: str,
    *,
    targets: tuple[str, ...],
    folders: tuple[Path, ...],
    since: str | None,
    dry_run: bool,
    test_level: str | None,
    tests: tuple[str, ...],
    pre_destructive: Path | None,
    post_destructive: Path | None,
    purge_on_delete: bool,
    ignore_errors: bool,
    ignore_warnings: bool,
    assign: tuple[str, ...],
    job_id: str | None,
    wait: float,
    cobertura: Path | None,
    summary: Path | None,
    outputs: Outputs,
) -> int:
    """Package a project and deploy it.

    resume, report, cancel and quick (deploy a successful validation) act on an earlier deploy,
    named by --job-id.

    Exit codes: 0 deployed, 1 failed or canceled, 68 partly deployed, 69 still running when --wait
    was over, 2 could not start, 130 interrupted.
    """
    from sfgen.deploy.delivery import act_on_job, deploy
    from sfgen.deploy.order import JobOrder, Order
    from sfgen.org import StartOptions

    with _few_collections():
        if job_id and where in _ACTIONS:
            target = _only_target(targets, where)
            job = JobOrder(_ACTIONS[where], job_id, target, wait * 60, assign)
            outcomes = act_on_job(job, quiet=outputs.as_json)
            return _show(outcomes, Path(), cobertura, summary, outputs)
        if job_id or (where in _ACTIONS and not Path(where).is_dir()):
            raise UsageError(
                "resume, report, cancel and quick need --job-id, and only they take it"
            )
        level = test_level or ("RunSpecifiedTests" if tests else None)
        options = StartOptions(
            dry_run, level, tests, not ignore_errors, ignore_warnings, purge_on_delete
        )
        order = Order(
            Path(where),
            targets or (None,),
            folders,
            since,
            options,
            pre_destructive,
            post_destructive,
            wait * 60,
            assign,
        )
        outcomes = deploy(order, quiet=outputs.as_json)
    return _show(outcomes, order.folder, cobertura, summary, outputs)


def _only_target(targets: tuple[str, ...], action: str) -> str | None:
    if len(targets) > 1:
        raise UsageError(f"{action} takes only one --target-org")
    return targets[0] if targets else None


def _show(
    outcomes: Sequence[Outcome],
    folder: Path,
    cobertura: Path | None,
    summary: Path | None,
    outputs: Outputs,
) -> int:
    from sfgen.report.deploy import describe_deploys

    _summarize(outcomes, summary)
    if cobertura is not None:
        _write_coverage(outcomes, folder, cobertura)
    return outputs.show(describe_deploys(outcomes, _exit_code(outcomes)))


@contextlib.contextmanager
def _few_collections() -> Iterator[None]:
    """Packaging makes little but what stays: looking for garbage often would find none."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _exit_code(outcomes: Sequence[Outcome]) -> int:
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


def _summarize(outcomes: Sequence[Outcome], path: Path | None) -> None:
    """Write the summary, to GitHub's job page too."""
    from sfgen.report.deploy_summary import write_summary

    text = write_summary(outcomes)
    if path is not None:
        path.write_text(text, encoding="utf-8")
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if page and os.environ.get("GITHUB_ACTIONS") == "true":
        with Path(page).open("a", encoding="utf-8") as file:
            file.write(text)


def _write_coverage(outcomes: Sequence[Outcome], folder: Path, path: Path) -> None:
    """Write the coverage that the first org has counted."""
    from sfgen.deploy.coverage import find_executable
    from sfgen.project import read_project
    from sfgen.report.deploy_summary import write_cobertura

    ran = [o.status for o in outcomes if o.status is not None and o.status.coverage]
    if not ran:
        return
    project = read_project(folder)
    files = {c.name: project.relative(c.files[0]) for c in project.components if c.files}
    text = write_cobertura(ran[0], files, find_executable(folder.resolve()))
    path.write_text(text, encoding="utf-8")
