"""The result of a deploy: text, JSON and JUnit, with failures at their source files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sfgen.package.origins import locate
from sfgen.report.junit import Case, Suite
from sfgen.report.places import Entry
from sfgen.report.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sfgen.org import DeployRow, DeployStatus
    from sfgen.package import Package
    from sfgen.project import Project

RULE = "deploy"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a deploy to one org; ``status`` is None if it never started."""

    target: str
    status: DeployStatus | None
    error: str | None = None
    hint: str | None = None
    seconds: float = 0.0
    interrupted: bool = False
    entries: tuple[Entry, ...] = ()


def describe_deploys(outcomes: Sequence[Outcome], exit_code: int) -> Result:
    """Return what the deploys came to, in every form."""
    return Result(
        data={"deploys": [_as_json(outcome) for outcome in outcomes]},
        lines=(line for outcome in outcomes for line in _lines_of(outcome)),
        exit_code=exit_code,
        hint=next((outcome.hint for outcome in outcomes if outcome.hint), None),
        entries=[entry for outcome in outcomes for entry in outcome.entries],
        suites=lambda: [suite for outcome in outcomes for suite in _as_suites(outcome)],
    )


def failures_of(
    status: DeployStatus, package: Package | None, project: Project | None
) -> tuple[Entry, ...]:
    """List what the org refused, and what it warned of, at the place in the source."""
    return tuple(_entry(row, package, project) for row in status.rows if row.problem is not None)


def _entry(row: DeployRow, package: Package | None, project: Project | None) -> Entry:
    path, line = row.file or "package.xml", row.line or 1
    if package is not None and project is not None:
        found = locate(package, row.file, row.line, (row.type, row.name))
        if found is not None:
            path, line = project.relative(found[0]), found[1]
    name = f"{row.type} {row.name}: " if row.type else ""
    severity = "warning" if row.warning else "error"
    return Entry(path, line, row.column or 1, RULE, severity, f"{name}{row.problem}")  # type: ignore[arg-type]


def _as_json(outcome: Outcome) -> dict[str, Any]:
    """Write one org's part of ``--json``."""
    status = outcome.status
    shown: dict[str, Any] = {
        "target": outcome.target,
        "id": status.id if status else None,
        "status": status.status if status else "NotStarted",
        "done": bool(status and status.done),
        "success": bool(status and status.success),
        "seconds": round(outcome.seconds, 3),
        "error": outcome.error or (status.error if status else None),
        "hint": outcome.hint,
        "problems": [entry.as_json() for entry in outcome.entries],
    }
    if status is not None:
        shown |= {
            "checkOnly": status.check_only,
            "components": {
                "total": status.components_total,
                "deployed": status.components_done,
                "errors": status.component_errors,
            },
            "tests": {
                "total": status.tests_total,
                "passed": status.tests_done,
                "failed": status.test_errors,
                "runBy": status.detail,
                "failures": [
                    {
                        "class": test.class_name,
                        "method": test.method,
                        "message": test.message,
                        "stackTrace": test.stack_trace,
                    }
                    for test in status.test_failures
                ],
            },
            "coverageWarnings": list(status.coverage_warnings),
        }
    return shown


def _as_suites(outcome: Outcome) -> list[Suite]:
    """Write one org's components and tests as JUnit suites."""
    status = outcome.status
    if status is None:
        case = Case(outcome.target, "deploy", failure=outcome.error or "not started")
        return [Suite(f"{outcome.target}: deploy", [case])]
    refused = [
        Case(entry.path, f"{entry.path}:{entry.line}", failure=entry.message, detail=entry.message)
        for entry in outcome.entries
        if entry.severity == "error"
    ]
    taken = [
        Case(row.type or "Package", row.name, 0.0) for row in status.rows if row.problem is None
    ]
    if not status.success and not refused and not status.test_failures:
        refused = [Case(outcome.target, "deploy", failure=status.error or status.status)]
    tests = [Case(name, method, ms / 1000) for name, method, ms in status.test_successes]
    tests += [
        Case(t.class_name, t.method, failure=t.message, detail=t.stack_trace)
        for t in status.test_failures
    ]
    suites = [Suite(f"{outcome.target}: components", [*refused, *taken])]
    return [*suites, Suite(f"{outcome.target}: Apex tests", tests)] if tests else suites


def summary(status: DeployStatus) -> str:
    """Return the status of a deploy in one line."""
    verb = "validated" if status.check_only else "deployed"
    parts = [f"{status.components_done} of {status.components_total} components {verb}"]
    if status.component_errors:
        parts.append(f"{status.component_errors} failed")
    if status.tests_total or status.test_errors:
        parts.append(f"{status.tests_done} of {status.tests_total} tests passed")
    return f"{status.status}: {', '.join(parts)}"


def _lines_of(outcome: Outcome) -> Iterator[str]:
    """Write what a person needs to see: failures first, then one line."""
    status = outcome.status
    for entry in outcome.entries:
        yield f"{entry.path}:{entry.line}:{entry.column}: {entry.severity}: {entry.message}"
    if status is None:
        yield f"{outcome.target}: not deployed: {outcome.error}"
        if outcome.hint:
            yield f"hint: {outcome.hint}"
        return
    for test in status.test_failures:
        yield f"{test.class_name}.{test.method}: {test.message}"
        if test.stack_trace:
            yield f"    {test.stack_trace}"
    yield from (f"coverage: {warning}" for warning in status.coverage_warnings)
    if status.error:
        yield f"{outcome.target}: {status.error}"
    if outcome.error:
        yield f"{outcome.target}: {outcome.error}"
    yield f"{outcome.target}: {summary(status)} ({outcome.seconds:.1f} s)"
    if status.detail:
        yield f"{outcome.target}: {status.detail}"
    if outcome.hint:
        yield f"hint: {outcome.hint}"
    if not status.done:
        yield f"the deploy goes on in the org: sfgen deploy resume --job-id {status.id}"
