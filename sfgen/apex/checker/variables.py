"""Finds what names and members mean: variables, fields, properties, constants, tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.checker.access import (
    check_field_visible,
    check_instance_field,
    check_static_field,
)
from sfgen.apex.checker.operands import check_field
from sfgen.apex.checker.scope import dotted
from sfgen.apex.checker.tokens import special_member, token
from sfgen.apex.names.meanings import (
    Dynamic,
    EnumValue,
    Getter,
    Itself,
    Local,
    Missing,
    OwnField,
    RecordField,
    RuntimeValue,
    StaticGetter,
)
from sfgen.apex.names.world import substitute
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import ANY, ApexType

if TYPE_CHECKING:
    from sfgen.apex.checker.body import Body
    from sfgen.apex.names.meanings import Meaning
    from sfgen.apex.types.symbols import TypeSymbol

__all__ = ["is_super", "itself", "member", "member_of", "name", "receiver_type", "static_member"]


def is_super(node: tree.Expression | None) -> bool:
    """Whether it is the word `super`."""
    return isinstance(node, tree.Name) and node.name.lower() == "super"


def itself(body: Body, node: tree.Name) -> Itself:
    """`this`, and `super` before a member."""
    scope = body.scope
    if scope.static and scope.symbol is not None:
        body.note(node, "This cannot be referenced in a static context")
    return Itself(scope.symbol.type if scope.symbol else ANY)


def name(body: Body, node: tree.Name) -> Meaning:
    """A bare name."""
    low = node.name.lower()
    if low == "this":
        return itself(body, node)
    if low in body.scope.locals:
        return Local(low, body.scope.locals[low])
    found = body.scope.find_field(node.name)
    if found is not None:
        return OwnField(found)
    if not body.is_all_known(body.scope.symbol):
        return Missing(node.name)
    return body.refuse(node, f"Variable does not exist: {node.name}")


def member(body: Body, node: tree.Member) -> Meaning:
    """`target.name`."""
    special = special_member(body, node)
    if special is not None:
        return special
    scope = body.scope
    kind = scope.static_type(node.target) or scope.hidden_type(node.target, node.name)
    if kind is not None:
        return static_member(body, node, kind)
    if scope.is_unknown_path(node):
        return Missing(dotted(node) or "")
    return member_of(body, node, receiver_type(body, node.target, safe=node.safe))


def receiver_type(body: Body, node: tree.Expression, *, safe: bool) -> ApexType:
    """The type of what stands before a dot; of `[SELECT ...]?.` it is the row's."""
    if isinstance(node, tree.Name) and is_super(node):
        return body.keep(node, itself(body, node)).type
    kind = body.type_of(node)
    if safe and kind.name == "List" and isinstance(node, tree.Query):
        return kind.element
    return kind


def member_of(body: Body, node: tree.Member, kind: ApexType) -> Meaning:
    """A member of a value of type `kind`."""
    world = body.world
    symbol = world.symbol(kind)
    if symbol is not None:
        found = world.field(symbol, node.name)
        if found is not None:
            check_field_visible(body, node, found)
            check_static_field(body, node, found)
            return OwnField(found, by_value=True)
        if symbol.kind == "enum" or body.lacks_member(symbol):
            return body.refuse(node, f"Variable does not exist: {node.name}")
    one_row = kind.name == "List" and world.is_record(kind.element)
    kind = kind.element if one_row else kind
    if world.is_record(kind):
        if world.lacks_field(kind, node.name):
            check_field(body, node, kind, node.name, f"Variable does not exist: {node.name}")
            return Missing(f"{kind.name}.{node.name}")
        return RecordField(world.field_type(kind, node.name), one_row)
    known = world.platform(kind)
    getter = known.getters.get(node.name.lower()) if known else None
    if known is not None and getter is not None:
        names = dict(zip(known.parameters, kind.arguments, strict=False))
        return Getter(getter, substitute(getter.result, names))
    return Dynamic()


def static_member(body: Body, node: tree.Member, kind: ApexType) -> Meaning:
    """`Type.name`."""
    symbol = body.world.symbol(kind)
    if symbol is not None:
        return _own_static(body, node, symbol)
    low = node.name.lower()
    if body.world.is_record(kind) or low == "sobjecttype":
        return token(body, node, kind)
    known = body.world.platform(kind)
    if known is not None:
        if low in known.constants:
            names = (known.name, low)
            found = known.constants[low][1]
            return RuntimeValue("platform_constant", names, found, fixed=True, sure=True)
        if low in known.static_getters:
            return StaticGetter(known.static_getters[low])
    return Missing(f"{kind.name}.{node.name}")


def _own_static(body: Body, node: tree.Member, symbol: TypeSymbol) -> Meaning:
    low = node.name.lower()
    if symbol.kind == "enum" and low in map(str.lower, symbol.node.values):
        return EnumValue(symbol, low)
    found = body.world.field(symbol, node.name)
    if found is None:
        if not body.lacks_member(symbol):
            return Missing(f"{symbol.name}.{node.name}")
        return body.refuse(node, f"Variable does not exist: {symbol.name}.{node.name}")
    check_field_visible(body, node, found)
    check_instance_field(body, node, found)
    return OwnField(found)
