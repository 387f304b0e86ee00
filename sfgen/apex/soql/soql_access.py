"""User mode and secured queries: what they say about objects and fields that are hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.soql.soql_scope import query_problem
from sfgen.apex.syntax.soql_nodes import FieldPath, SelectItem
from sfgen.apex.terms.access_mode import USER, Access

if TYPE_CHECKING:
    from sfgen.apex.access.permissions import Permissions
    from sfgen.apex.schema.schema import ObjectType
    from sfgen.apex.soql.soql_scope import Statement
    from sfgen.apex.syntax.soql_nodes import Query

__all__ = ["check_readable", "selects_long_text", "write_mode"]


def write_mode(query: Query, access: Access) -> Access:
    """The access that WITH asks for; it wins over the caller's."""
    if query.mode == "USER_MODE":
        return USER
    if query.mode == "SYSTEM_MODE":
        return Access(sharing=access.sharing)
    return access


def check_readable(
    permissions: Permissions, query: Query, access: Access, statement: Statement
) -> None:
    """Raise QueryException when the query touches what the user may not read (SQ14, SH06)."""
    secured = query.mode == "SECURITY_ENFORCED"
    if not access.user_mode and not secured:
        return
    if permissions.grants.every_field:
        return
    owners = {owner.key: owner for owner, _ in statement.touched.values()}
    source = statement.schema.find(query.source)
    if source is not None:
        owners.setdefault(source.key, source)
    closed = [each for each in owners.values() if not permissions.object_allows(each, "r")]
    hidden = {
        (owner.name, field.name)
        for owner, field in statement.touched.values()
        if owner in closed or not permissions.field_allows(owner, field, "r")
    }
    if not closed and not hidden:
        return
    if secured:
        raise query_problem("Insufficient permissions: secure query included inaccessible field")
    problem = _closed(closed[0].name) if closed else _hidden(*min(hidden))
    listed: dict[str, list[str]] = {each.name: [] for each in closed}
    for owner_name, field_name in sorted(hidden):
        listed.setdefault(owner_name, []).append(field_name)
    problem.inaccessible_fields = listed  # type: ignore[attr-defined]
    raise problem


def _closed(owner: str) -> Exception:
    return query_problem(
        f"sObject type '{owner}' is not supported. If you are attempting to use a custom object, "
        "be sure to append the '__c' after the entity name. Please reference your WSDL or the "
        "describe call for the appropriate names."
    )


def _hidden(owner: str, name: str) -> Exception:
    return query_problem(
        f"No such column '{name}' on entity '{owner}'. If you are attempting to use a custom "
        "field, be sure to append the '__c' after the custom field name. Please reference your "
        "WSDL or the describe call for the appropriate names."
    )


def selects_long_text(owner: ObjectType, query: Query) -> bool:
    """Whether a long text area is selected: then a query of custom metadata counts, too.

    Salesforce Help, "Custom Metadata Allocations and Usage Calculations".
    """
    paths = (each.expression for each in query.select if isinstance(each, SelectItem))
    names = (each.parts[-1].lower() for each in paths if isinstance(each, FieldPath))
    found = (owner.fields.get(name) for name in names)
    return any(each.type == "TEXTAREA" and each.length > 255 for each in found if each)
