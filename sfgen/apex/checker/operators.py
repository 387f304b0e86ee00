"""Finds what operators do, by the types of their operands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.checker.operands import (
    check_cast,
    check_comparison,
    check_instance,
    check_logic,
    check_sign,
    check_ternary,
)
from sfgen.apex.names.meanings import InstanceTest, Missing, Operation, Typed
from sfgen.apex.names.overloads import NUMERIC
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import ANY, BOOLEAN, STRING, ApexType

if TYPE_CHECKING:
    from sfgen.apex.checker.body import Body
    from sfgen.apex.names.meanings import Meaning

__all__ = ["binary", "cast", "combined", "instance_of", "sign", "ternary"]

_ARITHMETIC = frozenset("+ - * /".split())
_BITS = frozenset("& | ^ << >> >>>".split())
_SHIFTS = frozenset("<< >> >>>".split())
_FORMS = {
    "&&": "logic",
    "||": "logic",
    "==": "equality",
    "!=": "equality",
    "===": "identity",
    "!==": "identity",
    "<": "ordering",
    ">": "ordering",
    "<=": "ordering",
    ">=": "ordering",
}
_TEXTS = frozenset({"String", "Id"})
_TIMES = frozenset({"Date", "Datetime", "Time"})


def binary(body: Body, node: tree.Binary) -> Meaning:
    """`left operator right`."""
    left, right = body.type_of(node.left), body.type_of(node.right)
    if node.operator == "??":
        return _coalesced(body, node, left, right)
    form = _FORMS.get(node.operator)
    if form is None:
        return combined(body, node, node.operator, left, right)
    if form == "logic":
        check_logic(body, node)
    elif form != "identity":
        check_comparison(body, node)
    return Operation(form, BOOLEAN)


def _coalesced(body: Body, node: tree.Binary, left: ApexType, right: ApexType) -> Operation:
    """`left ?? right`; of a query its row, unless the right side is a list."""
    if left.name == "List" and isinstance(node.left, tree.Query) and right.name != "List":
        return Operation("row or else", _common(body, left.element, right))
    return Operation("or else", _common(body, left, right))


def _common(body: Body, one: ApexType, two: ApexType) -> ApexType:
    """The type of `?:` and `??` over two types."""
    if one.key == two.key or two.name == "null":
        return one
    if one.name == "null":
        return two
    if one.name in NUMERIC and two.name in NUMERIC:
        return one if NUMERIC[one.name] >= NUMERIC[two.name] else two
    if {one.name, two.name} == {"Id", "String"}:
        return STRING
    if body.world.is_record(one) and body.world.is_record(two):
        return ApexType("SObject")
    return two if one == ANY else one


def combined(
    body: Body, node: tree.Node, operator: str, left: ApexType, right: ApexType
) -> Operation | Missing:
    """Arithmetic, concatenation and bits over two types."""
    one, two = left.name, right.name
    if operator == "+" and {one, two} & _TEXTS:
        return Operation("concatenation", STRING)
    if operator in _BITS:
        return Operation("bits", _bits_type(operator, one, two))
    if one in NUMERIC and two in NUMERIC:
        if operator not in _ARITHMETIC:
            return Missing(f"operator {operator}")
        return Operation("arithmetic", left if NUMERIC[one] >= NUMERIC[two] else right)
    if one in _TIMES and operator in "+-":
        return Operation("time shift", left)
    if ANY in {left, right} or "Object" in {one, two}:
        return Operation("dynamic", _guess(left, right))
    if operator not in _ARITHMETIC:
        return body.refuse(node, f"Unexpected token '{operator}'.")
    return body.refuse(node, f"Arithmetic expressions must use numeric arguments: {one}, {two}")


def _guess(one: ApexType, two: ApexType) -> ApexType:
    """The result's type when one side is unknown: only Decimal is certain."""
    return one if one.name == "Decimal" else two if two.name == "Decimal" else ANY


def _bits_type(operator: str, one: str, two: str) -> ApexType:
    if one == "Boolean":
        return BOOLEAN
    is_long = one == "Long" or (two == "Long" and operator not in _SHIFTS)
    return ApexType("Long" if is_long else "Integer")


def sign(body: Body, node: tree.Unary) -> Meaning:
    """A sign, `!` or `~`."""
    check_sign(body, node)
    kind = body.type_of(node.operand)
    return Typed(BOOLEAN if node.operator == "!" else kind)


def ternary(body: Body, node: tree.Ternary) -> Meaning:
    """`condition ? yes : no`."""
    check_ternary(body, node)
    body.meaning(node.condition)
    return Typed(_common(body, body.type_of(node.yes), body.type_of(node.no)))


def cast(body: Body, node: tree.Cast) -> Meaning:
    """`(Type) operand`."""
    wanted = body.resolve(node.type)
    check_cast(body, node, wanted)
    body.meaning(node.operand)
    return Typed(wanted)


def instance_of(body: Body, node: tree.InstanceOf) -> Meaning:
    """`operand instanceof Type`."""
    body.meaning(node.operand)
    wanted = body.resolve(node.type)
    check_instance(body, node, wanted)
    return InstanceTest(wanted, BOOLEAN)
