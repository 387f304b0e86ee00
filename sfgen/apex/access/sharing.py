"""Which rows a user sees and edits: owner, role hierarchy, shares, org-wide default."""
# ruff: noqa: S608 - names in the SQL come from the schema, Ids from the store

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.apex.schema.schema import Field, ObjectType, Schema
    from sfgen.apex.store.org_data import OrgData
    from sfgen.apex.store.store import Row

__all__ = ["Sharing"]

_DEEPEST = 3
"""Master-detail relationships go three levels deep (Salesforce Help, relationship limits)."""
_OPEN = {"read": ("Read", "ReadWrite"), "edit": ("ReadWrite",), "delete": ("FullAccess",)}
"""Organization-wide defaults that need no share for a right."""


def _listed(ids: set[str]) -> str:
    return ", ".join(f"'{each}'" for each in sorted(ids))


def _own_ids(data: OrgData) -> set[str]:
    """The user, the queues and groups the user is in, and everybody below in the roles."""
    store, schema = data.store, data.schema
    user_id = data.user_id
    found = {user_id}
    for row in store.rows_where(schema["GroupMember"], '"userorgroupid" = ?', [user_id]):
        found.add(str(row["groupid"]))
    user = store.row(schema["User"], user_id) or {}
    role = user.get("userroleid")
    roles = {str(role)} if role else set()
    below: set[str] = set()
    while roles:
        children = {
            str(row["id"])
            for parent in roles
            for row in store.rows_where(schema["UserRole"], '"parentroleid" = ?', [parent])
        }
        roles = children - below
        below |= roles
    for each in below:
        for row in store.rows_where(schema["User"], '"userroleid" = ?', [each]):
            found.add(str(row["id"]))
    return found


def _share_object(schema: Schema, owner: ObjectType) -> tuple[ObjectType, str] | None:
    name = f"{owner.name.removesuffix('__c')}__Share" if owner.custom else f"{owner.name}Share"
    shares = schema.find(name)
    if shares is None:
        return None
    key = "parentid" if owner.custom else f"{owner.key}id"
    return shares, key


def _master(owner: ObjectType) -> Field | None:
    """The lookup to the record that controls the sharing of this one."""
    details = [each for each in owner.fields.values() if each.master_detail]
    if details:
        return details[0]
    if owner.key == "contact":
        return owner.fields["accountid"]
    required = (each for each in owner.fields.values() if each.required and each.reference_to)
    return next(required, None)


class Sharing:
    """Decides about rows for the running user.

    `reaches_all` says of an object and a right (read, edit, delete) whether the user has it on
    every row, whatever the sharing.
    """

    def __init__(self, data: OrgData, reaches_all: Callable[[ObjectType, str], bool]) -> None:
        self._data = data
        self._reaches_all = reaches_all

    def visible_rows(
        self, owner: ObjectType, alias: str, right: str = "read", *, depth: int = 0
    ) -> str | None:
        """SQL that is true for the rows the running user may read, edit or delete; None if all.

        View All and Modify All of an object count before its sharing (Object Reference,
        ObjectPermissions); to delete takes the owner, somebody above, or full access.
        """
        if owner.setup or owner.setting or owner.kind in {"metadata", "event"} or depth > _DEEPEST:
            return None
        if self._reaches_all(owner, right):
            return None
        if owner.sharing == "ControlledByParent":
            return self._by_parent(owner, alias, right, depth)
        if owner.sharing.startswith(_OPEN[right]) or "ownerid" not in owner.fields:
            return None
        own = _listed(_own_ids(self._data))
        terms = [f'{alias}."ownerid" IN ({own})']
        share = _share_object(self._data.schema, owner)
        if share is not None:
            rows, key = share
            level = f"{owner.key}accesslevel" if not owner.custom else "accesslevel"
            extra = {"read": "", "edit": f" AND \"{level}\" <> 'Read'"}.get(
                right, f" AND \"{level}\" = 'All'"
            )
            shared = f'SELECT "{key}" FROM {self._data.store.table(rows)}'
            terms.append(f'{alias}."id" IN ({shared} WHERE "userorgroupid" IN ({own}){extra})')
        return f"({' OR '.join(terms)})"

    def _by_parent(self, owner: ObjectType, alias: str, right: str, depth: int) -> str | None:
        """Rows whose parent may be read, or edited by who wants to edit or delete them."""
        field = _master(owner)
        parent = self._data.schema.find(field.reference_to[0]) if field else None
        if field is None or parent is None or parent is owner or len(field.reference_to) > 1:
            return None
        inner = f"v{depth}"
        wanted = "read" if right == "read" else "edit"
        condition = self.visible_rows(parent, inner, wanted, depth=depth + 1)
        if condition is None:
            return None
        table = self._data.store.table(parent)
        found = (
            f'{alias}."{field.key}" IN (SELECT {inner}."id" FROM {table} {inner} WHERE {condition})'
        )
        if field.required:
            return found
        mine = (
            f" OR {alias}.\"ownerid\" = '{self._data.user_id}'" if "ownerid" in owner.fields else ""
        )
        return f"({found}{mine})"

    def reaches(self, owner: ObjectType, row: Row, right: str) -> bool:
        """Whether the running user may read, edit or delete the row, as far as sharing goes."""
        condition = self.visible_rows(owner, "r", right)
        if condition is None:
            return True
        table = self._data.store.table(owner)
        found = self._data.store.select(
            f'SELECT 1 FROM {table} r WHERE r."id" = ? AND {condition}', [str(row["id"])]
        )
        return bool(found)

    def closed_master(self, owner: ObjectType, row: Row) -> Field | None:
        """The master whose record the user may not edit, so that no detail may be put below it.

        Salesforce Help, "Considerations for Relationships": a detail takes edit on its master.
        """
        for field in owner.fields.values():
            parent = self._data.schema.find(field.reference_to[0]) if field.master_detail else None
            master = row.get(field.key)
            if parent is None or master is None:
                continue
            if not self.reaches(parent, {"id": master}, "edit"):
                return field
        return None
