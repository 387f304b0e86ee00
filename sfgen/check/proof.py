"""Proves a project tier by tier: what ran, what did not and why, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sfgen.check.running import check_project
from sfgen.check.schema import schema
from sfgen.check.tiers.apex_types import run_apex_types, skip_apex_types
from sfgen.check.tiers.engines import run_engines, skip_engines
from sfgen.check.tiers.lwc_compile import compile_components
from sfgen.check.tiers.tier import Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.check.findings import Finding
    from sfgen.project import Project


@dataclass(frozen=True, slots=True)
class Proof:
    """What all tiers have found about a project."""

    tiers: tuple[Tier, ...]
    findings: tuple[Finding, ...]

    @property
    def executed(self) -> str:
        """Say that nobody executed Apex, and what was done with it instead."""
        typed = any(tier.ran and tier.types_apex for tier in self.tiers)
        done = "parsed and type-checked only" if typed else "parsed only"
        return f"nobody executed Apex: it was {done} (run: sfgen test)"


def prove_project(project: Project, *, fast: bool = False, deep: bool = False) -> Proof:
    """Run the tiers over a project.

    Args:
        project: whose files are proved.
        fast: run tier 0 alone, which needs neither Java nor Node.
        deep: run Salesforce's own compiler front end too.
    """
    tiers: list[Tier] = []
    findings: list[Finding] = []
    for tier, found in _run_tiers(project, fast=fast, deep=deep):
        tiers.append(tier)
        findings += found
    findings.sort(key=lambda finding: finding.place)
    return Proof(tuple(tiers), tuple(findings))


def _run_tiers(project: Project, *, fast: bool, deep: bool) -> Iterator[tuple[Tier, list[Finding]]]:
    name = f"0: schema (API {schema().version}) and references (Python)"
    yield Tier(name, ran=True), check_project(project)
    yield compile_components(project)
    if fast:
        yield skip_apex_types("--fast"), []
        yield from ((tier, []) for tier in skip_engines("--fast"))
    else:
        yield run_apex_types(project)
        yield from run_engines(project)
    if deep:
        from sfgen.check.tiers.deep import compile_deeply

        yield compile_deeply(project)
