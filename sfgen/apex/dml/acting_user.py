"""The user that `System.runAs` names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.values import SObject

if TYPE_CHECKING:
    from sfgen.apex.dml.dml_org import DmlOrg

__all__ = ["acting_user"]


def acting_user(org: DmlOrg, user: SObject) -> SObject:
    """The stored row of the user; one that was never saved is saved first.

    Counts as a DML statement (LM08).
    """
    current().governor.count("dml_statements")
    owner = org.data.schema["User"]
    if not user.fields.get("id"):
        from sfgen.apex.access.profile_assignment import assign_profile
        from sfgen.apex.dml.related_saves import add_row

        values = {key: value for key, value in user.fields.items() if key in owner.fields}
        row = add_row(org.data, "User", {"isactive": True, **values})
        user.fields["id"] = row["id"]
        assign_profile(org.data, row)
    org.permissions.forget()
    stored = org.data.store.row(owner, str(user.fields["id"])) or dict(user.fields)
    return SObject(owner.name, stored.items())
