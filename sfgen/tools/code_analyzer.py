"""Salesforce Code Analyzer's engines, by their npm packages: PMD, retire-js, regex."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sfgen.errors import ToolError
from sfgen.tools.java import OLDEST, find_java
from sfgen.tools.node import (
    EngineProblem,
    cache_of,
    failure,
    fetch_packages,
    find_package,
    run_node,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME: Final = "Code Analyzer"
_ASSETS: Final = Path(__file__).parent / "assets" / "code-analyzer"
_PACKAGES: Final = tuple(
    f"@salesforce/code-analyzer-{part}"
    for part in ("core", "pmd-engine", "regex-engine", "retirejs-engine")
)
#: Security rules, those of the AppExchange review, and libraries with known weaknesses.
_SELECTORS: Final = "Security,AppExchange,retire-js"
#: Severities 1 (critical) and 2 (high) are errors.
_HIGH: Final = 2
_FILE: Final = re.compile(r"for file '([^']+)'")
_PLACE: Final = re.compile(r"[Ss]yntax error at (\d+):(\d+)")


def find_modules(root: Path) -> Path | None:
    """Find a ``node_modules`` that holds the engines: sfgen's cache, or one at or above root."""
    fetched = _cache() / "node_modules"
    if (fetched / _PACKAGES[0]).is_dir():
        return fetched
    found = [find_package(root, name) for name in _PACKAGES]
    return found[0].parent.parent if found[0] and all(found) else None


def why_not(root: Path) -> str | None:
    """Say why the engines can't run here, or nothing when they can."""
    if find_modules(root) is None:
        return "Code Analyzer is not there: fetch it with sfgen check --fetch"
    java = find_java()
    if java is None or java[1] < OLDEST:
        return f"PMD needs Java {OLDEST} or later"
    return None


def fetch_analyzer() -> Path:
    """Fetch the pinned engines with npm into the cache, once.

    Raises:
        ToolError: no npm, no network, or bytes that differ from the pinned ones.
    """
    modules = _cache() / "node_modules"
    if not (modules / _PACKAGES[0]).is_dir():
        fetch_packages(_ASSETS, _cache())
    return modules


def _cache() -> Path:
    wanted = json.loads((_ASSETS / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return cache_of(f"code-analyzer-{wanted[_PACKAGES[0]]}")


def analyze(root: Path, folders: Sequence[Path]) -> list[EngineProblem]:
    """Run the engines over the folders.

    Raises:
        ToolError: the engines came to no result. Never silence.
    """
    modules = find_modules(root)
    if modules is None:
        raise ToolError(why_not(root) or f"{NAME} is not there")
    done = run_node(NAME, _ASSETS / "run.mjs", [modules, _SELECTORS, *folders], root)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    try:
        rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    except json.JSONDecodeError:
        raise failure(NAME, done) from None
    if done.returncode or not any("rules" in row for row in rows):
        raise failure(NAME, done)
    if {"rules": 0} in rows:
        raise ToolError(f"{NAME} knows no rules of {_SELECTORS}")
    return [_problem(root, row) for row in rows if "rules" not in row]


def _problem(root: Path, row: dict[str, Any]) -> EngineProblem:
    if "failure" in row:
        return _unprocessed(root, str(row["engine"]), " ".join(str(row["failure"]).split()))
    return EngineProblem(
        str(row.get("file") or root),
        int(row["line"]),
        int(row["column"]),
        str(row["rule"]),
        " ".join(str(row["message"]).split()),
        "error" if int(row["severity"]) <= _HIGH else "warning",
    )


def _unprocessed(root: Path, engine: str, said: str) -> EngineProblem:
    """Report a file that an engine could not process, and so did not check."""
    file = _FILE.search(said)
    place = _PLACE.search(said)
    at = (int(place[1]), int(place[2]) + 1) if place else (1, 1)
    message = f"{engine} could not process this: {said[:200]}"
    return EngineProblem(file[1] if file else str(root), *at, f"{engine}/failure", message)
