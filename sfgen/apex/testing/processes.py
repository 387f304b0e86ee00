"""Test classes spread over processes; this process runs classes too.

A worker is a fork of this process where the operating system has it: nothing is imported,
compiled or read twice, only the database is copied. Elsewhere it opens the project anew.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
import time
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sfgen.apex.org import open_org
from sfgen.apex.testing.results import TestResult
from sfgen.apex.testing.transactions import TestBench
from sfgen.apex.watchdog import WATCHDOG

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from sfgen.apex.compiler.compiled import TestClass
    from sfgen.apex.conditions import OrgConditions
    from sfgen.apex.sources import ApexSources

    Plan = Sequence[tuple[TestClass, list[str]]]
    Gather = Callable[[list[TestResult]], None]

__all__ = ["run_in_processes"]

_SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]

_LOOK = 0.5
"""Seconds between two looks whether the parent is still there."""

_WORTH_SPAWNING = 40
"""With fewer classes a process that opens the project anew costs more than it brings."""


@dataclass(frozen=True, slots=True)
class _Settings:
    """What a spawned worker makes its bench of."""

    sources: ApexSources
    seed: int | None
    clock: dt.datetime | None
    conditions: OrgConditions
    faults: tuple[str, ...]


@dataclass(slots=True)
class _Worker:
    """A process, this end of its pipe, and the place of the class that it runs."""

    process: BaseProcess
    pipe: Connection
    place: int | None = None


class _Crew:
    """The workers, what is left to run, and who hears the results."""

    def __init__(self, bench: TestBench, plan: Plan, gather: Gather) -> None:
        self.bench = bench
        self.plan = plan
        self.gather = gather
        self.left = list(range(len(plan) - 1, -1, -1))
        self.workers: list[_Worker] = []

    def hire(self, count: int) -> None:
        """Start `count` workers, each with its first class."""
        can_fork = _can_fork()
        context: Any = multiprocessing.get_context("fork" if can_fork else "spawn")
        org = self.bench.org
        settings = _Settings(
            org.sources,
            self.bench.seed,
            self.bench.clock,
            org.database.data.conditions,
            org.faults.active,
        )
        for _ in range(count):
            here, there = context.Pipe()
            given = self.bench if can_fork else settings
            # A fork holds our ends too; a pipe with an end somewhere never says that we are gone.
            ours = [here, *(each.pipe for each in self.workers)] if can_fork else []
            arguments = (there, self.plan, given, ours, os.getpid())
            process = context.Process(target=_work, args=arguments, daemon=True)
            with warnings.catch_warnings(), _signals_wait():
                # Python 3.12 warns of any second thread; the watchdog's holds no lock.
                warnings.simplefilter("ignore", DeprecationWarning)
                process.start()
            there.close()
            worker = _Worker(process, here)
            self.workers.append(worker)
            self._send(worker)

    def _send(self, worker: _Worker) -> None:
        """Hand the worker its next class, or the end."""
        worker.place = self.left.pop() if self.left else None
        try:
            worker.pipe.send(worker.place)
        except OSError:
            self._bury(worker)
            return
        if worker.place is None:
            self._part(worker)

    def listen(self, *, wait: bool) -> None:
        """Take what workers have sent; with `wait` at least one of them."""
        pipes = [worker.pipe for worker in self.workers]
        ready = multiprocessing.connection.wait(pipes, None if wait else 0)
        for worker in [each for each in self.workers if each.pipe in ready]:
            try:
                found, marks = worker.pipe.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            self.gather(found)
            self._cover(marks)
            self._send(worker)

    def _cover(self, marks: dict[str, bytes]) -> None:
        for file, executed in marks.items():
            known = self.bench.org.program.coverage[file]
            for line, mark in enumerate(executed):
                if mark:
                    known[line] = 1

    def _bury(self, worker: _Worker) -> None:
        """A worker that the operating system ended: what it was running has failed."""
        place = worker.place
        self._part(worker)
        if place is None:
            return
        test, names = self.plan[place]
        message = f"the process that ran the class ended with {worker.process.exitcode}"
        lines = dict(test.methods)
        file = self.bench.org.file_of(test.name)
        self.gather(
            [
                TestResult(test.name, name, "failed", 0.0, message, (), file, lines[name])
                for name in names
            ]
        )

    def _part(self, worker: _Worker) -> None:
        self.workers.remove(worker)
        worker.pipe.close()
        worker.process.join()

    def dismiss(self) -> None:
        """End workers that are still there: something went wrong here."""
        for worker in self.workers:
            worker.process.terminate()
            worker.process.join()
            worker.pipe.close()


def _can_fork() -> bool:
    """Whether a fork is safe: there is one, and no thread but ours that could hold a lock."""
    others = {each.name for each in threading.enumerate()} - {WATCHDOG}
    return "fork" in multiprocessing.get_all_start_methods() and len(others) == 1


def run_in_processes(bench: TestBench, plan: Plan, count: int, gather: Gather) -> None:
    """Run the plan's classes on `count` processes, this one among them.

    `gather` hears the results of each class as they come in; coverage is added to the bench's.
    """
    crew = _Crew(bench, plan, gather)
    try:
        if _can_fork() or len(plan) >= _WORTH_SPAWNING:
            crew.hire(count - 1)
        while crew.left:
            gather(bench.run_class(*plan[crew.left.pop()]))
            crew.listen(wait=False)
        while crew.workers:
            crew.listen(wait=True)
    finally:
        crew.dismiss()


@contextlib.contextmanager
def _signals_wait() -> Iterator[None]:
    """Keep signals back while a worker is made: it takes them as `_work` says, not as we do."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with(parent: int) -> None:
    """End this worker as soon as its parent is gone, whatever it runs."""
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)


def _work(
    pipe: Connection,
    plan: Plan,
    given: TestBench | _Settings,
    foreign: Sequence[Connection],
    parent: int,
) -> None:
    """Run the classes whose places come through the pipe, until None or the parent's end comes."""
    for each in foreign:
        each.close()
    for number in _SIGNALS:
        # Ctrl-C reaches the parent too, which ends its workers.
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    if os.name == "posix":
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    try:
        _run_places(pipe, plan, given)
    except (EOFError, OSError):
        os._exit(1)  # nobody is left to hear of it


def _run_places(pipe: Connection, plan: Plan, given: TestBench | _Settings) -> None:
    if isinstance(given, TestBench):
        # SQLite warns of forked connections because of a file's locks; this one has no file.
        bench = given
    else:
        org = open_org(given.sources, conditions=given.conditions)
        for name in given.faults:
            org.faults.set(name)
        bench = TestBench(org, seed=given.seed, clock=given.clock)
    coverage = bench.org.program.coverage
    while True:
        place = pipe.recv()
        if place is None:
            return
        for marks in coverage.values():
            marks[:] = bytes(len(marks))
        found = bench.run_class(*plan[place])
        pipe.send((found, {file: bytes(marks) for file, marks in coverage.items() if any(marks)}))
