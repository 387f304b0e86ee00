"""A finding: where, which rule, why, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Severity = Literal["error", "warning"]

#: Rule id -> what the rule asks for, for SARIF's catalogue.
RULES: Final[dict[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    Attributes:
        path: the file, absolute.
        line, column: where, from 1; 1:1 when the whole file is meant.
        rule: the rule's id, as ``permission-set-reference``.
        message: one line, without a full stop.
        hint: what to do, or nothing.
        component: type and full name of the component, when the finding is about one.
    """

    path: str
    line: int
    column: int
    rule: str
    message: str
    severity: Severity = "error"
    hint: str | None = None
    component: tuple[str, str] | None = None

    @property
    def place(self) -> tuple[str, int, int, str, str]:
        """The order in which findings are shown."""
        return self.path, self.line, self.column, self.rule, self.message


def rule(name: str, meaning: str) -> str:
    """Register a rule in the catalogue and return its id."""
    RULES[name] = meaning
    return name
