"""The rules a row must keep to be saved: required, length, range, picklists, lookups, unique."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.ids import Id, is_id, long_id
from sfgen.apex.runtime.keys import Blob
from sfgen.apex.terms.dml_results import DmlError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sfgen.apex.schema.schema import Field, ObjectType
    from sfgen.apex.store.store import Row, Store

__all__ = ["check_row", "check_unique", "normalize"]

_TRIMMED = frozenset("STRING TEXTAREA PHONE EMAIL URL PICKLIST COMBOBOX".split())
_SIZED = _TRIMMED | {"ENCRYPTEDSTRING"}
_EMAIL = re.compile(r"[^@\s,;<>()\"]+@[^@\s,;<>()\"]+\.[A-Za-z0-9-]{2,}\Z")
# Setup rows and files name owners that no row of the store stands for.
_UNCHECKED = frozenset({"setupownerid", "folderid", "recordtypeid", "networkid"})


def normalize(owner: ObjectType, row: Row, *, truncate: bool = False) -> None:
    """Bring values to the form they are stored in: trimmed, spelt as the list."""
    for key, value in list(row.items()):
        field = owner.fields.get(key)
        if field is None or value is None:
            continue
        if isinstance(value, str) and not isinstance(value, Id):
            row[key] = _text(field, value, truncate=truncate)


def _text(field: Field, value: str, *, truncate: bool) -> str | None:
    text = value.strip() if field.type in _TRIMMED else value
    if truncate and field.length and field.type in _SIZED:
        text = text[: field.length]
    if field.type == "PICKLIST":
        text = next((e.value for e in field.picklist if e.value.lower() == text.lower()), text)
    elif field.type == "MULTIPICKLIST" and field.picklist:
        text = _ordered(field, text)
    return text or None


def _ordered(field: Field, text: str) -> str:
    """Multi-select values in the order of the value set (DM19)."""
    places = {each.value.lower(): (n, each.value) for n, each in enumerate(field.picklist)}
    known, other = [], []
    for part in filter(None, (each.strip() for each in text.split(";"))):
        place = places.get(part.lower())
        if place is None:
            other.append(part)
        elif place not in known:
            known.append(place)
    return ";".join([each for _, each in sorted(known)] + other)


def check_row(
    store: Store, owner: ObjectType, row: Row, changed: Iterable[str], *, inserting: bool
) -> Iterator[DmlError]:
    """Everything wrong with one row, in the platform's order; `changed` are the fields written."""
    missing = [field.name for field in owner.required if _is_missing(field, row, inserting)]
    if missing:
        listed = ", ".join(missing)
        yield DmlError(
            "REQUIRED_FIELD_MISSING", f"Required fields are missing: [{listed}]", tuple(missing)
        )
    if owner.key == "asset" and not row.get("accountid") and not row.get("contactid"):
        yield DmlError(
            "FIELD_INTEGRITY_EXCEPTION",
            "Every asset needs an account, a contact, or both.",
            ("AccountId", "ContactId"),
        )
    for key in changed:
        field = owner.fields.get(key)
        value = row.get(key)
        if field is not None and value is not None:
            yield from _check_value(store, field, value)


def _is_missing(field: Field, row: Row, inserting: bool) -> bool:  # noqa: FBT001 - private
    if inserting or field.updateable:
        value = row.get(field.key)
        return value is None or value == "" or (type(value) is Blob and not value.data)
    return False


