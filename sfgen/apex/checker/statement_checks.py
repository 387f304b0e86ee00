"""Notes statements that the platform's compiler refuses for the types of their expressions.

The texts are those of the platform's compiler (its language server's message table).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.checker.certainty import incompatible, is_closed, value_group
from sfgen.apex.checker.operands import PLAIN, known_group, never_is
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import VOID

if TYPE_CHECKING:
    from sfgen.apex.checker.body import Body
    from sfgen.apex.types.model import ApexType

__all__ = [
    "check_caught",
    "check_duplicate",
    "check_effect",
    "check_loop",
    "check_result",
    "check_saved",
    "check_thrown",
    "check_value",
]

_NO_STATEMENTS = (
    tree.Literal,
    tree.Name,
    tree.Member,
    tree.Index,
    tree.Binary,
    tree.Ternary,
    tree.InstanceOf,
    tree.Cast,
)


def check_value(body: Body, value: tree.Expression, target: ApexType) -> None:
    """Note a value of a type that a variable or field doesn't take."""
    source = body.certain_type(value)
    if incompatible(body.world, source, target):
        body.note(value, f"Illegal assignment from {source} to {target}")


def check_result(body: Body, node: tree.Return) -> None:
    """Note a `return` whose value isn't of the method's result type, or that has none."""
    result = body.scope.result
    if result is None:
        return
    if node.value is None:
        if result != VOID:
            body.note(node, f"Missing return statement required return type: {result}")
        return
    if result == VOID:
        body.note(node, "Void method must not return a value")
        return
    source = body.certain_type(node.value)
    if incompatible(body.world, source, result):
        body.note(node.value, f"Illegal conversion from {source} to {result}")


def check_duplicate(body: Body, node: tree.Node, name: str) -> None:
    """Note a second local of one name: locals and parameters can't hide each other."""
    implied = body.scope.accessor is not None and name.lower() == "value"
    if name.lower() in body.scope.locals and not implied:
        body.note(node, f"Duplicate variable: {name}")


def check_effect(body: Body, node: tree.Expression) -> None:
    """Note an expression that has no effect."""
    if isinstance(node, _NO_STATEMENTS):
        body.note(node, "Expression cannot be a statement.")


def check_thrown(body: Body, node: tree.Throw) -> None:
    """Note `throw` of what is no exception."""
    kind, group = known_group(body, node.value)
    if group is not None and group != "own":
        body.note(node, f"Throw expression must be of type exception: {kind}")


def check_caught(body: Body, node: tree.Try) -> None:
    """Note `catch` of what is no exception, or of one that an earlier block catches."""
    seen: set[str] = set()
    for each in node.catches:
        kind = body.resolve(each.type)
        group = value_group(body.world, kind)
        if group is not None and group != "own":
            body.note(each, f"Catch block variable must be of type exception: {kind}")
        if kind.key in seen:
            body.note(each, f"Exception type already caught: {kind}")
        seen.add(kind.key)


def check_saved(body: Body, node: tree.Dml) -> None:
    """Note DML of what is neither a record nor a list of records."""
    kind, group = known_group(body, node.records)
    listed = kind is not None and group == "list"
    inner = value_group(body.world, kind.element) if kind is not None and listed else None
    if group in PLAIN or group in {"set", "map"} or inner in PLAIN:
        body.note(node, f"DML requires SObject or SObject list type: {kind}")


def check_loop(body: Body, node: tree.ForEach, wanted: ApexType) -> None:
    """Note a loop over what is no collection, or whose variable doesn't take the elements."""
    source, group = known_group(body, node.source)
    if source is None:
        return
    symbol = body.world.symbol(source)
    closed = symbol is not None and symbol.kind == "class" and is_closed(body.world, symbol)
    bare = closed and not any(True for _ in body.world.parents(source))
    if group in PLAIN or group == "map" or bare:
        body.note(node, f"Loop must iterate over collection: {source}")
    elif group in {"list", "set"} and source.arguments:
        element = source.element
        if never_is(body, element, wanted):
            body.note(node, f"Invalid loop variable type expected {element} was {wanted}")
