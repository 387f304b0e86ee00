"""What an org has run out of, and which rows somebody else holds: faults set from outside.

An org shows these on its bad days only. A test of sfgen's or the preview sets them with
`ApexHost.faults`; `sfgen test --fault NAME` runs a whole suite under one.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sfgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["ASYNC_LIMIT", "FAULTS", "ROW_LOCK", "SETTINGS_STORAGE", "OrgFaults"]

ASYNC_LIMIT: Final = "async-limit"
SETTINGS_STORAGE: Final = "settings-storage"
ROW_LOCK: Final = "row-lock"

FAULTS: Final[Mapping[str, str]] = {
    ASYNC_LIMIT: "the day's asynchronous Apex executions are spent",
    SETTINGS_STORAGE: "the storage of custom settings is full",
    ROW_LOCK: "another transaction holds the rows",
}
"""Every fault by name, with what it means."""


@dataclass
class _Fault:
    """A fault that is set: of which objects or records, and how often it still strikes."""

    only: frozenset[str] = frozenset()
    times: int | None = None


@dataclass
class OrgFaults:
    """The faults of one org; they may be set and cleared from any thread, at any time."""

    _set: dict[str, _Fault] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def set(self, name: str, *, only: Iterable[str] = (), times: int | None = None) -> None:
        """Set a fault until it is cleared, or until it has struck `times` times.

        `only` names the objects or record Ids that it strikes; all without it.
        Raises UsageError for a name that FAULTS doesn't have.
        """
        if name not in FAULTS:
            raise UsageError(f"no fault is named {name}", hint=f"one of {', '.join(FAULTS)}")
        with self._lock:
            self._set[name] = _Fault(frozenset(each.lower() for each in only), times)

    def clear(self, *names: str) -> None:
        """Clear faults; all of them without a name."""
        with self._lock:
            for name in names or tuple(self._set):
                self._set.pop(name, None)

    @property
    def active(self) -> tuple[str, ...]:
        """The names of the faults that are set."""
        with self._lock:
            return tuple(name for name in FAULTS if name in self._set)

    def is_set(self, name: str) -> bool:
        """Whether a fault is set, without its striking."""
        return name in self._set

    def strikes(self, name: str, *places: str) -> bool:
        """Whether the fault strikes one of the places (objects, Ids) now; counts if so."""
        if name not in self._set:
            return False
        with self._lock:
            found = self._set.get(name)
            if found is None or (found.only and not found.only & {p.lower() for p in places}):
                return False
            if found.times is not None:
                found.times -= 1
                if found.times <= 0:
                    del self._set[name]
            return True
