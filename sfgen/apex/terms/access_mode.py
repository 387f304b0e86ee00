"""How an operation reaches data: user or system mode, and with or without sharing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["SYSTEM", "USER", "WITH_SHARING", "Access", "DmlOptions", "TriggerRunner"]


@dataclass(frozen=True, slots=True)
class Access:
    """Whose rights count. `user_mode`: object, field and record access of the running user.

    `sharing`: record access only, as a class `with sharing` has it in system mode.
    """

    user_mode: bool = False
    sharing: bool = False

    @property
    def filters_rows(self) -> bool:
        """Whether rows that the running user may not see are left out."""
        return self.user_mode or self.sharing


SYSTEM = Access()
WITH_SHARING = Access(sharing=True)
USER = Access(user_mode=True, sharing=True)


@dataclass(frozen=True, slots=True)
class DmlOptions:
    """How a DML call is made (Apex Reference Guide, Database class and DMLOptions)."""

    access: Access = field(default=SYSTEM)
    all_or_none: bool = True
    external_id: str | None = None
    truncate: bool = False

    def partial(self) -> DmlOptions:
        """The same call with `allOrNone` false."""
        return replace(self, all_or_none=False)


class TriggerRunner(Protocol):
    """Runs the project's triggers; the compiler registers one with `Triggers.runner`.

    `operation` is a `System.TriggerOperation` name such as `BEFORE_INSERT`. `new` and `old` are
    the rows of `Trigger.new` and `Trigger.old` (None where the platform has null). Exceptions
    that leave a trigger are raised as they are; data/ turns them into DmlExceptions.
    """

    def has_triggers(self, object_name: str, operation: str) -> bool:
        """Whether any active trigger listens, so that rows need not be copied for nothing."""
        ...

    def run(
        self,
        object_name: str,
        operation: str,
        new: Sequence[Any] | None,
        old: Sequence[Any] | None,
    ) -> None:
        """Run every trigger of the object for this operation."""
        ...


Binds = "Mapping[str, Any]"
"""Values of bind variables by lower-case expression text."""
