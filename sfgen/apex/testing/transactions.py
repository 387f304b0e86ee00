"""Runs one test class: its set-up once, every method in a transaction that is rolled back."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sfgen.apex.intrinsics.faults import as_apex
from sfgen.apex.runtime.exceptions import ApexException, StackFrame, Unsupported
from sfgen.apex.runtime.execution import Clock, Execution, TestState, enter
from sfgen.apex.runtime.surrogates import encodable
from sfgen.apex.testing.results import TestResult
from sfgen.apex.watchdog import watched

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from sfgen.apex.compiler.compiled import TestClass
    from sfgen.apex.org import Org

__all__ = ["TestBench"]

_SECONDS = 15.0
"""Processor time of one test; an org's 10 s are counted on faster machines."""
_ALWAYS = (
    "permissionset permissionsetassignment permissionsetgroup permissionsetgroupcomponent "
    "group groupmember userrole recordtype"
).split()
"""Objects whose rows every access check reads."""


@dataclass(frozen=True, slots=True)
class _Failure:
    outcome: str
    message: str
    frames: tuple[StackFrame, ...]


class TestBench:
    """Runs test classes against one org; `seed` and `clock` make a run repeatable."""

    __test__ = False

    def __init__(
        self, org: Org, *, seed: int | None = None, clock: dt.datetime | None = None
    ) -> None:
        self.org = org
        self.seed = seed
        self.clock = clock
        for unit in org.program.units:
            org.database.store.expect(unit.objects)
        org.database.store.expect(_ALWAYS)

    def run_class(self, test: TestClass, methods: Sequence[str] | None = None) -> list[TestResult]:
        """Run the class's methods, or those named; results in text order."""
        wanted = {name.lower() for name in methods} if methods is not None else None
        chosen = [
            (name, line) for name, line in test.methods if wanted is None or name.lower() in wanted
        ]
        store = self.org.database.store
        store.renew_tables()
        start = store.savepoint()
        try:
            failure = self._set_up(test)
            if failure is not None:
                return [self._result(test, name, line, 0.0, failure) for name, line in chosen]
            return [self._run_method(test, name, line) for name, line in chosen]
        finally:
            store.rollback(start)
            store.release(start)

    def _set_up(self, test: TestClass) -> _Failure | None:
        namespace = self.org.program.namespace
        for function in test.setups:
            failure = self._transact(test, "", namespace[function])
            if failure is not None:
                return failure
        return None

    def _run_method(self, test: TestClass, name: str, line: int) -> TestResult:
        store = self.org.database.store
        store.renew_tables()
        savepoint = store.savepoint()
        begin = time.perf_counter()
        function = f"{test.python}__m_{name.lower()}"
        try:
            failure = self._transact(test, name, self.org.program.namespace[function])
        finally:
            store.rollback(savepoint)
            store.release(savepoint)
        return self._result(test, name, line, time.perf_counter() - begin, failure)

    def _result(
        self, test: TestClass, name: str, line: int, seconds: float, failure: _Failure | None
    ) -> TestResult:
        file = self.org.file_of(test.name)
        if failure is None:
            return TestResult(test.name, name, "passed", seconds, file=file, line=line)
        outcome, message = failure.outcome, failure.message
        if outcome == "failed" and name.lower() in test.seeing:
            outcome = "unsupported"
            message = f"the org's own records, which SeeAllData=true reads: {message}"
        own = [each for each in failure.frames if each.file]
        where = own[0] if own else StackFrame("", line, file)
        return TestResult(
            test.name,
            name,
            outcome,
            seconds,
            message,
            failure.frames,
            where.file,
            where.line,
        )

    def _execution(self, test: TestClass, method: str) -> Execution:
        execution = self.org.execution()
        execution.clock = Clock(self.clock)
        execution.random = random.Random(self.seed)  # noqa: S311 - Apex's Math.random
        execution.test = TestState(
            running=True,
            class_name=test.name,
            method_name=method,
            see_all_data=test.see_all_data,
        )
        execution.quiddity = "RUNTEST_SYNC"
        return execution

    def _transact(
        self, test: TestClass, method: str, function: Callable[[], Any]
    ) -> _Failure | None:
        """Run a function in a transaction of its own; what went wrong, or None."""
        self.org.program.begin()
        execution = self._execution(test, method)
        with enter(execution):
            try:
                with watched(_SECONDS):
                    function()
            except Unsupported as failure:
                return _Failure("unsupported", encodable(str(failure)), failure.frames)
            except Exception as error:  # noqa: BLE001 - any error of a test is its result
                return self._failure(error)
        return None

    @staticmethod
    def _failure(error: Exception) -> _Failure:
        try:
            found: ApexException = as_apex(error)
        except Unsupported as failure:
            return _Failure("unsupported", encodable(str(failure)), failure.frames)
        return _Failure("failed", encodable(str(found)), found.frames)
