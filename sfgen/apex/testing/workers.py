"""Test classes spread over processes; coverage and results gathered."""

from __future__ import annotations

import multiprocessing
import os
import time
from typing import TYPE_CHECKING, Any

from sfgen.apex.org import Org, open_org
from sfgen.apex.testing.results import FileCoverage, TestResult, TestRun
from sfgen.apex.testing.transactions import TestBench

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence

    from sfgen.apex.compiler.units import TestClass
    from sfgen.apex.sources import ApexSources

__all__ = ["plan_tests", "run_plan"]

_bench: TestBench | None = None
_SMALL = 3
"""With fewer classes than this a second process costs more than it brings."""


def plan_tests(org: Org, filters: Iterable[str] = ()) -> list[tuple[TestClass, list[str]]]:
    """The test classes and methods to run; a filter is `Class`, `Class.method` or a part of one."""
    wanted = [each.lower() for each in filters]
    found: list[tuple[TestClass, list[str]]] = []
    for unit in org.program.units:
        for test in unit.tests:
            names = [name for name, _ in test.methods]
            if wanted:
                names = [
                    name
                    for name in names
                    if any(each in f"{test.name}.{name}".lower() for each in wanted)
                ]
            if names:
                found.append((test, names))
    return sorted(found, key=lambda each: each[0].name.lower())


def run_plan(
    sources: ApexSources,
    plan: Sequence[tuple[TestClass, list[str]]],
    org: Org,
    *,
    processes: int | None = None,
    seed: int | None = None,
    clock: dt.datetime | None = None,
    on_class: Callable[[list[TestResult]], None] | None = None,
) -> TestRun:
    """Run the planned tests on up to `processes` processes (as many as there are processors).

    `on_class` hears the results of every class as they come in.
    """
    begin = time.perf_counter()
    count = min(processes or os.cpu_count() or 1, len(plan))
    results: list[TestResult] = []

    def gather(found: list[TestResult]) -> None:
        results.extend(found)
        if on_class is not None:
            on_class(found)

    if count < 2 or len(plan) < _SMALL:
        bench = TestBench(org, seed=seed, clock=clock)
        for test, names in plan:
            gather(bench.run_class(test, names))
    else:
        _run_parallel(sources, plan, org, count, (seed, clock), gather)
    return TestRun(
        results=tuple(sorted(results, key=lambda each: (each.class_name.lower(), each.line))),
        coverage=tuple(_coverage(org)),
        problems=tuple(org.program.problems),
        seconds=time.perf_counter() - begin,
        sources=sources.apex,
    )


def _run_parallel(
    sources: ApexSources,
    plan: Sequence[tuple[TestClass, list[str]]],
    org: Org,
    count: int,
    settings: tuple[int | None, dt.datetime | None],
    gather: Callable[[list[TestResult]], None],
) -> None:
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    with context.Pool(count, _start_worker, (sources, settings)) as pool:
        for found, marks in pool.imap_unordered(_run_one, plan, chunksize=1):
            gather(found)
            for file, executed in marks.items():
                known = org.program.coverage[file]
                for line, mark in enumerate(executed):
                    if mark:
                        known[line] = 1


def _start_worker(sources: ApexSources, settings: tuple[int | None, dt.datetime | None]) -> None:
    """Give the process an org of its own: a database can't be shared."""
    global _bench  # noqa: PLW0603 - a process has one bench
    seed, clock = settings
    _bench = TestBench(open_org(sources), seed=seed, clock=clock)


def _run_one(planned: tuple[TestClass, list[str]]) -> tuple[list[TestResult], dict[str, Any]]:
    """Run a class in the worker; its results and the lines it executed."""
    if _bench is None:
        raise RuntimeError("the worker has not been started")
    coverage = _bench.org.program.coverage
    for marks in coverage.values():
        marks[:] = bytes(len(marks))
    found = _bench.run_class(*planned)
    return found, {file: bytes(marks) for file, marks in coverage.items() if any(marks)}


def _coverage(org: Org) -> Iterable[FileCoverage]:
    """The coverage of every file that is no test, by name."""
    for unit in sorted(org.program.units, key=lambda each: each.name.lower()):
        if unit.is_test or unit.code is None:
            continue
        marks = org.program.coverage[unit.file]
        executed = frozenset(line for line in unit.executable if marks[line])
        yield FileCoverage(unit.file, unit.name, unit.executable, executed)
