"""Writes names and members of values and types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sfgen.apex.compiler.conversions import Code
from sfgen.apex.names.meanings import (
    Constant,
    Dynamic,
    EnumValue,
    Getter,
    Itself,
    Local,
    Missing,
    OwnField,
    RecordField,
    RuntimeValue,
    StaticGetter,
    TriggerValue,
    Typed,
)
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import ANY, BOOLEAN

if TYPE_CHECKING:
    from sfgen.apex.compiler.function import FunctionCompiler
    from sfgen.apex.names.meanings import Meaning
    from sfgen.apex.types.symbols import FieldSymbol

__all__ = ["member", "member_of", "name", "named_value", "read_field"]

_PARENT = re.compile(r"\.read\('\w+'\)\Z|\Aparent_field\(.*, '\w+'\)\Z")
_OF_VALUE = (RecordField, Getter, Dynamic)


def _is_own_record(target: tree.Expression | None) -> bool:
    """Whether it is `this.record`: its fields read as null while it is null (public suites)."""
    if not isinstance(target, tree.Member) or not isinstance(target.target, tree.Name):
        return False
    return target.target.name.lower() == "this"


def name(function: FunctionCompiler, _node: tree.Name, meaning: Meaning) -> Code:
    """A bare name."""
    if isinstance(meaning, Local):
        return Code(f"v_{meaning.name}", meaning.type)
    if isinstance(meaning, Itself):
        return Code("self", meaning.type, sure=True)
    return named_value(function, meaning)


def read_field(function: FunctionCompiler, found: FieldSymbol, target: str) -> Code:
    """Read a field or property of `target`, which a static one doesn't need."""
    kind = found.type or ANY
    own = function.frame.accessor is found
    if found.static:
        if found.has_getter and not own:
            return Code(f"{found.owner.python}__g_{found.name.lower()}()", kind)
        return Code(f"S_{found.owner.python}.{found.attribute}", kind)
    if found.has_getter and not own:
        return Code(f"{target}.g_{found.name.lower()}()", kind)
    return Code(f"{target}.{found.attribute}", kind)


def member(function: FunctionCompiler, node: tree.Member, meaning: Meaning) -> Code:
    """`target.name`."""
    if isinstance(meaning, OwnField) and meaning.by_value:
        target = function.guarded(node.target, safe=node.safe)
        return read_field(function, meaning.symbol, target.text)
    if isinstance(meaning, _OF_VALUE):
        return member_of(function, node, function.guarded(node.target, safe=node.safe), meaning)
    return named_value(function, meaning)


def member_of(function: FunctionCompiler, node: tree.Member, target: Code, meaning: Any) -> Code:
    """A member of a value that isn't a field of the project's."""
    if isinstance(meaning, RecordField):
        return _record_field(node, target, meaning)
    if isinstance(meaning, Getter):
        text = f"{function.member_function(meaning.signature)}({function.not_null(target)})"
        return Code(text, meaning.type)
    if isinstance(meaning, Missing):
        return function.missing(meaning)
    return Code(f"get_member({target.text}, {node.name!r})", ANY)


def _record_field(node: tree.Member, target: Code, meaning: RecordField) -> Code:
    text = f"one_row({target.text})" if meaning.one_row else target.text
    low = node.name.lower()
    read = f"{text}.read({low!r})"
    if _PARENT.search(text) or _is_own_record(node.target):
        read = f"parent_field({text}, {low!r})"
    # Only a value that is true is true (Apex Developer Guide, "SObject and List
    # Expressions"): a checkbox that code set to null reads as false.
    return Code(f"({read} or False)" if meaning.type == BOOLEAN else read, meaning.type)


def named_value(function: FunctionCompiler, meaning: Any) -> Code:  # noqa: PLR0911 - one per form
    """What can be read without a value before it."""
    if isinstance(meaning, OwnField):
        return read_field(function, meaning.symbol, "self")
    if isinstance(meaning, EnumValue):
        text = f"E_{meaning.symbol.python}[{meaning.name!r}]"
        return Code(text, meaning.type, sure=True)
    if isinstance(meaning, RuntimeValue):
        text = f"{meaning.function}({', '.join(map(repr, meaning.arguments))})"
        text = function.writer.constant(text) if meaning.fixed else text
        return Code(text, meaning.type, meaning.sure)
    if isinstance(meaning, StaticGetter):
        return Code(f"{function.member_function(meaning.signature)}()", meaning.type)
    if isinstance(meaning, TriggerValue):
        text = f"trigger_value({meaning.name!r})"
        if meaning.type == BOOLEAN:
            return Code(f"({text} or False)", meaning.type, sure=True)
        return Code(text, meaning.type)
    if isinstance(meaning, Constant):
        return Code(repr(meaning.value), meaning.type, sure=True)
    if isinstance(meaning, Missing):
        return function.missing(meaning)
    assert isinstance(meaning, Typed)  # noqa: S101 - `Account.fields`: only its members are values
    return Code("None", meaning.type)
