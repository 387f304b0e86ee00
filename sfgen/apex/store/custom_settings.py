"""Custom settings and custom metadata as their own methods answer them (CS01-CS07)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.ids import Id, long_id
from sfgen.apex.runtime.values import ApexMap, SObject
from sfgen.apex.types.model import STRING, ApexType

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.apex.schema.schema import Field, ObjectType
    from sfgen.apex.store.org_data import OrgData
    from sfgen.apex.store.store import Row

__all__ = ["CustomSettings"]


class CustomSettings:
    """`X__c.getInstance()` and kin; no query is counted.

    `default_value` answers what a field of a new record holds.
    """

    def __init__(self, data: OrgData, default_value: Callable[[Field, Row], Any]) -> None:
        self.data = data
        self._default_value = default_value

    def _row(self, owner: ObjectType, key: str, value: str) -> Row | None:
        found = self.data.store.rows_where(owner, f'"{key}" = ? AND NOT "isdeleted"', [value])
        return found[0] if found else None

    def _record(self, owner: ObjectType, row: Row, *, read_only: bool = False) -> SObject:
        record = SObject(owner.name, row.items())
        record.read_only = read_only
        return record

    def _profile_of(self, owner_id: str) -> str | None:
        user = self.data.store.row(self.data.schema["User"], owner_id)
        return str(user["profileid"]) if user and user.get("profileid") else None

    def call(self, name: str, method: str, *arguments: Any) -> Any:
        """`X__c.getInstance(...)`, `getOrgDefaults()`, `getValues(...)`, `getAll()`."""
        key = arguments[0] if arguments else None
        called = method.lower()
        if called == "getall":
            return self.get_all(name)
        if called == "getorgdefaults":
            return self.get_org_defaults(name)
        if called == "getvalues":
            return self.get_values(name, key)
        return self.find(name, key)

    # -- hierarchy settings -----------------------------------------------------------------

    def get_instance(self, name: str, owner_id: str | None = None) -> SObject | None:
        """Hierarchy: user over profile over org, field by field. List: the row of that name."""
        owner = self.data.schema[name]
        if owner.kind == "list_setting":
            return self.get_values(name, owner_id)
        wanted = long_id(owner_id) if owner_id else self.data.user_id
        levels = [self.data.organization_id, self._profile_of(wanted), wanted]
        rows = [self._row(owner, "setupownerid", each) for each in levels if each]
        merged: Row = {}
        for row in rows:
            for key, value in (row or {}).items():
                if owner.fields[key].custom and value is not None:
                    merged[key] = value
        own = rows[-1]
        if own is not None:
            merged = {**own, **merged}
        else:
            self._fill(owner, merged, defaults=not any(rows))
            merged["setupownerid"] = Id(wanted)
        return self._record(owner, merged)

    def _fill(self, owner: ObjectType, row: Row, *, defaults: bool) -> None:
        """Checkboxes of an unsaved object are false, or their default where no row says more."""
        for field in owner.fields.values():
            if not field.custom or field.key in row:
                continue
            if defaults and field.default is not None:
                value = self._default_value(field, row)
                if value is not None:
                    row[field.key] = value
            elif field.type == "BOOLEAN":
                row[field.key] = False

    def get_org_defaults(self, name: str) -> SObject:
        """The org's row; an unsaved object when there is none (CS03)."""
        owner = self.data.schema[name]
        row = self._row(owner, "setupownerid", self.data.organization_id)
        if row is None:
            row = {}
            self._fill(owner, row, defaults=True)
            row["setupownerid"] = Id(self.data.organization_id)
        return self._record(owner, row)

    def get_values(self, name: str, key: str | None) -> SObject | None:
        """Exactly the row of that owner (hierarchy) or name (list); null if there is none."""
        owner = self.data.schema[name]
        if not key:
            return None
        if owner.kind == "list_setting":
            row = self._row(owner, "name", key)
        else:
            row = self._row(owner, "setupownerid", long_id(key))
        return self._record(owner, row) if row else None

    # -- list settings and custom metadata --------------------------------------------------

    def get_all(self, name: str) -> ApexMap:
        """Rows by name; those of custom metadata by developer name, and read-only (CS05, CS07)."""
        owner = self.data.schema[name]
        metadata = owner.kind == "metadata"
        key = "developername" if metadata else "name"
        rows = self.data.store.rows_where(owner, 'NOT "isdeleted"', [])
        pairs = ((str(row[key]), self._record(owner, row, read_only=metadata)) for row in rows)
        return ApexMap(pairs, STRING, ApexType(owner.name))

    def get_metadata(self, name: str, key: str) -> SObject | None:
        """`X__mdt.getInstance(developerNameOrIdOrQualifiedName)`."""
        owner = self.data.schema[name]
        for field in ("developername", "qualifiedapiname", "id"):
            row = self._row(owner, field, key)
            if row is not None:
                return self._record(owner, row, read_only=True)
        return None

    def find(self, name: str, key: Any = None) -> SObject | None:
        """`getInstance(key)` of any of the three kinds."""
        if self.data.schema[name].kind == "metadata":
            return self.get_metadata(name, str(key)) if key else None
        return self.get_instance(name, key)
