"""What the platform refuses in declarations: duplicates, what is left unimplemented, overriding.

Nothing is reported that depends on a type that isn't in the project.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.checker.certainty import ancestors
from sfgen.apex.checker.flow import always_leaves, unreachable
from sfgen.apex.checker.modifiers import check_members
from sfgen.apex.names.chained_calls import chained_call
from sfgen.apex.syntax import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sfgen.apex.names.world import World
    from sfgen.apex.syntax.nodes import Node
    from sfgen.apex.types.model import ApexType
    from sfgen.apex.types.symbols import MethodSymbol, TypeSymbol

    Found = Iterator[tuple[Node, str]]

__all__ = ["check_declarations", "signature_of"]

_ASKED = {
    "comparable": ("compareTo", "Integer System.Comparable.compareTo(Object)"),
    "queueable": ("execute", "void System.Queueable.execute(System.QueueableContext)"),
    "schedulable": ("execute", "void System.Schedulable.execute(System.SchedulableContext)"),
    "httpcalloutmock": (
        "respond",
        "System.HttpResponse System.HttpCalloutMock.respond(System.HttpRequest)",
    ),
}
"""Interfaces of the platform with one method, which no platform class implements for others."""


def check_declarations(world: World, symbol: TypeSymbol) -> Found:
    """Problems of a type and its inner types, with the node that each is about."""
    yield from _duplicates(symbol)
    if symbol.kind == "class":
        yield from _unimplemented(world, symbol)
        yield from _without_parent_constructor(world, symbol)
        yield from _sealed_parent(world, symbol)
        yield from check_members(world, symbol)
        for methods in symbol.methods.values():
            for method in methods:
                yield from _overriding(world, method)
                yield from _flow(method)
    for inner in symbol.inner.values():
        yield from check_declarations(world, inner)


def signature_of(method: MethodSymbol, *, owner: bool = True) -> str:
    """`Integer Bar.foo(String, Id)`; without the owner `Integer foo(String, Id)`."""
    name = f"{method.owner.name}.{method.name}" if owner else method.name
    return f"{method.result} {name}({', '.join(map(str, method.parameters))})"


_OF_OBJECT = frozenset({("tostring", 0), ("hashcode", 0), ("equals", 1)})
"""Every class has these: an interface may ask for them."""


def _duplicates(symbol: TypeSymbol) -> Found:
    fields: set[str] = set()
    for member in symbol.node.members:
        if isinstance(member, (tree.Field, tree.Property)):
            if member.name.lower() in fields:
                yield member, f"Duplicate field: {member.name}"
            fields.add(member.name.lower())
    for methods in symbol.methods.values():
        seen: set[tuple[str, ...]] = set()
        for method in methods:
            key = _keys(method.parameters)
            if key in seen:
                named = f"{method.name} {signature_of(method)} from the type {symbol.name}"
                yield method.node, f"Method already defined: {named}"
            seen.add(key)


def _keys(kinds: Sequence[ApexType]) -> tuple[str, ...]:
    return tuple(kind.key.replace("system.", "") for kind in kinds)


def _unimplemented(world: World, symbol: TypeSymbol) -> Found:
    """Abstract and interface methods that a concrete class leaves open."""
    if "abstract" in symbol.node.modifiers:
        return
    above = list(ancestors(world, symbol))
    foreign = [
        parent
        for each in above
        for parent in each.extends
        if each.kind == "class" and world.symbol(parent) is None
    ]
    if foreign:
        return
    bodies = [
        method
        for each in above
        if each.kind == "class"
        for methods in each.methods.values()
        for method in methods
        if "abstract" not in method.node.modifiers
    ]
    given = {(method.name.lower(), len(method.parameters)) for method in bodies} | _OF_OBJECT
    for each in above:
        for methods in each.methods.values():
            for method in methods:
                wanted = each.kind == "interface" or "abstract" in method.node.modifiers
                if wanted and (method.name.lower(), len(method.parameters)) not in given:
                    kind = "method" if each.kind == "interface" else "abstract method"
                    text = signature_of(method)
                    yield symbol.node, f"Class {symbol.name} must implement the {kind}: {text}"
    names = {method.name.lower() for method in bodies}
    for parent in {parent.name: parent for each in above for parent in each.implements}.values():
        asked = _ASKED.get(parent.name.lower().removeprefix("system."))
        if asked is not None and world.symbol(parent) is None and asked[0].lower() not in names:
            yield symbol.node, f"Class {symbol.name} must implement the method: {asked[1]}"


def _without_parent_constructor(world: World, symbol: TypeSymbol) -> Found:
    """Constructors that call none of a parent which has none without arguments."""
    parent = world.symbol(symbol.extends[0]) if symbol.extends else None
    if parent is None or not parent.constructors or _is_exception(world, parent):
        return
    if any(not each.parameters for each in parent.constructors):
        return
    message = f"No default constructor available in super type: {parent.name}"
    if not symbol.constructors:
        yield symbol.node, message
    for each in symbol.constructors:
        if chained_call(each.node) is None:
            yield each.node, message


def _is_exception(world: World, symbol: TypeSymbol) -> bool:
    return any(parent.name == "Exception" for each in ancestors(world, symbol)
               for parent in each.extends)  # fmt: skip


def _sealed_parent(world: World, symbol: TypeSymbol) -> Found:
    parent = world.symbol(symbol.extends[0]) if symbol.extends else None
    if parent is None or parent.kind != "class" or _is_exception(world, parent):
        return
    if not parent.node.modifiers & {"virtual", "abstract"}:
        message = f"Non-virtual and non-abstract type cannot be extended: {parent.name}"
        yield symbol.node, message


def _overridden(world: World, method: MethodSymbol) -> Iterable[MethodSymbol]:
    """The methods of the project's classes that one with its name and parameters replaces."""
    for each in world.lineage(method.owner):
        if each is method.owner:
            continue
        for other in each.methods.get(method.name.lower(), ()):
            if _keys(other.parameters) == _keys(method.parameters):
                yield other


def _overriding(world: World, method: MethodSymbol) -> Found:
    if method.static or "private" in method.node.modifiers:
        return
    above = next(iter(_overridden(world, method)), None)
    if above is None or above.static or "private" in above.node.modifiers:
        return
    if not above.node.modifiers & {"public", "protected", "global"}:
        return  # private by default
    if not above.node.modifiers & {"virtual", "abstract", "override"}:
        text = signature_of(above)
        yield method.node, f"Non-virtual, non-abstract methods cannot be overridden: {text}"
    elif "override" not in method.node.modifiers:
        yield method.node, f"Method must use the override keyword: {signature_of(method)}"


def _flow(method: MethodSymbol) -> Found:
    node = method.node
    if node.body is None:
        return
    statements = node.body.statements
    if method.result.name != "void" and not always_leaves(statements):
        yield node, f"Missing return statement required return type: {method.result}"
    for statement in unreachable(statements):
        yield statement, "Unreachable statement"
