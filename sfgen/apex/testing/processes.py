"""Test classes spread over processes; this process runs classes too.

A worker is a fork of this process where the operating system has it: nothing is imported,
compiled or read twice, only the database is copied. Elsewhere it opens the project anew.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import threading
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sfgen.apex.testing.results import TestResult
from sfgen.apex.testing.worker_process import WorkerSettings, signals_wait, work
from sfgen.apex.watchdog import WATCHDOG

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from sfgen.apex.compiler.compiled import TestClass
    from sfgen.apex.testing.transactions import TestBench

    Plan = Sequence[tuple[TestClass, list[str]]]
    Gather = Callable[[list[TestResult]], None]

__all__ = ["run_in_processes"]

_WORTH_SPAWNING = 40
"""With fewer classes a process that opens the project anew costs more than it brings."""


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
        settings = WorkerSettings(
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
            process = context.Process(target=work, args=arguments, daemon=True)
            with warnings.catch_warnings(), signals_wait():
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
