"""Parents whose roll-up summaries a save changed: their update triggers run (TR01)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.values import SObject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfgen.apex.dml.dml_org import DmlOrg
    from sfgen.apex.schema.schema import Field, ObjectType
    from sfgen.apex.store.store import Row
    from sfgen.apex.terms.access_mode import DmlOptions

__all__ = ["ParentTotals"]


class ParentTotals:
    """The roll-ups of some rows' parents, taken before a save and compared after it."""

    def __init__(self, org: DmlOrg, child: ObjectType) -> None:
        self.org = org
        self.before: dict[tuple[str, str], tuple[Any, ...]] = {}
        self.parents = [
            (owner, fields)
            for owner in org.data.schema.summing(child.name)
            if org.triggers.listens(owner, "BEFORE_UPDATE")
            or org.triggers.listens(owner, "AFTER_UPDATE")
            for fields in [[each for each in owner.fields.values() if _sums(each, child)]]
        ]

    def note(self, rows: Sequence[Row | None]) -> None:
        """Remember the totals of the rows' parents; those noted before keep their first value."""
        for owner, fields in self.parents:
            for row in rows:
                for parent_id in _parent_ids(fields, row or {}):
                    key = owner.name, parent_id
                    if key not in self.before:
                        self.before[key] = self._totals(owner, fields, parent_id)

    def _totals(
        self, owner: ObjectType, fields: Sequence[Field], parent_id: str
    ) -> tuple[Any, ...]:
        rules = self.org.rules
        return tuple(rules.calculate(owner, each, {"id": parent_id}) for each in fields)

    def update(self, options: DmlOptions) -> None:
        """Run the update of every parent whose totals are others now.

        Raises TriggerFailure when a parent's trigger or rule refuses it.
        """
        from sfgen.apex.dml.dml_save import SaveBatch
        from sfgen.apex.dml.dml_triggers import TriggerFailure
        from sfgen.apex.store.pending import Pending

        for owner, fields in self.parents:
            batch: list[Pending] = []
            for (name, parent_id), old in self.before.items():
                row = self.org.data.store.row(owner, parent_id) if name == owner.name else None
                if row is None or row.get("isdeleted"):
                    continue
                if self._totals(owner, fields, parent_id) != old:
                    record = SObject(owner.name, [("id", row["id"])])
                    keys = [each.key for each in fields]
                    row |= dict(zip(keys, old, strict=True))
                    batch.append(Pending(len(batch), record, old=row))
            if batch:
                SaveBatch(self.org, owner, options, inserting=False).run(batch)
            for each in batch:
                if each.errors:
                    raise TriggerFailure(each.errors[0])


def _sums(field: Field, child: ObjectType) -> bool:
    return field.summary is not None and field.summary.child.lower() == child.key


def _parent_ids(fields: Sequence[Field], row: Row) -> set[str]:
    keys = {each.summary.foreign_key.lower() for each in fields if each.summary is not None}
    return {str(row[key]) for key in keys if row.get(key)}
