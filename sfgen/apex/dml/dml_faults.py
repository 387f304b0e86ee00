"""Saves and locks that an org refuses on its bad days, as `OrgFaults` sets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.org_faults import ROW_LOCK, SETTINGS_STORAGE
from sfgen.apex.soql.soql_scope import query_problem
from sfgen.apex.terms.dml_results import DmlError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.apex.runtime.values import ApexList
    from sfgen.apex.schema.schema import ObjectType
    from sfgen.apex.store.org_data import OrgData
    from sfgen.apex.store.pending import Pending

__all__ = ["fault_errors", "lock_rows"]

_HELD = (
    "Record Currently Unavailable: The record you are attempting to edit, or one of its related "
    "records, is currently being modified by another user. Please try again."
)


def fault_errors(
    data: OrgData, verb: str, owner: ObjectType, pending: Pending
) -> Iterator[DmlError]:
    """What stands in the way of a row that could be saved otherwise.

    The status of a full storage is documented (Object Reference, StatusCode); its words are not.
    A row's lock takes its master and its lookups' rows along (Salesforce Help 000387767).
    """
    faults = data.faults
    if not faults.active:
        return
    if (
        verb in {"Insert", "Update"}
        and owner.setting
        and faults.strikes(SETTINGS_STORAGE, owner.name)
    ):
        yield DmlError("CUSTOM_SETTINGS_LIMIT_EXCEEDED", "custom settings limit exceeded")
    places = _locked(data, verb, owner, pending)
    if places and faults.strikes(ROW_LOCK, *places):
        named = pending.record.fields.get("id")
        text = "unable to obtain exclusive access to this record"
        if named:
            text = f"{text} or 1 records: {named}"
        yield DmlError("UNABLE_TO_LOCK_ROW", text)


def _locked(data: OrgData, verb: str, owner: ObjectType, pending: Pending) -> list[str]:
    """Objects and Ids of the rows that a save locks: the row, its master, the rows it names."""
    found = [] if verb == "Insert" else [owner.name, str((pending.old or {}).get("id", ""))]
    for key, value in {**(pending.old or {}), **pending.record.fields}.items():
        field = owner.fields.get(key)
        parent = data.schema.of_id(str(value)) if field and field.reference_to else None
        touched = field is not None and (field.master_detail or key in pending.record.fields)
        if parent is not None and touched and not parent.setup:
            found += [parent.name, str(value)]
    return found


def lock_rows(data: OrgData, source: str, rows: ApexList) -> None:
    """`FOR UPDATE`. QueryException where another transaction holds one of the rows."""
    places = [source, *(str(each.fields.get("id")) for each in rows)]
    if rows and data.faults.strikes(ROW_LOCK, *places):
        raise query_problem(_HELD)
