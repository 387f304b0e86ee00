"""Refuses calls and constructions whose arguments certainly no method or constructor takes.

The texts are those of the platform's compiler (its language server's message table).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.checker.certainty import fits_nowhere, value_group
from sfgen.apex.library.declarations.known import is_unbuilt
from sfgen.apex.names.world import substitute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfgen.apex.checker.body import Body
    from sfgen.apex.library.declarations.registry import Signature
    from sfgen.apex.names.meanings import Missing
    from sfgen.apex.syntax import tree
    from sfgen.apex.types.model import ApexType
    from sfgen.apex.types.symbols import MethodSymbol, TypeSymbol

__all__ = [
    "refused_call",
    "refused_constructor",
    "refused_core_call",
    "refused_platform_call",
]

_CORE = frozenset(
    "String Integer Long Double Decimal Boolean Id Date Datetime Time Blob "
    "List Set Map Math".split()
)
"""Classes of the platform all of whose members are built here or known by name."""
_OF_EVERYTHING = frozenset({"tostring", "equals", "hashcode", "adderror", "clone"})
_PLAIN = frozenset({"truth", "number", "text", "day", "time"})


def refused_call(
    body: Body,
    node: tree.Call,
    symbol: TypeSymbol,
    candidates: Sequence[MethodSymbol],
    arguments: Sequence[ApexType],
) -> Missing | None:
    """Refuse a call of a method that a type of the project's certainly doesn't have."""
    if not body.lacks_member(symbol):
        return None
    kinds = [body.certain_type(each) for each in node.arguments]
    if not fits_nowhere(body.world, candidates, kinds):
        return None
    texts = ", ".join(_shown(each) for each in arguments)
    message = (
        f"Method does not exist or incorrect signature: void {node.name}({texts}) from the "
        f"type {symbol.name}"
    )
    return body.refuse(node, message)


def refused_core_call(body: Body, node: tree.Call, arguments: Sequence[ApexType]) -> Missing | None:
    """Refuse a call on a value of a core class that certainly lacks the method."""
    kind = body.certain_type(node.target) if node.target is not None else None
    known = body.world.platform(kind) if kind is not None else None
    if kind is None or known is None or body.world.symbol(kind) is not None:
        return None
    candidates = known.methods.get(node.name.lower(), [])
    return refused_platform_call(body, node, kind, candidates, arguments)


def refused_platform_call(
    body: Body,
    node: tree.Call,
    kind: ApexType,
    candidates: Sequence[Signature],
    arguments: Sequence[ApexType],
) -> Missing | None:
    """Refuse a call of a method that a class of the platform's core certainly doesn't have."""
    if kind.name not in _CORE or is_unbuilt(kind.name, node.name):
        return None
    if node.name.lower() in _OF_EVERYTHING:
        return None
    known = body.world.platform(kind)
    names = dict(zip(known.parameters, kind.arguments, strict=False)) if known else {}
    kinds = [body.certain_type(each) for each in node.arguments]
    if any(_takes(body, each, names, kinds) for each in candidates):
        return None
    texts = ", ".join(_shown(each) for each in arguments)
    return body.refuse(
        node,
        f"Method does not exist or incorrect signature: void {node.name}({texts}) from the "
        f"type {kind}",
    )


def _takes(
    body: Body, found: Signature, names: dict[str, ApexType], kinds: Sequence[ApexType | None]
) -> bool:
    """Whether a method of the platform may take arguments of these types."""
    wanted = [substitute(each, names) for each in found.parameters]
    return len(wanted) == len(kinds) and not any(
        _never_taken(body, one, two) for one, two in zip(kinds, wanted, strict=True)
    )


def _never_taken(body: Body, source: ApexType | None, wanted: ApexType) -> bool:
    """Whether an argument's type is certainly not the parameter's: plain values only."""
    if source is None:
        return False
    one, two = value_group(body.world, source), value_group(body.world, wanted)
    return one != two and {one, two} <= _PLAIN


def refused_constructor(
    body: Body,
    node: tree.Call | tree.New,
    symbol: TypeSymbol,
    arguments: Sequence[ApexType],
) -> Missing | None:
    """Refuse a construction that no constructor of the class allows."""
    kinds = [body.certain_type(each) for each in node.arguments]
    if not fits_nowhere(body.world, symbol.constructors, kinds):
        return None
    texts = ", ".join(_shown(each) for each in arguments)
    return body.refuse(node, f"Constructor not defined: [{symbol.name}].<Constructor>({texts})")


def _shown(kind: ApexType) -> str:
    return "Object" if kind.name == "ANY" else str(kind)
