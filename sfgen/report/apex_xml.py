"""Results of Apex tests as JUnit and Cobertura XML."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from sfgen.apex.host import WHO_RAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.apex.host import FileCoverage, Problem, TestResult, TestRun

__all__ = ["render_cobertura", "render_junit"]


def render_junit(run: TestRun) -> str:
    """The run as JUnit XML; what is unsupported is an error, never a pass or a skip.

    So is what doesn't compile: a pipeline that reads only this file must see it.
    """
    failed, errors = run.count("failed"), run.count("unsupported") + len(run.problems)
    head = (
        f'tests="{len(run.results) + len(run.problems)}" failures="{failed}" errors="{errors}" '
        f'time="{run.seconds:.3f}"'
    )
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites {head}>",
        f'  <testsuite name="Apex" {head}>',
        f'    <properties><property name="runBy" value={quoteattr(WHO_RAN)}/></properties>',
    ]
    for problem in run.problems:
        lines.extend(_junit_problem(problem))
    for result in run.results:
        lines.extend(_junit_case(result))
    return "\n".join([*lines, "  </testsuite>", "</testsuites>", ""])


def _junit_problem(problem: Problem) -> Iterator[str]:
    name = f"{problem.file}:{problem.line}:{problem.column}"
    yield (
        f'    <testcase classname="compilation" name={quoteattr(name)} time="0" '
        f"file={quoteattr(problem.file)}>"
    )
    yield f"      <error message={_attribute(problem.message)}/>"
    yield "    </testcase>"


def _junit_case(result: TestResult) -> Iterator[str]:
    names = (
        f"classname={quoteattr(result.class_name)} name={quoteattr(result.method)} "
        f'time="{result.seconds:.3f}" file={quoteattr(result.file)}'
    )
    if result.outcome == "passed":
        yield f"    <testcase {names}/>"
        return
    tag = "failure" if result.outcome == "failed" else "error"
    trace = "&#10;".join(quoteattr(str(frame))[1:-1] for frame in result.frames)
    yield f"    <testcase {names}>"
    yield f"      <{tag} message={_attribute(result.message)}>{trace}</{tag}>"
    yield "    </testcase>"


def _attribute(text: str) -> str:
    """An attribute's value; characters that XML can't hold become question marks."""
    safe = "".join(each if each >= " " or each in "\t\n\r" else "?" for each in text)
    return quoteattr(safe)


def render_cobertura(run: TestRun) -> str:
    """Line coverage as Cobertura XML."""
    rows = [each for each in run.coverage if each.executable]
    rate = f"{run.percent / 100:.4f}"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<coverage line-rate="{rate}" branch-rate="0" version="sfgen" timestamp="0">',
        "  <sources><source>.</source></sources>",
        f'  <packages><package name="apex" line-rate="{rate}" branch-rate="0" complexity="0">',
        "    <classes>",
    ]
    for each in rows:
        lines.extend(_cobertura_class(each))
    return "\n".join([*lines, "    </classes>", "  </package></packages>", "</coverage>", ""])


def _cobertura_class(each: FileCoverage) -> Iterator[str]:
    yield (
        f"      <class name={quoteattr(each.name)} filename={quoteattr(each.file)} "
        f'line-rate="{each.percent / 100:.4f}" branch-rate="0" complexity="0"><methods/><lines>'
    )
    for line in each.executable:
        yield f'        <line number="{line}" hits="{int(line in each.executed)}"/>'
    yield "      </lines></class>"
