"""Apex tests of a deploy: run by sfgen's Apex runtime, or said not to have run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from sfgen.localorg.jobs import DeployJob

NOT_RUN: Final = "Apex tests were not run: this build of the local org executes no Apex"


def run_tests(job: DeployJob, org: Path) -> None:
    """Run the tests that ``job`` asks for against the org's folder."""
    del org
    job.tests_run_by = NOT_RUN