def _check_value(store: Store, field: Field, value: Any) -> Iterator[DmlError]:
    if field.type in _SIZED and isinstance(value, str) and field.length:
        if len(value) > field.length:
            yield DmlError(
                "STRING_TOO_LONG",
                f"{field.label}: data value too large: {value} (max length={field.length})",
                (field.name,),
            )
        elif field.type == "EMAIL" and not _EMAIL.match(value):
            yield DmlError(
                "INVALID_EMAIL_ADDRESS",
                f"{field.label}: invalid email address: {value}",
                (field.name,),
            )
    if field.restricted and isinstance(value, str):
        yield from _check_picklist(field, value)
    elif isinstance(value, Decimal) and field.precision:
        if abs(value) >= Decimal(10) ** (field.precision - field.scale):
            yield DmlError(
                "NUMBER_OUTSIDE_VALID_RANGE",
                f"{field.label}: value outside of valid range on numeric field: {value}",
                (field.name,),
            )
    elif field.type == "REFERENCE" and not field.free_reference and field.key not in _UNCHECKED:
        yield from _check_lookup(store, field, value)


def _check_picklist(field: Field, value: str) -> Iterator[DmlError]:
    known = {each.value.lower() for each in field.picklist if each.active}
    values = value.split(";") if field.type == "MULTIPICKLIST" else [value]
    for each in values:
        if each.lower() not in known:
            yield DmlError(
                "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                f"{field.label}: bad value for restricted picklist field: {each}",
                (field.name,),
            )


def _check_lookup(store: Store, field: Field, value: str) -> Iterator[DmlError]:
    if not is_id(value):
        yield DmlError(
            "MALFORMED_ID",
            f"{field.label}: id value of incorrect type: {value}",
            (field.name,),
        )
        return
    target = store.schema.of_id(value)
    allowed = {each.lower() for each in field.reference_to}
    if not allowed:
        return
    if target is None or target.key not in allowed:
        yield DmlError(
            "FIELD_INTEGRITY_EXCEPTION",
            f"{field.label}: id value of incorrect type: {value}",
            (field.name,),
        )
        return
    parent = store.row(target, long_id(value))
    if parent is None or parent.get("isdeleted"):
        if parent is not None and store.in_bin(parent["id"]):
            yield DmlError("ENTITY_IS_DELETED", "entity is deleted")
        elif field.key == "ownerid":
            yield DmlError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
        else:
            yield DmlError(
                "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
                "insufficient access rights on cross-reference id",
            )


def check_unique(
    store: Store,
    owner: ObjectType,
    rows: Sequence[Row | None],
    sees: Callable[[ObjectType, Row], bool],
) -> Iterator[tuple[int, DmlError]]:
    """Duplicates among the rows and with what is stored, after the whole statement (DM16).

    A row that the user doesn't see is not named: field and Id are `<unknown>` (public logs).
    """
    ours = {row["id"] for row in rows if row and row.get("id")}
    for field in owner.fields.values():
        if not field.unique:
            continue
        seen: dict[Any, Mapping[str, Any]] = {}
        for place, row in enumerate(rows):
            value = row.get(field.key) if row else None
            if row is None or value is None:
                continue
            key = value if field.case_sensitive or not isinstance(value, str) else value.lower()
            other = seen.setdefault(key, row)
            if other is row:
                found = store.rows_where(owner, f'"{field.key}" = ? AND NOT "isdeleted"', [value])
                other = next((each for each in found if each["id"] not in ours), row)
            if other is not row:
                known = not other.get("id") or sees(owner, dict(other))
                yield place, _duplicate(field, other) if known else _HIDDEN_DUPLICATE


_HIDDEN_DUPLICATE = DmlError(
    "DUPLICATE_VALUE",
    "duplicate value found: <unknown> duplicates value on record with id: <unknown>",
)


def _duplicate(field: Field, other: Mapping[str, Any]) -> DmlError:
    if field.name == "Username":
        return DmlError(
            "DUPLICATE_USERNAME",
            "Duplicate Username.<br>The username already exists in this or another Salesforce "
            "organization. Usernames must be unique across all Salesforce organizations. To "
            "resolve, use a different username (it doesn't need to match the user's email "
            "address). ",
            ("Username",),
        )
    where = other.get("id") or "unknown"
    return DmlError(
        "DUPLICATE_VALUE",
        f"duplicate value found: {field.name} duplicates value on record with id: {where}",
    )
