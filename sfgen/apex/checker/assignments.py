"""Finds what assignments and steps write to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.checker.access import check_assignable, check_field_visible
from sfgen.apex.checker.operands import check_field, check_step
from sfgen.apex.checker.operators import combined
from sfgen.apex.checker.scope import dotted
from sfgen.apex.checker.statement_checks import check_value
from sfgen.apex.checker.variables import is_super, itself, member_of, static_member
from sfgen.apex.names.meanings import (
    Assignment,
    Local,
    Missing,
    OwnField,
    PlatformStatic,
    RecordField,
    Typed,
    ValueProperty,
)
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import ANY, INTEGER, ApexType

if TYPE_CHECKING:
    from sfgen.apex.checker.body import Body
    from sfgen.apex.names.meanings import Meaning

__all__ = ["assign", "step"]


def assign(body: Body, node: tree.Assign) -> Meaning:
    """`target = value`, `target += value` and the like."""
    kind = body.keep(node.target, _place(body, node.target)).type
    value = body.type_of(node.value)
    if node.operator == "=":
        check_value(body, node.value, kind)
        return Assignment(kind)
    return Assignment(kind, combined(body, node, node.operator[:-1], kind, value))


def step(body: Body, node: tree.Unary | tree.Postfix) -> Meaning:
    """`++x` and `x++`."""
    operator = node.operator[0]
    check_step(body, node.operand, operator, prefix=isinstance(node, tree.Unary))
    kind = body.keep(node.operand, _place(body, node.operand)).type
    return Assignment(kind, combined(body, node.operand, operator, kind, INTEGER))


def _place(body: Body, node: tree.Expression) -> Meaning:
    """What an expression means where something is assigned to it."""
    if isinstance(node, tree.Name):
        return _named(body, node)
    if isinstance(node, tree.Index):
        kind = body.type_of(node.target)
        body.meaning(node.index)
        return Typed(kind.element if kind.name == "List" else ANY)
    if isinstance(node, tree.Member):
        return _member(body, node)
    return body.refuse(node, "Expression cannot be assigned")


def _named(body: Body, node: tree.Name) -> Meaning:
    low = node.name.lower()
    if low in body.scope.locals:
        return Local(low, body.scope.locals[low])
    found = body.scope.find_field(node.name)
    if found is None:
        if body.is_all_known(body.scope.symbol):
            body.note(node, f"Variable does not exist: {node.name}")
        return Missing(node.name)
    check_assignable(body, node, found)
    return OwnField(found)


def _member(body: Body, node: tree.Member) -> Meaning:
    kind = body.scope.static_type(node.target)
    if kind is not None:
        symbol = body.world.symbol(kind)
        found = body.world.field(symbol, node.name) if symbol else None
        if found is not None:
            check_assignable(body, node, found)
            check_field_visible(body, node, found)
            return OwnField(found)
        return PlatformStatic(static_member(body, node, kind), f"{kind.name}.{node.name}")
    if body.scope.is_unknown_path(node):
        return Missing(dotted(node) or "")
    target = node.target
    if isinstance(target, tree.Name) and is_super(target):
        return _of_value(body, node, body.keep(target, itself(body, target)).type)
    return _of_value(body, node, body.type_of(target))


def _of_value(body: Body, node: tree.Member, kind: ApexType) -> Meaning:
    """A field or property of a value of type `kind`."""
    world = body.world
    one_row = kind.name == "List" and world.is_record(kind.element)
    kind = kind.element if one_row else kind
    symbol = world.symbol(kind)
    found = world.field(symbol, node.name) if symbol else None
    if found is not None:
        check_assignable(body, node, found)
        check_field_visible(body, node, found)
        return OwnField(found, by_value=True)
    low = node.name.lower()
    if world.is_record(kind):
        if world.lacks_field(kind, low):
            check_field(body, node, kind, low, f"Variable does not exist: {node.name}")
            return Missing(f"{kind.name}.{node.name}")
        return RecordField(world.field_type(kind, low), one_row)
    known = world.platform(kind)
    return ValueProperty(member_of(body, node, kind), known.setters.get(low) if known else None)
