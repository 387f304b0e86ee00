"""Aggregate queries: GROUP BY with ROLLUP and CUBE, HAVING, aliases expr0, expr1 ... (SQ02)."""
# ruff: noqa: S608 - names in the SQL come from the schema, values are parameters

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.values import ApexList, SObject
from sfgen.apex.schema.encoding import decoder
from sfgen.apex.soql.soql_scope import query_problem
from sfgen.apex.soql.soql_select import AGGREGATES, resolve_expression
from sfgen.apex.syntax.soql_nodes import FieldPath, FunctionCall, SelectItem
from sfgen.apex.types.model import ApexType

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sfgen.apex.soql.soql_run import QueryRun
    from sfgen.apex.soql.soql_scope import Resolved, Scope
    from sfgen.apex.syntax.soql_nodes import Query

__all__ = ["run_aggregate"]

_Column = tuple[str, str, "Callable[[Any], Any] | None"]


def run_aggregate(run: QueryRun, scope: Scope, query: Query) -> ApexList:
    """The AggregateResult rows of a grouped query."""
    groups = query.group.expressions if query.group else ()
    kind = query.group.kind if query.group else "plain"
    results: list[SObject] = []
    for kept in _grouping_sets(kind, len(groups)):
        results.extend(_run_one(run, scope, query, [groups[place] for place in kept]))
    run.row_count += len(results) if _only_counts(query) else _rows_used(run, scope, query)
    return ApexList(results, ApexType("AggregateResult"))


def _only_counts(query: Query) -> bool:
    """Whether every aggregate is a COUNT, whose rows cost nothing."""
    return all(
        not isinstance(item, SelectItem)
        or not _aggregates(item.expression)
        or (isinstance(item.expression, FunctionCall) and item.expression.name == "COUNT")
        for item in query.select
    )


def _rows_used(run: QueryRun, scope: Scope, query: Query) -> int:
    """How many rows the aggregates are made of: each is a query row.

    Source: Apex Developer Guide, "Working with SOQL Aggregate Functions".
    """
    where, values = run.where(scope, query)
    sql = f"SELECT COUNT(*) FROM {scope.from_sql} WHERE {where}"
    return int(run.store.select(sql, values)[0][0])


def _grouping_sets(kind: str, count: int) -> list[tuple[int, ...]]:
    """Which grouping columns each pass keeps: all; prefixes for ROLLUP; every subset for CUBE."""
    whole = tuple(range(count))
    if kind == "ROLLUP":
        return [whole[:length] for length in range(count, -1, -1)]
    if kind == "CUBE":
        sizes = range(count, -1, -1)
        return [each for size in sizes for each in itertools.combinations(whole, size)]
    return [whole]


def _run_one(
    run: QueryRun, scope: Scope, query: Query, kept: Sequence[FieldPath | FunctionCall]
) -> list[SObject]:
    keys = [resolve_expression(scope, each) for each in kept]
    columns = _columns(scope, query, keys)
    where, values = run.where(scope, query)
    sql = f" WHERE {where}"
    if keys:
        sql += f" GROUP BY {', '.join(each.sql for each in keys)}"
    if query.having is not None:
        writer = run.writer(scope)
        sql += f" HAVING {writer.write(query.having)}"
        values = [*values, *writer.values]
    order = _order(run, scope, query)
    if order:
        sql += f" ORDER BY {order}"
    names = ", ".join(text for _, text, _ in columns)
    rows = run.store.select(f"SELECT {names} FROM {scope.from_sql}{sql}{run.limits(query)}", values)
    if query.group is not None and not kept and not _any_row(run, scope, query):
        return []
    return [_result(columns, row) for row in rows]


def _any_row(run: QueryRun, scope: Scope, query: Query) -> bool:
    where, values = run.where(scope, query)
    return bool(run.store.select(f"SELECT 1 FROM {scope.from_sql} WHERE {where} LIMIT 1", values))


def _columns(scope: Scope, query: Query, keys: Sequence[Resolved]) -> list[_Column]:
    grouped = {each.sql for each in keys}
    columns: list[_Column] = []
    unnamed = 0
    for item in query.select:
        if not isinstance(item, SelectItem):
            raise query_problem("Grouped query cannot use child relationships in the SELECT list")
        place = resolve_expression(scope, item.expression)
        name = item.alias
        sql = place.sql
        is_aggregate = isinstance(item.expression, FunctionCall)
        if is_aggregate and name is None:
            name, unnamed = f"expr{unnamed}", unnamed + 1
        if isinstance(item.expression, FunctionCall) and item.expression.name == "GROUPING":
            inner = resolve_expression(scope, item.expression.arguments[0])  # type: ignore[arg-type]
            sql = "0" if inner.sql in grouped else "1"
        elif not _aggregates(item.expression) and sql not in grouped:
            if query.group is None or query.group.kind == "plain":
                raise query_problem(
                    f"Field must be grouped or aggregated: {_shown(item.expression)}"
                )
            sql = "NULL"
        columns.append(
            (name or _shown(item.expression).rpartition(".")[2], sql, decoder(place.field))
        )
    return columns


def _aggregates(node: FieldPath | FunctionCall) -> bool:
    return isinstance(node, FunctionCall) and node.name in AGGREGATES


def _shown(node: FieldPath | FunctionCall) -> str:
    return node.text if isinstance(node, FieldPath) else node.name


def _order(run: QueryRun, scope: Scope, query: Query) -> str:
    """ORDER BY, which in a grouped query may also name nothing but grouped fields."""
    return run.order(scope, query.order)


def _result(columns: Sequence[_Column], row: Sequence[Any]) -> SObject:
    result = SObject("AggregateResult")
    result.queried = set()
    for (name, _, change), value in zip(columns, row, strict=True):
        result.queried.add(name.lower())
        if value is not None:
            result.fields[name.lower()] = change(value) if change else value
    result.marks = {"names": [name for name, _, _ in columns]}
    return result
