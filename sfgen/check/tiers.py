"""Tiers of the check: which ran, which did not and why, and who executed Apex."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sfgen.check.findings import Finding, rule
from sfgen.errors import ToolError
from sfgen.tools.apex_ls import check_apex_types, why_not
from sfgen.tools.front_end import NAME as FRONT_END

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfgen.project import Project

TYPES: Final = rule("apex-types", "Apex is well-typed, as apex-ls sees it")
COMPILES: Final = rule("lwc-compile", "Lightning web components compile")
TOOL: Final = rule("tool-failure", "Every engine that was started finished")
DEEP_TIER: Final = f"deep: {FRONT_END}"
_TYPES_TIER: Final = "1: Apex types (apex-ls on Java)"
#: apex-ls lists every token that it would have taken instead: a hundred and fifty of them.
_EXPECTED: Final = re.compile(r" expecting \{.{200,}\}$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier of the check; ``reason`` says why it did not run."""

    name: str
    ran: bool
    reason: str | None = None


def skip_apex_types(reason: str) -> Tier:
    """Return tier 1 as skipped."""
    return Tier(_TYPES_TIER, ran=False, reason=reason)


def say_who_executed(tiers: Sequence[Tier]) -> str:
    """Return the sentence that nobody executed Apex, and how it was checked instead."""
    typed = any(tier.ran for tier in tiers if tier.name in {_TYPES_TIER, DEEP_TIER})
    done = "parsed and type-checked only" if typed else "parsed only"
    return f"nobody executed Apex: it was {done} (run: sfgen test)"


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
    return Tier(_TYPES_TIER, ran=True), findings
