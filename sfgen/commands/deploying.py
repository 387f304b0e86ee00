"""Carries out ``sfgen deploy``: one thread per org, cancel on Ctrl-C, outcomes in order."""

from __future__ import annotations

import contextlib
import signal
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sfgen.commands.progress import open_progress
from sfgen.errors import SfgenError, UsageError
from sfgen.org import (
    StartOptions,
    cancel_deploy,
    open_session,
    quick_deploy,
    require_target,
    start_deploy,
    watch_deploy,
)
from sfgen.package import build_package, write_package
from sfgen.project import read_project
from sfgen.project.configuration import DEFAULT_API_VERSION
from sfgen.report.deploy import Outcome, failures_of
from sfgen.report.places import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sfgen.commands.progress import Progress
    from sfgen.org import DeployStatus, Session
    from sfgen.project import Project

LOCAL: Final = "local"
_SPOOL: Final = 8 * 1024 * 1024


@dataclass(slots=True)
class Request:
    """What the command line asks for."""

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


@dataclass(slots=True)
class _Running:
    """A deploy under way, as the thread that waits for Ctrl-C sees it."""

    session: Session | None = None
    job_id: str | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    canceled: bool = False


@dataclass(frozen=True, slots=True)
class _Order:
    """One deploy to make: where, how to open a session, how to start."""

    target: str
    start: Callable[[Session], str]
    open: Callable[[], Session]
    assign: tuple[str, ...] = ()


def deploy(request: Request) -> tuple[list[Outcome], list[list[Entry]]]:
    """Package the project and deploy it to every target.

    Raises:
        ProjectError: the project can't be packaged; nothing was sent.
    """
    if len(set(request.targets)) < len(request.targets):
        raise UsageError("a target is named twice")
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
        outcomes = _run(request, jobs, package.api_version)
    entries = [
        failures_of(outcome.status, package, project) if outcome.status else []
        for outcome in outcomes
    ]
    return outcomes, entries


def _narrow(request: Request, project: Project, scratch: Path) -> Project:
    """Keep only what changed; what was deleted is deleted from the org after the rest."""
    from sfgen.commands.delta import narrow

    if request.destructive_after is not None:
        raise UsageError("--since makes its own list of deletions: leave --post-destructive out")
    kept, manifest = narrow(project, str(request.since))
    if manifest is not None:
        request.destructive_after = scratch / "destructiveChangesPost.xml"
        request.destructive_after.write_bytes(manifest)
    return kept


def _below(request: Request, folder: Path) -> Path:
    inside = request.folder / folder
    return inside if inside.exists() else folder


def _refuse(request: Request, project: Project) -> tuple[list[Outcome], list[list[Entry]]]:
    """Nothing is sent while files are missing: the org would not see them at all."""
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
        raise UsageError(f"{action} takes one --target-org")

    def begin(session: Session) -> str:
        if action == "quick":
            return quick_deploy(session, job_id)
        if action == "cancel":
            cancel_deploy(session, job_id)
        return job_id

    if action == "report":
        request.seconds = 0
    request.folder = Path.cwd()
    outcomes = _run(request, [begin], DEFAULT_API_VERSION)
    entries = [failures_of(o.status, None, None) if o.status else [] for o in outcomes]
    return outcomes, entries


def _run(
    request: Request, starters: list[Callable[[Session], str]], api_version: str
) -> list[Outcome]:
    under_way = [_Running() for _ in request.targets]
    with (
        _local_org(request) as local,
        open_progress([str(t or "env") for t in request.targets], quiet=request.quiet) as progress,
        ThreadPoolExecutor(len(request.targets), "deploy") as pool,
        _termination(),
    ):
        futures = [
            pool.submit(
                _deploy_one,
                _Order(
                    str(target or "env"),
                    starter,
                    _opener(target, api_version, local),
                    request.assign,
                ),
                request.seconds,
                running,
                progress,
            )
            for target, starter, running in zip(request.targets, starters, under_way, strict=True)
        ]
        while any(not future.done() for future in futures):
            try:
                for future in futures:
                    future.exception()
            except KeyboardInterrupt:  # noqa: PERF203 - Ctrl-C may come more than once
                _interrupt(under_way, progress)
        return [future.result() for future in futures]


def _deploy_one(order: _Order, seconds: float, running: _Running, progress: Progress) -> Outcome:
    began = time.monotonic()
    target = order.target
    try:
        session = running.session = order.open()
        running.job_id = order.start(session)

        def tell(status: DeployStatus) -> None:
            progress.show(target, status)

        status = watch_deploy(session, running.job_id, tell, seconds=seconds, stop=running.stop)
    except SfgenError as error:
        return Outcome(
            target,
            None,
            error.message,
            error.hint or _how_to_go_on(running),
            time.monotonic() - began,
            interrupted=running.canceled,
        )
    problem = _assign(order, session, status, progress)
    seconds = time.monotonic() - began
    return Outcome(target, status, problem, seconds=seconds, interrupted=running.canceled)


def _assign(
    order: _Order, session: Session, status: DeployStatus, progress: Progress
) -> str | None:
    """Assign permission sets after a deploy that changed the org; return what went wrong."""
    if not order.assign or not status.success or status.check_only:
        return None
    from sfgen.org.records import Records

    try:
        records = Records(session)
        for name in order.assign:
            done = "assigned" if records.assign_permission_set(name) else "is assigned already"
            progress.say(f"{order.target}: permission set {name} {done}")
    except SfgenError as error:
        return error.message
    return None


def _how_to_go_on(running: _Running) -> str | None:
    if running.job_id is None:
        return None
    return f"the org may go on: sfgen deploy resume --job-id {running.job_id}"


def _opener(
    target: str | None, api_version: str, local: Callable[[], Session] | None
) -> Callable[[], Session]:
    if target == LOCAL and local is not None:
        return local
    return lambda: open_session(target, api_version)


def _interrupt(under_way: list[_Running], progress: Progress) -> None:
    """First Ctrl-C: cancel in the org. Second: leave the jobs running and go."""
    for running in under_way:
        if running.canceled:
            running.stop.set()
            continue
        running.canceled = True
        if running.session is None or running.job_id is None:
            continue
        progress.say(f"canceling {running.job_id} (Ctrl-C again leaves it running)")
        with contextlib.suppress(SfgenError):
            cancel_deploy(running.session, running.job_id)


@contextlib.contextmanager
def _termination() -> Iterator[None]:
    """Let SIGTERM, which is how pipelines stop a job, do what Ctrl-C does."""

    def stop(number: int, frame: object) -> None:
        del number, frame
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextlib.contextmanager
def _local_org(request: Request) -> Iterator[Callable[[], Session] | None]:
    """Find the running local org, or run one here as long as the deploy lasts."""
    if LOCAL not in request.targets:
        yield None
        return
    from sfgen.commands.local_session import local_session

    with local_session() as session:
        yield lambda: session
