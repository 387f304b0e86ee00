"""Carries out an order: from a project to a package, from the orgs' answers to source lines."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sfgen.deploy.job import Task
from sfgen.deploy.production import list_protected_settings, refuse_in_production
from sfgen.deploy.targets import run_everywhere
from sfgen.errors import UsageError
from sfgen.org import cancel_deploy, quick_deploy, require_target, start_deploy
from sfgen.package import build_package, write_package
from sfgen.project import read_project
from sfgen.project.configuration import DEFAULT_API_VERSION
from sfgen.report.deploy import Outcome, failures_of
from sfgen.report.places import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.deploy.order import JobOrder, Order
    from sfgen.org import Session
    from sfgen.package import Package
    from sfgen.project import Project


def deploy(order: Order, *, quiet: bool = False) -> list[Outcome]:
    """Package the project and deploy it to every target.

    Raises:
        UsageError: a target is named twice, or none is.
        ProjectError: the project can't be packaged; nothing was sent.
    """
    if len(set(order.targets)) < len(order.targets):
        raise UsageError("the same --target-org is given twice")
    for target in order.targets:
        require_target(target)
    project = read_project(order.folder, [order.locate(path) for path in order.source_folders])
    if project.problems:
        return _refuse(order, project)
    with tempfile.TemporaryDirectory(prefix="sfgen-") as scratch:
        deleted = order.destructive_after
        if order.since is not None:
            project, deleted = _narrow(order, project, Path(scratch))
        package = build_package(
            project, destructive_before=order.destructive_before, destructive_after=deleted
        )
        path = Path(scratch) / "package.zip"
        with path.open("wb") as file:
            write_package(package, file)
        task = Task(
            _starter(order, path),
            package.api_version,
            order.seconds,
            order.assign,
            _judge(package, project),
        )
        outcomes = run_everywhere(order.targets, task, quiet=quiet)
    return [_place(outcome, package, project) for outcome in outcomes]


def act_on_job(order: JobOrder, *, quiet: bool = False) -> list[Outcome]:
    """Resume watching, report, cancel or quick-deploy a request known by its id alone."""

    def begin(session: Session) -> str:
        if order.action == "quick":
            return quick_deploy(session, order.job_id)
        if order.action == "cancel":
            cancel_deploy(session, order.job_id)
        return order.job_id

    seconds = 0.0 if order.action == "report" else order.seconds
    task = Task(begin, DEFAULT_API_VERSION, seconds, order.assign)
    outcomes = run_everywhere([order.target], task, quiet=quiet)
    return [_place(outcome, None, None) for outcome in outcomes]


def _starter(order: Order, path: Path) -> Callable[[Session], str]:
    def start(session: Session) -> str:
        with path.open("rb") as archive:
            return start_deploy(session, archive, order.options)

    return start


def _judge(package: Package, project: Project) -> Callable[[Session], None]:
    """Look at the org before it is sent what it would refuse as a whole."""
    settings = list_protected_settings(package)
    return lambda session: refuse_in_production(session, settings, project)


def _narrow(order: Order, project: Project, scratch: Path) -> tuple[Project, Path | None]:
    """Keep only what changed; what was deleted is deleted from the org after the rest."""
    from sfgen.deploy.delta import narrow

    if order.destructive_after is not None:
        raise UsageError("--since lists deletions itself: it can't be used with --post-destructive")
    kept, manifest = narrow(project, str(order.since))
    if manifest is None:
        return kept, None
    path = scratch / "destructiveChangesPost.xml"
    path.write_bytes(manifest)
    return kept, path


def _place(outcome: Outcome, package: Package | None, project: Project | None) -> Outcome:
    """Give an outcome what the org refused, each at its place in the source."""
    if outcome.status is None:
        return outcome
    return replace(outcome, entries=failures_of(outcome.status, package, project))


def _refuse(order: Order, project: Project) -> list[Outcome]:
    """Nothing is sent while files are missing: the org would not see them at all."""
    entries = tuple(
        Entry(project.relative(p.path), p.line, 1, p.rule, "error", p.message, p.hint)
        for p in project.problems
    )
    error = "the project has files that can't be deployed"
    names = [str(target or "env") for target in order.targets]
    # The same files for every org: they are listed once.
    return [
        Outcome(name, None, error, entries=() if number else entries)
        for number, name in enumerate(names)
    ]
