"""What a project says about the user who runs its tests: language, field rights, permission sets.

A deployed field is open to nobody until something grants it. Three places say what a project
does about that before its tests run, the first of them counts:

- `plugins.sfgen.test` of sfdx-project.json: `runnerFields` (`granted` or `all`), `permissionSets`,
  `language`;
- cumulusci.yml: CumulusCI's flows run `update_admin_profile`, which opens every field;
- a workflow that assigns permission sets and runs Apex tests after that.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sfgen.apex.conditions import OrgConditions
from sfgen.errors import ProjectError
from sfgen.project.configuration import read_project_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Runner", "read_runner"]

_WORKFLOWS: Final = (
    ".github/workflows/*.yml",
    ".github/workflows/*.yaml",
    ".gitlab-ci.yml",
    "azure-pipelines.yml",
    "bitbucket-pipelines.yml",
    ".circleci/config.yml",
)
_ASSIGNS = re.compile(r"\b(?:org assign permset|force:user:permset:assign)\b(?P<rest>[^\n&|;]*)")
_NAMES = re.compile(r"(?:-n|--name|--permsetname)[ =]+[\"']?(?P<names>[\w,]+)")
_TESTS = re.compile(r"\b(?:apex run test|apex test run|force:apex:test:run)\b")
_SKIPPED: Final = frozenset({"node_modules", ".git", ".sfdx", ".sf"})
_KEYS: Final = {"runnerFields", "permissionSets", "language"}


@dataclass(frozen=True, slots=True)
class Runner:
    """Under which conditions a project's tests run, and the file that says so (or nothing)."""

    conditions: OrgConditions
    source: str = ""


def read_runner(root: Path) -> Runner:
    """What the project at `root` says. Raises ProjectError for a setting nobody can read."""
    told = _settings(root)
    if told:
        return Runner(_conditions(told), "sfdx-project.json")
    if (root / "cumulusci.yml").is_file():
        return Runner(OrgConditions(runner_fields="all"), "cumulusci.yml")
    for path in _workflows(root):
        sets = _assigned(path.read_text("utf-8", errors="replace"))
        known = tuple(name for name in sets if _has_set(root, name))
        if known:
            where = path.relative_to(root).as_posix()
            return Runner(replace(OrgConditions(), permission_sets=known), where)
    return Runner(OrgConditions())


def _settings(root: Path) -> dict[str, Any]:
    try:
        found = read_project_file(root).get("plugins", {}).get("sfgen", {}).get("test", {})
    except (ProjectError, AttributeError):
        return {}  # who reads the project's sources says what is wrong with the file
    if not isinstance(found, dict) or found.keys() - _KEYS:
        known = ", ".join(sorted(_KEYS))
        raise ProjectError(f"plugins.sfgen.test of sfdx-project.json takes {known}")
    return found


def _conditions(told: dict[str, Any]) -> OrgConditions:
    sets = told.get("permissionSets", [])
    if not isinstance(sets, list) or not all(isinstance(each, str) for each in sets):
        raise ProjectError("plugins.sfgen.test.permissionSets of sfdx-project.json is a list")
    return OrgConditions(
        language=str(told.get("language", "en_US")),
        runner_fields=str(told.get("runnerFields", "granted")),
        permission_sets=tuple(sets),
    )


def _workflows(root: Path) -> Iterator[Path]:
    for pattern in _WORKFLOWS:
        yield from sorted(path for path in root.glob(pattern) if path.is_file())


def _assigned(text: str) -> tuple[str, ...]:
    """The sets that a workflow assigns before it runs tests for the last time."""
    tests = [found.start() for found in _TESTS.finditer(text)]
    names: dict[str, None] = {}
    for found in _ASSIGNS.finditer(text, 0, tests[-1] if tests else 0):
        for each in _NAMES.finditer(found["rest"]):
            names.update(dict.fromkeys(filter(None, each["names"].split(","))))
    return tuple(names)


def _has_set(root: Path, name: str) -> bool:
    wanted = f"{name}.permissionset-meta.xml"
    for _, folders, files in os.walk(root):
        if wanted in files:
            return True
        folders[:] = [each for each in folders if each not in _SKIPPED]
    return False
