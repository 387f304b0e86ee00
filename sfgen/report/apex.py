"""Results of Apex tests as text and JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sfgen.apex.testing.names import WHO_RAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sfgen.apex.testing.results import TestResult, TestRun

__all__ = ["describe_run", "render_json", "summary_line"]

_FRAME = 2
"""Lines of code shown around a failure."""
_LOW = 75.0


def _code_frame(run: TestRun, result: TestResult) -> Iterator[str]:
    """The lines around a failure, its own marked."""
    text = run.sources.get(result.file)
    if text is None or not result.line:
        return
    lines = text.splitlines()
    first = max(result.line - _FRAME, 1)
    for number in range(first, min(result.line + _FRAME, len(lines)) + 1):
        mark = ">" if number == result.line else " "
        yield f"      {mark} {number:4} | {lines[number - 1]}"


def _failures(run: TestRun) -> Iterator[str]:
    for result in run.results:
        if result.outcome == "passed":
            continue
        word = "UNSUPPORTED" if result.outcome == "unsupported" else "FAILED"
        yield f"{word}  {result.class_name}.{result.method}"
        yield f"    {result.message}"
        if result.file:
            yield f"    at {result.file}:{result.line}"
            yield from _code_frame(run, result)
        for frame in result.frames[:10]:
            yield f"      {frame}"
        yield ""


def _problems(run: TestRun) -> Iterator[str]:
    for problem in run.problems:
        yield f"PROBLEM  {problem.file}:{problem.line}:{problem.column}"
        yield f"    {problem.message}"
    if run.problems:
        yield ""


def _ranges(lines: Iterable[int]) -> str:
    """Line numbers with runs joined: `3-5, 9`."""
    parts: list[list[int]] = []
    for line in sorted(lines):
        if parts and line == parts[-1][1] + 1:
            parts[-1][1] = line
        else:
            parts.append([line, line])
    return ", ".join(f"{one}-{two}" if one != two else str(one) for one, two in parts)


def _coverage_table(run: TestRun) -> Iterator[str]:
    rows = [each for each in run.coverage if each.executable]
    if not rows:
        return
    width = max(len(each.name) for each in rows)
    yield f"{'Coverage':{width}}  lines  covered  missed"
    for each in rows:
        missed = set(each.executable) - each.executed
        shown = _ranges(missed)
        if len(shown) > 60:
            shown = f"{shown[:57].rpartition(',')[0]}, ..."
        yield f"{each.name:{width}}  {len(each.executable):5}  {each.percent:6.1f} %  {shown}"
    yield f"{'all':{width}}  {sum(len(e.executable) for e in rows):5}  {run.percent:6.1f} %"
    yield ""


def summary_line(run: TestRun) -> str:
    """Counts, time and coverage in one line."""
    counts = f"{run.count('passed')} passed, {run.count('failed')} failed"
    unsupported = run.count("unsupported")
    if unsupported:
        counts += f", {unsupported} unsupported"
    if run.problems:
        counts += f", {len(run.problems)} problems"
    return f"{counts} in {run.seconds:.2f} s; coverage {run.percent:.1f} %; {WHO_RAN}"


def describe_run(run: TestRun, *, coverage: bool = True) -> str:
    """The run as text: what failed and where, the coverage table, the summary."""
    lines = [*_problems(run), *_failures(run)]
    if coverage:
        lines += _coverage_table(run)
    if not run.results:
        lines.append("no Apex test was found")
    return "\n".join([*lines, summary_line(run)])


def _result_data(result: TestResult) -> dict[str, Any]:
    return {
        "class": result.class_name,
        "method": result.method,
        "outcome": result.outcome,
        "seconds": round(result.seconds, 4),
        "message": result.message or None,
        "file": result.file or None,
        "line": result.line or None,
        "stack": [str(frame) for frame in result.frames],
    }


def render_json(run: TestRun) -> str:
    """The run as JSON."""
    data = {
        "runBy": WHO_RAN,
        "passed": run.count("passed"),
        "failed": run.count("failed"),
        "unsupported": run.count("unsupported"),
        "seconds": round(run.seconds, 3),
        "coveragePercent": round(run.percent, 2),
        "tests": [_result_data(result) for result in run.results],
        "problems": [
            {
                "file": each.file,
                "line": each.line,
                "column": each.column,
                "message": each.message,
            }
            for each in run.problems
        ],
        "coverage": [
            {
                "class": each.name,
                "file": each.file,
                "lines": len(each.executable),
                "percent": round(each.percent, 2),
                "missed": sorted(set(each.executable) - each.executed),
            }
            for each in run.coverage
        ],
    }
    return json.dumps(data, indent=2)
