"""A deploy as a Markdown summary of a pipeline's job, and its coverage as Cobertura XML."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sfgen.org import DeployStatus
    from sfgen.org.deploy_status import Coverage
    from sfgen.report.deploy import Outcome

#: GitHub takes a mebibyte; nobody reads more rows than these.
_MOST_ROWS = 200


def write_summary(outcomes: Sequence[Outcome]) -> str:
    """Write Markdown: a table of the orgs, then what each refused and which tests failed."""
    lines = [
        "## sfgen deploy",
        "",
        "| org | result | components | errors | tests | coverage |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]
    lines += [_row(outcome) for outcome in outcomes]
    for outcome in outcomes:
        lines += _details(outcome)
    return "\n".join(lines) + "\n"


def _row(outcome: Outcome) -> str:
    status = outcome.status
    if status is None:
        return f"| {_cell(outcome.target)} | not started | | | | |"
    kind = "validation: " if status.check_only else ""
    tests = f"{status.tests_done - status.test_errors} of {status.tests_total} passed"
    percent = percent_of(status)
    cells = [
        _cell(outcome.target),
        f"{kind}{status.status}",
        f"{status.components_done} of {status.components_total}",
        str(status.component_errors),
        tests if status.tests_total else "",
        "" if percent is None else f"{percent:.1f} %",
    ]
    return f"| {' | '.join(cells)} |"


def _details(outcome: Outcome) -> Iterator[str]:
    listed = outcome.entries
    failed = outcome.status.test_failures if outcome.status else ()
    reason = outcome.error or (outcome.status.error if outcome.status else None)
    if not listed and not failed and not reason:
        return
    yield from ("", f"### {_cell(outcome.target)}", "")
    if reason:
        yield from (_cell(reason), "")
    if listed or failed:
        yield from ("| where | what |", "| --- | --- |")
    rows = [f"| `{e.path}:{e.line}` | {e.severity}: {_cell(e.message)} |" for e in listed]
    rows += [f"| `{t.class_name}.{t.method}` | {_cell(t.message)} |" for t in failed]
    yield from rows[:_MOST_ROWS]
    if len(rows) > _MOST_ROWS:
        yield from ("", f"and {len(rows) - _MOST_ROWS} more")


def _cell(text: str) -> str:
    """Escape a text for a cell of a Markdown table."""
    one_line = " ".join(text.split())
    return one_line.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")


def percent_of(status: DeployStatus) -> float | None:
    """Return the lines that tests covered in percent, or nothing where none were counted."""
    lines = sum(each.lines for each in status.coverage)
    missed = sum(len(each.missed) for each in status.coverage)
    return 100 * (lines - missed) / lines if lines else None


def write_cobertura(
    status: DeployStatus, files: Mapping[str, str], executable: Mapping[str, Sequence[int]]
) -> str:
    """Write line coverage as Cobertura XML.

    An org names only the lines that no test reached, and counts the others. Where these are is
    known from the source; there are never more of them than the org has counted.

    Args:
        status: of a deploy that ran tests.
        files: the source file of each class and trigger, as seen from the project.
        executable: the lines of each that can be executed, by its name in lower case.
    """
    rate = (percent_of(status) or 0.0) / 100
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<coverage line-rate="{rate:.4f}" branch-rate="0" version="sfgen" timestamp="0">',
        "  <sources><source>.</source></sources>",
        f'  <packages><package name="apex" line-rate="{rate:.4f}" branch-rate="0" complexity="0">',
        "    <classes>",
    ]
    for each in status.coverage:
        file = files.get(each.name, each.name)
        lines += _class(each, file, executable.get(each.name.lower(), ()))
    return "\n".join([*lines, "    </classes>", "  </package></packages>", "</coverage>", ""])


def _class(each: Coverage, file: str, executable: Sequence[int]) -> Iterator[str]:
    rate = (each.lines - len(each.missed)) / each.lines if each.lines else 1.0
    yield (
        f"      <class name={quoteattr(each.name)} filename={quoteattr(file)} "
        f'line-rate="{rate:.4f}" branch-rate="0" complexity="0"><methods/><lines>'
    )
    covered = [line for line in executable if line not in each.missed]
    hits = dict.fromkeys(covered[: max(each.lines - len(each.missed), 0)], 1)
    hits.update(dict.fromkeys(each.missed, 0))
    for line in sorted(hits):
        yield f'        <line number="{line}" hits="{hits[line]}"/>'
    yield "      </lines></class>"
