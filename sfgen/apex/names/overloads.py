"""Which types convert to which at what cost, and the overload that arguments choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfgen.apex.names.world import World
    from sfgen.apex.types.model import ApexType

__all__ = ["NUMERIC", "choose", "cost", "is_query_row"]

NUMERIC = {"Integer": 0, "Long": 1, "Double": 2, "Decimal": 3}
_OBJECT_COST = 60
_UNKNOWN_COST = 8
_ELEMENT_COST = 25
"""At most this for each of a collection's types: two stay below Object, and differences show."""


def cost(world: World, source: ApexType, target: ApexType) -> int | None:
    """How far `source` is from `target`: 0 the same, None when it doesn't convert."""
    if source.key == target.key or _bare_key(source) == _bare_key(target):
        return 0
    if source.name == "null":
        return 2 if target.name == "Object" else 1
    if source.name == "ANY" or target.name == "ANY":
        return _UNKNOWN_COST
    if source.name in NUMERIC and target.name in NUMERIC:
        step = NUMERIC[target.name] - NUMERIC[source.name]
        return step if step > 0 else (6 if source.name == "Decimal" else None)
    if (source.name, target.name) in {("Id", "String"), ("Date", "Datetime")}:
        return 2
    if (source.name, target.name) == ("String", "Id"):
        return 4
    if target.name == "Object":
        return _OBJECT_COST
    return _structure_cost(world, source, target)


def _bare_key(kind: ApexType) -> str:
    """A type's key without `system.`, which marks a platform type that a project's own hides."""
    return kind.key.removeprefix("system.")


def _structure_cost(world: World, source: ApexType, target: ApexType) -> int | None:
    """The cost between records, collections and classes."""
    if target.name == "SObject" and world.is_record(source):
        return 3
    if source.name == "SObject" and world.is_record(target):
        return 9
    if source.name == target.name and source.arguments and target.arguments:
        pairs = zip(source.arguments, target.arguments, strict=False)
        steps = [cost(world, one, two) for one, two in pairs]
        known = [step for step in steps if step is not None]
        if len(known) == len(steps):
            return min(1 + sum(min(step, _ELEMENT_COST) for step in known), _OBJECT_COST - 1)
        return 30 if source.arguments[0].name in {"SObject", "Object"} else None
    if source.name == target.name:
        return 1
    distances = [
        found + 2
        for parent in world.parents(source)
        if (found := cost(world, parent, target)) is not None
    ]
    if distances:
        return min(distances)
    if not world.knows(source):
        return _UNKNOWN_COST + 1  # a platform class that isn't built: it may extend anything
    return 20 if is_query_row(world, source, target) else None


def is_query_row(world: World, source: ApexType, target: ApexType) -> bool:
    """A query's list may stand where one record is wanted."""
    return source.name == "List" and world.is_record(source.element) and world.is_record(target)


def choose(
    world: World, candidates: Sequence[tuple[ApexType, ...]], arguments: Sequence[ApexType]
) -> int | None:
    """The index of the most specific applicable parameter list (CL15), or None."""
    best: tuple[int, int] | None = None
    for place, parameters in enumerate(candidates):
        if len(parameters) != len(arguments):
            continue
        steps = [
            cost(world, argument, parameter)
            for argument, parameter in zip(arguments, parameters, strict=True)
        ]
        if any(step is None for step in steps):
            continue
        total = sum(step or 0 for step in steps)
        total += sum(
            _vagueness(world, parameter)
            for argument, parameter in zip(arguments, parameters, strict=True)
            if argument.name in {"null", "ANY"}
        )
        if best is None or total < best[0]:
            best = total, place
    return best[1] if best else None


def _vagueness(world: World, parameter: ApexType) -> int:
    """For a bare null the more specific parameter wins (CL16)."""
    if parameter.name == "Object":
        return 5
    if parameter.name == "SObject":
        return 3
    return 0 if world.symbol(parameter) else 1
