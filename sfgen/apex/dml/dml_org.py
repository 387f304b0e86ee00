"""What DML asks of its org: the data, and what every save must pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sfgen.apex.access.permissions import Permissions
    from sfgen.apex.dml.dml_triggers import Triggers
    from sfgen.apex.formulas.rules import Rules
    from sfgen.apex.store.org_data import OrgData

__all__ = ["DmlOrg"]


@dataclass(frozen=True, slots=True)
class DmlOrg:
    """One org's rows with the rights, rules and triggers that a save of them meets."""

    data: OrgData
    permissions: Permissions
    rules: Rules
    triggers: Triggers
