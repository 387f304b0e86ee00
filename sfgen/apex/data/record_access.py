"""UserRecordAccess: rows worked out for the user and the records that a query names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.data.sharing import editable_row
from sfgen.apex.data.soql_values import is_collection
from sfgen.apex.runtime.ids import Id, is_id, long_id
from sfgen.apex.syntax.soql_nodes import Bind, Comparison, FieldPath, ListLiteral, Literal, Logical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sfgen.apex.data.database import Database
    from sfgen.apex.data.schema import ObjectType
    from sfgen.apex.syntax.soql_nodes import Condition, Query

__all__ = ["fill_record_access"]


def fill_record_access(database: Database, query: Query, bound: Callable[[Bind], Any]) -> None:
    """Replace the table's rows by those of the query's users and records."""
    owner = database.schema["UserRecordAccess"]
    table = database.store.table(owner)
    database.store.select(f"DELETE FROM {table}", ())  # noqa: S608 - a name from the schema
    if query.where is None:
        return
    found = list(_comparisons(query.where))
    users = [each for name, value in found if name == "userid" for each in _ids(value, bound)]
    records = [each for name, value in found if name == "recordid" for each in _ids(value, bound)]
    for user in users:
        for record in records:
            _add(database, owner, user, record)


def _comparisons(node: Condition) -> Iterator[tuple[str, Any]]:
    if isinstance(node, Logical):
        for each in node.terms:
            yield from _comparisons(each)
    elif isinstance(node, Comparison) and isinstance(node.left, FieldPath):
        yield node.left.parts[-1].lower(), node.right


def _ids(node: Any, bound: Callable[[Bind], Any]) -> list[str]:
    if isinstance(node, ListLiteral):
        return [each for item in node.items for each in _ids(item, bound)]
    value: Any = bound(node) if isinstance(node, Bind) else None
    if isinstance(node, Literal):
        value = node.value
    values = list(value) if is_collection(value) else [value]
    return [long_id(str(each)) for each in values if isinstance(each, str) and is_id(each)]


def _add(database: Database, owner: ObjectType, user: str, record: str) -> None:
    target = database.schema.of_id(record)
    row = database.store.row(target, record) if target else None
    if target is None or row is None:
        return
    permissions = database.permissions
    if user == database.user_id:
        edits = permissions.sees_all or editable_row(database, target, row)
        allowed = {letter: permissions.object_allows(target, letter) for letter in "red"}
    else:
        edits, allowed = True, dict.fromkeys("red", True)
    deletes = edits and allowed["d"] and not target.setup
    level = "All" if deletes else "Edit" if edits and allowed["e"] else "Read"
    database.store.insert(
        owner,
        {
            "id": Id(f"0JU{record[3:]}"), "userid": user, "recordid": record,
            "hasreadaccess": allowed["r"], "haseditaccess": edits and allowed["e"],
            "hasdeleteaccess": deletes, "hastransferaccess": deletes,
            "hasallaccess": deletes, "maxaccesslevel": level,
        },
    )  # fmt: skip
