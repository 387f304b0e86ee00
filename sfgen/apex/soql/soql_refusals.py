"""What the platform refuses of a query before it runs, beyond names that aren't there.

SOQL and SOSL Reference: fields that can't be filtered, sorted or grouped (long text areas, rich
text, multi-select picklists where they are sorted or grouped); a field is selected once. The words
are those of public logs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sfgen.apex.syntax.soql_nodes import (
    UNBOUNDED,
    Comparison,
    FieldPath,
    Logical,
    Negation,
    Query,
    SelectItem,
    is_unbounded,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.apex.schema.schema import Field, ObjectType, Schema
    from sfgen.apex.syntax.soql_nodes import Condition

__all__ = ["SECURED", "query_refusals"]

_LONGEST: Final = 255
SECURED: Final = "WITH SECURITY_ENFORCED is not supported in API 67.0 and later"


def query_refusals(query: Query, schema: Schema) -> Iterator[str]:
    """What is wrong with a query; nothing is said of names that the schema doesn't have."""
    if is_unbounded(query):
        yield UNBOUNDED
    yield from _of_query(query, schema, schema.find(query.source))


def _of_query(query: Query, schema: Schema, owner: ObjectType | None) -> Iterator[str]:
    yield from _twice(query)
    for inner in _inner(query.where):
        yield from _of_query(inner, schema, schema.find(inner.source))
    if owner is None:
        return
    places = _Places(schema, owner, query)
    for path in _filtered(query.where):
        field = places.field(path)
        if field is not None and _is_long(field):
            yield f"field '{field.name}' can not be filtered in a query call"
    for term in query.order:
        field = places.field(term.expression) if isinstance(term.expression, FieldPath) else None
        if field is not None and (_is_long(field) or field.type == "MULTIPICKLIST"):
            yield f"field '{field.name}' can not be sorted in a query call"
    for expression in query.group.expressions if query.group else ():
        field = places.field(expression) if isinstance(expression, FieldPath) else None
        if field is not None and (_is_long(field) or field.type == "MULTIPICKLIST"):
            yield f"field '{field.name}' can not be grouped in a query call"
    for item in query.select:
        if isinstance(item, Query):
            link = schema.child(owner.name, item.source)
            yield from _of_query(item, schema, schema.find(link.child) if link else None)


def _is_long(field: Field) -> bool:
    return field.type == "TEXTAREA" and field.length > _LONGEST


class _Places:
    """Finds the field that a path of a query ends at."""

    def __init__(self, schema: Schema, owner: ObjectType, query: Query) -> None:
        self.schema = schema
        self.owner = owner
        self.names = {owner.key, (query.alias or "").lower()}
        self.others = {alias.lower() for alias, _ in query.aliases}

    def field(self, path: FieldPath) -> Field | None:
        """The field; None where the way to it isn't plain."""
        parts, owner = path.parts, self.owner
        first = parts[0].lower()
        if len(parts) > 1 and first in self.names and first not in owner.by_relationship:
            parts = parts[1:]
        for part in parts[:-1]:
            link = owner.by_relationship.get(part.lower())
            if link is None or len(link.reference_to) != 1:
                return None
            found = self.schema.find(link.reference_to[0])
            if found is None:
                return None
            owner = found
        return owner.find(parts[-1])


def _twice(query: Query) -> Iterator[str]:
    """`duplicate field selected: Name`: case and the object's own name in front don't matter."""
    seen: set[str] = set()
    names = {query.source.lower(), (query.alias or query.source).lower()}
    for item in query.select:
        if not isinstance(item, SelectItem) or not isinstance(item.expression, FieldPath):
            continue
        parts = [each.lower() for each in item.expression.parts]
        key = ".".join(parts[1:] if len(parts) > 1 and parts[0] in names else parts)
        if key in seen:
            yield f"duplicate field selected: {item.expression.text}"
            return
        seen.add(key)


def _filtered(node: Condition | None) -> Iterator[FieldPath]:
    """The fields of a condition; functions over fields have rules of their own."""
    if isinstance(node, Logical):
        for each in node.terms:
            yield from _filtered(each)
    elif isinstance(node, Negation):
        yield from _filtered(node.term)
    elif isinstance(node, Comparison) and isinstance(node.left, FieldPath):
        yield node.left


def _inner(node: Condition | None) -> Iterator[Query]:
    """Queries on the right of IN."""
    if isinstance(node, Logical):
        for each in node.terms:
            yield from _inner(each)
    elif isinstance(node, Negation):
        yield from _inner(node.term)
    elif isinstance(node, Comparison) and isinstance(node.right, Query):
        yield node.right
