"""Rows of the platform's own; no trigger, rule or limit sees them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.ids import Id

if TYPE_CHECKING:
    from sfgen.apex.store.org_data import OrgData

__all__ = ["OrgRows"]

_MOMENT = dt.datetime(2024, 1, 1, tzinfo=dt.timezone.utc)


class OrgRows:
    """Writes rows that every org has, or that a deployed project leaves in one."""

    def __init__(self, data: OrgData) -> None:
        self.data = data
        self.store = data.store
        self.schema = data.schema

    def add(self, name: str, /, **values: Any) -> Id:
        """One row; fields that the object doesn't have are left out. Answers its Id."""
        owner = self.schema[name]
        row: dict[str, Any] = {"id": self.store.new_id(owner)}
        admin = self.data.admin_id
        moments = ("createddate", "lastmodifieddate", "systemmodstamp")
        row.update(dict.fromkeys(moments, _MOMENT))
        if admin:
            row.update(dict.fromkeys(("createdbyid", "lastmodifiedbyid", "ownerid"), Id(admin)))
        for field in owner.fields.values():
            if field.type == "BOOLEAN" and field.stored:
                row[field.key] = False
        row.update(values)
        self.store.insert(owner, row)
        made: Id = row["id"]
        return made

    def found(self, name: str, key: str, value: str) -> dict[str, Any]:
        """The row with that value."""
        return self.store.rows_where(self.schema[name], f'"{key}" = ?', [value])[0]
