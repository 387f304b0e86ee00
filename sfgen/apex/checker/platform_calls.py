"""Finds which overload of a platform's method the arguments' types choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.names.call_meanings import STATIC, VALUE, PlatformCall
from sfgen.apex.names.overloads import choose
from sfgen.apex.names.world import substitute
from sfgen.apex.types.model import VOID, ApexType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfgen.apex.checker.body import Body
    from sfgen.apex.library.declarations.registry import Signature
    from sfgen.apex.syntax import tree

__all__ = ["pick_signature", "platform_call", "signature_types", "static_platform_call"]

_WITH_BINDS = frozenset({"query", "countquery", "getquerylocator"})
_MOST_KINDS = 12
"""Types above one that are gone through; no class of the platform has as many."""


def platform_call(
    body: Body, node: tree.Call, kind: ApexType, arguments: Sequence[ApexType], on: str
) -> PlatformCall | None:
    """A call of a method of a value's type, or of what that extends; None if there is none.

    A query's list may stand for its only row.
    """
    found = _method(body, node, kind, arguments, on)
    if found is None and on == VALUE and kind.name == "List":
        row = kind.element
        if body.world.is_record(row):
            found = _method(body, node, row, arguments, on)
            return found._replace(one_row=True) if found is not None else None
    return found


def _method(
    body: Body, node: tree.Call, kind: ApexType, arguments: Sequence[ApexType], on: str
) -> PlatformCall | None:
    for each in _kinds(body, kind):
        known = body.world.platform(each)
        candidates = known.methods.get(node.name.lower(), []) if known else []
        if known is None or not candidates:
            continue
        names = dict(zip(known.parameters, each.arguments, strict=False))
        found = pick_signature(body, candidates, arguments, names)
        if found is None:
            continue
        if known.interface:
            kinds = tuple(substitute(one, names) for one in found.parameters)
            result = substitute(found.result, names)
            return PlatformCall(found, kinds, result, on, each, interface=True)
        return _direct(body, found, names, on, each)
    return None


def _kinds(body: Body, kind: ApexType) -> list[ApexType]:
    """The platform types whose methods a value has, nearest first."""
    if body.world.is_record(kind) and kind.name != "SObject":
        return [kind, ApexType("SObject")]
    found: list[ApexType] = []
    queue = [kind]
    while queue and len(found) < _MOST_KINDS:
        each = queue.pop(0)
        found.append(each)
        queue.extend(body.world.parents(each))
    return found


def _direct(
    body: Body, found: Signature, names: dict[str, ApexType], on: str, owner: ApexType
) -> PlatformCall:
    result = substitute(_spelled(body, found.result), names)
    kinds = signature_types(body, found, names)
    return PlatformCall(found, kinds, result or VOID, on, owner)


def static_platform_call(
    body: Body,
    node: tree.Call,
    kind: ApexType,
    candidates: Sequence[Signature],
    arguments: Sequence[ApexType],
) -> PlatformCall | None:
    """A call of a static method of the platform's; None if no overload fits."""
    found = pick_signature(body, candidates, arguments, {})
    if found is None:
        return None
    made = _direct(body, found, {}, STATIC, kind)
    known = body.world.platform(kind)
    if known and known.name in {"Database", "Search"} and node.name.lower() in _WITH_BINDS:
        names = dict.fromkeys((*body.scope.locals, *sorted(body.scope.declared)))
        return made._replace(binds=tuple(names))
    return made


def pick_signature(
    body: Body,
    candidates: Sequence[Signature],
    arguments: Sequence[ApexType],
    names: dict[str, ApexType],
) -> Signature | None:
    """The overload of a platform method that the arguments choose."""
    signatures = [signature_types(body, each, names) for each in candidates]
    place = choose(body.world, signatures, arguments)
    if place is not None:
        return candidates[place]
    fitting = [
        candidate
        for candidate, kinds in zip(candidates, signatures, strict=True)
        if len(kinds) == len(arguments)
    ]
    return fitting[0] if len(fitting) == 1 else None


def signature_types(
    body: Body, found: Signature, names: dict[str, ApexType]
) -> tuple[ApexType, ...]:
    """The types of a platform method's parameters, type parameters replaced by `names`."""
    return tuple(substitute(_spelled(body, each), names) for each in found.parameters)


def _spelled(body: Body, kind: ApexType) -> ApexType:
    """A signature's type as the world spells it: `SObjectType` is `Schema.SObjectType`."""
    if kind.arguments:
        return ApexType(kind.name, tuple(_spelled(body, each) for each in kind.arguments))
    if body.world.platform(kind) is None:
        known = body.world.platform(ApexType(f"Schema.{kind.name}"))
        return ApexType(known.name) if known else kind
    return kind
