"""Insert and update of one batch: defaults, triggers, checks, rules, write (TR01)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sfgen.apex.access.right_dependencies import permission_errors
from sfgen.apex.dml.dml_checks import check_row, check_unique, normalize
from sfgen.apex.dml.dml_defaults import fill_audit, fill_computed, fill_defaults, fill_numbers
from sfgen.apex.dml.dml_triggers import TriggerFailure, errors_of, trigger_record
from sfgen.apex.dml.foreign_keys import foreign_keys
from sfgen.apex.dml.related_saves import after_save
from sfgen.apex.dml.roll_ups import ParentTotals
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.ids import Id
from sfgen.apex.runtime.values import SObject
from sfgen.apex.terms.dml_results import DmlError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sfgen.apex.dml.dml_org import DmlOrg
    from sfgen.apex.schema.schema import ObjectType
    from sfgen.apex.store.pending import Pending
    from sfgen.apex.store.store import Row
    from sfgen.apex.terms.access_mode import DmlOptions

__all__ = ["SaveBatch"]

_RETRIES = 3
_KEPT = frozenset({"id", "createddate", "createdbyid", "lastmodifieddate", "lastmodifiedbyid",
                   "systemmodstamp", "isdeleted"})  # fmt: skip


class SaveBatch:
    """One insert or update of at most 200 rows of one object."""

    def __init__(
        self, org: DmlOrg, owner: ObjectType, options: DmlOptions, *, inserting: bool
    ) -> None:
        self.org = org
        self.store = org.data.store
        self.owner = owner
        self.options = options
        self.inserting = inserting
        self.operation = "INSERT" if inserting else "UPDATE"

    def run(self, rows: Sequence[Pending]) -> None:
        """Save what can be; with partial success the good rows again without the bad (DM09)."""
        live = [each for each in rows if not each.errors]
        for attempt in range(_RETRIES + 1):
            point = self.store.savepoint()
            self._attempt(live)
            failed = [each for each in live if each.errors]
            if not failed or self.options.all_or_none:
                self.store.release(point)
                return
            self.store.rollback(point)
            self.store.release(point)
            live = [each for each in live if not each.errors]
            if attempt == _RETRIES:
                text = (
                    "Too many batch retries in the presence of Apex triggers and partial failures."
                )
                for each in live:
                    each.fail(DmlError("UNKNOWN_EXCEPTION", text))

    def _attempt(self, live: Sequence[Pending]) -> None:
        for each in live:
            self._prepare(each)
        try:
            self._before(live)
            good = self._check(live)
            if len(good) < len(live) and self.options.all_or_none:
                return
            totals = ParentTotals(self.org, self.owner)
            totals.note([*(each.old for each in good), *(each.row for each in good)])
            self._write(good)
            after_save(self.org.data, self.owner, [each.row for each in good], new=self.inserting)
            self._after(good)
            if not any(each.errors for each in good):
                totals.update(replace(self.options, all_or_none=True))
        except TriggerFailure as failure:
            for each in live:
                if not each.errors:
                    each.fail(failure.error)

    def _prepare(self, pending: Pending) -> None:
        given = self._given(pending.record)
        user = self.org.data.user_id
        if self.inserting:
            pending.row = given
            pending.changed = set(given)
            fill_defaults(self.owner, given, user, self.org.rules.default_value)
            if "setupownerid" in self.owner.fields and not given.get("setupownerid"):
                given["setupownerid"] = Id(self.org.data.organization_id)
        else:
            pending.row = {
                key: value
                for key, value in (pending.old or {}).items()
                if (known := self.owner.fields.get(key)) is None or known.stored
            } | given
            pending.changed = {
                key for key, value in given.items() if (pending.old or {}).get(key) != value
            }

    def _given(self, record: SObject) -> Row:
        """The record's own stored fields that may be written."""
        given: Row = {}
        for key, value in record.fields.items():
            known = self.owner.fields.get(key)
            if known is not None and known.stored and self._writes(known, record):
                given[key] = None if value == "" else value  # triggers see null, too
        given.update(foreign_keys(self.store, self.owner, record))
        return given

    def _writes(self, known: Any, record: SObject) -> bool:
        if (record.marks or {}).get("by_platform"):
            return True  # what the platform itself sets: a converted lead's Ids
        if self.inserting:
            faked = known.key in _KEPT and (record.marks or {}).get("faked")
            return bool(known.createable or faked)
        return bool(known.updateable) or known.key == "id"

    def _show(self, pending: Pending, *, read_only: bool) -> SObject:
        pending.shown = trigger_record(self.owner, pending.row, read_only=read_only)
        return pending.shown

    def _old(self, rows: Iterable[Pending]) -> list[SObject] | None:
        if self.inserting:
            return None
        return [
            trigger_record(self.owner, each.old or {}, read_only=True, allows_errors=False)
            for each in rows
        ]

    def _before(self, live: Sequence[Pending]) -> None:
        operation = f"BEFORE_{self.operation}"
        if not live or not self.org.triggers.listens(self.owner, operation):
            return
        shown = [self._show(each, read_only=False) for each in live]
        self.org.triggers.run(self.owner, operation, shown, self._old(live))
        for each, record in zip(live, shown, strict=True):
            each.fail(*errors_of(record))
            before = each.row
            each.row = {
                key: value
                for key, value in record.fields.items()
                if key in self.owner.fields and not isinstance(value, SObject)
            }
            for key in set(before) - set(each.row) - {"isdeleted"}:
                each.row[key] = None
            each.changed |= {
                key for key, value in each.row.items() if before.get(key) != value
            } - _KEPT
            if self.inserting:
                each.row.pop("id", None)
            else:
                each.row["id"] = before["id"]

    def _check(self, live: Sequence[Pending]) -> list[Pending]:
        for each in live:
            own = (each.record.marks or {}).get("options")
            cut = own is not None and own.get("allowfieldtruncation") is True
            normalize(self.owner, each.row, truncate=cut or self.options.truncate)
            fill_computed(self.owner, each.row, each.changed, new=self.inserting)
            if not each.errors:
                each.fail(
                    *check_row(
                        self.store, self.owner, each.row, each.changed, inserting=self.inserting
                    )
                )
        good = [each for each in live if not each.errors]
        for each in good:
            each.fail(*self.org.permissions.parent_errors(self.owner, each, self.options.access))
        good = [each for each in good if not each.errors]
        if self.owner.key == "objectpermissions":
            for place, error in permission_errors(self.org.data, [each.row for each in good]):
                good[place].fail(error)
        rows, sees = [each.row for each in good], self.org.permissions.sees
        for place, error in check_unique(self.store, self.owner, rows, sees):
            good[place].fail(error)
        for each in good:
            if not each.errors:
                each.fail(*self.org.rules.errors(self.owner, each.row, each.old))
        return [each for each in good if not each.errors]

    def _write(self, good: Sequence[Pending]) -> None:
        now = current().now()
        for each in good:
            faked = (each.record.marks or {}).get("faked")
            kept = {key: each.row[key] for key in _KEPT & set(each.row)} if faked else {}
            fill_audit(self.owner, each.row, self.org.data.user_id, now, new=self.inserting)
            each.row.update({key: value for key, value in kept.items() if value is not None})
            if self.inserting:
                each.row["id"] = self.store.new_id(self.owner)
                fill_numbers(self.store, self.owner, each.row)
                self.store.insert(self.owner, each.row)
            else:
                self.store.update(self.owner, each.row["id"], each.row)

    def _after(self, good: Sequence[Pending]) -> None:
        operation = f"AFTER_{self.operation}"
        if not good or not self.org.triggers.listens(self.owner, operation):
            return
        for each in good:
            each.row = self.store.row(self.owner, each.row["id"]) or each.row
        shown = [self._show(each, read_only=True) for each in good]
        self.org.triggers.run(self.owner, operation, shown, self._old(good))
        for each, record in zip(good, shown, strict=True):
            each.fail(*errors_of(record))
