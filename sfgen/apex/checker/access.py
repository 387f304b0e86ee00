"""Notes members that may not be used where they are named: final, private, static ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.checker.certainty import is_closed
from sfgen.apex.checker.declarations import signature_of
from sfgen.apex.syntax import tree

if TYPE_CHECKING:
    from sfgen.apex.checker.body import Body
    from sfgen.apex.types.symbols import FieldSymbol, MethodSymbol, TypeSymbol

__all__ = [
    "check_assignable",
    "check_constructor_visible",
    "check_field_visible",
    "check_instance_field",
    "check_instance_method",
    "check_method_visible",
    "check_static_field",
    "check_static_method",
]

_OPEN = frozenset({"public", "global", "webservice", "override", "abstract"})


def check_assignable(body: Body, node: tree.Node, found: FieldSymbol) -> None:
    """Note an assignment to a final field outside of constructors and initializers."""
    if "final" not in found.node.modifiers or isinstance(found.node, tree.Property):
        return  # public suites assign final properties in their getters
    symbol = body.scope.symbol
    if not body.scope.starting or symbol is None or found.owner not in body.world.lineage(symbol):
        body.note(
            node,
            "Final members can only be assigned in their declaration, init blocks, or "
            f"constructors: {found.name}",
        )


def check_field_visible(body: Body, node: tree.Node, found: FieldSymbol) -> None:
    """Note a private field of another top-level class."""
    if _is_hidden(body, found):
        body.note(node, f"Variable is not visible: {found.owner.name}.{found.name}")


def check_method_visible(body: Body, node: tree.Node, found: MethodSymbol) -> None:
    """Note a private method of another top-level class."""
    if _is_hidden(body, found):
        body.note(node, f"Method is not visible: {signature_of(found)}")


def check_static_field(body: Body, node: tree.Node, found: FieldSymbol) -> None:
    """Note a static field that is named after a value."""
    if found.static:
        owner = f"{found.name} from the type {found.owner.name}"
        text = "Static field cannot be referenced from a non static context"
        body.note(node, f"{text}: {owner}")


def check_instance_field(body: Body, node: tree.Node, found: FieldSymbol) -> None:
    """Note an instance field that is named after its type."""
    if not found.static:
        owner = f"{found.name} from the type {found.owner.name}"
        text = "Non static field cannot be referenced from a static context"
        body.note(node, f"{text}: {owner}")


def check_static_method(body: Body, node: tree.Node, found: MethodSymbol) -> None:
    """Note a static method that is called on a value."""
    if found.static:
        text = "Static method cannot be referenced from a non static context"
        body.note(node, f"{text}: {signature_of(found)}")


def check_instance_method(body: Body, node: tree.Node, found: MethodSymbol) -> None:
    """Note an instance method that is called without a value."""
    if not found.static:
        text = "Non static method cannot be referenced from a static context"
        body.note(node, f"{text}: {signature_of(found)}")


def check_constructor_visible(body: Body, node: tree.Node, found: MethodSymbol) -> None:
    """Note a private constructor of another top-level class."""
    if _is_hidden(body, found):
        shown = f"[{found.owner.name}].<Constructor>({', '.join(map(str, found.parameters))})"
        body.note(node, f"Constructor is not visible: {shown}")


def _is_hidden(body: Body, found: FieldSymbol | MethodSymbol) -> bool:
    """Whether a member is private and of another file; members are private by default.

    `@TestVisible` opens it to tests.
    """
    modifiers = found.node.modifiers
    if found.owner.kind != "class" or modifiers & _OPEN:
        return False
    if "protected" in modifiers and _inherits(body, found.owner):
        return False
    if any(each.name.lower() == "testvisible" for each in found.node.annotations):
        return False
    symbol = body.scope.symbol
    return symbol is None or symbol.top is not found.owner.top


def _inherits(body: Body, owner: TypeSymbol) -> bool:
    """Whether this class, or one around it, is certainly or perhaps a kind of `owner`."""
    symbol = body.scope.symbol
    while symbol is not None:
        if owner in body.world.lineage(symbol) or not is_closed(body.world, symbol):
            return True
        symbol = symbol.outer
    return False
