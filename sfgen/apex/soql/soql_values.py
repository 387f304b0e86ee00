"""Values on the right of a comparison, made comparable with the field on its left."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.ids import is_id, long_id
from sfgen.apex.runtime.values import ApexEnum, ApexMap, ApexSet, SObject
from sfgen.apex.soql.soql_scope import query_problem

if TYPE_CHECKING:
    from sfgen.apex.schema.schema import Field

__all__ = ["comparable", "is_collection"]

_TEXTS = frozenset(
    "STRING TEXTAREA PHONE EMAIL URL PICKLIST MULTIPICKLIST COMBOBOX ENCRYPTEDSTRING".split()
)


def is_collection(value: object) -> bool:
    """Whether IN takes it: a list, a set, a map's keys or values."""
    return isinstance(value, (list, tuple, ApexSet, ApexMap))


def comparable(field: Field, value: Any) -> Any:
    """`value` as the field compares it; QueryException where the platform refuses the type."""
    if value is None:
        return None
    if isinstance(value, SObject):
        value = value.fields.get("id")
    if field.type in {"ID", "REFERENCE"}:
        return _as_id(field, value)
    if field.type in {"DATE", "DATETIME"}:
        return _as_date(field, value)
    if field.type in _TEXTS:
        return _as_text(field, value)
    if field.type == "BOOLEAN" and type(value) is not bool:
        raise _refused(field, "boolean", value)
    if field.numeric and not isinstance(value, (int, float, Decimal)):
        raise _refused(field, "double" if field.type != "INTEGER" else "int", value)
    return value


def _refused(field: Field, kind: str, value: Any) -> Exception:
    shown = f"'{value}'" if isinstance(value, str) else value
    return query_problem(
        f"value of filter criterion for field '{field.name}' must be of type {kind} "
        f"and should not be enclosed in quotes"
        if isinstance(value, str)
        else f"invalid operator on {field.type.lower()} field: {shown}"
    )


def _as_id(field: Field, value: Any) -> Any:
    if value is None:
        return None
    text = str(value)
    if field.free_reference:
        return text
    if text == "":
        return None
    if not is_id(text):
        raise query_problem(f"invalid ID field: {text}")
    return long_id(text)


def _as_date(field: Field, value: Any) -> Any:
    kind = type(value)
    if field.type == "DATETIME":
        if kind is dt.date:
            return dt.datetime.combine(value, dt.time(0, tzinfo=dt.timezone.utc))
        if kind is dt.datetime:
            return value
    elif kind is dt.datetime:
        return value.date()
    elif kind is dt.date:
        return value
    named = "dateTime" if field.type == "DATETIME" else "date"
    raise query_problem(
        f"value of filter criterion for field '{field.name}' must be of type {named} "
        "and should not be enclosed in quotes"
    )


def _as_text(field: Field, value: Any) -> Any:
    if isinstance(value, ApexEnum):
        return value.name
    if isinstance(value, str):
        return value if value != "" else None
    if isinstance(value, (bool, int, float, Decimal)):
        raise query_problem(
            f"value of filter criterion for field '{field.name}' must be of type string "
            "and should be enclosed in quotes"
        )
    return str(value)
