"""DML calls: lists checked and cut into batches, results per record, all-or-none failures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sfgen.apex.dml.dml_delete import DeleteBatch, UndeleteBatch
from sfgen.apex.dml.dml_faults import fault_errors
from sfgen.apex.dml.dml_save import SaveBatch
from sfgen.apex.dml.mixed_dml import mixed_error
from sfgen.apex.runtime.exceptions import Unsupported, raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.ids import Id, is_id, long_id
from sfgen.apex.store.pending import Pending
from sfgen.apex.terms.dml_results import DmlError, Result, dml_exception

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sfgen.apex.dml.dml_org import DmlOrg
    from sfgen.apex.runtime.values import SObject
    from sfgen.apex.schema.schema import ObjectType
    from sfgen.apex.terms.access_mode import DmlOptions

__all__ = ["run_dml"]

_BATCH = 200
_KINDS = {"Insert": "Save", "Update": "Save", "Delete": "Delete", "Undelete": "Undelete"}


def run_dml(
    org: DmlOrg,
    verb: str,
    records: Sequence[SObject],
    options: DmlOptions,
    *,
    counted: bool = True,
    shown_as: str | None = None,
) -> list[Result]:
    """Insert, Update, Delete or Undelete. `shown_as` names the verb in failures (Upsert, Merge).

    Raises DmlException when the call is all-or-none and a row fails; nothing stays then.
    """
    _check_list(verb, records)
    if counted and records:
        governor = current().governor
        governor.count("dml_statements")
        governor.count("dml_rows", len(records))
    pendings = [Pending(place, record) for place, record in enumerate(records)]
    point = org.data.store.savepoint()
    try:
        for owner, batch in _batches(org, pendings):
            _refuse_mixed(org, owner, batch, options)
            _load(org, verb, owner, batch)
            for each in batch:
                each.fail(*org.permissions.save_errors(verb, owner, each, options.access))
                if not each.errors:
                    each.fail(*fault_errors(org.data, verb, owner, each))
            _run_batch(org, verb, owner, batch, options)
            _raise_failures(shown_as or verb, batch, pendings, options)
            if owner.setup:
                org.permissions.forget()
    except BaseException:
        org.data.store.rollback(point)
        org.data.store.release(point)
        raise
    org.data.store.release(point)
    return _results(verb, pendings)


def _raise_failures(
    verb: str, batch: Sequence[Pending], pendings: Sequence[Pending], options: DmlOptions
) -> None:
    if options.all_or_none and any(each.errors for each in batch):
        raise dml_exception(verb, _placed(pendings))


def _check_list(verb: str, records: Sequence[SObject]) -> None:
    """CO23, CO24: one object twice in an insert, one Id twice in an update or delete."""
    if verb == "Insert":
        if len({id(each) for each in records}) < len(records):
            raise raise_apex(
                "ListException",
                "Before Insert or Upsert list must not have two identically equal elements",
            )
        return
    seen = set()
    for record in records:
        identity = record.fields.get("id")
        if identity is not None and identity in seen:
            raise raise_apex("ListException", f"Duplicate id in list: {identity}")
        seen.add(identity)


def _batches(
    org: DmlOrg, pendings: Sequence[Pending]
) -> Iterator[tuple[ObjectType, list[Pending]]]:
    """Runs of one object, at most 200 rows each (TR07)."""
    batch: list[Pending] = []
    for each in pendings:
        first = batch[0].record.type_name.lower() if batch else None
        if batch and (len(batch) == _BATCH or first != each.record.type_name.lower()):
            yield _owner(org, batch[0].record), batch
            batch = []
        batch.append(each)
    if batch:
        yield _owner(org, batch[0].record), batch


def _refuse_mixed(
    org: DmlOrg, owner: ObjectType, batch: Sequence[Pending], options: DmlOptions
) -> None:
    """MIXED_DML_OPERATION: thrown, or with partial success an error of every row (DM06)."""
    mixed = mixed_error(org.data, owner, [each.record for each in batch])
    if mixed is None:
        return
    if options.all_or_none:
        raise dml_exception("Insert", [mixed])
    for each in batch:
        each.fail(mixed)


def _owner(org: DmlOrg, record: SObject) -> ObjectType:
    found = org.data.schema.find(record.type_name)
    if found is None:
        # Apex that names an object has been compiled: the catalogue lacks it, no org does.
        raise Unsupported(f"DML on {record.type_name}")
    if "nodml" in found.flags or found.kind == "metadata":
        raise raise_apex("TypeException", f"DML operation not allowed on {found.name}")
    return found


def _load(org: DmlOrg, verb: str, owner: ObjectType, batch: Sequence[Pending]) -> None:
    """The rows as they are; errors for Ids that are there, missing, or of no row."""
    for each in batch:
        identity = each.record.fields.get("id")
        if verb == "Insert":
            if identity is not None:
                each.fail(
                    DmlError(
                        "INVALID_FIELD_FOR_INSERT_UPDATE",
                        "cannot specify Id in an insert call",
                        ("Id",),
                    )
                )
            continue
        if identity is None:
            word = {"Update": "an update", "Delete": "a delete", "Undelete": "an undelete"}[verb]
            each.fail(DmlError("MISSING_ARGUMENT", f"Id not specified in {word} call"))
            continue
        _find(org, verb, owner, each, identity)


def _find(org: DmlOrg, verb: str, owner: ObjectType, each: Pending, identity: str) -> None:
    row = org.data.store.row(owner, long_id(identity)) if is_id(identity) else None
    if row is None or identity[:3] != owner.prefix:
        each.fail(
            DmlError(
                "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", record_id=identity
            )
        )
    elif bool(row.get("isdeleted")) != (verb == "Undelete"):
        each.fail(DmlError("ENTITY_IS_DELETED", "entity is deleted", record_id=identity))
    elif verb == "Undelete" and not org.data.store.in_bin(row["id"]):
        each.fail(DmlError("UNDELETE_FAILED", "Entity is not in the recycle bin"))
    else:
        each.old = row


def _run_batch(
    org: DmlOrg,
    verb: str,
    owner: ObjectType,
    batch: Sequence[Pending],
    options: DmlOptions,
) -> None:
    if verb in {"Insert", "Update"}:
        SaveBatch(org, owner, options, inserting=verb == "Insert").run(batch)
        return
    runs: dict[str, Callable[[Sequence[Pending]], None]] = {
        "Delete": DeleteBatch(org, owner, options).run,
        "Undelete": UndeleteBatch(org, owner).run,
    }
    live = [each for each in batch if not each.errors]
    point = org.data.store.savepoint()
    runs[verb](batch)
    if any(each.errors for each in live) and not options.all_or_none:
        org.data.store.rollback(point)
        again = [each for each in live if not each.errors]
        runs[verb](again)
    org.data.store.release(point)


def _placed(pendings: Sequence[Pending]) -> list[DmlError]:
    """All rows' errors with the places of their rows."""
    return [
        replace(error, index=each.index, record_id=_identity(each))
        for each in pendings
        for error in each.errors
    ]


def _identity(pending: Pending) -> Any:
    return pending.record.fields.get("id")


def _results(verb: str, pendings: Sequence[Pending]) -> list[Result]:
    results = []
    for each in pendings:
        result = Result(_KINDS[verb], success=not each.errors, created=verb == "Insert")
        result.errors = [replace(error, index=each.index) for error in each.errors]
        if verb == "Insert" and not each.errors:
            each.record.fields["id"] = Id(each.row["id"])
        identity = each.record.fields.get("id")
        result.record_id = None if each.errors and verb == "Insert" else identity
        results.append(result)
    return results
