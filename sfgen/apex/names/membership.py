"""Whether a type has a member: what tells a variable from a type of the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sfgen.apex.names.world import World
    from sfgen.apex.types.model import ApexType

__all__ = ["has_member", "has_static"]


def has_static(world: World, kind: ApexType, name: str) -> bool:
    """Whether a type has a static member (or an enum value) of that name."""
    low = name.lower()
    symbol = world.symbol(kind)
    if symbol is not None:
        if symbol.kind == "enum":
            values = {value.lower() for value in symbol.node.values}
            return low in values or low in {"values", "valueof"}
        found = world.field(symbol, name)
        if found is not None and found.static:
            return True
        return any(method.static for method in world.methods(symbol, name))
    if world.is_record(kind):
        return low == "sobjecttype"
    known = world.platform(kind)
    return known is not None and any(
        low in names for names in (known.statics, known.constants, known.static_getters)
    )


def has_member(world: World, kind: ApexType, name: str) -> bool:
    """Whether values of a type have a field or method of that name."""
    low = name.lower()
    symbol = world.symbol(kind)
    if symbol is not None and (world.field(symbol, name) or world.methods(symbol, name)):
        return True
    if world.is_record(kind):
        return low != "sobjecttype"
    known = world.platform(kind)
    if known is not None and (low in known.methods or low in known.getters):
        return True
    return any(has_member(world, parent, name) for parent in world.parents(kind))
