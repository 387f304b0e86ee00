"""Writes creations of objects, records and collections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.compiler.conversions import Code
from sfgen.apex.names.call_meanings import Construction, PlatformNew
from sfgen.apex.types.model import ANY, INTEGER

if TYPE_CHECKING:
    from sfgen.apex.compiler.function import FunctionCompiler
    from sfgen.apex.names.call_meanings import New, RecordCreation
    from sfgen.apex.names.meanings import Typed
    from sfgen.apex.syntax import tree

__all__ = ["new", "new_array", "new_list", "new_map", "new_record"]


def new(function: FunctionCompiler, node: tree.New, meaning: New) -> Code:
    """`new Type(arguments)`."""
    if isinstance(meaning, Construction):
        return _new_own(function, node, meaning)
    if isinstance(meaning, PlatformNew):
        fitted = function.fitted(function.arguments(node), meaning.parameters)
        typed = function.type_constant(meaning.type) if meaning.signature.typed else ""
        texts = ", ".join(part for part in (typed, fitted) if part)
        text = f"{function.member_function(meaning.signature)}({texts})"
        return Code(text, meaning.type, sure=True)
    return Code(f"new_record({meaning.type.name!r})", meaning.type, sure=True)


def _new_own(function: FunctionCompiler, node: tree.New, meaning: Construction) -> Code:
    stem = meaning.symbol.python
    arguments = function.arguments(node)
    if meaning.constructor is None:
        name = "construct_exception" if meaning.free else "construct"
        texts = "".join(f", {code.text}" for code in arguments)
        return Code(f"{name}(C_{stem}{texts})", meaning.type, sure=True)
    fitted = function.fitted(arguments, meaning.constructor.parameters)
    texts = f"create(C_{stem}){', ' if fitted else ''}{fitted}"
    return Code(f"{meaning.constructor.function}({texts})", meaning.type, sure=True)


def new_record(function: FunctionCompiler, node: tree.NewRecord, meaning: RecordCreation) -> Code:
    """`new Account(Name = 'a')`."""
    pairs = [
        f"({name.lower()!r}, {function.converted(value, wanted).text})"
        for (name, value), wanted in zip(node.fields, meaning.fields, strict=True)
    ]
    text = f"new_record({meaning.type.name!r}, ({', '.join(pairs)},))"
    return Code(text, meaning.type, sure=True)


def new_array(function: FunctionCompiler, node: tree.NewArray, meaning: Typed) -> Code:
    """`new Integer[n]`."""
    size = function.converted(node.size, INTEGER)
    element = function.type_constant(meaning.type.element)
    return Code(f"list_of_size({size.text}, {element})", meaning.type, sure=True)


def new_list(function: FunctionCompiler, node: tree.NewList, meaning: Typed) -> Code:
    """`new List<X>{...}` and sets."""
    kind = meaning.type
    elements = [function.converted(each, kind.element).text for each in node.elements]
    maker = "ApexSet" if kind.name == "Set" else "ApexList"
    items = f"({', '.join(elements)},)" if elements else "()"
    return Code(f"{maker}({items}, {function.type_constant(kind.element)})", kind, sure=True)


def new_map(function: FunctionCompiler, node: tree.NewMap, meaning: Typed) -> Code:
    """`new Map<K, V>{k => v}`."""
    kind = meaning.type
    key, value = kind.arguments if len(kind.arguments) == 2 else (ANY, ANY)
    pairs = [
        f"({function.converted(one, key).text}, {function.converted(two, value).text})"
        for one, two in node.pairs
    ]
    items = f"({', '.join(pairs)},)" if pairs else "()"
    types = f"{function.type_constant(key)}, {function.type_constant(value)}"
    return Code(f"ApexMap({items}, {types})", kind, sure=True)
