"""The orgs that are deployed to: all at once, canceled by Ctrl-C, their outcomes in order."""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from sfgen.deploy.job import Job
from sfgen.deploy.order import LOCAL
from sfgen.deploy.progress import open_progress
from sfgen.errors import UsageError
from sfgen.org import open_session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

    from sfgen.deploy.job import Task
    from sfgen.deploy.progress import Progress
    from sfgen.org import Session
    from sfgen.report.deploy import Outcome


def run_everywhere(
    targets: Sequence[str | None], task: Task, *, quiet: bool = False
) -> list[Outcome]:
    """Run a task in every org at the same time; the outcomes are in the targets' order.

    Raises:
        SfgenError: no org could be started with, because none of them is known here.
    """
    names = [str(target or "env") for target in targets]
    with (
        _local_org(targets) as local,
        open_progress(names, quiet=quiet) as progress,
        ThreadPoolExecutor(len(names), "deploy") as pool,
    ):
        jobs = [
            Job(name, task, _opener(target, task.api_version, local))
            for name, target in zip(names, targets, strict=True)
        ]
        outcomes = _wait([pool.submit(job.run, progress) for job in jobs], jobs, progress)
    refusals = [job.refusal for job in jobs if job.refusal is not None]
    if len(refusals) == len(jobs) and all(
        refusal.exit_code == UsageError.exit_code for refusal in refusals
    ):
        raise refusals[0]
    return outcomes


def _wait(
    futures: Sequence[Future[Outcome]], jobs: Sequence[Job], progress: Progress
) -> list[Outcome]:
    try:
        while any(not future.done() for future in futures):
            try:
                for future in futures:
                    future.exception()
            except KeyboardInterrupt:  # noqa: PERF203 - Ctrl-C may come more than once
                _cancel(jobs, progress)
    finally:
        # Whatever ended the wait: the pool can't close as long as a deploy is watched.
        _leave(jobs)
    return [future.result() for future in futures]


def _cancel(jobs: Sequence[Job], progress: Progress) -> None:
    """Cancel every deploy; a Ctrl-C while the first org is still being asked is the second one."""
    try:
        for job in jobs:
            job.cancel(progress)
    except KeyboardInterrupt:
        _leave(jobs)


def _leave(jobs: Sequence[Job]) -> None:
    for job in jobs:
        job.leave()


def _opener(
    target: str | None, api_version: str, local: Callable[[], Session] | None
) -> Callable[[], Session]:
    if target == LOCAL and local is not None:
        return local
    return lambda: open_session(target, api_version)


@contextlib.contextmanager
def _local_org(targets: Sequence[str | None]) -> Iterator[Callable[[], Session] | None]:
    """Find the running local org, or run one here as long as the deploy lasts."""
    if LOCAL not in targets:
        yield None
        return
    from sfgen.deploy.local_session import local_session

    with local_session() as session:
        yield lambda: session
