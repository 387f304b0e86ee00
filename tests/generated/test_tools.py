"""Generated projects pass Salesforce's own tools as they stand."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from projects import EXAMPLES, ROOT, run_node

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.node, pytest.mark.timeout(1800)]

#: Rules that the house decided against, each with its reason.
DECIDED = {
    # Permission matters are tested with runAs where permission matters, not in every test class.
    "pmd:ApexUnitTestClassShouldHaveRunAs",
}

each_example = pytest.mark.parametrize("project", EXAMPLES, indirect=True)


@each_example
def test_prettier_has_nothing_to_change(project: Path) -> None:
    done = run_node("node_modules/prettier/bin/prettier.cjs", "--check", ".", cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr


@each_example
def test_eslint_as_salesforce_configures_it_finds_nothing(project: Path) -> None:
    done = run_node(
        "node_modules/eslint/bin/eslint.js", "--max-warnings=0", "force-app", cwd=project
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@each_example
def test_the_component_tests_pass(project: Path) -> None:
    done = run_node(
        "node_modules/@salesforce/sfdx-lwc-jest/bin/sfdx-lwc-jest", "--", "--ci", cwd=project
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-6000:]
    assert "Tests:" in done.stderr


@pytest.mark.slow
@pytest.mark.java
@each_example
def test_code_analyzer_finds_nothing(project: Path) -> None:
    done = subprocess.run(
        [
            "node",
            str(ROOT / "tests/tools/code_analyzer.mjs"),
            "Security,AppExchange,retire-js,pmd:Recommended",
            str(project),
        ],
        text=True,
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    rows = json.loads(done.stdout)
    findings = [row for row in rows if "rules" not in row and row["rule"] not in DECIDED]
    assert findings == []
    assert [row["rules"] > 100 for row in rows if "rules" in row] == [True]
