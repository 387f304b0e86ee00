"""Runs the Apex tests of a deploy with sfgen's Apex runtime."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sfgen.errors import SfgenError
from sfgen.localorg.jobs import CoveredFile, DeployTestResult
from sfgen.localorg.source_layout import lay_out

if TYPE_CHECKING:
    from sfgen.apex.host import OrgKind, TestRun
    from sfgen.localorg.jobs import DeployJob

RUN_BY: Final = "Apex tests were run by sfgen's Apex runtime, not by Salesforce"
NONE_FOUND: Final = "Apex tests were not run: the org has no test that was asked for"


def run_tests(job: DeployJob, org: Path, api_version: str, kind: OrgKind) -> None:
    """Run the tests of a deploy against the org as it would be after it.

    A test that meets something the runtime doesn't support is a failure that says so, never a pass.
    Whoever deploys has no permission set yet: fields are open where the Admin profile opens them.
    """
    from sfgen.apex.host import ApexHost, OrgConditions

    specified = job.options.test_level == "RunSpecifiedTests"
    wanted = {name.lower(): name for name in job.options.run_tests}
    with tempfile.TemporaryDirectory(prefix="sfgen-") as scratch:
        project = Path(scratch) / "project"
        lay_out(org, project, api_version)
        try:
            language = os.environ.get("SFGEN_LOCAL_ORG_LANGUAGE") or "en_US"
            conditions = OrgConditions(kind=kind, language=language)
            host = ApexHost.open(project, conditions=conditions)
            filters = [f"{name}." for name in wanted] if specified else []
            # One process: this one has threads, and forking a threaded process may hang.
            run = host.run_tests(filters, processes=1)
        except SfgenError as error:
            job.tests_run_by = f"Apex tests were not run: {error.message}"
            job.tests = [DeployTestResult("Apex", "runtime", message=error.message)]
            job.tests_total = 1
            return
    _take(job, run, wanted if specified else None)


def _take(job: DeployJob, run: TestRun, wanted: dict[str, str] | None) -> None:
    results = [r for r in run.results if wanted is None or r.class_name.lower() in wanted]
    job.tests = [
        DeployTestResult(
            result.class_name,
            result.method,
            None if result.outcome == "passed" else f"{result.message or result.outcome}",
            "\n".join(str(frame) for frame in result.frames),
            result.seconds * 1000,
        )
        for result in results
    ]
    found = {result.class_name.lower() for result in results}
    job.tests += [
        DeployTestResult(name, "", f"no test class named {name} found")
        for lower, name in sorted((wanted or {}).items())
        if lower not in found
    ]
    job.tests_total = len(job.tests)
    job.tests_run_by = RUN_BY if results else NONE_FOUND
    job.coverage = [
        CoveredFile(file.name, len(file.executable), tuple(set(file.executable) - file.executed))
        for file in run.coverage
    ]
