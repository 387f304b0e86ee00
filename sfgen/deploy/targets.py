"""Runs deploys to one org or several at once, cancels on Ctrl-C, gives outcomes in order."""

from __future__ import annotations

import contextlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sfgen.deploy.progress import open_progress
from sfgen.errors import SfgenError
from sfgen.org import cancel_deploy, open_session, watch_deploy
from sfgen.report.deploy import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sfgen.deploy.deploying import Request
    from sfgen.deploy.progress import Progress
    from sfgen.org import DeployStatus, Session

LOCAL: Final = "local"
#: How an org begins the problem of a class that a deploy breaks without holding it.
_DEPENDENT: Final = "Dependent class is invalid"


@dataclass(slots=True)
class _Running:
    """A running deploy, as seen by the thread that waits for Ctrl-C."""

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
    judge: Callable[[Session], None] = lambda _: None


def run_deploys(
    request: Request,
    starters: list[Callable[[Session], str]],
    api_version: str,
    judge: Callable[[Session], None] = lambda _: None,
) -> list[Outcome]:
    """Deploy to every target at the same time; the outcomes stand in the targets' order.

    ``judge`` sees each org before anything is sent to it, and raises to stop there.
    """
    under_way = [_Running() for _ in request.targets]
    with (
        _local_org(request) as local,
        open_progress([str(t or "env") for t in request.targets], quiet=request.quiet) as progress,
        ThreadPoolExecutor(len(request.targets), "deploy") as pool,
    ):
        futures = [
            pool.submit(
                _deploy_one,
                _Order(
                    str(target or "env"),
                    starter,
                    _opener(target, api_version, local),
                    request.assign,
                    judge,
                ),
                request.seconds,
                running,
                progress,
            )
            for target, starter, running in zip(request.targets, starters, under_way, strict=True)
        ]
        try:
            while any(not future.done() for future in futures):
                try:
                    for future in futures:
                        future.exception()
                except KeyboardInterrupt:  # noqa: PERF203 - Ctrl-C may come more than once
                    _heed(under_way, progress)
        finally:
            # Whatever ended the wait: the pool can't close as long as a deploy is watched.
            _leave(under_way)
        return [future.result() for future in futures]


def _deploy_one(order: _Order, seconds: float, running: _Running, progress: Progress) -> Outcome:
    began = time.monotonic()
    target = order.target
    try:
        session = running.session = order.open()
        order.judge(session)
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
    finally:
        if running.session is not None:
            # A later cancel opens a connection anew.
            running.session.close()
    problem = _assign(order, session, status, progress)
    seconds = time.monotonic() - began
    hint = _how_to_start_afresh(target, status)
    return Outcome(target, status, problem, hint, seconds, interrupted=running.canceled)


def _how_to_start_afresh(target: str, status: DeployStatus) -> str | None:
    """Return a hint if classes of an earlier deploy to the local org are in the way."""
    left = [row for row in status.rows if (row.problem or "").startswith(_DEPENDENT)]
    if target != LOCAL or not left:
        return None
    from sfgen.localorg import default_folder

    return (
        "the local org keeps what was deployed before; to start with an empty one, "
        f"delete {default_folder()}"
    )


def _assign(
    order: _Order, session: Session, status: DeployStatus, progress: Progress
) -> str | None:
    """Assign permission sets after a deploy that changed the org; return what went wrong."""
    if not order.assign or not status.success or status.check_only:
        return None
    from sfgen.org.records import Records

    try:
        with contextlib.closing(Records(session)) as records:
            for name in order.assign:
                done = "assigned" if records.assign_permission_set(name) else "is assigned already"
                progress.say(f"{order.target}: permission set {name} {done}")
    except SfgenError as error:
        return error.message
    finally:
        session.close()
    return None


def _how_to_go_on(running: _Running) -> str | None:
    if running.job_id is None:
        return None
    return f"the deploy may go on in the org: sfgen deploy resume --job-id {running.job_id}"


def _opener(
    target: str | None, api_version: str, local: Callable[[], Session] | None
) -> Callable[[], Session]:
    if target == LOCAL and local is not None:
        return local
    return lambda: open_session(target, api_version)


def _heed(under_way: list[_Running], progress: Progress) -> None:
    """Handle Ctrl-C; one that comes while the first is being sent counts as the second."""
    try:
        _interrupt(under_way, progress)
    except KeyboardInterrupt:
        _leave(under_way)


def _leave(under_way: list[_Running]) -> None:
    for running in under_way:
        running.stop.set()


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
def _local_org(request: Request) -> Iterator[Callable[[], Session] | None]:
    """Find the running local org, or run one during the deploy."""
    if LOCAL not in request.targets:
        yield None
        return
    from sfgen.deploy.local_session import local_session

    with local_session() as session:
        yield lambda: session
