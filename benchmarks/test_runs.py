"""``sfgen test`` as whole processes: cold, warm, after one change, and on public suites.

    python benchmarks/test_runs.py               the default generated project
    python benchmarks/test_runs.py DIR ...       other projects too, such as public suites

Processor time counts every process of a run; on a busy machine it says more than the clock.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BIN = Path(sys.executable).parent
_ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Cost:
    """One run: seconds on the clock and of processors, megabytes of the largest process."""

    wall: float
    processor: float
    memory: float
    last: str


def run(command: Sequence[str], cache: Path) -> Cost:
    """Run to the end; a test that fails is no fault of the run."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        raise SystemExit(output[-600:])
    lines = [line for line in output.splitlines() if " passed, " in line]
    processor = usage.ru_utime + usage.ru_stime
    return Cost(wall, processor, usage.ru_maxrss / 1024, lines[-1] if lines else "")


def show(name: str, costs: Sequence[Cost], bar: float | None = None) -> None:
    """One row: median and best of the clock, median of the processors' time, memory, the bar."""
    wall = statistics.median(each.wall for each in costs)
    best = min(each.wall for each in costs)
    processor = statistics.median(each.processor for each in costs)
    memory = max(each.memory for each in costs)
    verdict = "" if bar is None else f"<= {bar} s {'ok' if best <= bar else 'MISSED'}"
    print(f"{name:36}{wall:8.2f}{best:8.2f}{processor:8.2f}{memory:7.0f}  {verdict}")


def repeat(
    command: Sequence[str], cache: Path, rounds: int, prepare: Callable[[], object] | None = None
) -> list[Cost]:
    """Run several times, `prepare` before each."""
    costs = []
    for _ in range(rounds):
        if prepare is not None:
            prepare()
        costs.append(run(command, cache))
    return costs


def generated(work: Path) -> None:
    """The default generated project."""
    project, cache = work / "project", work / "cache"
    done = [str(BIN / "sfgen"), "init", str(project), "--defaults"]
    subprocess.run(done, check=True, capture_output=True)
    command = [str(BIN / "sfgen"), "test", str(project)]
    changed = project / "force-app/main/pusher/bridge/classes/PusherSignature.cls"
    text = changed.read_text("utf-8")

    def forget() -> None:
        shutil.rmtree(cache, ignore_errors=True)

    def change() -> None:
        changed.write_text(f"{text}// {time.monotonic()}\n", "utf-8")

    show("python -c pass", repeat([sys.executable, "-c", "pass"], cache, _ROUNDS))
    cold = repeat(command, cache, 3, forget)
    show("sfgen test, cold", cold, 3)
    show("sfgen test, one class changed", repeat(command, cache, 3, change))
    run(command, cache)
    show("sfgen test, warm", repeat(command, cache, _ROUNDS), 1)
    print(f"    {cold[-1].last}")


def suite(root: Path, work: Path) -> None:
    """Another project, cold and warm."""
    command = [str(BIN / "sfgen"), "test", str(root), "--no-coverage"]
    cache = work / "suite"
    shutil.rmtree(cache, ignore_errors=True)
    classes = sum(1 for path in root.rglob("*.cls"))
    cold = run(command, cache)
    # The bar is for a suite of 100 classes.
    bar = 30 * max(classes, 100) / 100
    show(f"{root.name} ({classes} classes), cold", [cold], bar)
    show(f"{root.name}, warm", [run(command, cache)], bar)
    print(f"    {cold.last}")


def main() -> None:
    """Print a row per case."""
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    print(f"{'':36}{'s':>8}{'best':>8}{'cpu s':>8}{'MB':>7}  bar")
    with tempfile.TemporaryDirectory() as folder:
        generated(Path(folder))
        for name in sys.argv[1:]:
            suite(Path(name), Path(folder))


if __name__ == "__main__":
    main()
