"""What a SELECT asks for: SQL columns, and the plan by which rows become records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.ids import Id
from sfgen.apex.runtime.values import SObject
from sfgen.apex.schema.compound_fields import decode_compound, is_compound, parts_of
from sfgen.apex.schema.encoding import decoder
from sfgen.apex.schema.schema import Field
from sfgen.apex.soql.soql_scope import Resolved, query_problem
from sfgen.apex.store.sql_functions import DATE_PARTS
from sfgen.apex.syntax.soql_nodes import (
    FieldPath,
    FieldsKeyword,
    FunctionCall,
    Literal,
    Query,
    SelectItem,
    TypeOf,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sfgen.apex.schema.schema import ObjectType
    from sfgen.apex.soql.soql_scope import Scope
__all__ = ["AGGREGATES", "Columns", "RecordPlan", "resolve_expression"]

AGGREGATES = frozenset("COUNT COUNT_DISTINCT SUM AVG MIN MAX GROUPING".split())
_PASSED = frozenset("TOLABEL FORMAT CONVERTCURRENCY CONVERTTIMEZONE".split())


def resolve_expression(scope: Scope, node: FieldPath | FunctionCall) -> Resolved:
    """The SQL of a field or of a function over fields."""
    if isinstance(node, FieldPath):
        return scope.resolve(node.parts)
    name = node.name
    if name in {"DISTANCE", "GEOLOCATION"}:
        return _distance(scope, node)
    if name == "COUNT" and not node.arguments:
        return Resolved("COUNT(*)", Field("count", "INTEGER"), scope.owner)
    inner = node.arguments[0] if node.arguments else None
    if not isinstance(inner, (FieldPath, FunctionCall)):
        raise query_problem(f"unexpected token: '{name}'")
    place = resolve_expression(scope, inner)
    if name in _PASSED:
        return place
    if name in DATE_PARTS:
        kind = "DATE" if name == "DAY_ONLY" else "INTEGER"
        return Resolved(f"date_part('{name}', {place.sql})", Field(name, kind), place.owner)
    if name in AGGREGATES:
        return _aggregate(name, place)
    raise query_problem(f"unexpected token: '{name}'")


def _aggregate(name: str, place: Resolved) -> Resolved:
    if name == "COUNT":
        return Resolved(f"COUNT({place.sql})", Field("count", "INTEGER"), place.owner)
    if name == "COUNT_DISTINCT":
        return Resolved(f"COUNT(DISTINCT {place.sql})", Field("count", "INTEGER"), place.owner)
    if name == "GROUPING":
        return Resolved("0", Field("grouping", "INTEGER"), place.owner)
    if name in {"SUM", "AVG"} and not place.field.numeric:
        raise query_problem(f"field {place.field.name} does not support aggregate operator {name}")
    if place.field.key == "activitydate":
        raise query_problem(f"field ActivityDate does not support aggregate operator {name}")
    kind = place.field
    if name == "AVG":
        kind = Field("avg", "DOUBLE", scale=max(place.field.scale, 6))
    return Resolved(f"{name}({place.sql})", kind, place.owner)


def _distance(scope: Scope, node: FunctionCall) -> Resolved:
    pieces: list[str] = []
    for argument in node.arguments:
        if isinstance(argument, FieldPath):
            stem = argument.parts[-1].removesuffix("__c")
            names = (f"{stem}__Latitude__s", f"{stem}__Longitude__s")
            if stem == argument.parts[-1]:
                stem = stem.removesuffix("Address")
                names = (f"{stem}Latitude", f"{stem}Longitude")
            pieces += [scope.resolve((*argument.parts[:-1], each)).sql for each in names]
        elif isinstance(argument, FunctionCall):
            pieces += [_number(each) for each in argument.arguments]
    unit = node.arguments[-1]
    name = str(unit.value) if isinstance(unit, Literal) else "mi"
    kind = "km" if name.lower() == "km" else "mi"
    return Resolved(
        f"distance({', '.join(pieces)}, '{kind}')",
        Field("distance", "DOUBLE", scale=9),
        scope.owner,
    )


def _number(node: object) -> str:
    if isinstance(node, Literal) and node.kind == "number":
        return str(node.value)
    raise query_problem("GEOLOCATION needs two numbers")


@dataclass
class RecordPlan:
    """How one record is read off a row: its Id's column, its fields, its parents."""

    owner: ObjectType | None
    id_column: int
    fields: list[tuple[str, int, Callable[[Any], Any] | None]] = field(default_factory=list)
    parents: dict[str, RecordPlan] = field(default_factory=dict)
    queried: set[str] = field(default_factory=set)

    def build(self, row: Sequence[Any], schema: Any) -> SObject | None:
        """The record; None if its Id is null: a parent that isn't there."""
        identity = row[self.id_column]
        if identity is None:
            return None
        owner = self.owner or schema.of_id(identity)
        record = SObject(owner.name if owner else "Name")
        record.fields["id"] = Id(identity)
        record.queried = set(self.queried)
        fields = record.fields
        for key, column, change in self.fields:
            value = row[column]
            if value is not None:
                found = change(value) if change else value
                if found is not None:
                    fields[key] = found
        for key, plan in self.parents.items():
            parent = plan.build(row, schema)
            if parent is not None:
                fields[key] = parent
        return record


