"""Which proofs ran, which did not and why; and always who executed Apex."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sfgen.check.findings import Finding, rule
from sfgen.errors import ToolError
from sfgen.tools.apex_ls import check_apex_types, why_not

if TYPE_CHECKING:
    from sfgen.project import Project

TYPES: Final = rule("apex-types", "Apex is well-typed, as apex-ls sees it")
COMPILES: Final = rule("lwc-compile", "Lightning web components compile")
TOOL: Final = rule("tool-failure", "Every engine that was started came to an end")
EXECUTED: Final = "nobody executed Apex: it was parsed and type-checked only (run: sfgen test)"
#: apex-ls lists every token that it would have taken instead: a hundred and fifty of them.
_EXPECTED: Final = re.compile(r" expecting \{.{200,}\}$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier of proof: ``reason`` says why it did not run."""

    name: str
    ran: bool
    reason: str | None = None


def run_apex_types(project: Project) -> tuple[Tier, list[Finding]]:
    """Run tier 1 where Java and the checker are there; a crash of it is a finding."""
    name = "1: Apex types (apex-ls on Java)"
    reason = why_not(project.root)
    if reason:
        return Tier(name, ran=False, reason=reason), []
    if not any(c.type.name in {"ApexClass", "ApexTrigger"} for c in project.components):
        return Tier(name, ran=False, reason="the project has no Apex"), []
    try:
        problems = check_apex_types(project.root)
    except ToolError as error:
        failure = Finding(str(project.root), 1, 1, TOOL, error.message, hint=error.hint)
        return Tier(name, ran=False, reason=error.message), [failure]
    findings = [
        Finding(
            problem.path,
            problem.line,
            problem.column,
            TYPES,
            _EXPECTED.sub("", problem.message),
            "error" if problem.category in {"Error", "Missing", "Syntax"} else "warning",
        )
        for problem in problems
    ]
    return Tier(name, ran=True), findings
