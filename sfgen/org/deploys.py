"""The Metadata REST API's deploy resource: start, look, cancel, quick deploy."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Final

from sfgen.errors import OrgError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.org.session import Session

_BOUNDARY: Final = "sfgen-7d1f4c2e9b"
#: Statuses that are an end even where ``done`` is missing; any other is "still running".
_ENDS: Final = frozenset({"Succeeded", "SucceededPartial", "Failed", "Canceled"})


@dataclass(frozen=True, slots=True)
class DeployRow:
    """What became of one component; ``file`` is its name in the package."""

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
class DeployStatus:
    """Where a deploy request stands; times in milliseconds."""

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

    @property
    def failures(self) -> list[DeployRow]:
        """The rows of components that were refused."""
        return [row for row in self.rows if row.problem and not row.warning]


@dataclass(frozen=True, slots=True)
class StartOptions:
    """What a deploy is asked to do."""

    check_only: bool = False
    test_level: str | None = None
    tests: tuple[str, ...] = ()
    rollback_on_error: bool = True
    ignore_warnings: bool = False
    purge_on_delete: bool = False

    def as_json(self) -> dict[str, Any]:
        """Write ``deployOptions``; what isn't set is left to the org."""
        written: dict[str, Any] = {
            "rollbackOnError": self.rollback_on_error,
            "ignoreWarnings": self.ignore_warnings,
            "checkOnly": self.check_only,
            "singlePackage": True,
            "purgeOnDelete": self.purge_on_delete,
        }
        if self.tests:
            written["runTests"] = list(self.tests)
        if self.test_level:
            written["testLevel"] = self.test_level
        return written


class _Multipart:
    """The two parts of a deploy request, read from the file while they are sent."""

    def __init__(self, archive: IO[bytes], options: StartOptions) -> None:
        body = json.dumps({"deployOptions": options.as_json()})
        self._head = (
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="json"\r\n'
            f"Content-Type: application/json\r\n\r\n{body}\r\n--{_BOUNDARY}\r\n"
            'Content-Disposition: form-data; name="file"; filename="package.zip"\r\n'
            "Content-Type: application/zip\r\n\r\n"
        ).encode()
        self._tail = f"\r\n--{_BOUNDARY}--\r\n".encode()
        self._archive = archive
        self._size = archive.seek(0, os.SEEK_END)

    def __len__(self) -> int:
        return len(self._head) + self._size + len(self._tail)

    def __iter__(self) -> Iterator[bytes]:
        self._archive.seek(0)
        yield self._head
        while chunk := self._archive.read(64 * 1024):
            yield chunk
        yield self._tail


def start_deploy(session: Session, archive: IO[bytes], options: StartOptions) -> str:
    """Send a package and return the id of the deploy request.

    Raises:
        OrgError: refused; ``UncertainError`` when the request may have started all the same.
    """
    body = session.send(
        "POST",
        f"{session.data}/metadata/deployRequest",
        data=_Multipart(archive, options),
        headers={"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"},
    )
    return _id_of(session, body)


def quick_deploy(session: Session, validated_id: str) -> str:
    """Deploy what a validation has proved, and return the new request's id."""
    body = session.send(
        "POST",
        f"{session.data}/metadata/deployRequest",
        json={"validatedDeployRequestId": validated_id},
    )
    return _id_of(session, body)


def cancel_deploy(session: Session, job_id: str) -> None:
    """Ask the org to cancel a request; it may take a while, or be too late."""
    session.send(
        "PATCH",
        f"{session.data}/metadata/deployRequest/{job_id}",
        json={"deployResult": {"status": "Canceling"}},
    )


def read_deploy(session: Session, job_id: str, *, details: bool = True) -> DeployStatus:
    """Ask where a request stands.

    Raises:
        OrgError: unknown id, or an answer without a result.
    """
    shown = "true" if details else "false"
    url = f"{session.data}/metadata/deployRequest/{job_id}?includeDetails={shown}"
    body = session.get(url)
    result = body.get("deployResult") if isinstance(body, dict) else None
    if not isinstance(result, dict):
        raise OrgError(f"{session.target}: the org's answer holds no deploy result")
    return _status_of(job_id, result)


def _id_of(session: Session, body: Any) -> str:
    job_id = body.get("id") if isinstance(body, dict) else None
    if not isinstance(job_id, str) or not job_id:
        raise OrgError(f"{session.target}: the org's answer names no deploy request")
    return job_id


def _status_of(job_id: str, result: dict[str, Any]) -> DeployStatus:
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
    )


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
