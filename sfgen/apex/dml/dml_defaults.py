"""What the platform fills in on a save: defaults, owner, audit fields, names, numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.ids import Id

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from sfgen.apex.schema.schema import Field, ObjectType
    from sfgen.apex.store.store import Row, Store

__all__ = ["fill_audit", "fill_computed", "fill_defaults", "fill_numbers"]

_NUMBER = re.compile(r"\{(0*)(0|[^}]*)\}")
_PERSONS = frozenset({"contact", "lead", "user", "individual"})
_CLOSED = {"case": {"closed"}, "task": {"completed"}}
# Opportunity stages as a new org has them: probability, forecast category.
_STAGES: dict[str, tuple[int, str]] = {
    "prospecting": (10, "Pipeline"),
    "qualification": (10, "Pipeline"),
    "needs analysis": (20, "Pipeline"),
    "value proposition": (50, "Pipeline"),
    "id. decision makers": (60, "Pipeline"),
    "perception analysis": (70, "Pipeline"),
    "proposal/price quote": (75, "Pipeline"),
    "negotiation/review": (90, "Pipeline"),
    "closed won": (100, "Closed"),
    "closed lost": (0, "Omitted"),
}


def fill_defaults(
    owner: ObjectType, row: Row, user_id: str, evaluate: Callable[[Field, Row], Any]
) -> None:
    """Default values of an insert, before the before triggers. A new User is active."""
    if owner.key == "user":
        row.setdefault("isactive", True)
    for field in owner.checkboxes:
        if field.key in row and row[field.key] is None:
            row[field.key] = False
    for field in owner.with_default:
        if field.key not in row:
            value = evaluate(field, row)
            if value is not None:
                row[field.key] = value
    if "ownerid" in owner.fields and not row.get("ownerid"):
        row["ownerid"] = Id(user_id)


def fill_audit(owner: ObjectType, row: Row, user_id: str, now: dt.datetime, *, new: bool) -> None:
    """Who and when. A CreatedDate that a test set on the record stays."""
    moment = now.replace(microsecond=0)
    values: dict[str, Any] = {
        "lastmodifiedbyid": Id(user_id),
        "lastmodifieddate": moment,
        "systemmodstamp": moment,
    }
    if new:
        values |= {"createdbyid": Id(user_id), "createddate": moment, "isdeleted": False}
    for key, value in values.items():
        if key in owner.fields:
            row[key] = value


def fill_numbers(store: Store, owner: ObjectType, row: Row) -> None:
    """Auto-numbers of a new row; Name is the Id where a custom object has no other."""
    for field in owner.fields.values():
        if field.auto_number is not None:
            number = store.next_number(f"number {owner.key}.{field.key}")
            row[field.key] = _numbered(field.auto_number, number)
    nameless = owner.custom and "name" in owner.fields and owner.kind != "metadata"
    if nameless and not row.get("name"):
        row["name"] = str(row["id"])[:15]


def _numbered(form: str, number: int) -> str:
    """`A-{0000}` with a number: A-0007."""
    return _NUMBER.sub(lambda found: str(number).zfill(len(found[1] + found[2])), form)


def fill_computed(owner: ObjectType, row: Row, changed: set[str], *, new: bool) -> None:
    """Fields of standard objects that follow from others."""
    if owner.key == "user" and row.get("username"):
        row["username"] = str(row["username"]).lower()
    if owner.key in _PERSONS:
        parts = (row.get("firstname"), row.get("middlename"), row.get("lastname"))
        row["name"] = " ".join(str(each) for each in parts if each)
    elif owner.key == "opportunity":
        _fill_opportunity(row, changed, new=new)
    elif owner.key in _CLOSED:
        row["isclosed"] = str(row.get("status", "")).lower() in _CLOSED[owner.key]
        if owner.key == "task":
            row["ishighpriority"] = str(row.get("priority", "")).lower() == "high"
    elif owner.key == "attachment" and row.get("body") is not None:
        row["bodylength"] = len(row["body"].data)


def _fill_opportunity(row: Row, changed: set[str], *, new: bool) -> None:
    from decimal import Decimal

    stage = str(row.get("stagename", "")).lower()
    probability, category = _STAGES.get(stage, (0, "Pipeline"))
    row["iswon"] = stage == "closed won"
    row["isclosed"] = stage in {"closed won", "closed lost"}
    if (new or "stagename" in changed) and "probability" not in changed and stage in _STAGES:
        row["probability"] = Decimal(probability)
        row["forecastcategory"] = category
        row["forecastcategoryname"] = category
    amount = row.get("amount")
    if amount is not None:
        row["expectedrevenue"] = amount * row.get("probability", Decimal(0)) / 100
    if row.get("closedate") is not None:
        row["fiscalyear"] = row["closedate"].year
        row["fiscalquarter"] = (row["closedate"].month + 2) // 3
