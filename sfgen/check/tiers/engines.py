"""Tier 2: runs Code Analyzer and the project's own Node tools, two at a time."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sfgen.check.findings import Finding
from sfgen.check.tiers.tier import TOOL, Tier
from sfgen.children import children_end
from sfgen.errors import ToolError
from sfgen.tools import code_analyzer, eslint, jest, prettier

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sfgen.project import Project
    from sfgen.tools.node import EngineProblem

_AT_ONCE: Final = 2


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine: a function that says why it can't run on a project, and one that runs it."""

    name: str
    why_not: Callable[[Path], str | None]
    run: Callable[[Project], list[EngineProblem]]


def _folders(project: Project) -> list[Path]:
    return [directory.path for directory in project.configuration.package_directories]


def _component_tests(project: Project) -> list[EngineProblem]:
    return jest.run_tests(project.root)[1]


def _no_tests(root: Path) -> str | None:
    if not any(root.glob("**/lwc/**/__tests__/*.js")):
        return "the project has no component tests"
    return jest.why_not(root)


ENGINES: Final = (
    Engine(
        code_analyzer.NAME,
        code_analyzer.why_not,
        lambda project: code_analyzer.analyze(project.root, _folders(project)),
    ),
    Engine(jest.NAME, _no_tests, _component_tests),
    Engine(
        prettier.NAME,
        prettier.why_not,
        lambda project: prettier.check_format(project.root, _folders(project)),
    ),
    Engine(
        eslint.NAME,
        eslint.why_not,
        lambda project: eslint.lint(project.root, _folders(project)),
    ),
)


def run_engines(project: Project) -> list[tuple[Tier, list[Finding]]]:
    """Run every engine that can run here; an engine that fails is reported as a finding."""
    with ThreadPoolExecutor(_AT_ONCE) as pool, children_end():
        return list(pool.map(lambda engine: _run(engine, project), ENGINES))


def skip_engines(reason: str) -> list[Tier]:
    """Return a skipped tier for every engine."""
    return [Tier(_title(engine), ran=False, reason=reason) for engine in ENGINES]


def _title(engine: Engine) -> str:
    return f"2: {engine.name}"


def _run(engine: Engine, project: Project) -> tuple[Tier, list[Finding]]:
    reason = engine.why_not(project.root)
    if reason is None and shutil.which("node") is None:
        reason = "no Node: install Node.js"
    if reason is not None:
        return Tier(_title(engine), ran=False, reason=reason), []
    try:
        problems = engine.run(project)
    except ToolError as error:
        failed = Finding(str(project.root), 1, 1, TOOL, error.message, hint=error.hint)
        return Tier(_title(engine), ran=False, reason=error.message), [failed]
    findings = [Finding(p.path, p.line, p.column, p.rule, p.message, p.severity) for p in problems]
    return Tier(_title(engine), ran=True), findings
