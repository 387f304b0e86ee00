"""Deploy requests: options, states and component results."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Final

from sfgen.errors import SfgenError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Future

TEST_LEVELS: Final = (
    "NoTestRun",
    "RunSpecifiedTests",
    "RunLocalTests",
    "RunAllTestsInOrg",
    "RunRelevantTests",
)


@dataclass(frozen=True, slots=True)
class DeployOptions:
    """``DeployOptions`` of the Metadata API that the local org supports."""

    check_only: bool = False
    rollback_on_error: bool = True
    ignore_warnings: bool = False
    single_package: bool = False
    allow_missing_files: bool = False
    purge_on_delete: bool = False
    test_level: str | None = None
    run_tests: tuple[str, ...] = ()

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> DeployOptions:
        """Read options from JSON or from SOAP, where booleans come as text.

        Raises:
            SfgenError: an unknown test level.
        """
        level = raw.get("testLevel")
        if level is not None and level not in TEST_LEVELS:
            raise SfgenError(f"'{level}' is not a valid value for the enum 'TestLevel'")
        tests = raw.get("runTests") or ()
        return cls(
            check_only=_truth(raw.get("checkOnly"), default=False),
            rollback_on_error=_truth(raw.get("rollbackOnError"), default=True),
            ignore_warnings=_truth(raw.get("ignoreWarnings"), default=False),
            single_package=_truth(raw.get("singlePackage"), default=False),
            allow_missing_files=_truth(raw.get("allowMissingFiles"), default=False),
            purge_on_delete=_truth(raw.get("purgeOnDelete"), default=False),
            test_level=level,
            run_tests=(tests,) if isinstance(tests, str) else tuple(tests),
        )

    def as_json(self) -> dict[str, Any]:
        """Write the options as the REST resource echoes them."""
        shown: dict[str, Any] = {
            "allowMissingFiles": self.allow_missing_files,
            "checkOnly": self.check_only,
            "ignoreWarnings": self.ignore_warnings,
            "purgeOnDelete": self.purge_on_delete,
            "rollbackOnError": self.rollback_on_error,
            "singlePackage": self.single_package,
            "runTests": list(self.run_tests),
        }
        if self.test_level:
            shown["testLevel"] = self.test_level
        return shown


def _truth(value: object, *, default: bool) -> bool:
    if value is None or value == "":
        return default
    return value is True or str(value).strip().lower() in {"true", "1"}


@dataclass(frozen=True, slots=True)
class ComponentResult:
    """One row of ``componentSuccesses`` or ``componentFailures``."""

    type: str
    full_name: str
    file_name: str
    problem: str | None = None
    problem_type: str | None = None
    line: int | None = None
    column: int | None = None
    created: bool = False
    changed: bool = False
    deleted: bool = False

    @property
    def success(self) -> bool:
        """Whether the component succeeded."""
        return self.problem is None or self.problem_type == "Warning"


@dataclass(frozen=True, slots=True)
class DeployTestResult:
    """The result of one Apex test method."""

    __test__ = False

    class_name: str
    method: str
    message: str | None = None
    stack_trace: str | None = None
    milliseconds: float = 0.0


@dataclass(frozen=True, slots=True)
class CoveredFile:
    """A class or trigger: how many lines can be executed, and which were not."""

    name: str
    lines: int
    missed: tuple[int, ...]


@dataclass(slots=True)
class DeployJob:
    """A deploy request from queue to end.

    Attributes:
        state: Pending, InProgress, Succeeded, SucceededPartial, Failed, Canceling, Canceled.
        tests_run_by: who executed Apex, or why nobody did.
    """

    id: str
    options: DeployOptions
    archive: bytes | None
    state: str = "Pending"
    total: int = 0
    handled: int = 0
    results: list[ComponentResult] = field(default_factory=list)
    tests: list[DeployTestResult] = field(default_factory=list)
    tests_total: int = 0
    coverage: list[CoveredFile] = field(default_factory=list)
    tests_run_by: str | None = None
    error: str | None = None
    canceled: bool = False
    created: datetime = field(default_factory=lambda: datetime.now(timezone.utc))
    started: datetime | None = None
    completed: datetime | None = None
    future: Future[None] | None = None
    validated_by: str | None = None
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def done(self) -> bool:
        """Whether the job has ended."""
        return self.state in {"Succeeded", "SucceededPartial", "Failed", "Canceled"}

    @property
    def failures(self) -> list[ComponentResult]:
        """The rows that failed."""
        return [row for row in self.results if not row.success]

    def finish(self, state: str) -> None:
        """Set the final state."""
        with self._turn:
            self.completed = datetime.now(timezone.utc)
            self.state = state

    def begin(self) -> None:
        """Start the job, unless it is to be canceled."""
        with self._turn:
            self.started = datetime.now(timezone.utc)
            if self.state == "Pending":
                self.state = "InProgress"

    def ask_to_cancel(self) -> None:
        """Mark the job to be canceled, unless it has ended."""
        with self._turn:
            self.canceled = True
            if not self.done:
                self.state = "Canceling"


class Jobs:
    """The org's deploy requests by Id (15 or 18 characters)."""

    def __init__(self) -> None:
        self._jobs: dict[str, DeployJob] = {}
        self._lock = threading.Lock()

    def add(self, job: DeployJob) -> None:
        """Add a job."""
        with self._lock:
            self._jobs[job.id[:15]] = job

    def find(self, job_id: str) -> DeployJob | None:
        """Find a job by either form of its Id."""
        return self._jobs.get(job_id[:15])

    def all(self) -> list[DeployJob]:
        """Return the jobs, oldest first."""
        return list(self._jobs.values())
