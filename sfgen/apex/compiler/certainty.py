"""What is certain about types: enough to refuse a program the platform refuses too.

Only what the project itself declares counts, and literals. What the platform's members answer is
left open: their table may be incomplete, and code that compiles must never be refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.compiler.conversions import NUMERIC, choose
from sfgen.apex.library.registry import PLATFORM
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import BOOLEAN, DECIMAL, INTEGER, LONG, STRING, ApexType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sfgen.apex.compiler.lookup import NameLookup
    from sfgen.apex.compiler.world import World
    from sfgen.apex.types.symbols import MethodSymbol, TypeSymbol

__all__ = ["ancestors", "certain_type", "fits_nowhere", "incompatible", "is_closed"]

_LITERALS = {
    "string": STRING,
    "integer": INTEGER,
    "long": LONG,
    "decimal": DECIMAL,
    "boolean": BOOLEAN,
}
_COMPARING = frozenset("== != === !== < > <= >= && ||".split())
_GROUPS = {
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


def certain_type(lookup: NameLookup, node: tree.Expression) -> ApexType | None:  # noqa: PLR0911
    """The type of an expression where nothing but the project's own text decides it."""
    if isinstance(node, tree.Literal):
        return _LITERALS.get(node.kind)
    if isinstance(node, (tree.New, tree.NewList, tree.NewMap, tree.NewArray, tree.Cast)):
        return lookup.resolve(node.type)
    if isinstance(node, tree.InstanceOf):
        return BOOLEAN
    if isinstance(node, tree.Name):
        return _named(lookup, node)
    if isinstance(node, tree.Member):
        return _member(lookup, node)
    if isinstance(node, tree.Call):
        return _call(lookup, node)
    if isinstance(node, tree.Binary):
        return _binary(lookup, node)
    if isinstance(node, tree.Unary) and node.operator == "!":
        return BOOLEAN
    return None


def _named(lookup: NameLookup, node: tree.Name) -> ApexType | None:
    low = node.name.lower()
    if low == "this":
        return lookup.frame.symbol.type if lookup.frame.symbol else None
    if low in lookup.frame.locals:
        return lookup.frame.locals[low]
    found = lookup.find_field(node.name)
    return found.type if found is not None else None


def _owner(lookup: NameLookup, target: tree.Expression) -> TypeSymbol | None:
    """The project's type whose member is named behind `target`."""
    kind = lookup.static_type(target) or certain_type(lookup, target)
    return lookup.world.symbol(kind) if kind is not None else None


def _member(lookup: NameLookup, node: tree.Member) -> ApexType | None:
    symbol = _owner(lookup, node.target)
    found = lookup.world.field(symbol, node.name) if symbol is not None else None
    return found.type if found is not None else None


def _call(lookup: NameLookup, node: tree.Call) -> ApexType | None:
    """The result of a method of the project that has no overload."""
    symbol = lookup.frame.symbol if node.target is None else _owner(lookup, node.target)
    while symbol is not None:
        found = lookup.world.methods(symbol, node.name)
        if not is_closed(lookup.world, symbol):
            return None
        if found:
            only = found[0] if len(found) == 1 else None
            right = only is not None and len(only.parameters) == len(node.arguments)
            return only.result if only is not None and right else None
        symbol = symbol.outer if node.target is None else None
    return None


def _binary(lookup: NameLookup, node: tree.Binary) -> ApexType | None:
    if node.operator in _COMPARING:
        return BOOLEAN
    if node.operator not in {"+", "-", "*", "/"}:
        return None
    one, two = certain_type(lookup, node.left), certain_type(lookup, node.right)
    if node.operator == "+" and STRING in {one, two}:
        return STRING
    if one is None or two is None or not {one.name, two.name} <= NUMERIC.keys():
        return None
    return one if NUMERIC[one.name] >= NUMERIC[two.name] else two


def _group(world: World, kind: ApexType) -> str | None:
    """What kind of value a type has; None where that isn't certain."""
    if world.symbol(kind) is not None:
        return "own"
    found = _GROUPS.get(kind.name)
    if found is None and kind.name != "SObject" and world.is_record(kind):
        return "record"
    return found


def incompatible(world: World, source: ApexType | None, target: ApexType) -> bool:
    """Whether the platform certainly refuses a `source` where a `target` is wanted."""
    if source is None:
        return False
    if source.name == "void":
        return target.name != "void"
    one, two = _group(world, source), _group(world, target)
    if one is None or two is None:
        return False
    if one == two == "own":
        return _unrelated(world, source, target)
    if two == "own" and one in {"list", "set"}:
        symbol = world.symbol(target)  # the project's interface may be an Iterable
        return symbol is not None and symbol.kind != "interface"
    if one == two == "number":
        return _WHOLE[source.name] > _WHOLE[target.name]
    if one == two and one in {"list", "set"} and source.arguments and target.arguments:
        inner = {_group(world, source.element), _group(world, target.element)}
        return len(inner) == 2 and inner <= set(_GROUPS.values()) - {"list", "set", "map"}
    return one != two


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
