"""What every room above asks of an org: its objects, its rows, its conditions, its user."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sfgen.apex.conditions import OrgConditions
from sfgen.apex.org_faults import OrgFaults
from sfgen.apex.runtime.execution import current, has_current

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.apex.runtime.values import SObject
    from sfgen.apex.schema.schema import Field, ObjectType, Schema
    from sfgen.apex.store.store import Store

__all__ = ["OrgData", "find_data", "org_data"]


def _calculates_nothing(*_: object) -> None:
    """No rules are known yet."""


@dataclass(slots=True)
class OrgData:
    """The schema and the rows of one org, and what it is like.

    `admin_id` is the Id of the administrator, who runs what nobody else runs; it is known once
    the org's users are written. `calculated` answers a formula field or a roll-up of a record.
    """

    schema: Schema
    store: Store
    conditions: OrgConditions = field(default_factory=OrgConditions)
    faults: OrgFaults = field(default_factory=OrgFaults)
    admin_id: str = ""
    calculated: Callable[[SObject, ObjectType, Field], Any] = _calculates_nothing

    @property
    def user_id(self) -> str:
        """The running user's Id."""
        user = current().user if has_current() else None
        return str(user.fields["id"]) if user is not None else self.admin_id

    @property
    def organization_id(self) -> str:
        """The org's Id."""
        return str(self.store.rows_where(self.schema["Organization"], "1", [])[0]["id"])


def find_data() -> OrgData | None:
    """The data of the org whose transaction runs; None for code that runs without an org."""
    database = current().database
    found: OrgData | None = database.data if database is not None else None
    return found


def org_data() -> OrgData:
    """The data of the org whose transaction runs. LookupError where there is no org."""
    database = current().database
    if database is None:
        raise LookupError("the transaction has no org")
    found: OrgData = database.data
    return found
