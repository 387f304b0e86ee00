"""Deploy results as Salesforce writes them: JSON for REST, XML for SOAP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from datetime import datetime

    from sfgen.localorg.jobs import ComponentResult, CoveredFile, DeployJob, DeployTestResult
    from sfgen.localorg.org_store import Identity


def deploy_result(job: DeployJob, identity: Identity, *, details: bool) -> dict[str, Any]:
    """Write ``DeployResult``: with ``details``, every component and every test."""
    failures = job.failures
    # package.xml has a row of its own and counts for nothing.
    good = sum(1 for row in job.results if row.success and row.full_name != "package.xml")
    tests_failed = sum(1 for test in job.tests if test.message)
    shown: dict[str, Any] = {
        "id": job.id,
        "checkOnly": job.options.check_only,
        "ignoreWarnings": job.options.ignore_warnings,
        "rollbackOnError": job.options.rollback_on_error,
        "status": job.state,
        "done": job.done,
        "success": job.state in {"Succeeded", "SucceededPartial"},
        "numberComponentsTotal": job.total,
        "numberComponentsDeployed": good if job.done else min(job.handled, job.total),
        "numberComponentErrors": len(failures),
        "numberTestsTotal": job.tests_total,
        "numberTestsCompleted": len(job.tests) - tests_failed,
        "numberTestErrors": tests_failed,
        "runTestsEnabled": bool(job.tests),
        "createdBy": identity.user_id,
        "createdByName": "Local Admin",
        "createdDate": _time(job.created),
        "startDate": _time(job.started or job.created),
        "lastModifiedDate": _time(job.completed or job.started or job.created),
    }
    if job.completed:
        shown["completedDate"] = _time(job.completed)
    if job.state == "Canceled":
        shown["canceledBy"] = identity.user_id
        shown["canceledByName"] = "Local Admin"
    if job.error:
        shown["errorMessage"] = job.error
        shown["errorStatusCode"] = "UNKNOWN_EXCEPTION"
    if job.tests_run_by:
        shown["stateDetail"] = job.tests_run_by
    if details:
        shown["details"] = {
            "componentFailures": [_component(row, job) for row in failures],
            "componentSuccesses": [_component(row, job) for row in job.results if row.success],
            "runTestResult": _tests(job),
        }
    return shown


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def _component(row: ComponentResult, job: DeployJob) -> dict[str, Any]:
    shown: dict[str, Any] = {
        # sf's table shows a failed row with changed=true without its line (plugin-deploy-retrieve).
        "changed": row.changed and row.success,
        "componentType": row.type,
        "created": row.created and row.success,
        "createdDate": _time(job.completed or job.created),
        "deleted": row.deleted and row.success,
        "fileName": row.file_name,
        "fullName": row.full_name,
        "success": row.success,
        "warning": row.problem_type == "Warning",
    }
    if row.problem:
        shown["problem"] = row.problem
        shown["problemType"] = row.problem_type or "Error"
        if row.line:
            shown["lineNumber"] = row.line
            shown["columnNumber"] = row.column or 1
    return shown


def _tests(job: DeployJob) -> dict[str, Any]:
    failed = [test for test in job.tests if test.message]
    passed = [test for test in job.tests if not test.message]
    return {
        "numTestsRun": len(job.tests),
        "numFailures": len(failed),
        "totalTime": round(sum(test.milliseconds for test in job.tests), 1),
        "successes": [_test(test) for test in passed],
        "failures": [_test(test) for test in failed],
        "codeCoverage": [_coverage(file) for file in job.coverage],
        "codeCoverageWarnings": [],
    }


def _coverage(file: CoveredFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "namespace": None,
        "type": "Class",
        "numLocations": file.lines,
        "numLocationsNotCovered": len(file.missed),
        "locationsNotCovered": [
            {"line": line, "column": 1, "numExecutions": 0, "time": -1.0}
            for line in sorted(file.missed)
        ],
    }


def _test(test: DeployTestResult) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "name": test.class_name,
        "methodName": test.method,
        "namespace": None,
        "time": round(test.milliseconds, 1),
    }
    if test.message:
        shown["message"] = test.message
        shown["stackTrace"] = test.stack_trace or ""
        shown["type"] = "Class"
    return shown


def as_xml(name: str, value: object) -> str:
    """Write a JSON-like value as SOAP elements; lists repeat their element."""
    if isinstance(value, dict):
        return f"<{name}>" + "".join(as_xml(k, v) for k, v in value.items()) + f"</{name}>"
    if isinstance(value, list):
        return "".join(as_xml(name, entry) for entry in value)
    if value is None:
        return f'<{name} xsi:nil="true"/>'
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"<{name}>{escape(text)}</{name}>"
