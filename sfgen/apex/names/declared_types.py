"""The types that declarations name, resolved: parents first, then fields and methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.syntax import tree

if TYPE_CHECKING:
    from sfgen.apex.names.world import World
    from sfgen.apex.types.symbols import TypeSymbol

__all__ = ["bind_parents", "bind_signatures"]


def bind_parents(world: World, symbol: TypeSymbol) -> None:
    """Resolve what a type extends and implements; every type must be known by now."""
    symbol.extends = tuple(world.resolve(each, symbol) for each in symbol.node.extends)
    symbol.implements = tuple(world.resolve(each, symbol) for each in symbol.node.implements)
    for inner in symbol.inner.values():
        bind_parents(world, inner)


def bind_signatures(world: World, symbol: TypeSymbol) -> None:
    """Resolve fields' and methods' types; every type's parents must be bound by now."""
    for found in symbol.fields.values():
        found.type = world.resolve(found.reference, symbol)
    for methods in [*symbol.methods.values(), symbol.constructors]:
        for method in methods:
            method.parameters = tuple(
                world.resolve(each.type, symbol) for each in method.node.parameters
            )
            if isinstance(method.node, tree.Method):
                method.result = world.resolve(method.node.type, symbol)
    for inner in symbol.inner.values():
        bind_signatures(world, inner)
