"""Lookups given as `new Contact(Account = new Account(ExternalId__c = 'x'))`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.runtime.values import SObject
from sfgen.apex.terms.dml_results import DmlError, dml_exception

if TYPE_CHECKING:
    from sfgen.apex.schema.schema import ObjectType
    from sfgen.apex.store.store import Row, Store

__all__ = ["foreign_keys"]


def foreign_keys(store: Store, owner: ObjectType, record: SObject) -> Row:
    """Ids of parents that are named by an external id; a lookup that is set wins.

    Raises DmlException for a value that no row has.
    """
    found: Row = {}
    for name, value in record.fields.items():
        field = owner.by_relationship.get(name)
        if field is None or not isinstance(value, SObject) or record.fields.get(field.key):
            continue
        if value.queried is not None or value.fields.get("id"):
            continue
        parent = store.schema[value.type_name]
        keys = [parent.fields[key] for key in value.fields if key in parent.fields]
        for key in keys:
            if key.external_id or key.id_lookup:
                found[field.key] = _find(store, parent, key.key, value.fields[key.key])
    return found


def _find(store: Store, parent: ObjectType, key: str, value: object) -> str:
    rows = store.rows_where(parent, f'"{key}" = ? AND NOT "isdeleted"', [value])
    if not rows:
        name = parent.fields[key].name
        error = DmlError(
            "INVALID_FIELD",
            f"Foreign key external ID: {value} not found for field {name} in entity {parent.name}",
        )
        raise dml_exception("Insert", [error])
    return str(rows[0]["id"])
