"""The user that `System.runAs` names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.values import SObject

if TYPE_CHECKING:
    from sfgen.apex.database import Database

__all__ = ["acting_user"]


def acting_user(database: Database, user: SObject) -> SObject:
    """The stored row of the user; one that was never saved is saved first.

    Counts as a DML statement (LM08).
    """
    current().governor.count("dml_statements")
    owner = database.schema["User"]
    if not user.fields.get("id"):
        from sfgen.apex.dml.related_saves import add_row, assign_profile

        values = {key: value for key, value in user.fields.items() if key in owner.fields}
        row = add_row(database, "User", {"isactive": True, **values})
        user.fields["id"] = row["id"]
        assign_profile(database, row)
    database.permissions.forget()
    stored = database.store.row(owner, str(user.fields["id"])) or dict(user.fields)
    return SObject(owner.name, stored.items())
