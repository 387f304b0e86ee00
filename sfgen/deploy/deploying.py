"""Carries out ``sfgen deploy``: packages a project, deploys it, locates failures in the source."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sfgen.deploy.production import list_protected_settings, refuse_in_production
from sfgen.deploy.targets import run_deploys
from sfgen.errors import UsageError
from sfgen.org import (
    StartOptions,
    cancel_deploy,
    quick_deploy,
    require_target,
    start_deploy,
)
from sfgen.package import build_package, write_package
from sfgen.project import read_project
from sfgen.project.configuration import DEFAULT_API_VERSION
from sfgen.report.deploy import Outcome, failures_of
from sfgen.report.places import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.org import Session
    from sfgen.package import Package
    from sfgen.project import Project


@dataclass(slots=True)
class Request:
    """The options of the command line."""

    folder: Path
    targets: tuple[str | None, ...]
    source_folders: tuple[Path, ...] = ()
    since: str | None = None
    check_only: bool = False
    test_level: str | None = None
    tests: tuple[str, ...] = ()
    destructive_before: Path | None = None
    destructive_after: Path | None = None
    purge_on_delete: bool = False
    rollback_on_error: bool = True
    ignore_warnings: bool = False
    seconds: float = 33 * 60
    quiet: bool = False
    assign: tuple[str, ...] = ()

    def options(self) -> StartOptions:
        """Return what the org is told."""
        return StartOptions(
            check_only=self.check_only,
            test_level=self.test_level,
            tests=self.tests,
            rollback_on_error=self.rollback_on_error,
            ignore_warnings=self.ignore_warnings,
            purge_on_delete=self.purge_on_delete,
        )


def deploy(request: Request) -> tuple[list[Outcome], list[list[Entry]]]:
    """Package the project and deploy it to every target.

    Raises:
        ProjectError: the project can't be packaged; nothing was sent.
    """
    if len(set(request.targets)) < len(request.targets):
        raise UsageError("the same --target-org is given twice")
    for target in request.targets:
        require_target(target)
    project = read_project(request.folder, [_below(request, f) for f in request.source_folders])
    if project.problems:
        return _refuse(request, project)
    with tempfile.TemporaryDirectory(prefix="sfgen-") as scratch:
        if request.since is not None:
            project = _narrow(request, project, Path(scratch))
        package = build_package(
            project,
            destructive_before=request.destructive_before,
            destructive_after=request.destructive_after,
        )
        path = Path(scratch) / "package.zip"
        with path.open("wb") as file:
            write_package(package, file)
        jobs = [_starter(request, path)] * len(request.targets)
        outcomes = run_deploys(request, jobs, package.api_version, _judge(package, project))
    entries = [
        failures_of(outcome.status, package, project) if outcome.status else []
        for outcome in outcomes
    ]
    return outcomes, entries


def _judge(package: Package, project: Project) -> Callable[[Session], None]:
    """Return a check that stops before a production org refuses the package."""
    settings = list_protected_settings(package)
    return lambda session: refuse_in_production(session, settings, project)


def _narrow(request: Request, project: Project, scratch: Path) -> Project:
    """Keep only what changed, and add a manifest of what was deleted."""
    from sfgen.deploy.delta import narrow

    if request.destructive_after is not None:
        raise UsageError("--since lists deletions itself: it can't be used with --post-destructive")
    kept, manifest = narrow(project, str(request.since))
    if manifest is not None:
        request.destructive_after = scratch / "destructiveChangesPost.xml"
        request.destructive_after.write_bytes(manifest)
    return kept


def _below(request: Request, folder: Path) -> Path:
    inside = request.folder / folder
    return inside if inside.exists() else folder


def _refuse(request: Request, project: Project) -> tuple[list[Outcome], list[list[Entry]]]:
    """Return the problems of a project that can't be deployed, without sending anything."""
    entries = [
        Entry(project.relative(p.path), p.line, 1, p.rule, "error", p.message, p.hint)
        for p in project.problems
    ]
    outcomes = [
        Outcome(str(t or "env"), None, "the project has files that can't be deployed")
        for t in request.targets
    ]
    return outcomes, [entries, *([] for _ in outcomes[1:])]


def _starter(request: Request, path: Path) -> Callable[[Session], str]:
    def start(session: Session) -> str:
        with path.open("rb") as archive:
            return start_deploy(session, archive, request.options())

    return start


def act_on_job(
    request: Request, action: str, job_id: str
) -> tuple[list[Outcome], list[list[Entry]]]:
    """Resume watching, report, cancel or quick-deploy a request known by its id alone."""
    if len(request.targets) > 1:
        raise UsageError(f"{action} takes only one --target-org")

    def begin(session: Session) -> str:
        if action == "quick":
            return quick_deploy(session, job_id)
        if action == "cancel":
            cancel_deploy(session, job_id)
        return job_id

    if action == "report":
        request.seconds = 0
    request.folder = Path.cwd()
    outcomes = run_deploys(request, [begin], DEFAULT_API_VERSION)
    entries = [failures_of(o.status, None, None) if o.status else [] for o in outcomes]
    return outcomes, entries
