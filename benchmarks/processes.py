"""Time and memory of whole processes: medians of several rounds, round-robin over all commands."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Case:
    """One command to measure; ``prepare`` runs before each round and is not measured."""

    name: str
    command: Sequence[str]
    cwd: Path | None = None
    prepare: Callable[[], object] | None = None
    environment: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """Median and best wall time and median processor time in milliseconds, peak memory in MB.

    Processor time (user and system) is the second witness: other work on the machine adds to it
    far less than to wall time.
    """

    name: str
    median: float
    best: float
    processor: float
    memory: float


def measure(cases: Sequence[Case], rounds: int = 7) -> list[Measure]:
    """Run every case once to warm up, then ``rounds`` times in turn."""
    walls: dict[str, list[float]] = {case.name: [] for case in cases}
    processor: dict[str, list[float]] = {case.name: [] for case in cases}
    memory: dict[str, float] = {}
    for number in range(rounds + 1):
        for case in cases:
            wall, used, peak = _run(case)
            if number:
                walls[case.name].append(wall)
                processor[case.name].append(used)
            memory[case.name] = max(memory.get(case.name, 0), peak)
    return [
        Measure(
            name,
            statistics.median(times),
            min(times),
            statistics.median(processor[name]),
            memory[name],
        )
        for name, times in walls.items()
    ]


def _run(case: Case) -> tuple[float, float, float]:
    if case.prepare:
        case.prepare()
    began = time.perf_counter()
    process = subprocess.Popen(
        list(case.command),
        cwd=case.cwd,
        env=dict(case.environment) if case.environment else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = (time.perf_counter() - began) * 1000
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{case.name} failed: {errors.decode(errors='replace')[-600:]}")
    return wall, (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss / 1024


def show(title: str, measures: Sequence[Measure], floor: str, bars: Mapping[str, float]) -> None:
    """Print a table with each case's ratio to the floor, and the bar where there is one."""
    base = next(m.median for m in measures if m.name == floor)
    load = os.getloadavg()[0]
    print(f"\n{title} (floor: {floor}; load {load:.1f}; median of several rounds)")
    print(f"{'':44}{'ms':>8}{'best':>8}{'CPU':>8}{'x floor':>9}{'MB':>7}  bar")
    for m in measures:
        bar = bars.get(m.name)
        ratio = m.median / base
        verdict = "" if bar is None else f"<= {bar} x {'ok' if ratio <= bar else 'MISSED'}"
        times = f"{m.median:8.0f}{m.best:8.0f}{m.processor:8.0f}"
        print(f"{m.name:44}{times}{ratio:9.2f}{m.memory:7.0f}  {verdict}")
