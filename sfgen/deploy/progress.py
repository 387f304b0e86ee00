"""Shows deploys under way: bars on a terminal, one line per change elsewhere."""

from __future__ import annotations

import contextlib
import sys
import threading
from typing import TYPE_CHECKING, Protocol

import click

from sfgen.report.deploy import summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from sfgen.org import DeployStatus


class Progress(Protocol):
    """Interface through which threads report progress."""

    def show(self, target: str, status: DeployStatus) -> None:
        """Show a target's status."""

    def say(self, text: str) -> None:
        """Show a line."""


class _Lines:
    """One line per change, for logs."""

    def __init__(self, names: list[str], *, quiet: bool) -> None:
        del names
        self._quiet = quiet
        self._lock = threading.Lock()

    def show(self, target: str, status: DeployStatus) -> None:
        if not self._quiet and not status.done:
            self.say(f"{target}: {summary(status)}")

    def say(self, text: str) -> None:
        with self._lock:
            click.echo(text, err=True)


class _Bars:
    """One bar per target."""

    def __init__(self, names: list[str], bars: Bars) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {name: bars.add_task(name, total=None) for name in names}

    def show(self, target: str, status: DeployStatus) -> None:
        task = self._tasks.get(target)
        if task is None:
            return
        tests = f" {status.tests_done}/{status.tests_total} tests" if status.tests_total else ""
        self._bars.update(
            task,
            total=status.components_total + status.tests_total or None,
            completed=status.components_done + status.tests_done,
            description=f"{target} {status.status}{tests}",
        )

    def say(self, text: str) -> None:
        self._bars.console.print(text, highlight=False, markup=False)


@contextlib.contextmanager
def open_progress(names: list[str], *, quiet: bool) -> Iterator[Progress]:
    """Show progress on stderr during the block; ``quiet`` shows only notices."""
    if quiet or not sys.stderr.isatty():
        yield _Lines(names, quiet=quiet)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        yield _Bars(names, bars)
