"""The types of expressions that are certain: the project's own declarations, and plain values.

What the platform's members answer counts only where it is plain and all overloads agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.checker.certainty import GROUPS, is_closed
from sfgen.apex.names.overloads import NUMERIC
from sfgen.apex.names.world import substitute
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import BOOLEAN, DECIMAL, INTEGER, LONG, STRING, ApexType

if TYPE_CHECKING:
    from sfgen.apex.checker.body import Body
    from sfgen.apex.types.symbols import TypeSymbol

__all__ = ["certain_type"]

_LITERALS = {
    "string": STRING,
    "integer": INTEGER,
    "long": LONG,
    "decimal": DECIMAL,
    "boolean": BOOLEAN,
}
_COMPARING = frozenset("== != === !== < > <= >= && ||".split())


def certain_type(body: Body, node: tree.Expression) -> ApexType | None:  # noqa: PLR0911
    """The type of an expression where nothing but the project's own text decides it."""
    if isinstance(node, tree.Literal):
        return _LITERALS.get(node.kind)
    if isinstance(node, (tree.New, tree.NewList, tree.NewMap, tree.NewArray, tree.Cast)):
        return body.resolve(node.type)
    if isinstance(node, tree.InstanceOf):
        return BOOLEAN
    if isinstance(node, tree.Name):
        return _named(body, node)
    if isinstance(node, tree.Member):
        return _member(body, node)
    if isinstance(node, tree.Call):
        return _call(body, node)
    if isinstance(node, tree.Binary):
        return _binary(body, node)
    if isinstance(node, tree.Index):
        listed = body.certain_type(node.target)
        return listed.element if listed is not None and listed.name == "List" else None
    if isinstance(node, tree.Unary) and node.operator == "!":
        return BOOLEAN
    return None


def _named(body: Body, node: tree.Name) -> ApexType | None:
    low = node.name.lower()
    if low == "this":
        return body.scope.symbol.type if body.scope.symbol else None
    if low in body.scope.locals:
        return body.scope.locals[low]
    found = body.scope.find_field(node.name)
    return found.type if found is not None else None


def _target(body: Body, target: tree.Expression) -> tuple[bool, ApexType | None, TypeSymbol | None]:
    """What stands before a member: whether it is a type itself, its type, its declaration.

    Asked once per member: a chain of calls would be gone through again at each of its links.
    """
    static = body.scope.static_type(target)
    kind = static or body.certain_type(target)
    symbol = body.world.symbol(kind) if kind is not None else None
    return static is not None, kind, symbol


def _member(body: Body, node: tree.Member) -> ApexType | None:
    static, kind, symbol = _target(body, node.target)
    if symbol is not None:
        found = body.world.field(symbol, node.name)
        return found.type if found is not None else None
    return _of_record(body, kind, node.name) if kind is not None and not static else None


def _of_record(body: Body, kind: ApexType, name: str) -> ApexType | None:
    """The type of a field of a record, where it is plain."""
    if kind.name in {"SObject", "AggregateResult"}:
        return None
    record = body.world.record(kind)
    if record is None or record.find(name) is None:
        return None
    found = body.world.field_type(kind, name)
    return found if found.name in GROUPS else None


def _call(body: Body, node: tree.Call) -> ApexType | None:
    """The result of a method that has no overload, or whose overloads agree."""
    symbol = body.scope.symbol
    if node.target is not None:
        static, kind, symbol = _target(body, node.target)
        if symbol is None:
            return _platform_result(body, node, kind, static=static) if kind else None
    while symbol is not None:
        found = body.world.methods(symbol, node.name)
        if not is_closed(body.world, symbol):
            return None
        if found:
            only = found[0] if len(found) == 1 else None
            right = only is not None and len(only.parameters) == len(node.arguments)
            return only.result if only is not None and right else None
        symbol = symbol.outer if node.target is None else None
    return None


def _platform_result(
    body: Body, node: tree.Call, kind: ApexType, *, static: bool
) -> ApexType | None:
    """What a method of a platform class answers, if all with so many parameters agree."""
    known = body.world.platform(kind)
    if known is None:
        return None
    table = known.statics if static else known.methods
    fitting = [
        each
        for each in table.get(node.name.lower(), ())
        if len(each.parameters) == len(node.arguments)
    ]
    names = dict(zip(known.parameters, kind.arguments, strict=False))
    results = {str(substitute(each.result, names)): each for each in fitting}
    if len(results) != 1 or (known.parameters and not names):
        return None
    found = substitute(fitting[0].result, names)
    # Whether it is an Id or a String is told differently here and there.
    return found if found.name in GROUPS.keys() - {"Id", "List", "Set", "Map"} else None


def _binary(body: Body, node: tree.Binary) -> ApexType | None:
    if node.operator in _COMPARING:
        return BOOLEAN
    if node.operator not in {"+", "-", "*", "/"}:
        return None
    one, two = body.certain_type(node.left), body.certain_type(node.right)
    if node.operator == "+" and STRING in {one, two}:
        return STRING
    if one is None or two is None or not {one.name, two.name} <= NUMERIC.keys():
        return None
    return one if NUMERIC[one.name] >= NUMERIC[two.name] else two
