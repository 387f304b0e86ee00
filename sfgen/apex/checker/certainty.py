"""What is certain about types: enough to refuse a program the platform refuses too.

Only what the project itself declares counts, and literals. What the platform's members answer is
left open: their table may be incomplete, and code that compiles must never be refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.library.declarations.registry import PLATFORM
from sfgen.apex.names.overloads import choose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sfgen.apex.names.world import World
    from sfgen.apex.types.model import ApexType
    from sfgen.apex.types.symbols import MethodSymbol, TypeSymbol

__all__ = [
    "GROUPS",
    "ancestors",
    "fits_nowhere",
    "incompatible",
    "is_closed",
    "value_group",
]

GROUPS = {
    "Boolean": "truth", "Integer": "number", "Long": "number", "Double": "number",
    "Decimal": "number", "String": "text", "Id": "text", "Blob": "blob", "Date": "day",
    "Datetime": "day", "Time": "time", "List": "list", "Set": "set", "Map": "map",
}  # fmt: skip
_WHOLE = {"Integer": 0, "Long": 1, "Double": 2, "Decimal": 2}


def ancestors(world: World, symbol: TypeSymbol) -> Iterator[TypeSymbol]:
    """The type, and all of the project's that it extends or implements."""
    seen: set[str] = set()
    queue = [symbol]
    while queue:
        each = queue.pop()
        if each.name in seen:
            continue
        seen.add(each.name)
        yield each
        for parent in (*each.extends, *each.implements):
            above = world.symbol(parent)
            if above is not None:
                queue.append(above)


def is_closed(world: World, symbol: TypeSymbol) -> bool:
    """Whether every member of a type is in the project.

    A concrete class may implement the platform's interfaces: it declares their methods itself.
    """
    concrete = symbol.kind == "class" and "abstract" not in symbol.node.modifiers
    for each in ancestors(world, symbol):
        for parent in (*each.extends, *each.implements):
            if world.symbol(parent) is not None:
                continue
            known = PLATFORM.get(parent.name.lower().removeprefix("system."))
            if not concrete or known is None or not known.interface:
                return False
    return True


def value_group(world: World, kind: ApexType) -> str | None:
    """What kind of value a type has; None where that isn't certain."""
    if world.symbol(kind) is not None:
        return "own"
    found = GROUPS.get(kind.name)
    if found is None and kind.name != "SObject" and world.is_record(kind):
        return "record"
    return found


def incompatible(world: World, source: ApexType | None, target: ApexType) -> bool:
    """Whether the platform certainly refuses a `source` where a `target` is wanted."""
    if source is None:
        return False
    if source.name == "void":
        return target.name != "void"
    one, two = value_group(world, source), value_group(world, target)
    if one is None or two is None:
        return False
    if one == two == "own":
        return _unrelated(world, source, target)
    if two == "own" and one in {"list", "set"}:
        symbol = world.symbol(target)  # the project's interface may be an Iterable
        return symbol is not None and symbol.kind != "interface"
    if one != two or one == "record":
        return one != two or _other_object(world, source, target)
    if one == "number":
        return _WHOLE[source.name] > _WHOLE[target.name]
    return one in {"list", "set"} and _other_elements(world, source, target)


def _other_elements(world: World, source: ApexType, target: ApexType) -> bool:
    """Whether one collection's elements are certainly none of the other's."""
    if not source.arguments or not target.arguments:
        return False
    one, two = value_group(world, source.element), value_group(world, target.element)
    if one == two == "record":
        return _other_object(world, source.element, target.element)
    return one != two and {one, two} <= set(GROUPS.values()) - {"list", "set", "map"}


def _other_object(world: World, source: ApexType, target: ApexType) -> bool:
    """Whether records are certainly of another object: both are in the schema."""
    one, two = world.record(source), world.record(target)
    general = {"name", "aggregateresult", "sobject"}
    if one is None or two is None or one is two or {one.key, two.key} & general:
        return False
    return not one.key.endswith(two.key) and not two.key.endswith(one.key)


def _unrelated(world: World, source: ApexType, target: ApexType) -> bool:
    """Whether one type of the project is certainly no kind of the other."""
    below, above = world.symbol(source), world.symbol(target)
    if below is None or above is None or below is above:
        return False
    return all(each is not above for each in ancestors(world, below))


def fits_nowhere(
    world: World, candidates: Sequence[MethodSymbol], arguments: Sequence[ApexType | None]
) -> bool:
    """Whether certainly none of the methods takes arguments of these types."""
    signatures = [each.parameters for each in candidates]
    if all(each is not None for each in arguments):
        known = [each for each in arguments if each is not None]
        if choose(world, signatures, known) is not None:
            return False
    return all(
        len(kinds) != len(arguments)
        or any(incompatible(world, one, two) for one, two in zip(arguments, kinds, strict=True))
        for kinds in signatures
    )
