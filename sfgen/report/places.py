"""Findings as reports show them: paths as seen from the project, with forward slashes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


#: Findings of one rule in one file that a reader is shown; the rest is a number.
SHOWN: Final = 20


def collapse(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Show the first findings of a rule in a file, then how many more there are."""
    left: dict[tuple[str, str, str], list[Entry]] = {}
    shown: list[Entry] = []
    for entry in entries:
        alike = left.setdefault((entry.path, entry.rule, entry.severity), [])
        alike.append(entry)
        if len(alike) <= SHOWN:
            shown.append(entry)
    last = {id(alike[SHOWN - 1]): alike for alike in left.values() if len(alike) > SHOWN}
    for entry in shown:
        yield entry
        rest = last.get(id(entry))
        if rest is not None:
            first, number = rest[SHOWN], len(rest) - SHOWN
            message = f"and {number} more of this rule in this file"
            yield replace(first, message=message, hint="--json and --sarif list them all")


def entries_of(project: Project, findings: Iterable[Finding]) -> list[Entry]:
    """Turn findings into a report's entries."""
    return [
        Entry(project.relative(f.path), f.line, f.column, f.rule, f.severity, f.message, f.hint)
        for f in findings
    ]
