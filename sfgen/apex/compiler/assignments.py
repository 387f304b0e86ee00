"""Writes assignments, compound assignments and steps, to every kind of place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sfgen.apex.compiler.conversions import Code, coerce
from sfgen.apex.compiler.operators import computed
from sfgen.apex.compiler.variables import member_of, named_value, read_field
from sfgen.apex.names.meanings import (
    Local,
    Missing,
    OwnField,
    PlatformStatic,
    RecordField,
    Typed,
    ValueProperty,
)
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import INTEGER, ApexType

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.apex.compiler.function import FunctionCompiler
    from sfgen.apex.names.meanings import Assignment
    from sfgen.apex.types.symbols import FieldSymbol

__all__ = ["assign", "assign_field", "assign_statement", "step", "step_statement"]


class _Place(NamedTuple):
    """Something that can be assigned: what to evaluate once, how to read it, how to write it.

    `plain` is the Python target of a plain assignment statement, where one will do.
    """

    type: ApexType
    read: str
    write: Callable[[str], str]
    setup: tuple[str, ...] = ()
    plain: str | None = None


def _place(function: FunctionCompiler, node: Any) -> _Place:
    """The place that an expression names."""
    meaning = function.meanings[id(node)]
    if isinstance(meaning, Local):
        target = f"v_{meaning.name}"
        return _Place(meaning.type, target, lambda value: f"({target} := {value})", plain=target)
    if isinstance(meaning, OwnField):
        return _field_place(function, node, meaning)
    if isinstance(meaning, Missing):
        lacking = function.missing(meaning).text
        return _Place(meaning.type, lacking, lambda _: lacking)
    if isinstance(meaning, PlatformStatic):
        read = named_value(function, meaning.read)
        text = repr(meaning.name)
        return _Place(read.type, read.text, lambda value: f"set_platform_static({text}, {value})")
    if isinstance(meaning, Typed):
        return _indexed_place(function, node, meaning)
    return _value_place(function, node, meaning)


def _field_place(
    function: FunctionCompiler, node: tree.Name | tree.Member, meaning: OwnField
) -> _Place:
    if meaning.by_value and isinstance(node, tree.Member):
        name, setup = _once(function, function.expression(node.target).text)
        return _place_of_field(function, meaning.symbol, name)._replace(setup=setup)
    return _place_of_field(function, meaning.symbol, "self")


def _place_of_field(function: FunctionCompiler, found: FieldSymbol, target: str) -> _Place:
    """A field or property of the project's as a place."""
    kind = OwnField(found).type
    own = function.frame.accessor is found
    read = read_field(function, found, target).text
    name = found.name.lower()
    if found.has_setter and not own:
        if found.static:
            setter = f"{found.owner.python}__s_{name}"
            return _Place(kind, read, lambda value: f"{setter}({value})")
        return _Place(kind, read, lambda value: f"{target}.s_{name}({value})")
    holder = f"S_{found.owner.python}.me" if found.static else target
    plain = f"{holder}.{found.attribute}" if found.static or target == "self" else None
    attribute = found.attribute
    return _Place(
        kind,
        read,
        lambda value: f"set_field({holder}, {attribute!r}, {value})",
        plain=plain,
    )


def _once(function: FunctionCompiler, text: str) -> tuple[str, tuple[str, ...]]:
    """A name for a value that is used twice, and what evaluates it."""
    if text.isidentifier():
        return text, ()
    name = function.temporary()
    return name, (f"{name} := {text}",)


def _indexed_place(function: FunctionCompiler, node: tree.Index, meaning: Typed) -> _Place:
    target = function.expression(node.target)
    index = function.converted(node.index, INTEGER)
    one, first = _once(function, target.text)
    two, second = _once(function, index.text)
    return _Place(
        meaning.type,
        f"element({one}, {two})",
        lambda value: f"set_element({one}, {two}, {value})",
        (*first, *second),
    )


def _value_place(function: FunctionCompiler, node: tree.Member, meaning: Any) -> _Place:
    """A record's field, a property of a platform value, or of a value of unknown type."""
    target = function.expression(node.target)
    if isinstance(meaning, RecordField):
        text = f"one_row({target.text})" if meaning.one_row else target.text
        name, setup = _once(function, text)
        low = repr(node.name.lower())
        return _Place(
            meaning.type,
            f"{name}.read({low})",
            lambda value: f"{name}.write({low}, {value})",
            setup,
        )
    assert isinstance(meaning, ValueProperty)  # noqa: S101 - there is no other place
    name, setup = _once(function, target.text)
    read = member_of(function, node, Code(name, target.type), meaning.read)
    if meaning.setter is not None:
        setter = function.member_function(meaning.setter)
        return _Place(
            read.type, read.text, lambda value: f"call_setter({setter}, {name}, {value})", setup
        )
    return _Place(
        read.type, read.text, lambda value: f"set_member({name}, {node.name!r}, {value})", setup
    )


def assign(function: FunctionCompiler, node: tree.Assign, meaning: Assignment) -> Code:
    """An assignment as a value."""
    place, value = _parts(function, node, meaning)
    text = place.write(value.text)
    if place.setup:
        text = f"({', '.join(f'({each})' for each in place.setup)}, {text})[-1]"
    return Code(text, place.type, value.sure)


def assign_statement(function: FunctionCompiler, node: tree.Assign) -> str:
    """An assignment whose value nobody wants."""
    place, value = _parts(function, node, function.meanings[id(node)])
    return _statement(place, value.text)


def assign_field(function: FunctionCompiler, found: FieldSymbol, value: tree.Expression) -> str:
    """A field's first value, as a statement."""
    place = _place_of_field(function, found, "self")
    return _statement(place, function.converted(value, place.type).text)


def _statement(place: _Place, value: str) -> str:
    if place.plain is not None:
        return f"{place.plain} = {value}"
    setup = [each.replace(" := ", " = ", 1) for each in place.setup]
    return "; ".join([*setup, place.write(value)])


def _parts(
    function: FunctionCompiler, node: tree.Assign, meaning: Assignment
) -> tuple[_Place, Code]:
    place = _place(function, node.target)
    value = function.expression(node.value)
    if meaning.operation is not None:
        read = Code(place.read, place.type)
        value = computed(function, meaning.operation, node.operator[:-1], read, value)
    return place, coerce(function.world, value, place.type)


def _stepped(
    function: FunctionCompiler, node: tree.Unary | tree.Postfix, place: _Place, read: str
) -> str:
    """The text of the value after a step."""
    operation = function.meanings[id(node)].operation
    left, right = Code(read, place.type), Code("1", INTEGER, sure=True)
    changed = computed(function, operation, node.operator[0], left, right)
    return coerce(function.world, changed, place.type).text


def step(function: FunctionCompiler, node: tree.Unary | tree.Postfix) -> Code:
    """`++x` and `x++`."""
    place = _place(function, node.operand)
    old = function.temporary()
    written = place.write(_stepped(function, node, place, old))
    parts = [*place.setup, f"{old} := {place.read}"]
    texts = [*(f"({each})" for each in parts), written]
    chosen = -1 if isinstance(node, tree.Unary) else -2
    return Code(f"({', '.join(texts)})[{chosen}]", place.type, sure=True)


def step_statement(function: FunctionCompiler, node: tree.Unary | tree.Postfix) -> str:
    """`x++;` as a statement."""
    place = _place(function, node.operand)
    return _statement(place, _stepped(function, node, place, place.read))
