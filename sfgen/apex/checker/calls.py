"""Finds which method a call means, of which class, or that it is looked up at run time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.checker.access import (
    check_instance_method,
    check_method_visible,
    check_static_method,
)
from sfgen.apex.checker.arguments import (
    refused_call,
    refused_core_call,
    refused_platform_call,
)
from sfgen.apex.checker.platform_calls import platform_call, static_platform_call
from sfgen.apex.checker.scope import dotted
from sfgen.apex.checker.tokens import object_token
from sfgen.apex.checker.variables import is_super, receiver_type
from sfgen.apex.names.call_meanings import (
    SELF,
    SUPER,
    VALUE,
    Clone,
    EnumValueOf,
    EnumValues,
    FieldError,
    Invocation,
    OwnCall,
    Setting,
)
from sfgen.apex.names.meanings import Missing
from sfgen.apex.names.overloads import choose
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import ANY, BOOLEAN, INTEGER, STRING, ApexType, map_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfgen.apex.checker.body import Body
    from sfgen.apex.names.meanings import Meaning
    from sfgen.apex.types.symbols import MethodSymbol, TypeSymbol

__all__ = ["argument_types", "call", "pick", "takes"]

_SETTINGS = frozenset({"getinstance", "getvalues", "getorgdefaults", "getall"})
_OF_ANYTHING = {
    "tostring": STRING,
    "hashcode": INTEGER,
    "equals": BOOLEAN,
    "name": STRING,
    "ordinal": INTEGER,
}


def argument_types(body: Body, node: tree.Call | tree.New) -> list[ApexType]:
    """The types of the arguments."""
    return [body.type_of(each) for each in node.arguments]


def call(body: Body, node: tree.Call) -> Meaning:
    """Any call."""
    error = _field_error(body, node)
    if error is not None:
        return error
    if node.target is None:
        return _own_call(body, node)
    if is_super(node.target):
        return _super_call(body, node)
    scope = body.scope
    kind = scope.static_type(node.target) or scope.hidden_type(node.target, node.name)
    if kind is not None:
        return _static_call(body, node, kind)
    path = dotted(node.target)
    if path and not scope.begins_with_variable(path) and "." not in path:
        argument_types(body, node)
        return Missing(f"{path}.{node.name}")
    target = receiver_type(body, node.target, safe=node.safe)
    return _call_on(body, node, target, argument_types(body, node), VALUE)


def _field_error(body: Body, node: tree.Call) -> FieldError | None:
    """`record.Field.addError(...)`: an error on the field, whatever its value."""
    target = node.target
    if node.name.lower() != "adderror" or not isinstance(target, tree.Member):
        return None
    if is_super(target.target) or body.scope.static_type(target.target) is not None:
        return None
    record = body.type_of(target.target)
    if record.name == "SObject" or not body.world.is_record(record):
        return None
    if body.world.is_record(body.world.field_type(record, target.name)):
        return None
    argument_types(body, node)
    return FieldError(target.name.lower())


def pick(
    body: Body, candidates: Sequence[MethodSymbol], arguments: Sequence[ApexType]
) -> MethodSymbol | None:
    """The overload that the arguments choose; a single one of that arity is taken as it is."""
    place = choose(body.world, [method.parameters for method in candidates], arguments)
    if place is not None:
        return candidates[place]
    fitting = [each for each in candidates if len(each.parameters) == len(arguments)]
    return fitting[0] if len(fitting) == 1 else None


def takes(body: Body, found: MethodSymbol | None, arguments: Sequence[ApexType]) -> bool:
    """Whether the arguments' types fit, and not only their number."""
    return found is not None and choose(body.world, [found.parameters], arguments) is not None


def _own_call(body: Body, node: tree.Call) -> Meaning:
    """A call without a target: of an own or inherited method, or of an outer class's."""
    arguments = argument_types(body, node)
    own = symbol = body.scope.symbol
    while symbol is not None:
        candidates = body.world.methods(symbol, node.name)
        found = pick(body, candidates, arguments) if candidates else None
        if found is not None:
            refused = refused_call(body, node, symbol, candidates, arguments)
            if refused is None and body.scope.static and symbol is own:
                check_instance_method(body, node, found)
            return refused or OwnCall(found, SELF)
        symbol = symbol.outer
    if own is not None and body.is_all_known(own) and node.name.lower() not in _OF_ANYTHING:
        refused = refused_call(body, node, own, _all_named(body, own, node.name), arguments)
        if refused is not None:
            return refused
    if own is not None and not body.scope.static:
        return _call_on(body, node, own.type, arguments, SELF)
    if not body.is_all_known(own):
        return Missing(f"{node.name}()")
    return body.refuse(node, f"Method does not exist or incorrect signature: void {node.name}()")