class Columns:
    """The SQL columns of a query and the plan of its records."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.sql: list[str] = []
        self.plan = RecordPlan(scope.owner, self.add(f'{scope.base}."id"'))
        self.plan.queried.add("id")

    def add(self, sql: str) -> int:
        """Add a column unless it is there; answers its number."""
        if sql not in self.sql:
            self.sql.append(sql)
        return self.sql.index(sql)

    def select(self, item: SelectItem | FieldsKeyword | TypeOf) -> None:
        """Add one selected item."""
        if isinstance(item, FieldsKeyword):
            for each in self.scope.owner.fields.values():
                if item.which == "ALL" or each.custom == (item.which == "CUSTOM"):
                    self.path((each.name,))
        elif isinstance(item, TypeOf):
            self._typeof(item)
        elif isinstance(item.expression, FieldPath):
            self.path(item.expression.parts)
        else:
            self._function(item)

    def _function(self, item: SelectItem) -> None:
        place = resolve_expression(self.scope, item.expression)
        call = item.expression
        inner = call.arguments[0] if isinstance(call, FunctionCall) and call.arguments else None
        name = item.alias
        if name is None and isinstance(inner, FieldPath):
            name = inner.parts[-1]
        key = (name or "expr0").lower()
        change = decoder(place.field)
        if isinstance(call, FunctionCall) and call.name == "TOLABEL":
            change = _labels(place.field)
        self.plan.fields.append((key, self.add(place.sql), change))
        self.plan.queried.add(key)

    def path(self, parts: Sequence[str]) -> None:
        """Add a field, and the parents that lead to it."""
        scope = self.scope
        if len(parts) > 1 and parts[0].lower() in scope.names:
            parts = parts if parts[0].lower() in scope.owner.by_relationship else parts[1:]
        plan, places = self.plan, [(scope.base, scope.owner)]
        for part in parts[:-1]:
            plan, places = self._parent(plan, places, part)
        self._field(plan, places, parts[-1])

    def _parent(
        self, plan: RecordPlan, places: Sequence[tuple[str, ObjectType]], part: str
    ) -> tuple[RecordPlan, list[tuple[str, ObjectType]]]:
        parents = self.scope.parents(places, part)
        key = part.lower()
        for _, owner in places:
            link = owner.by_relationship.get(key)
            if link is not None:
                self._field(plan, places, link.name)
                break
        if key not in plan.parents:
            ids = [f'{alias}."id"' for alias, _ in parents]
            sql = ids[0] if len(ids) == 1 else f"COALESCE({', '.join(ids)})"
            owner_of = parents[0][1] if len(parents) == 1 else None
            plan.parents[key] = RecordPlan(owner_of, self.add(sql), queried={"id"})
            plan.queried.add(key)
        return plan.parents[key], parents

    def _field(self, plan: RecordPlan, places: Sequence[tuple[str, ObjectType]], name: str) -> None:
        place = self.scope.column(places, name)
        key = place.field.key
        if key not in plan.queried:
            plan.queried.add(key)
            if is_compound(place.field):
                self._compound(plan, places, place)
                return
            plan.fields.append((key, self.add(place.sql), decoder(place.field)))

    def _compound(
        self, plan: RecordPlan, places: Sequence[tuple[str, ObjectType]], place: Resolved
    ) -> None:
        """An address or a location as one column with its parts."""
        pieces: list[str] = []
        for name, part in parts_of(place.owner, place.field):
            pieces += [f"'{name}'", self.scope.column(places, part.name).sql]
        column = self.add(f"json_object({', '.join(pieces)})")
        plan.fields.append((place.field.key, column, decode_compound(place.field)))

    def _typeof(self, item: TypeOf) -> None:
        parts = item.path.parts
        for name, paths in item.cases:
            for path in paths:
                self._typed_path(parts, name, path)
        for path in item.otherwise:
            self._typed_path(parts, None, path)

    def _typed_path(self, parts: Sequence[str], name: str | None, path: FieldPath) -> None:
        """A field of one type of a polymorphic parent; null for parents of other types."""
        plan, places = self._parent(self.plan, [(self.scope.base, self.scope.owner)], parts[0])
        wanted = [each for each in places if name is None or each[1].key == name.lower()]
        self._field(plan, wanted or places, path.parts[-1])


def _labels(kind: Field) -> Callable[[Any], Any]:
    labels = {each.value.lower(): each.label for each in kind.picklist}
    return lambda value: labels.get(str(value).lower(), value)


def child_queries(query: Query) -> list[Query]:
    """The subqueries in the select list."""
    return [each for each in query.select if isinstance(each, Query)]
