"""Writes calls of methods, the project's and the platform's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.compiler.conversions import Code
from sfgen.apex.compiler.variables import named_value, read_field
from sfgen.apex.names.call_meanings import (
    STATIC,
    SUPER,
    VALUE,
    Clone,
    EnumValueOf,
    EnumValues,
    FieldError,
    Invocation,
    OwnCall,
    PlatformCall,
    Setting,
)
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import ANY, BLOB, BOOLEAN, VOID

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.apex.compiler.function import FunctionCompiler
    from sfgen.apex.library.declarations.registry import Signature

__all__ = ["call"]

# Arguments that do something: it is done before a null receiver is noticed.
_ACTING = (tree.Call, tree.Assign, tree.Postfix)


def call(function: FunctionCompiler, node: tree.Call, meaning: Any) -> Code:
    """Any call."""
    writer = _WRITERS.get(type(meaning))
    return writer(function, node, meaning) if writer else named_value(function, meaning)


def _receiver(function: FunctionCompiler, node: tree.Call, on: str) -> Code:
    """What a method is called on."""
    if on == VALUE and node.target is not None:
        return function.guarded(node.target, safe=node.safe)
    return Code("self", ANY, sure=True)


def _texts(*parts: str) -> str:
    """Arguments with commas between them, those left out that have no text."""
    return ", ".join(part for part in parts if part)


def _field_error(function: FunctionCompiler, node: tree.Call, meaning: FieldError) -> Code:
    assert isinstance(node.target, tree.Member)  # noqa: S101 - the checker looked
    record = function.expression(node.target.target)
    arguments = [each.text for each in function.arguments(node)]
    return Code(f"add_field_error({_texts(record.text, repr(meaning.field), *arguments)})", VOID)


def _own_call(function: FunctionCompiler, node: tree.Call, meaning: OwnCall) -> Code:
    found = meaning.method
    target = _receiver(function, node, meaning.on).text
    fitted = function.fitted(function.arguments(node), found.parameters)
    if meaning.on == SUPER:
        return Code(f"{found.function}({_texts('self', fitted)})", found.result)
    if found.static:
        return Code(f"{found.function}({fitted})", found.result)
    if target == "self" and found.is_fixed:
        return Code(f"{found.function}({_texts('self', fitted)})", found.result)
    return Code(f"{target}.{found.attribute}({fitted})", found.result)


def _platform_call(function: FunctionCompiler, node: tree.Call, meaning: PlatformCall) -> Code:
    if meaning.on == STATIC:
        return _static_platform_call(function, node, meaning)
    target = _receiver(function, node, meaning.on)
    if meaning.one_row:
        target = Code(f"one_row({target.text})", target.type.element)
    arguments = function.arguments(node)
    if meaning.interface:
        fitted = function.fitted(arguments, meaning.parameters)
        return Code(f"invoke({_texts(target.text, repr(node.name), fitted)})", meaning.type)
    late = not target.sure and any(isinstance(each, _ACTING) for each in node.arguments)
    is_blob = meaning.owner == BLOB
    receiver = target.text if is_blob or late else function.not_null(target)
    fitted = function.fitted(arguments, meaning.parameters)
    name = function.member_function(meaning.signature)
    if late and not is_blob:
        # The receiver is looked at when the arguments have been evaluated.
        text = f"{name}(*receiving({_texts(receiver, fitted)}))"
    else:
        text = f"{name}({_texts(receiver, fitted)})"
    return Code(text, meaning.type, _is_sure(meaning))


def _static_platform_call(
    function: FunctionCompiler, node: tree.Call, meaning: PlatformCall
) -> Code:
    fitted = function.fitted(function.arguments(node), meaning.parameters)
    name = function.member_function(meaning.signature)
    text = f"{name}({fitted})"
    if meaning.binds is not None:
        text = f"in_scope({name}, {_scope(function, meaning.binds)}, {fitted})"
    return Code(text, meaning.type, _is_sure(meaning))


def _is_sure(meaning: PlatformCall) -> bool:
    """Platform methods with a Boolean result answer true or false, except lookups by name."""
    return meaning.type == BOOLEAN and not _looks_up(meaning.signature)


def _looks_up(found: Signature) -> bool:
    return found.name.lower() in {"get", "valueof", "remove"}


def _scope(function: FunctionCompiler, binds: tuple[str, ...]) -> str:
    """What a dynamic query's binds may name: locals and fields, read when they are used."""
    names = {low: f"v_{low}" for low in binds}
    frame = function.frame
    for each in function.world.lineage(frame.symbol) if frame.symbol is not None else ():
        for low, found in each.fields.items():
            if low not in names and (found.static or not frame.static):
                names[low] = read_field(function, found, "self").text
    return "{" + ", ".join(f"{low!r}: lambda: {text}" for low, text in names.items()) + "}"


def _setting(function: FunctionCompiler, node: tree.Call, meaning: Setting) -> Code:
    arguments = [each.text for each in function.arguments(node)]
    texts = _texts(repr(meaning.object), repr(meaning.method), *arguments)
    return Code(f"setting({texts})", meaning.type)


def _enum_values(function: FunctionCompiler, _node: tree.Call, meaning: EnumValues) -> Code:
    symbol = meaning.symbol
    text = f"enum_values(E_{symbol.python}, {function.type_constant(symbol.type)})"
    return Code(text, meaning.type, sure=True)


def _enum_value_of(function: FunctionCompiler, node: tree.Call, meaning: EnumValueOf) -> Code:
    symbol = meaning.symbol
    name = function.expression(node.arguments[0]).text
    return Code(f"enum_value(E_{symbol.python}, {symbol.name!r}, {name})", meaning.type)


def _clone(function: FunctionCompiler, node: tree.Call, meaning: Clone) -> Code:
    target = _receiver(function, node, meaning.on)
    return Code(f"clone_object({target.text})", meaning.type, sure=True)


def _invocation(function: FunctionCompiler, node: tree.Call, meaning: Invocation) -> Code:
    target = _receiver(function, node, meaning.on)
    arguments = [each.text for each in function.arguments(node)]
    name = "invoke_platform" if meaning.on == SUPER else "invoke"
    return Code(f"{name}({_texts(target.text, repr(node.name), *arguments)})", meaning.type)


_WRITERS: dict[type, Callable[[FunctionCompiler, tree.Call, Any], Code]] = {
    FieldError: _field_error,
    OwnCall: _own_call,
    PlatformCall: _platform_call,
    Setting: _setting,
    EnumValues: _enum_values,
    EnumValueOf: _enum_value_of,
    Clone: _clone,
    Invocation: _invocation,
}
