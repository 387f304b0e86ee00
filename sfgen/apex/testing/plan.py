"""Which tests run; their results and coverage gathered."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from sfgen.apex.org import Org, open_org
from sfgen.apex.testing.processes import run_in_processes
from sfgen.apex.testing.results import FileCoverage, TestResult, TestRun
from sfgen.apex.testing.transactions import TestBench

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterable, Sequence

    from sfgen.apex.compiler.compiled import TestClass

__all__ = ["plan_tests", "run_plan"]

_SMALL = 3
"""With fewer classes than this a second process costs more than it brings."""


def plan_tests(
    org: Org, filters: Iterable[str] = (), classes: Collection[str] | None = None
) -> list[tuple[TestClass, list[str]]]:
    """The test classes and methods to run; a filter is `Class`, `Class.method` or a part of one.

    With `classes` only test classes of these names are looked at.
    """
    wanted = [each.lower() for each in filters]
    found: list[tuple[TestClass, list[str]]] = []
    for unit in org.program.units:
        for test in unit.tests:
            if classes is not None and test.name not in classes:
                continue
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

    if not org.database.store.in_memory:
        # Tests leave records that are kept in a file alone.
        kept, org = org, open_org(org.sources, conditions=org.database.data.conditions)
        org.database.data.faults = kept.faults
    bench = TestBench(org, seed=seed, clock=clock)
    if count < 2 or len(plan) < _SMALL:
        for test, names in plan:
            gather(bench.run_class(test, names))
    else:
        run_in_processes(bench, plan, count, gather)
    return TestRun(
        results=tuple(sorted(results, key=lambda each: each.class_name.lower())),
        coverage=tuple(_coverage(org)),
        problems=tuple(org.program.problems),
        seconds=time.perf_counter() - begin,
        sources=org.sources.apex,
    )


def _coverage(org: Org) -> Iterable[FileCoverage]:
    """The coverage of every file that is no test, by name."""
    for unit in sorted(org.program.units, key=lambda each: each.name.lower()):
        if unit.is_test or unit.code is None:
            continue
        marks = org.program.coverage[unit.file]
        executed = frozenset(line for line in unit.executable if marks[line])
        yield FileCoverage(unit.file, unit.name, unit.executable, executed)
