"""Compiles the Apex of a deploy; what Salesforce would refuse is a component failure."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from sfgen.localorg.jobs import ComponentResult
from sfgen.localorg.source_layout import lay_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfgen.apex.host import Problem

#: Compiling more Apex files than these would take longer than the deploy itself.
MOST: Final = 300
_KINDS: Final = {".cls": "ApexClass", ".trigger": "ApexTrigger"}


def compile_apex(
    rows: Sequence[ComponentResult], org: Path, api_version: str
) -> list[ComponentResult]:
    """Return the rows of a deploy, with failures for Apex that doesn't compile.

    ``org`` holds what the org would after the deploy. Nothing is compiled for a deploy without
    Apex, one of more than ``MOST`` Apex files, or one that has failed already.
    """
    apex = [row for row in rows if row.type in _KINDS.values()]
    if not 0 < len(apex) <= MOST or not all(row.success for row in rows):
        return list(rows)
    found: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in _problems(org, api_version):
        path = PurePosixPath(problem.file)
        found[_KINDS[path.suffix], path.stem].append(problem)
    made: list[ComponentResult] = []
    for row in rows:
        problems = found.pop((row.type, row.full_name), [])
        made += [_failure(row, problem) for problem in problems] or [row]
    for (kind, name), problems in found.items():
        # A class of the org that the deploy has broken.
        named = ComponentResult(kind, name, "")
        made += [
            replace(
                _failure(named, problem),
                problem="Dependent class is invalid and needs recompilation:\n"
                f" Class {name} : {problem.message}",
            )
            for problem in problems
        ]
    return made


def _failure(row: ComponentResult, problem: Problem) -> ComponentResult:
    return ComponentResult(
        row.type,
        row.full_name,
        row.file_name,
        problem.message,
        "Error",
        problem.line,
        problem.column,
    )


def _problems(org: Path, api_version: str) -> list[Problem]:
    from sfgen.apex.host import ApexHost

    with tempfile.TemporaryDirectory(prefix="sfgen-") as scratch:
        project = Path(scratch) / "project"
        lay_out(org, project, api_version)
        return ApexHost.open(project).problems
