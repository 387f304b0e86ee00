"""The components' unit tests, run by the project's sfdx-lwc-jest."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sfgen import folders
from sfgen.caching import prune
from sfgen.tools.node import EngineProblem, failure, find_package, require_package, run_node

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME: Final = "jest"
_PACKAGE: Final = "@salesforce/sfdx-lwc-jest"
_COLOURS: Final = re.compile("\x1b\\[[0-9;]*m")


def why_not(root: Path) -> str | None:
    """Say why the tests can't run here, or nothing when they can."""
    if find_package(root, _PACKAGE) is None:
        return "sfdx-lwc-jest is not installed: run npm install in the project"
    return None


def run_tests(root: Path) -> tuple[int, list[EngineProblem]]:
    """Run every test of the project; return how many there were and which failed.

    Raises:
        ToolError: jest came to no result.
    """
    package = require_package(root, _PACKAGE)
    with tempfile.TemporaryDirectory(prefix="sfgen-") as scratch:
        out = Path(scratch) / "jest.json"
        options = ["--ci", "--passWithNoTests", "--testLocationInResults", "--json"]
        cache = folders.cache() / "jest"
        prune(cache, "**/*", files=20_000, size=200_000_000)
        # Its own place for it is the temporary folder, which goes with each run.
        arguments = ["--", *options, f"--outputFile={out}", f"--cacheDirectory={cache}"]
        done = run_node(NAME, package / "bin/sfdx-lwc-jest", arguments, root)
        try:
            report: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            if "No tests found" in done.stdout + done.stderr:
                return 0, []
            raise failure(NAME, done) from None
    problems = list(_problems(report))
    if done.returncode and not problems:
        raise failure(NAME, done)
    return int(report["numTotalTests"]), problems


def _problems(report: dict[str, Any]) -> Iterator[EngineProblem]:
    for suite in report["testResults"]:
        failed = [test for test in suite["assertionResults"] if test["status"] == "failed"]
        if suite["status"] == "failed" and not failed:
            reason = _first_line(suite.get("message") or "the test file could not be run")
            yield EngineProblem(str(suite["name"]), 1, 1, "jest/suite", reason)
        for test in failed:
            place = test.get("location") or {}
            reason = _first_line("\n".join(test.get("failureMessages") or ()))
            yield EngineProblem(
                str(suite["name"]),
                int(place.get("line") or 1),
                int(place.get("column") or 0) + 1,
                "jest/test",
                f"{test['fullName']}: {reason}",
            )


def _first_line(text: str) -> str:
    lines = [line.strip() for line in _COLOURS.sub("", text).splitlines()]
    said = [line for line in lines if line and not line.startswith("●")]
    return said[0] if said else "no reason given"
