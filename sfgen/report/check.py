"""The result of a check: text in 80 columns, JSON, JUnit, SARIF and annotations."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sfgen.check import RULES
from sfgen.report.junit import Case, Suite
from sfgen.report.places import collapse, entries_of
from sfgen.report.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sfgen.check.proof import Proof
    from sfgen.check.tiers.tier import Tier
    from sfgen.project import Project
    from sfgen.report.places import Entry


def describe_proof(project: Project, proof: Proof) -> Result:
    """Return what the tiers have found, in every form; errors mean exit code 1."""
    entries = entries_of(project, proof.findings)
    return Result(
        data=_as_json(entries, proof),
        lines=_write_text(entries, proof),
        exit_code=int(any(entry.severity == "error" for entry in entries)),
        entries=entries,
        suites=lambda: _as_suites(entries, proof.tiers),
    )


def _write_text(entries: Sequence[Entry], proof: Proof) -> Iterator[str]:
    """Write findings as ``file:line:column``, then the tiers, then one line of summary."""
    for entry in collapse(entries):
        yield f"{entry.path}:{entry.line}:{entry.column}: {entry.severity}: {entry.message}"
        yield f"    [{entry.rule}]" + (f" {entry.hint}" if entry.hint else "")
    if entries:
        yield ""
    for tier in proof.tiers:
        line = f"tier {tier.name}: " + ("ran" if tier.ran else f"did not run: {tier.reason}")
        yield from textwrap.wrap(line, 80, subsequent_indent="    ", break_long_words=False)
    yield proof.executed
    errors = sum(1 for entry in entries if entry.severity == "error")
    yield f"{_count(errors, 'error')}, {_count(len(entries) - errors, 'warning')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _as_json(entries: Sequence[Entry], proof: Proof) -> dict[str, Any]:
    errors = sum(1 for entry in entries if entry.severity == "error")
    return {
        "errors": errors,
        "warnings": len(entries) - errors,
        "apexExecutedBy": proof.executed,
        "tiers": [{"name": t.name, "ran": t.ran, "reason": t.reason} for t in proof.tiers],
        "findings": [entry.as_json() for entry in entries],
    }


def _as_suites(entries: Sequence[Entry], tiers: Sequence[Tier]) -> list[Suite]:
    """Write one case for each rule, failed with its findings, and one for each tier."""
    by_rule: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_rule[entry.rule].append(entry)
    cases = []
    for rule in sorted({*RULES, *by_rule}):
        found = by_rule.get(rule, [])
        shown = collapse(found)
        lines = [f"{e.path}:{e.line}:{e.column}: {e.severity}: {e.message}" for e in shown]
        bad = [entry for entry in found if entry.severity == "error"]
        failure = _count(len(bad), "finding") if bad else None
        cases.append(Case("sfgen check", rule, failure=failure, detail="\n".join(lines)))
    skipped = [
        Case("tiers", tier.name, skipped=None if tier.ran else tier.reason) for tier in tiers
    ]
    return [Suite("sfgen check", [*cases, *skipped])]
