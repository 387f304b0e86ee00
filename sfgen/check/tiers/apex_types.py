"""Tier 1: Apex is held to its types by apex-ls, where Java is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sfgen.check.findings import Finding, rule
from sfgen.check.tiers.tier import TOOL, Tier
from sfgen.errors import ToolError
from sfgen.tools.apex_ls import check_apex_types, why_not

if TYPE_CHECKING:
    from sfgen.project import Project

TYPES: Final = rule("apex-types", "Apex is well-typed, as apex-ls sees it")
_NAME: Final = "1: Apex types (apex-ls on Java)"
#: apex-ls lists every token that it would have taken instead: a hundred and fifty of them.
_EXPECTED: Final = re.compile(r" expecting \{.{200,}\}$", re.DOTALL)


def skip_apex_types(reason: str) -> Tier:
    """Return tier 1 as skipped."""
    return Tier(_NAME, ran=False, reason=reason)


def run_apex_types(project: Project) -> tuple[Tier, list[Finding]]:
    """Run tier 1 if Java and the checker are there; a crash of it is reported as a finding."""
    reason = why_not(project.root)
    if reason:
        return skip_apex_types(reason), []
    if not any(c.type.name in {"ApexClass", "ApexTrigger"} for c in project.components):
        return skip_apex_types("the project has no Apex"), []
    try:
        problems = check_apex_types(project.root)
    except ToolError as error:
        failure = Finding(str(project.root), 1, 1, TOOL, error.message, hint=error.hint)
        return skip_apex_types(error.message), [failure]
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
    return Tier(_NAME, ran=True, types_apex=True), findings
