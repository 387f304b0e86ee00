"""Finds what creations make, and which constructor their arguments choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.checker.access import check_constructor_visible
from sfgen.apex.checker.arguments import refused_constructor
from sfgen.apex.checker.calls import argument_types, pick, takes
from sfgen.apex.checker.operands import check_elements, check_field, check_pairs
from sfgen.apex.checker.platform_calls import pick_signature, signature_types
from sfgen.apex.checker.statement_checks import check_value
from sfgen.apex.names.call_meanings import (
    Construction,
    ExceptionStart,
    ParentStart,
    PlatformNew,
    RecordCreation,
    RecordNew,
)
from sfgen.apex.names.meanings import Missing, Typed
from sfgen.apex.names.overloads import choose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfgen.apex.checker.body import Body
    from sfgen.apex.names.meanings import Meaning
    from sfgen.apex.syntax import tree
    from sfgen.apex.types.model import ApexType
    from sfgen.apex.types.symbols import TypeSymbol

__all__ = ["chained_constructor", "new", "new_array", "new_list", "new_map", "new_record"]


def new(body: Body, node: tree.New) -> Meaning:
    """`new Type(arguments)`."""
    kind = body.resolve(node.type)
    arguments = argument_types(body, node)
    symbol = body.world.symbol(kind)
    if symbol is not None:
        return _new_own(body, node, symbol, arguments)
    if body.world.is_record(kind):
        return RecordNew(kind)
    known = body.world.platform(kind)
    if known is None or not known.constructors:
        return Missing(f"new {kind}()", kind, sure=True)
    names = dict(zip(known.parameters, kind.arguments, strict=False))
    found = pick_signature(body, known.constructors, arguments, names)
    if found is None:
        return Missing(f"new {kind}({len(arguments)})", kind, sure=True)
    return PlatformNew(found, signature_types(body, found, names), kind)


def _new_own(
    body: Body, node: tree.New, symbol: TypeSymbol, arguments: Sequence[ApexType]
) -> Meaning:
    """A new object of a class of the project's."""
    kind = body.resolve(node.type)
    if symbol.kind == "class" and "abstract" in symbol.node.modifiers:
        return body.refuse(node, f"Abstract classes cannot be constructed: {kind}")
    if symbol.kind != "class":
        return body.refuse(node, f"Type cannot be constructed: {kind}")
    if not symbol.constructors:
        refused = None
        if arguments and body.lacks_member(symbol):
            refused = refused_constructor(body, node, symbol, arguments)
        return refused or Construction(symbol, None, kind)
    found = pick(body, symbol.constructors, arguments)
    if body.is_exception(kind):
        if not takes(body, found, arguments):
            return Construction(symbol, None, kind, free=True)
    else:
        refused = refused_constructor(body, node, symbol, arguments)
        if refused is not None:
            return refused
    if found is None:
        return Missing(f"new {kind}({len(arguments)})")
    check_constructor_visible(body, node, found)
    return Construction(symbol, found, kind)


def chained_constructor(body: Body, symbol: TypeSymbol, node: tree.Call) -> Meaning:
    """`this(...)` or `super(...)`, with which a constructor begins."""
    arguments = argument_types(body, node)
    owner: TypeSymbol | None = symbol
    if node.name.lower() == "super":
        owner = body.world.symbol(symbol.extends[0]) if symbol.extends else None
    if owner is None or not owner.constructors:
        if owner is not None and not arguments:
            return ParentStart(owner)
        return ExceptionStart()
    if body.is_exception(owner.type):
        # An exception's own constructors stand beside the four that come free.
        kinds = [each.parameters for each in owner.constructors]
        place = choose(body.world, kinds, arguments)
        if place is None:
            return ExceptionStart()
        refused_constructor(body, node, owner, arguments)
        return Construction(owner, owner.constructors[place], owner.type)
    refused = refused_constructor(body, node, owner, arguments)
    found = pick(body, owner.constructors, arguments)
    if refused is not None:
        return refused
    if found is None:
        return Missing(f"a constructor of {owner.name}")
    return Construction(owner, found, owner.type)


def new_record(body: Body, node: tree.NewRecord) -> Meaning:
    """`new Account(Name = 'a')`."""
    kind = body.resolve(node.type)
    fields: list[ApexType] = []
    for name, value in node.fields:
        if body.world.lacks_field(kind, name):
            check_field(body, node, kind, name, f"Field does not exist: {name} on {kind}")
            return Missing(f"{kind.name}.{name}", kind)
        wanted = body.world.field_type(kind, name)
        check_value(body, value, wanted)
        body.meaning(value)
        fields.append(wanted)
    return RecordCreation(kind, tuple(fields))


def new_array(body: Body, node: tree.NewArray) -> Meaning:
    """`new Integer[n]`."""
    body.meaning(node.size)
    return Typed(body.resolve(node.type))


def new_list(body: Body, node: tree.NewList) -> Meaning:
    """`new List<X>{...}` and sets."""
    kind = body.resolve(node.type)
    check_elements(body, node, kind.element)
    for each in node.elements:
        body.meaning(each)
    return Typed(kind)


def new_map(body: Body, node: tree.NewMap) -> Meaning:
    """`new Map<K, V>{k => v}`."""
    kind = body.resolve(node.type)
    check_pairs(body, node, kind)
    for key, value in node.pairs:
        body.meaning(key)
        body.meaning(value)
    return Typed(kind)
