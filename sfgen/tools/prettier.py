"""Prettier with the project's plugins; prettier-plugin-apex brings Salesforce's own Apex parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sfgen.tools.node import EngineProblem, failure, find_package, require_package, run_node

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

NAME: Final = "Prettier, with Salesforce's Apex parser"
_CONFIGURATIONS: Final = (".prettierrc*", "prettier.config.*")
_ERROR: Final = re.compile(r"^\[error\] (?P<file>[^:\n]+): (?:\w*Error): (?P<message>.*)$")
_WARNING: Final = re.compile(r"^\[warn\] (?P<file>.+)$")
_PLACE: Final = re.compile(r"\s*\((\d+):(\d+)\)$")


def why_not(root: Path) -> str | None:
    """Say why Prettier can't run here, or nothing when it can."""
    if not any(found for pattern in _CONFIGURATIONS for found in root.glob(pattern)):
        return "the project has no Prettier configuration"
    if find_package(root, "prettier") is None:
        return "prettier is not installed: run npm install in the project"
    return None


def check_format(root: Path, folders: Sequence[Path]) -> list[EngineProblem]:
    """Find files that Prettier can't parse (errors) or would format differently (warnings).

    Raises:
        ToolError: Prettier or one of its plugins could not be run.
    """
    package = require_package(root, "prettier")
    options = ["--check", "--no-color", "--ignore-unknown", "--no-error-on-unmatched-pattern"]
    done = run_node(NAME, package / "bin/prettier.cjs", [*options, *folders], root)
    problems = list(_problems(root, done.stderr))
    if done.returncode and not problems:
        raise failure(NAME, done)
    return problems


def _problems(root: Path, output: str) -> Iterator[EngineProblem]:
    for line in output.splitlines():
        if error := _ERROR.match(line):
            path = root / error["file"]
            place = _PLACE.search(error["message"])
            at = (int(place[1]), int(place[2])) if place else (1, 1)
            message = _PLACE.sub("", error["message"])
            if path.is_file():
                yield EngineProblem(str(path), *at, "prettier/syntax", message)
        elif (warning := _WARNING.match(line)) and (root / warning["file"]).is_file():
            path = root / warning["file"]
            message = "Prettier would format this file differently"
            yield EngineProblem(str(path), 1, 1, "prettier/format", message, "warning")
