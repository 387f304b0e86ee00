"""Queries run: SOQL nodes to SQL, rows to records, lists of children and aggregates."""
# ruff: noqa: S608 - names in the SQL come from the schema, values are parameters

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.values import ApexList, SObject
from sfgen.apex.schema.missing_packages import refuse_missing
from sfgen.apex.soql.soql_aggregates import run_aggregate
from sfgen.apex.soql.soql_scope import Scope, Statement, query_problem
from sfgen.apex.soql.soql_select import AGGREGATES, Columns, child_queries, resolve_expression
from sfgen.apex.soql.soql_where import ConditionWriter
from sfgen.apex.syntax.soql_nodes import FunctionCall, Query, SelectItem
from sfgen.apex.types.model import ApexType

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sfgen.apex.schema.schema import ObjectType
    from sfgen.apex.soql.soql_scope import Resolved
    from sfgen.apex.store.store import Store
    from sfgen.apex.syntax.soql_nodes import Bind, OrderBy
    from sfgen.apex.terms.access_mode import Access

    Visible = Callable[[ObjectType, str, Access], str | None]

__all__ = ["QueryRun"]

_PLAIN_FUNCTIONS = frozenset("TOLABEL FORMAT CONVERTCURRENCY DISTANCE".split())


class QueryRun:
    """One query with its binds. `visible` answers the SQL condition of the rows to be seen."""

    def __init__(
        self,
        store: Store,
        bound: Callable[[Bind], Any],
        access: Access,
        visible: Visible,
    ) -> None:
        self.store = store
        self.bound = bound
        self.access = access
        self.visible = visible
        self.statement = Statement(store)
        self.row_count = 0

    def run(self, query: Query) -> ApexList | int:
        """The records, the aggregate results, or the number of `SELECT COUNT()`."""
        scope = Scope(self.statement, self.statement.object(query.source), query.alias)
        if query.count_only:
            return self._count(scope, query)
        if query.group is not None or self._has_aggregate(query):
            return run_aggregate(self, scope, query)
        records = self._records(scope, query)
        return ApexList(records, ApexType(scope.owner.name))

    def _has_aggregate(self, query: Query) -> bool:
        return any(
            isinstance(item, SelectItem)
            and isinstance(item.expression, FunctionCall)
            and item.expression.name in AGGREGATES
            for item in query.select
        )

    def _count(self, scope: Scope, query: Query) -> int:
        where, values = self.where(scope, query)
        limit = self.limits(query)
        sql = f"SELECT 1 FROM {scope.from_sql} WHERE {where}{limit}"
        ((found,),) = self.store.select(f"SELECT COUNT(*) FROM ({sql})", values)
        self.row_count += 1
        return int(found)

    def where(self, scope: Scope, query: Query) -> tuple[str, list[Any]]:
        """The WHERE clause with the recycle bin and hidden rows left out, and its values."""
        writer = self.writer(scope)
        terms = [] if query.all_rows else [f'IFNULL({scope.base}."isdeleted", 0) = 0']
        if self.access.filters_rows:
            hidden = self.visible(scope.owner, scope.base, self.access)
            if hidden is not None:
                terms.append(hidden)
        if query.scope in {"MINE", "MY"}:
            terms.append(self._mine(scope))
        if query.where is not None:
            terms.append(writer.write(query.where))
        return " AND ".join(terms) or "1", writer.values

    def _mine(self, scope: Scope) -> str:
        from sfgen.apex.store.org_data import org_data

        return f"{scope.base}.\"ownerid\" = '{org_data().user_id}'"

    def writer(self, scope: Scope) -> ConditionWriter:
        """A writer of conditions for names of this scope."""

        def nested(query: Query) -> tuple[str, list[Any]]:
            inner = Scope(self.statement, self.statement.object(query.source), query.alias)
            (item,) = query.select
            if not isinstance(item, SelectItem):
                raise query_problem("a semi-join selects one field")
            column = resolve_expression(inner, item.expression).sql
            where, values = self.where(inner, query)
            return f"SELECT {column} FROM {inner.from_sql} WHERE {where}", values

        def resolve(node: Any) -> Resolved:
            return resolve_expression(scope, node)

        return ConditionWriter(resolve, self.bound, nested)

    def order(self, scope: Scope, terms: Sequence[OrderBy]) -> str:
        """ORDER BY: nulls first unless said otherwise (SQ01), picklists by their values (SQ12)."""
        pieces = []
        for term in terms:
            place = resolve_expression(scope, term.expression)
            sql = place.sql
            if place.field.type == "PICKLIST" and place.field.picklist:
                sql = _rank(place)
            first = True if term.nulls_first is None else term.nulls_first
            direction = "DESC" if term.descending else "ASC"
            pieces.append(f"{sql} {direction} NULLS {'FIRST' if first else 'LAST'}")
        return ", ".join(pieces)

    def limits(self, query: Query) -> str:
        """LIMIT and OFFSET; their binds are numbers."""
        if query.limit is None and query.offset is None:
            return ""
        limit = -1 if query.limit is None else self._number(query.limit)
        offset = 0 if query.offset is None else self._number(query.offset)
        if offset > 2000:
            raise query_problem("Maximum SOQL offset allowed is 2000")
        return f" LIMIT {limit} OFFSET {offset}"

    def _number(self, node: Any) -> int:
        value = ConditionWriter(_no_field, self.bound, _no_query).value_of(node)
        if value is None or isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise query_problem("invalid LIMIT or OFFSET")
        return min(int(value), _MOST_ROWS)

    def _records(self, scope: Scope, query: Query, parent: str | None = None) -> list[SObject]:
        columns = Columns(scope)
        for item in query.select:
            if not isinstance(item, Query):
                self._refuse_alias(item)
                columns.select(item)
        where, values = self.where(scope, query)
        if parent is not None:
            where = f"{where} AND {parent}"
        order = self.order(scope, query.order)
        tail = f"{order}, " if order else ""
        limit = "" if parent else self.limits(query)
        rows = self.store.select(
            f"SELECT {', '.join(columns.sql)} FROM {scope.from_sql} WHERE {where}"
            f" ORDER BY {tail}{scope.base}.rowid{limit}",
            values,
        )
        self.row_count += len(rows)
        schema = self.statement.schema
        records = [record for row in rows if (record := columns.plan.build(row, schema))]
        children = child_queries(query)
        for child in children:
            self._attach(scope.owner, records, child)
        for record in records if children else ():
            record.marks = {"subqueries": True}
        return records

    def _refuse_alias(self, item: Any) -> None:
        if isinstance(item, SelectItem) and item.alias:
            call = item.expression
            if not isinstance(call, FunctionCall) or call.name not in _PLAIN_FUNCTIONS:
                raise query_problem("only aggregate expressions use field aliasing")

    def _attach(self, owner: ObjectType, records: list[SObject], query: Query) -> None:
        """Run a child query for all parents at once and hand each its list."""
        name = query.source.rpartition(".")[2]
        link = self.statement.schema.child(owner.name, name)
        if link is None:
            refuse_missing(self.statement.schema, name)
            raise query_problem(
                f"Didn't understand relationship '{name}' in FROM part of query call. If you are "
                "attempting to use a custom relationship, be sure to append the '__r' after the "
                "custom relationship name. Please reference your WSDL or the describe call for "
                "the appropriate names."
            )
        child = self.statement.schema[link.child]
        scope = Scope(self.statement, child, query.alias)
        scope.names.add(name.lower())
        key = link.field.lower()
        lists: dict[str, list[SObject]] = {str(each.fields["id"]): [] for each in records}
        wanted = ", ".join(f"'{identity}'" for identity in lists)
        full = replace(query, select=(*query.select, SelectItem(_path(link.field))))
        for record in self._records(scope, full, f'{scope.base}."{key}" IN ({wanted})'):
            lists[str(record.fields[key])].append(record)
        limit = None if query.limit is None else self._number(query.limit)
        start = 0 if query.offset is None else self._number(query.offset)
        for record in records:
            rows = lists[str(record.fields["id"])]
            kept = rows[start:] if limit is None else rows[start : start + limit]
            record.fields[name.lower()] = ApexList(kept, ApexType(child.name))
            if record.queried is not None:
                record.queried.add(name.lower())


_MOST_ROWS = 2_147_483_647


def _rank(place: Resolved) -> str:
    cases = " ".join(
        f"WHEN '{each.value.replace(chr(39), chr(39) * 2)}' THEN {number}"
        for number, each in enumerate(place.field.picklist)
    )
    return f"CASE {place.sql} {cases} WHEN NULL THEN NULL ELSE {place.sql} END"


def _path(name: str) -> Any:
    from sfgen.apex.syntax.soql_nodes import FieldPath

    return FieldPath((name,))


def _no_field(_: Any) -> Any:
    raise query_problem("LIMIT and OFFSET take numbers")


def _no_query(_: Query) -> Any:
    raise query_problem("LIMIT and OFFSET take numbers")
