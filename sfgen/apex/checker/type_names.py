"""Names of types that certainly mean nothing.

A type that the project lacks may come from a package that isn't here, so an unknown name alone is
no problem: one is told where a class of the project has no such inner type, where the name is a
slip of a known one, and where type arguments don't fit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.checker.certainty import is_closed
from sfgen.apex.library.declarations.known import is_known_class
from sfgen.apex.library.declarations.registry import PLATFORM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sfgen.apex.names.world import World
    from sfgen.apex.syntax.tree import TypeRef
    from sfgen.apex.types.symbols import TypeSymbol

__all__ = ["is_slip", "type_problem"]

_ARGUMENTS = {"list": 1, "set": 1, "map": 2, "iterable": 1, "iterator": 1}
_SHORTEST = 4
"""Letters of a name whose slips are told."""


def type_problem(world: World, reference: TypeRef, scope: TypeSymbol | None) -> str | None:
    """What the platform says of a reference to a type, or None."""
    name = reference.name
    found = world.type_name(name, scope)
    if found is None:
        return f"Invalid type: {name}" if _means_nothing(world, name, scope) else None
    given = len(reference.arguments)
    expected = _ARGUMENTS.get(name.lower())
    if expected is not None and given not in {0, expected}:
        return f"Invalid type argument count for {name}: expected {expected} but found {given}"
    own = world.types.get(name.lower())
    if given and own is not None and found == own.name:
        return f"Type arguments provided for a non-parameterized type: {name}"
    return None


def _means_nothing(world: World, name: str, scope: TypeSymbol | None) -> bool:
    low = name.lower()
    if "." in low:
        first, _, rest = low.partition(".")
        owner = world.types.get(first)
        if owner is None or "." in rest or first in PLATFORM or is_known_class(low):
            return False
        return world.type_name(first, scope) == owner.name and is_closed(world, owner)
    if len(low) < _SHORTEST or "__" in low or is_known_class(low):
        return False
    return is_slip(low, world.known_names())


def is_slip(name: str, known: Iterable[str]) -> bool:
    """Whether a name is another with one letter wrong, missing, doubled or two changed about.

    Slips at either end of a word don't count: `IAccounts` and `Accounts` are two names, as are
    `V1` and `V2`, `Part_A__c` and `Part_B__c`.
    """
    return any(_one_off(name, each) for each in known if abs(len(each) - len(name)) < 2)


def _one_off(one: str, two: str) -> bool:
    if one == two or one[0] != two[0] or one[-1] != two[-1]:
        return False
    start = 0
    while start < min(len(one), len(two)) and one[start] == two[start]:
        start += 1
    end = 0
    while end < min(len(one), len(two)) - start and one[-1 - end] == two[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], two[start : len(two) - end]
    around = one[start - 1 : start] + one[len(one) - end : len(one) - end + 1]
    if not (left + right + around).isalpha():
        return False
    return max(len(left), len(right)) == 1 or (len(left) == 2 and left == right[::-1])
