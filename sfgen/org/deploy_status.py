"""The status of a deploy request, read from the Metadata API's ``deployResult``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

#: Statuses that are an end even where ``done`` is missing; any other is "still running".
_ENDS: Final = frozenset({"Succeeded", "SucceededPartial", "Failed", "Canceled"})


@dataclass(frozen=True, slots=True)
class DeployRow:
    """The result for one component; ``file`` is its name in the package."""

    type: str
    name: str
    file: str
    problem: str | None
    warning: bool
    line: int | None
    column: int | None
    created: bool
    changed: bool
    deleted: bool


@dataclass(frozen=True, slots=True)
class TestFailure:
    """An Apex test method that failed."""

    __test__ = False

    class_name: str
    method: str
    message: str
    stack_trace: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Coverage of a class or trigger: number of lines, and the lines that no test reached."""

    name: str
    lines: int
    missed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DeployStatus:
    """The status of a deploy request; times are in milliseconds."""

    id: str
    status: str
    done: bool
    success: bool
    check_only: bool
    components_total: int
    components_done: int
    component_errors: int
    tests_total: int
    tests_done: int
    test_errors: int
    detail: str | None
    error: str | None
    rows: tuple[DeployRow, ...]
    test_failures: tuple[TestFailure, ...]
    test_successes: tuple[tuple[str, str, float], ...]
    coverage_warnings: tuple[str, ...]
    coverage: tuple[Coverage, ...] = ()

    @property
    def failures(self) -> list[DeployRow]:
        """The rows of components that failed."""
        return [row for row in self.rows if row.problem and not row.warning]


def status_of(job_id: str, result: dict[str, Any]) -> DeployStatus:
    """Parse a ``deployResult``, whose numbers, flags and lists of one come in several forms."""
    status = str(result.get("status", "Unknown"))
    done = _truth(result.get("done")) or status in _ENDS
    details = result.get("details") or {}
    tests = details.get("runTestResult") or {}
    return DeployStatus(
        id=str(result.get("id") or job_id),
        status=status,
        done=done,
        # Success is said twice, or it isn't one: by the flag and by the end.
        success=done and _truth(result.get("success")),
        check_only=_truth(result.get("checkOnly")),
        components_total=_number(result.get("numberComponentsTotal")),
        components_done=_number(result.get("numberComponentsDeployed")),
        component_errors=_number(result.get("numberComponentErrors")),
        tests_total=_number(result.get("numberTestsTotal")),
        tests_done=_number(result.get("numberTestsCompleted")),
        test_errors=_number(result.get("numberTestErrors")),
        detail=result.get("stateDetail"),
        error=result.get("errorMessage"),
        rows=tuple(
            _row(row)
            for key in ("componentFailures", "componentSuccesses")
            for row in _listed(details.get(key))
        ),
        test_failures=tuple(
            TestFailure(
                str(row.get("name", "")),
                str(row.get("methodName", "")),
                str(row.get("message", "")),
                str(row.get("stackTrace") or ""),
            )
            for row in _listed(tests.get("failures"))
        ),
        test_successes=tuple(
            (str(r.get("name", "")), str(r.get("methodName", "")), float(r.get("time") or 0))
            for r in _listed(tests.get("successes"))
        ),
        coverage_warnings=tuple(
            str(row.get("message", "")) for row in _listed(tests.get("codeCoverageWarnings"))
        ),
        coverage=tuple(_coverage(row) for row in _listed(tests.get("codeCoverage"))),
    )


def _coverage(row: dict[str, Any]) -> Coverage:
    missed = sorted(_number(place.get("line")) for place in _listed(row.get("locationsNotCovered")))
    return Coverage(str(row.get("name", "")), _number(row.get("numLocations")), tuple(missed))


def _row(row: dict[str, Any]) -> DeployRow:
    problem = row.get("problem")
    return DeployRow(
        type=str(row.get("componentType") or ""),
        name=str(row.get("fullName") or ""),
        file=str(row.get("fileName") or ""),
        problem=str(problem) if problem else None,
        warning=row.get("problemType") == "Warning",
        line=_number(row.get("lineNumber")) or None,
        column=_number(row.get("columnNumber")) or None,
        created=_truth(row.get("created")),
        changed=_truth(row.get("changed")),
        deleted=_truth(row.get("deleted")),
    )


def _listed(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        return [value]
    return [row for row in value or () if isinstance(row, dict)]


def _truth(value: Any) -> bool:
    return value is True or value == "true"


def _number(value: Any) -> int:
    try:
        return int(value or 0)
    except (TypeError, ValueError):
        return 0