def _all_named(body: Body, symbol: TypeSymbol | None, name: str) -> list[MethodSymbol]:
    """The methods of that name of a type and those around it."""
    found: list[MethodSymbol] = []
    while symbol is not None:
        found += body.world.methods(symbol, name)
        symbol = symbol.outer
    return found


def _super_call(body: Body, node: tree.Call) -> Meaning:
    """`super.method(...)`: the parent's method whatever a subclass overrides."""
    arguments = argument_types(body, node)
    symbol = body.scope.symbol
    parent = symbol.extends[0] if symbol and symbol.extends else None
    above = body.world.symbol(parent) if parent else None
    if above is not None:
        found = pick(body, body.world.methods(above, node.name), arguments)
        if found is not None:
            return OwnCall(found, SUPER)
    known = platform_call(body, node, parent, arguments, SELF) if parent is not None else None
    return known or Invocation(_OF_ANYTHING.get(node.name.lower(), ANY), SUPER)


def _static_call(body: Body, node: tree.Call, kind: ApexType) -> Meaning:
    """`Type.method(...)`."""
    arguments = argument_types(body, node)
    symbol = body.world.symbol(kind)
    if symbol is not None:
        return _own_static_call(body, node, symbol, arguments)
    known = body.world.platform(kind)
    low = node.name.lower()
    if body.world.is_record(kind) and (known is None or low not in known.statics):
        return _setting_call(node, kind)
    candidates = known.statics.get(low, []) if known else []
    refused = refused_platform_call(body, node, kind, candidates, arguments)
    if refused is not None:
        return refused
    found = static_platform_call(body, node, kind, candidates, arguments)
    return found or Missing(f"{kind.name}.{node.name}")


def _own_static_call(
    body: Body, node: tree.Call, symbol: TypeSymbol, arguments: Sequence[ApexType]
) -> Meaning:
    if symbol.kind == "enum" and node.name.lower() == "values":
        return EnumValues(symbol)
    if symbol.kind == "enum" and node.name.lower() == "valueof":
        return EnumValueOf(symbol)
    candidates = body.world.methods(symbol, node.name)
    refused = refused_call(body, node, symbol, candidates, arguments)
    if refused is not None:
        return refused
    found = pick(body, candidates, arguments)
    if found is None:
        return Missing(f"{symbol.name}.{node.name}")
    check_method_visible(body, node, found)
    check_instance_method(body, node, found)
    return OwnCall(found, SELF)


def _setting_call(node: tree.Call, kind: ApexType) -> Meaning:
    """`My__c.getInstance()` and the like; `Account.getSObjectType()`."""
    low = node.name.lower()
    if low == "getsobjecttype":
        return object_token(kind)
    if low not in _SETTINGS:
        return Missing(f"{kind.name}.{node.name}")
    return Setting(kind.name, low, map_of(STRING, kind) if low == "getall" else kind)


def _call_on(
    body: Body, node: tree.Call, target: ApexType, arguments: Sequence[ApexType], on: str
) -> Meaning:
    """A call on a value of type `target`, or on the running object."""
    low = node.name.lower()
    symbol = body.world.symbol(target)
    candidates = body.world.methods(symbol, node.name) if symbol is not None else []
    found = pick(body, candidates, arguments) if candidates else None
    if symbol is not None and found is not None:
        refused = refused_call(body, node, symbol, candidates, arguments)
        if refused is not None and low not in _OF_ANYTHING:
            return refused
        check_method_visible(body, node, found)
        if node.target is not None:
            check_static_method(body, node, found)
        return OwnCall(found, on)
    known = refused_core_call(body, node, arguments) or platform_call(
        body, node, target, arguments, on
    )
    if known is not None:
        return known
    if symbol is not None and low == "clone" and not arguments:
        return Clone(target, on)
    if symbol is not None and low not in _OF_ANYTHING:
        refused = refused_call(body, node, symbol, candidates, arguments)
        if refused is not None:
            return refused
    plain = not arguments or symbol is not None
    return Invocation(_OF_ANYTHING.get(low, ANY) if plain else ANY, on)
