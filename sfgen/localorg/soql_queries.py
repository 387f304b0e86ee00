"""SOQL over the local org's few records: fields, WHERE, ORDER BY, LIMIT, COUNT()."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sfgen.apex.syntax.soql import parse_soql
from sfgen.apex.syntax.soql_nodes import (
    Comparison,
    FieldPath,
    ListLiteral,
    Literal,
    Logical,
    Negation,
    SelectItem,
    SoqlError,
)
from sfgen.localorg.query_tables import Record, UnknownObjectError, table_of

if TYPE_CHECKING:
    from sfgen.apex.syntax.soql_nodes import Condition, Query
    from sfgen.localorg.org_store import OrgStore


class QueryError(Exception):
    """A query the org refuses, with Salesforce's error code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def run_query(store: OrgStore, text: str, version: str) -> dict[str, Any]:
    """Answer a query in the shape of the REST resource.

    Raises:
        QueryError: malformed, of an sObject that isn't there, or beyond what the org supports.
    """
    try:
        query = parse_soql(text)
        name, table = table_of(store, query.source)
    except SoqlError as error:
        raise QueryError("MALFORMED_QUERY", error.message) from None
    except UnknownObjectError:
        message = f"sObject type '{_source(text)}' is not supported."
        raise QueryError("INVALID_TYPE", message) from None
    rows = [row for row in table.values() if query.where is None or _holds(query.where, row)]
    for term in reversed(query.order):
        if isinstance(term.expression, FieldPath):
            field = term.expression.text
            rows.sort(key=lambda row, f=field: _sortable(_value(row, f)), reverse=term.descending)  # type: ignore[misc]
    if query.count_only:
        return {"totalSize": len(rows), "done": True, "records": []}
    if isinstance(query.limit, Literal):
        rows = rows[: int(query.limit.value)]
    base = f"/services/data/v{version}/sobjects/{name}"
    records = [
        {"attributes": {"type": name, "url": f"{base}/{row['Id']}"}, **_shown(query, row)}
        for row in rows
    ]
    return {"totalSize": len(records), "done": True, "records": records}


def _source(text: str) -> str:
    found = re.search(r"\bfrom\s+(\w+)", text, re.IGNORECASE)
    return found[1] if found else "?"


def _shown(query: Query, row: Record) -> Record:
    shown: Record = {}
    for item in query.select:
        if not isinstance(item, SelectItem) or not isinstance(item.expression, FieldPath):
            raise QueryError("MALFORMED_QUERY", "the local org selects plain fields only")
        shown[item.alias or item.expression.text] = _value(row, item.expression.text)
    return shown


def _value(row: Record, field: str) -> Any:
    lower = field.lower()
    return next((value for name, value in row.items() if name.lower() == lower), None)


def _sortable(value: Any) -> tuple[bool, str]:
    return value is not None, str(value)


def _holds(condition: Condition, row: Record) -> bool:
    if isinstance(condition, Logical):
        held = (_holds(term, row) for term in condition.terms)
        return all(held) if condition.operator == "AND" else any(held)
    if isinstance(condition, Negation):
        return not _holds(condition.term, row)
    return _compare(condition, row)


def _compare(condition: Comparison, row: Record) -> bool:
    if not isinstance(condition.left, FieldPath):
        raise QueryError("MALFORMED_QUERY", "the local org compares plain fields only")
    left = _folded(_value(row, condition.left.text))
    operator, right = condition.operator, condition.right
    if isinstance(right, ListLiteral):
        listed = {_folded(i.value) for i in right.items if isinstance(i, Literal)}
        return (left in listed) == (operator == "IN")
    if not isinstance(right, Literal):
        raise QueryError("MALFORMED_QUERY", "the local org compares with literals only")
    value = _folded(right.value)
    if operator == "LIKE":
        pattern = re.escape(str(value)).replace("%", ".*").replace("_", ".")
        return left is not None and re.fullmatch(pattern, str(left)) is not None
    if operator in {"=", "!="}:
        return bool((left == value) == (operator == "="))
    if left is None or value is None or type(left) is not type(value):
        return False
    below, same = bool(left < value), bool(left == value)
    return {"<": below, "<=": below or same, ">": not (below or same), ">=": not below}[operator]


def _folded(value: Any) -> Any:
    """Normalize a value for comparison: text without case, Ids with 18 characters."""
    if not isinstance(value, str):
        return value
    is_id = re.fullmatch(r"[0-9A-Za-z]{15}[A-Z0-5]{3}", value)
    return value[:15].lower() if is_id else value.lower()
