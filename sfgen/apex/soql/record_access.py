"""UserRecordAccess: rows worked out for the user and the records that a query names."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.ids import Id, is_id, long_id
from sfgen.apex.runtime.values import SObject
from sfgen.apex.soql.soql_values import is_collection
from sfgen.apex.syntax.soql_nodes import Bind, Comparison, FieldPath, ListLiteral, Literal, Logical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sfgen.apex.access.permissions import Permissions
    from sfgen.apex.schema.schema import ObjectType
    from sfgen.apex.store.org_data import OrgData
    from sfgen.apex.store.store import Row
    from sfgen.apex.syntax.soql_nodes import Condition, Query

__all__ = ["fill_record_access"]


def fill_record_access(
    data: OrgData, permissions: Permissions, query: Query, bound: Callable[[Bind], Any]
) -> None:
    """Replace the table's rows by those of the query's users and records."""
    owner = data.schema["UserRecordAccess"]
    table = data.store.table(owner)
    data.store.select(f"DELETE FROM {table}", ())  # noqa: S608 - a name from the schema
    if query.where is None:
        return
    found = list(_comparisons(query.where))
    users = [each for name, value in found if name == "userid" for each in _ids(value, bound)]
    records = [each for name, value in found if name == "recordid" for each in _ids(value, bound)]
    for user in users:
        for record in records:
            _add(data, permissions, owner, user, record)


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


def _add(
    data: OrgData, permissions: Permissions, owner: ObjectType, user: str, record: str
) -> None:
    target = data.schema.of_id(record)
    row = data.store.row(target, record) if target else None
    if target is None or row is None:
        return
    with _as_user(data, user):
        rights = _rights(permissions, target, row)
    level = next((name for name, right in _LEVELS if right in rights), "None")
    data.store.insert(
        owner,
        {
            "id": Id(f"0JU{record[3:]}"), "userid": user, "recordid": record,
            "hasreadaccess": "read" in rights, "haseditaccess": "edit" in rights,
            "hasdeleteaccess": "delete" in rights, "hastransferaccess": "all" in rights,
            "hasallaccess": "all" in rights, "maxaccesslevel": level,
        },
    )  # fmt: skip


_LEVELS = (("All", "all"), ("Delete", "delete"), ("Edit", "edit"), ("Read", "read"))
_LETTERS = (("read", "r"), ("edit", "e"), ("delete", "d"))


def _rights(permissions: Permissions, target: ObjectType, row: Row) -> set[str]:
    """What the running user may do with the row: rights on the object and sharing together."""
    rights = {
        right
        for right, letter in _LETTERS
        if permissions.object_allows(target, letter) and permissions.reaches(target, row, right)
    }
    if target.setup:
        rights.discard("delete")
    if "read" not in rights:
        return set()
    return rights | {"all"} if "delete" in rights else rights


@contextlib.contextmanager
def _as_user(data: OrgData, user_id: str) -> Iterator[None]:
    """Ask as somebody else."""
    execution = current()
    before = execution.user
    if user_id != data.user_id:
        row = data.store.row(data.schema["User"], user_id) or {"id": user_id}
        execution.user = SObject("User", row.items())
    try:
        yield
    finally:
        execution.user = before
