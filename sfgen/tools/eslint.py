"""ESLint with the project's own configuration."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sfgen.tools.node import EngineProblem, failure, find_package, require_package, run_node

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

NAME: Final = "ESLint"


def why_not(root: Path) -> str | None:
    """Say why ESLint can't run here, or nothing when it can."""
    if not any(root.glob("eslint.config.*")):
        return "the project has no eslint.config.js"
    if find_package(root, "eslint") is None:
        return "eslint is not installed: run npm install in the project"
    return None


def lint(root: Path, folders: Sequence[Path]) -> list[EngineProblem]:
    """Lint the JavaScript of the folders.

    Raises:
        ToolError: ESLint, its configuration or one of its plugins failed.
    """
    package = require_package(root, "eslint")
    options = ["--format", "json", "--no-error-on-unmatched-pattern"]
    done = run_node(NAME, package / "bin/eslint.js", [*options, *folders], root)
    if done.returncode > 1:
        raise failure(NAME, done)
    try:
        report: list[dict[str, Any]] = json.loads(done.stdout or "[]")
    except json.JSONDecodeError:
        raise failure(NAME, done) from None
    return list(_problems(report))


def _problems(report: list[dict[str, Any]]) -> Iterator[EngineProblem]:
    for file in report:
        for message in file["messages"]:
            # ESLint notes under no rule that a file was ignored or has no configuration.
            if not message.get("ruleId") and not message.get("fatal"):
                continue
            yield EngineProblem(
                str(file["filePath"]),
                int(message.get("line") or 1),
                int(message.get("column") or 1),
                f"eslint/{message.get('ruleId') or 'syntax'}",
                str(message["message"]).splitlines()[0],
                "error" if message.get("severity") == 2 else "warning",
            )
