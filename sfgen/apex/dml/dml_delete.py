"""Delete with its cascades, undelete, merge and the recycle bin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.dml.dml_triggers import TriggerFailure, errors_of, trigger_record
from sfgen.apex.dml.roll_ups import ParentTotals
from sfgen.apex.terms.dml_results import DmlError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfgen.apex.dml.dml_org import DmlOrg
    from sfgen.apex.schema.schema import ObjectType
    from sfgen.apex.store.pending import Pending
    from sfgen.apex.terms.access_mode import DmlOptions

__all__ = ["DeleteBatch", "UndeleteBatch", "move_children"]


class DeleteBatch:
    """One delete of at most 200 rows of one object."""

    def __init__(self, org: DmlOrg, owner: ObjectType, options: DmlOptions) -> None:
        self.org = org
        self.store = org.data.store
        self.owner = owner
        self.options = options

    def run(self, rows: Sequence[Pending]) -> None:
        """Delete what can be deleted."""
        live = [each for each in rows if not each.errors]
        shown = [trigger_record(self.owner, each.old or {}, read_only=True) for each in live]
        try:
            self.org.triggers.run(self.owner, "BEFORE_DELETE", None, shown)
            for each, record in zip(live, shown, strict=True):
                each.fail(*errors_of(record))
            live = [each for each in live if not each.errors]
            totals = ParentTotals(self.org, self.owner)
            totals.note([each.old for each in live])
            for each in live:
                self._remove(each)
            live = [each for each in live if not each.errors]
            after = [trigger_record(self.owner, each.old or {}, read_only=True) for each in live]
            self.org.triggers.run(self.owner, "AFTER_DELETE", None, after)
            for each, record in zip(live, after, strict=True):
                each.fail(*errors_of(record))
            totals.update(self.options)
        except TriggerFailure as failure:
            for each in live:
                each.fail(failure.error)

    def _remove(self, pending: Pending) -> None:
        record_id = (pending.old or {})["id"]
        blocking = self._restricting(record_id)
        if blocking is not None:
            pending.fail(
                DmlError(
                    "DELETE_FAILED",
                    f"Your attempt to delete {(pending.old or {}).get('name', record_id)} could "
                    f"not be completed because it is associated with the following "
                    f"{blocking.plural.lower()}.",
                )
            )
            return
        self._cascade(self.owner, record_id, root=record_id)

    def _restricting(self, record_id: str) -> ObjectType | None:
        for link in self.org.data.schema.children(self.owner.name):
            child = self.org.data.schema[link.child]
            field = child.fields[link.field.lower()]
            if field.on_delete == "Restrict" and self._children(child, field.key, record_id):
                return child
        return None

    def _children(self, child: ObjectType, key: str, record_id: str) -> list[str]:
        if child.key not in self.store.tables:
            return []
        found = self.store.rows_where(child, f'"{key}" = ? AND NOT "isdeleted"', [record_id])
        return [each["id"] for each in found]

    def _cascade(self, owner: ObjectType, record_id: str, root: str) -> None:
        """Move a row to the bin; children follow or let go, and no trigger sees them (TR08)."""
        if owner.setup or owner.setting:
            self.store.remove(owner, record_id)
        else:
            self.store.update(owner, record_id, {"isdeleted": True})
            self.store.put_in_bin(owner.key, record_id, root)
        for link in self.org.data.schema.children(owner.name):
            child = self.org.data.schema[link.child]
            field = child.fields[link.field.lower()]
            if not field.stored:
                continue
            for child_id in self._children(child, field.key, record_id):
                if field.on_delete == "Cascade":
                    self._cascade(child, child_id, root)
                elif not field.required:
                    self.store.update(child, child_id, {field.key: None})
                    self.store.put_in_bin(f"{child.key}.{field.key}", child_id, root, record_id)


class UndeleteBatch:
    """One undelete of rows of one object."""

    def __init__(self, org: DmlOrg, owner: ObjectType) -> None:
        self.org = org
        self.owner = owner

    def run(self, rows: Sequence[Pending]) -> None:
        """Restore rows with the children that were deleted along with them."""
        store = self.org.data.store
        live = [each for each in rows if not each.errors]
        for each in live:
            for place, child_id, parent_id in store.take_from_bin((each.old or {})["id"]):
                name, _, key = place.partition(".")
                changes = {key: parent_id} if key else {"isdeleted": False}
                store.update(self.org.data.schema[name], child_id, changes)
            each.row = store.row(self.owner, (each.old or {})["id"]) or {}
        shown = [trigger_record(self.owner, each.row, read_only=True) for each in live]
        try:
            self.org.triggers.run(self.owner, "AFTER_UNDELETE", shown, None)
            for each, record in zip(live, shown, strict=True):
                each.fail(*errors_of(record))
        except TriggerFailure as failure:
            for each in live:
                each.fail(failure.error)


def move_children(org: DmlOrg, owner: ObjectType, loser: str, master: str) -> list[str]:
    """Give the children of a merged record to the master; answers their Ids (TR09)."""
    moved = []
    for link in org.data.schema.children(owner.name):
        child = org.data.schema[link.child]
        key = link.field.lower()
        if child.key not in org.data.store.tables or not child.fields[key].stored:
            continue
        if key == "masterrecordid":
            continue
        for row in org.data.store.rows_where(child, f'"{key}" = ? AND NOT "isdeleted"', [loser]):
            org.data.store.update(child, row["id"], {key: master})
            moved.append(str(row["id"]))
    return moved
