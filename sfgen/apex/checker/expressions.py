"""Finds what every kind of expression means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.checker.assignments import assign, step
from sfgen.apex.checker.calls import call
from sfgen.apex.checker.creations import new, new_array, new_list, new_map, new_record
from sfgen.apex.checker.operands import check_index
from sfgen.apex.checker.operators import binary, cast, instance_of, sign, ternary
from sfgen.apex.checker.queries import refusals_of
from sfgen.apex.checker.variables import member, name
from sfgen.apex.names.meanings import Rows, Typed
from sfgen.apex.names.query_rows import row_type
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import (
    ANY,
    BOOLEAN,
    DECIMAL,
    DOUBLE,
    INTEGER,
    LONG,
    NULL,
    STRING,
    ApexType,
    list_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.apex.checker.body import Body
    from sfgen.apex.names.meanings import Meaning

__all__ = ["FINDERS"]

_LITERALS = {
    "null": Typed(NULL),
    "integer": Typed(INTEGER),
    "long": Typed(LONG),
    "double": Typed(DOUBLE),
    "decimal": Typed(DECIMAL),
    "string": Typed(STRING),
    "boolean": Typed(BOOLEAN),
}


def _literal(_body: Body, node: tree.Literal) -> Meaning:
    return _LITERALS[node.kind]


def _index(body: Body, node: tree.Index) -> Meaning:
    check_index(body, node)
    kind = body.type_of(node.target)
    body.meaning(node.index)
    return Typed(kind.element if kind.name == "List" else ANY)


def _unary(body: Body, node: tree.Unary) -> Meaning:
    return step(body, node) if node.operator in {"++", "--"} else sign(body, node)


def _type_literal(body: Body, node: tree.TypeLiteral) -> Meaning:
    body.resolve(node.type)
    return Typed(ApexType("Type"))


def _query(body: Body, node: tree.Query) -> Meaning:
    schema = body.world.schema
    for problem in refusals_of(node.text, schema):
        body.note(node, problem)
    for each in node.binds:
        body.meaning(each)
    kind = row_type(node.text)
    if kind == INTEGER:
        return Rows("count_query", INTEGER)
    if kind.name == "List":
        return Rows("search", kind)
    found = schema.find(kind.name) if schema is not None else None
    return Rows("query", list_of(body.world.record_kind(found.name) if found is not None else kind))


FINDERS: dict[type, Callable[[Body, Any], Meaning]] = {
    tree.Literal: _literal,
    tree.Name: name,
    tree.Member: member,
    tree.Call: call,
    tree.Index: _index,
    tree.New: new,
    tree.NewRecord: new_record,
    tree.NewArray: new_array,
    tree.NewList: new_list,
    tree.NewMap: new_map,
    tree.Unary: _unary,
    tree.Postfix: step,
    tree.Binary: binary,
    tree.Ternary: ternary,
    tree.Assign: assign,
    tree.Cast: cast,
    tree.InstanceOf: instance_of,
    tree.TypeLiteral: _type_literal,
    tree.Query: _query,
}
