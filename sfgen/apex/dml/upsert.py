"""Upsert by Id or external id, and merge."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sfgen.apex.dml.dml import run_dml
from sfgen.apex.dml.dml_delete import move_children
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.schema.missing_packages import refuse_missing
from sfgen.apex.terms.dml_results import DmlError, Result, dml_exception

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfgen.apex.dml.dml_org import DmlOrg
    from sfgen.apex.runtime.values import SObject
    from sfgen.apex.terms.access_mode import DmlOptions

__all__ = ["merge", "upsert"]


def upsert(org: DmlOrg, records: Sequence[SObject], options: DmlOptions) -> list[Result]:
    """Insert the records without a match, update the others (DM12, DM13)."""
    if len({id(each) for each in records}) < len(records):
        raise raise_apex(
            "ListException",
            "Before Insert or Upsert list must not have two identically equal elements",
        )
    if records:
        current().governor.count("dml_statements")
        current().governor.count("dml_rows", len(records))
    results: list[Result | None] = [None] * len(records)
    errors = _match(org, records, options)
    point = org.data.store.savepoint()
    try:
        _run(org, records, options, errors, results)
    except BaseException:
        org.data.store.rollback(point)
        org.data.store.release(point)
        raise
    org.data.store.release(point)
    return [each for each in results if each is not None]


def _run(
    org: DmlOrg,
    records: Sequence[SObject],
    options: DmlOptions,
    errors: dict[int, DmlError],
    results: list[Result | None],
) -> None:
    if errors and options.all_or_none:
        raise dml_exception("Upsert", [errors[place] for place in sorted(errors)])
    for place, error in errors.items():
        results[place] = Result("Upsert", success=False, errors=[error])
    for verb in ("Insert", "Update"):
        places = [
            place
            for place, each in enumerate(records)
            if place not in errors
            and ("id" in each.fields and bool(each.fields["id"])) == (verb == "Update")
            and results[place] is None
        ]
        if not places:
            continue
        found = run_dml(
            org, verb, [records[place] for place in places], options,
            counted=False, shown_as="Upsert",
        )  # fmt: skip
        for place, result in zip(places, found, strict=True):
            result.kind, result.created = "Upsert", verb == "Insert" and result.success
            results[place] = result


def _match(org: DmlOrg, records: Sequence[SObject], options: DmlOptions) -> dict[int, DmlError]:
    """Give records the Ids that their external id finds; errors by place."""
    errors: dict[int, DmlError] = {}
    name = options.external_id
    if name is None or name.lower() == "id":
        return errors
    for place, record in enumerate(records):
        owner = org.data.schema[record.type_name]
        field = owner.find(name)
        if field is None:
            refuse_missing(org.data.schema, name)
            raise raise_apex("SObjectException", f"Invalid field {name} for {owner.name}")
        value = record.fields.get(field.key)
        if value is None:
            errors[place] = DmlError("MISSING_ARGUMENT", f"{field.name} not specified", index=place)
            continue
        found = org.data.store.rows_where(owner, f'"{field.key}" = ? AND NOT "isdeleted"', [value])
        if len(found) > 1:
            sees = org.permissions.sees
            named = (str(each["id"]) if sees(owner, each) else "<unknown>" for each in found)
            errors[place] = DmlError(
                "DUPLICATE_EXTERNAL_ID",
                f"{field.name}: more than one record found for external id field: "
                f"[{', '.join(named)}]",
                index=place,
            )
        elif found:
            record.fields["id"] = found[0]["id"]
    return errors


def merge(
    org: DmlOrg,
    master: SObject,
    duplicates: Sequence[SObject],
    options: DmlOptions,
) -> list[Result]:
    """Move the children to the master, delete the losers, update the master (TR09)."""
    current().governor.count("dml_statements")
    owner = org.data.schema[master.type_name]
    if owner.key not in {"account", "contact", "lead", "case"}:
        raise raise_apex("TypeException", f"Merge not supported for type: {owner.name}")
    result = Result("Merge", record_id=master.fields.get("id"))
    point = org.data.store.savepoint()
    try:
        for each in duplicates:
            loser = str(each.fields["id"])
            moved = move_children(org, owner, loser, str(master.fields["id"]))
            result.reparented.extend(moved)
            org.data.store.update(owner, loser, {"masterrecordid": master.fields["id"]})
            result.merged.append(loser)
        strict = replace(options, all_or_none=True)
        run_dml(org, "Delete", duplicates, strict, counted=False, shown_as="Merge")
        run_dml(org, "Update", [master], strict, counted=False, shown_as="Merge")
    except BaseException:
        org.data.store.rollback(point)
        org.data.store.release(point)
        raise
    org.data.store.release(point)
    return [result]
