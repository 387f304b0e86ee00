"""Conditions of WHERE and HAVING as SQL. SOQL knows no third truth value: null is a value."""
# ruff: noqa: S608 - names in the SQL come from the schema, values are parameters

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.execution import current, has_current
from sfgen.apex.runtime.ids import is_id
from sfgen.apex.schema.encoding import encode
from sfgen.apex.soql.date_ranges import range_of
from sfgen.apex.soql.soql_scope import query_problem
from sfgen.apex.soql.soql_values import comparable, is_collection
from sfgen.apex.syntax.soql_nodes import (
    Bind,
    Comparison,
    DateLiteral,
    FieldPath,
    FunctionCall,
    ListLiteral,
    Literal,
    Logical,
    Negation,
    Query,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.apex.schema.schema import Field
    from sfgen.apex.soql.soql_scope import Resolved
    from sfgen.apex.syntax.soql_nodes import Condition, Operand

__all__ = ["ConditionWriter"]

_MANY = 50


class ConditionWriter:
    """Writes conditions as SQL and collects the values of their parameters in order."""

    def __init__(
        self,
        resolve: Callable[[FieldPath | FunctionCall], Resolved],
        bound: Callable[[Bind], Any],
        nested: Callable[[Query], tuple[str, list[Any]]],
    ) -> None:
        self.resolve = resolve
        self.bound = bound
        self.nested = nested
        self.values: list[Any] = []

    def write(self, node: Condition) -> str:
        """The SQL of a condition: 0 or 1, never null."""
        if isinstance(node, Logical):
            joiner = f" {node.operator} "
            return f"({joiner.join(self.write(each) for each in node.terms)})"
        if isinstance(node, Negation):
            return f"(NOT {self.write(node.term)})"
        return self._compare(node)

    def _compare(self, node: Comparison) -> str:
        place = self.resolve(node.left)
        right = node.right
        if isinstance(right, Query):
            sql, values = self.nested(right)
            self.values.extend(values)
            sense = "NOT " if node.operator == "NOT IN" else ""
            return f"({sense}IFNULL({place.sql} IN ({sql}), 0))"
        if isinstance(right, DateLiteral):
            return self._in_range(place, node.operator, right)
        value = self.value_of(right)
        if node.operator in {"IN", "NOT IN"}:
            return self._membership(place, value, negative=node.operator == "NOT IN")
        if node.operator in {"INCLUDES", "EXCLUDES"}:
            return self._includes(place, value, negative=node.operator == "EXCLUDES")
        if node.operator == "LIKE":
            return self._like(place, value)
        if is_collection(value) and node.operator in {"=", "!="}:
            return self._membership(place, value, negative=node.operator == "!=")
        return self._simple(place, node.operator, comparable(place.field, value))

    def value_of(self, node: Operand) -> Any:
        """The Apex value of an operand; lists stay lists."""
        if isinstance(node, Bind):
            return self.bound(node)
        if isinstance(node, ListLiteral):
            return [self.value_of(each) for each in node.items]
        if isinstance(node, Literal):
            return node.value
        raise query_problem("unexpected token in a condition")

    def _simple(self, place: Resolved, operator: str, value: Any) -> str:
        if value is None:
            if operator == "=":
                return f"({place.sql} IS NULL)"
            return f"({place.sql} IS NOT NULL)" if operator == "!=" else "0"
        self.values.append(encode(value))
        if operator == "!=":
            return f"({place.sql} IS NOT ?)"
        return f"IFNULL({place.sql} {operator} ?, 0)"

    def _membership(self, place: Resolved, value: Any, *, negative: bool) -> str:
        if value is None:
            raise raise_apex("NullPointerException", "Attempt to de-reference a null object")
        if not is_collection(value):
            raise query_problem("Invalid bind expression type for IN")
        if place.field.type in {"ID", "REFERENCE"} and not place.field.free_reference:
            # A text in a bound collection that is no Id matches nothing.
            value = [each for each in value if not isinstance(each, str) or is_id(each)]
        items = [encode(comparable(place.field, each)) for each in value]
        known = [each for each in items if each is not None]
        terms = [f"{place.sql} IS NULL"] if len(known) < len(items) else []
        if len(known) > _MANY:
            self.values.append(json.dumps(known))
            terms.append(f"IFNULL({place.sql} IN (SELECT value FROM json_each(?)), 0)")
        elif known:
            self.values.extend(known)
            terms.append(f"IFNULL({place.sql} IN ({', '.join('?' * len(known))}), 0)")
        found = f"({' OR '.join(terms) or '0'})"
        return f"(NOT {found})" if negative else found

    def _includes(self, place: Resolved, value: Any, *, negative: bool) -> str:
        items = list(value) if is_collection(value) else [value]
        self.values.extend(str(each) for each in items)
        found = " OR ".join(f"apex_includes({place.sql}, ?)" for _ in items) or "0"
        return f"(NOT ({found}))" if negative else f"({found})"

    def _like(self, place: Resolved, value: Any) -> str:
        items = list(value) if is_collection(value) else [value]
        self.values.extend(items)
        return f"({' OR '.join(f'apex_like({place.sql}, ?)' for _ in items) or '0'})"

    def _in_range(self, place: Resolved, operator: str, literal: DateLiteral) -> str:
        start, end = range_of(literal.name, literal.amount, _today())
        first, after = _moments(place.field, start, end)
        if operator in {"=", "!="}:
            self.values.extend((first, after))
            found = f"IFNULL({place.sql} >= ? AND {place.sql} < ?, 0)"
            return found if operator == "=" else f"(NOT {found})"
        self.values.append(after if operator in {">", "<="} else first)
        sign = {">": ">=", "<=": "<"}.get(operator, operator)
        return f"IFNULL({place.sql} {sign} ?, 0)"


def _today() -> dt.date:
    """The date in the running user's time zone."""
    from sfgen.apex.runtime.session import user_zone

    now = current().now() if has_current() else dt.datetime.now(dt.timezone.utc)
    return now.astimezone(user_zone()).date()


def _moments(field: Field, start: dt.date, end: dt.date) -> tuple[str, str]:
    """The range as stored values: midnights of the user's time zone for a date/time field."""
    if field.type != "DATETIME":
        return encode(start), encode(end)
    from sfgen.apex.runtime.session import user_zone

    zone = user_zone()
    midnight = dt.time(0, tzinfo=zone)
    return (
        encode(dt.datetime.combine(start, midnight)),
        encode(dt.datetime.combine(end, midnight)),
    )
