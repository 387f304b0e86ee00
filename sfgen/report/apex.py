"""Results of Apex tests as text and JSON."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import click

from sfgen.apex.host import WHO_RAN
from sfgen.report.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sfgen.apex.host import TestResult, TestRun

__all__ = ["describe_tests"]

_FRAME = 2
"""Lines of code shown around a failure."""
_FRAMES = 10
"""Stack frames shown."""
_LOW = 75.0
"""Percent that a deploy to production asks for."""


def _code_frame(run: TestRun, place: tuple[str, int, int], width: int) -> Iterator[str]:
    """The lines around a file's line, its own marked; a caret under the column, if it has one."""
    file, line, column = place
    text = run.sources.get(file)
    if text is None or not line:
        return
    lines = text.expandtabs(4).splitlines()
    first = max(line - _FRAME, 1)
    chosen = lines[first - 1 : line + _FRAME]
    indent = min((len(each) - len(each.lstrip()) for each in chosen if each.strip()), default=0)
    for number, code in enumerate(chosen, first):
        mark = ">" if number == line else " "
        shown = f"  {mark} {number:4} | {code[indent:]}".rstrip()
        yield f"{shown[: width - 1]}\u2026" if len(shown) > width else shown
        if number == line and column > indent and 11 + column - indent <= width:
            yield f"         | {' ' * (column - 1 - indent)}^"


def _wrapped(text: str, width: int) -> Iterator[str]:
    """A message's lines, indented, broken between words."""
    for line in text.splitlines():
        yield from textwrap.wrap(
            line, width, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
        ) or [""]


def _failures(run: TestRun, width: int) -> Iterator[str]:
    for result in run.results:
        if result.outcome == "passed":
            continue
        unsupported = result.outcome == "unsupported"
        word = _coloured("UNSUPPORTED", "yellow") if unsupported else _coloured("FAILED", "red")
        yield f"{word}  {result.class_name}.{result.method}"
        yield from _wrapped(result.message, width)
        if result.file:
            yield f"  at {result.file}:{result.line}"
            yield from _code_frame(run, (result.file, result.line, 0), width)
        for frame in result.frames[:_FRAMES]:
            yield f"    {frame}"
        yield ""


def _problems(run: TestRun, width: int) -> Iterator[str]:
    for problem in run.problems:
        yield f"{_coloured('PROBLEM', 'red')}  {problem.file}:{problem.line}:{problem.column}"
        yield from _wrapped(problem.message, width)
        yield from _code_frame(run, (problem.file, problem.line, problem.column), width)
        yield ""


def _coloured(text: str, colour: str) -> str:
    return click.style(text, fg=colour, bold=True)


def _ranges(lines: Iterable[int]) -> str:
    """Line numbers with runs joined: `3-5, 9`."""
    parts: list[list[int]] = []
    for line in sorted(lines):
        if parts and line == parts[-1][1] + 1:
            parts[-1][1] = line
        else:
            parts.append([line, line])
    return ", ".join(f"{one}-{two}" if one != two else str(one) for one, two in parts)


def _coverage_table(run: TestRun, width: int) -> Iterator[str]:
    """A row per class and trigger; lines that no test executed are named."""
    rows = [each for each in run.coverage if each.executable]
    if not rows:
        return
    name = max(len(each.name) for each in rows)
    room = max(width - name - 19, 12)
    yield f"{'Coverage':{name}}  lines  covered  not executed"
    for each in rows:
        missed = _ranges(set(each.executable) - each.executed)
        if len(missed) > room:
            missed = f"{missed[: room - 5].rpartition(',')[0]}, ..."
        row = f"{each.name:{name}}  {len(each.executable):5}  {each.percent:5.1f} %  {missed}"
        yield _coloured(row.rstrip(), "yellow") if each.percent < _LOW else row.rstrip()
    yield f"{'all':{name}}  {sum(len(e.executable) for e in rows):5}  {run.percent:5.1f} %"
    yield ""


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _summary(run: TestRun) -> str:
    """Counts, time and coverage in one line."""
    counts = f"{run.count('passed')} passed, {run.count('failed')} failed"
    unsupported = run.count("unsupported")
    if unsupported:
        counts += f", {unsupported} unsupported"
    if run.problems:
        counts += f", {_counted(len(run.problems), 'problem')}"
    return f"{counts} in {run.seconds:.2f} s; coverage {run.percent:.1f} %"


def describe_tests(
    run: TestRun, hint: str | None = None, *, coverage: bool = True, width: int = 80
) -> Result:
    """Return a run of tests in every form.

    Args:
        run: what was run.
        hint: what helps against the failures.
        coverage: whether the text begins with the table of coverage.
        width: columns of the text.
    """
    lines = _write_text(run, coverage=coverage, width=width)
    return Result(_as_json(run), lines, exit_code=0 if run.passed else 1, hint=hint)


def _write_text(run: TestRun, *, coverage: bool, width: int) -> Iterator[str]:
    """Write coverage, what is wrong and where, the summary."""
    if coverage and run.results:
        yield from _coverage_table(run, width)
    yield from _problems(run, width)
    yield from _failures(run, width)
    if not run.results:
        yield "no Apex test was found"
    yield _coloured(_summary(run), "green" if run.passed else "red")
    yield WHO_RAN


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


def _as_json(run: TestRun) -> dict[str, Any]:
    return {
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
