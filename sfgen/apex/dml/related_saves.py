"""Rows that the platform saves along with others: files, prices, standard fields of parents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.access.profile_assignment import assign_profile
from sfgen.apex.dml.dml_defaults import fill_audit
from sfgen.apex.runtime.execution import current

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfgen.apex.schema.schema import ObjectType
    from sfgen.apex.store.org_data import OrgData
    from sfgen.apex.store.store import Row

_TYPES = {
    "docx": "WORD_X", "doc": "WORD", "xlsx": "EXCEL_X", "xls": "EXCEL", "pptx": "POWER_POINT_X",
    "ppt": "POWER_POINT", "txt": "TEXT", "jpeg": "JPG",
}  # fmt: skip

__all__ = ["add_row", "after_save"]


def add_row(data: OrgData, name: str, values: dict[str, Any]) -> Row:
    """Put a row of the platform's own making into the store; no trigger sees it."""
    owner = data.schema[name]
    row = dict(values)
    row.setdefault("id", data.store.new_id(owner))
    fill_audit(owner, row, data.user_id, current().now(), new=True)
    if "ownerid" in owner.fields:
        row.setdefault("ownerid", data.user_id)
    data.store.insert(owner, row)
    return row


def after_save(data: OrgData, owner: ObjectType, rows: Sequence[Row], *, new: bool) -> None:
    """What follows from saved rows of some standard objects."""
    if owner.key == "contentversion" and new:
        for row in rows:
            _publish(data, row)
    elif owner.key == "contentdistribution" and new:
        for row in rows:
            url = f"https://localhost/sfc/p/{row['id']}"
            facts = {"distributionpublicurl": url, "contentdownloadurl": f"{url}/download"}
            data.store.update(owner, row["id"], facts)
    elif owner.key in {"opportunitylineitem", "orderitem"}:
        for row in rows:
            _price(data, owner, row)
    elif owner.key == "case":
        for row in rows:
            _close(data, owner, row)
    elif owner.key == "user":
        for row in rows:
            assign_profile(data, row)


def _publish(data: OrgData, row: Row) -> None:
    """A new file gets its ContentDocument and the link to where it was first published."""
    store, schema = data.store, data.schema
    versions, documents = schema["ContentVersion"], schema["ContentDocument"]
    path = str(row.get("pathonclient") or "")
    extension = path.rpartition(".")[2] if "." in path else None
    body = row.get("versiondata")
    facts = {
        "title": row.get("title") or path.rpartition("/")[2].rpartition(".")[0] or path,
        "fileextension": extension,
        "filetype": _TYPES.get((extension or "").lower(), (extension or "UNKNOWN").upper()),
        "contentsize": len(body.data) if body is not None else 0,
    }
    document = row.get("contentdocumentid")
    if document is None:
        added = add_row(data, "ContentDocument", {**facts, "latestpublishedversionid": row["id"]})
        document = added["id"]
        user = row.get("ownerid") or data.user_id
        for entity in {user, row.get("firstpublishlocationid") or user}:
            _link(data, document, entity, owner=entity == user)
        number = "1"
    else:
        older = store.rows_where(versions, '"contentdocumentid" = ?', [document])
        number = str(len(older))
        for each in older:
            store.update(versions, each["id"], {"islatest": False})
        store.update(documents, document, {**facts, "latestpublishedversionid": row["id"]})
    row.update(facts, contentdocumentid=document, islatest=True, versionnumber=number)
    store.update(versions, row["id"], row)


def _link(data: OrgData, document: str, entity: str, *, owner: bool) -> None:
    add_row(
        data,
        "ContentDocumentLink",
        {
            "contentdocumentid": document,
            "linkedentityid": entity,
            "sharetype": "I" if owner else "V",
            "visibility": "AllUsers",
        },
    )


def _price(data: OrgData, owner: ObjectType, row: Row) -> None:
    """A line's product and list price come from its price book entry, its total from quantity."""
    store = data.store
    entry_id = row.get("pricebookentryid")
    changes: Row = {}
    if entry_id is not None:
        entry = store.row(data.schema["PricebookEntry"], entry_id) or {}
        changes = {"listprice": entry.get("unitprice"), "product2id": entry.get("product2id")}
        if row.get("unitprice") is None:
            changes["unitprice"] = row.get("totalprice") or entry.get("unitprice")
    price = changes.get("unitprice") or row.get("unitprice")
    if price is not None and row.get("quantity") is not None:
        changes["totalprice"] = price * row["quantity"]
    row.update(changes)
    store.update(owner, row["id"], changes)
    parent = "Opportunity" if owner.key == "opportunitylineitem" else "Order"
    _total(data, owner, parent, row.get(f"{parent.lower()}id"))


def _total(data: OrgData, owner: ObjectType, parent: str, parent_id: str | None) -> None:
    if parent_id is None:
        return
    key = f"{parent.lower()}id"
    lines = data.store.rows_where(owner, f'"{key}" = ? AND NOT "isdeleted"', [parent_id])
    total = sum(each.get("totalprice") or 0 for each in lines)
    field = "amount" if parent == "Opportunity" else "totalamount"
    changes: Row = {field: total}
    if parent == "Opportunity":
        changes["hasopportunitylineitem"] = bool(lines)
    data.store.update(data.schema[parent], parent_id, changes)


def _close(data: OrgData, owner: ObjectType, row: Row) -> None:
    moment = current().now() if row.get("isclosed") else None
    if (row.get("closeddate") is None) != (moment is None):
        data.store.update(owner, row["id"], {"closeddate": moment})
