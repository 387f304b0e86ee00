"""Findings as reports show them: paths as seen from the project, with forward slashes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sfgen.check import Finding
    from sfgen.project import Project


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a report, about a check or a deploy."""

    path: str
    line: int
    column: int
    rule: str
    severity: Literal["error", "warning"]
    message: str
    hint: str | None = None

    def as_json(self) -> dict[str, object]:
        """Write the entry for ``--json``."""
        return {
            "file": self.path,
            "line": self.line,
            "column": self.column,
            "rule": self.rule,
            "severity": self.severity,
            "message": self.message,
            "hint": self.hint,
        }


def entries_of(project: Project, findings: list[Finding]) -> list[Entry]:
    """Turn findings into a report's entries."""
    return [
        Entry(project.relative(f.path), f.line, f.column, f.rule, f.severity, f.message, f.hint)
        for f in findings
    ]
