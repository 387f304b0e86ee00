"""What a run of Apex tests found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sfgen.apex.names.problems import Problem
    from sfgen.apex.runtime.exceptions import StackFrame

__all__ = ["FileCoverage", "TestResult", "TestRun"]


@dataclass(frozen=True, slots=True)
class TestResult:
    """One test method: `outcome` is passed, failed or unsupported; `seconds` of wall time."""

    __test__ = False

    class_name: str
    method: str
    outcome: str
    seconds: float
    message: str = ""
    frames: tuple[StackFrame, ...] = ()
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class FileCoverage:
    """The executable lines of a file, and those that a test executed."""

    file: str
    name: str
    executable: tuple[int, ...]
    executed: frozenset[int]

    @property
    def percent(self) -> float:
        """Executed of executable lines, in percent; 100 when there is nothing to execute."""
        if not self.executable:
            return 100.0
        return 100 * len(self.executed & set(self.executable)) / len(self.executable)


@dataclass(frozen=True, slots=True)
class TestRun:
    """All results, coverage of everything that is no test, and what doesn't compile."""

    __test__ = False

    results: tuple[TestResult, ...]
    coverage: tuple[FileCoverage, ...] = ()
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0
    sources: Mapping[str, str] = field(default_factory=dict)

    def count(self, outcome: str) -> int:
        """How many tests came out so."""
        return sum(result.outcome == outcome for result in self.results)

    @property
    def passed(self) -> bool:
        """Whether every test passed and everything compiles; no test at all is no pass."""
        return (
            bool(self.results) and not self.problems and self.count("passed") == len(self.results)
        )

    @property
    def percent(self) -> float:
        """Executed of executable lines over all files, in percent."""
        lines = sum(len(each.executable) for each in self.coverage)
        hit = sum(len(each.executed & set(each.executable)) for each in self.coverage)
        return 100 * hit / lines if lines else 100.0
