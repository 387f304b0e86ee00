"""A process that runs test classes for another: takes places of a plan, sends back results."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sfgen.apex.org import open_org
from sfgen.apex.testing.transactions import TestBench

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection

    from sfgen.apex.compiler.compiled import TestClass
    from sfgen.apex.conditions import OrgConditions
    from sfgen.apex.sources import ApexSources

    Plan = Sequence[tuple[TestClass, list[str]]]

__all__ = ["WorkerSettings", "signals_wait", "work"]

_SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]

_LOOK = 0.5
"""Seconds between two looks whether the parent is still there."""


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """What a spawned worker makes its bench of."""

    sources: ApexSources
    seed: int | None
    clock: dt.datetime | None
    conditions: OrgConditions
    faults: tuple[str, ...]


@contextlib.contextmanager
def signals_wait() -> Iterator[None]:
    """Keep signals back while a worker is made: it takes them as `work` says, not as we do."""
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


def work(
    pipe: Connection,
    plan: Plan,
    given: TestBench | WorkerSettings,
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


def _run_places(pipe: Connection, plan: Plan, given: TestBench | WorkerSettings) -> None:
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
