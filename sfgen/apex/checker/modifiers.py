"""What the platform refuses about modifiers, bodies, names and parameters of members.

The texts are those of the platform's compiler.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.checker.certainty import ancestors
from sfgen.apex.checker.type_names import type_problem
from sfgen.apex.syntax import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.apex.names.world import World
    from sfgen.apex.syntax.nodes import Node
    from sfgen.apex.types.symbols import MethodSymbol, TypeSymbol

    Found = Iterator[tuple[Node, str]]

__all__ = ["check_members"]

_OF_OBJECT = frozenset({("tostring", 0), ("hashcode", 0), ("equals", 1)})
"""Methods of Object that every class may override."""


def check_members(world: World, symbol: TypeSymbol) -> Found:
    """Problems of a class's own members, with the node that each is about."""
    yield from _exception_name(world, symbol)
    if symbol.outer is not None:
        yield from _nested(symbol)
    yield from _types(world, symbol)
    for methods in [*symbol.methods.values(), symbol.constructors]:
        for method in methods:
            yield from _parameters(method)
            yield from _body(method)
            yield from _annotated(world, method)
            yield from _override(world, method)
            yield from _hidden_implementation(world, method)


def _types(world: World, symbol: TypeSymbol) -> Found:
    """Types that the class's head, fields, properties and methods name."""
    references = [*symbol.node.extends, *symbol.node.implements]
    for member in symbol.node.members:
        if isinstance(member, (tree.Field, tree.Property, tree.Method)):
            references.append(member.type)
        if isinstance(member, (tree.Method, tree.Constructor)):
            references.extend(each.type for each in member.parameters)
    for reference in references:
        problem = type_problem(world, reference, symbol)
        if problem is not None:
            yield reference, problem


def _hidden_implementation(world: World, method: MethodSymbol) -> Found:
    """Methods of the project's interfaces are implemented by public ones."""
    if method.static or method.node.modifiers & {"public", "global"}:
        return
    for each in ancestors(world, method.owner):
        for other in each.methods.get(method.name.lower(), ()) if each.kind == "interface" else ():
            if other.parameters == method.parameters:
                text = "Overriding implementations of global or public interface methods must be"
                yield method.node, f"{method.owner.name}: {text} global or public: {_shown(method)}"
                return


def _shown(method: MethodSymbol) -> str:
    kinds = ", ".join(map(str, method.parameters))
    return f"{method.result} {method.owner.name}.{method.name}({kinds})"


def _exception_name(world: World, symbol: TypeSymbol) -> Found:
    """EX17: what extends Exception is named so."""
    parents = (parent.name for each in ancestors(world, symbol) for parent in each.extends)
    if "Exception" in parents and not symbol.name.lower().endswith("exception"):
        text = "Classes extending Exception must have a name ending in 'Exception'"
        yield symbol.node, f"{text}: {symbol.name}"


def _nested(symbol: TypeSymbol) -> Found:
    """CL08: one level, no static members."""
    for inner in symbol.inner.values():
        yield inner.node, "Inner types are not allowed to have inner types"
    for member in symbol.node.members:
        if isinstance(member, tree.Initializer) and member.static:
            yield member, "Inner types are not allowed to have static blocks"
        elif isinstance(member, tree.Method) and "static" in member.modifiers:
            yield member, "static can only be used on methods of a top level type"


def _parameters(method: MethodSymbol) -> Found:
    seen: set[str] = set()
    for each in method.node.parameters:
        if each.name.lower() in seen:
            yield each, f"Duplicate variable: {each.name}"
        seen.add(each.name.lower())


def _body(method: MethodSymbol) -> Found:
    node = method.node
    if method.owner.kind != "class" or not isinstance(node, tree.Method):
        return
    if node.body is None and "abstract" not in node.modifiers:
        yield node, "Method must have a body"


def _annotated(world: World, method: MethodSymbol) -> Found:
    """What annotations ask of parameters (Apex Developer Guide, "Annotations")."""
    names = {each.name.lower() for each in method.node.annotations}
    if "istest" in names and method.parameters:
        yield method.node, "Test methods must have no arguments"
    if "future" in names:
        for kind in method.parameters:
            if world.is_record(kind) or (kind.arguments and world.is_record(kind.element)):
                text = "Future methods do not support parameter type of"
                yield method.node, f"{text} {kind}"


def _override(world: World, method: MethodSymbol) -> Found:
    """`override` where nothing is overridden; the number of parameters decides."""
    node = method.node
    wanted = (method.name.lower(), len(method.parameters))
    if "override" not in node.modifiers or wanted in _OF_OBJECT:
        return
    for each in ancestors(world, method.owner):
        if each.implements or any(world.symbol(parent) is None for parent in each.extends):
            return
        for other in each.methods.get(method.name.lower(), ()):
            if each is not method.owner and len(other.parameters) == wanted[1]:
                return
    yield node, f"@Override specified for non-overriding method: {_shown(method)}"
