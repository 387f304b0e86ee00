"""Writes `try` and `switch`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.compiler.conversions import Code
from sfgen.apex.names.meanings import EnumValue, Label, RuntimeValue
from sfgen.apex.syntax import tree

if TYPE_CHECKING:
    from sfgen.apex.compiler.function import FunctionCompiler
    from sfgen.apex.types.model import ApexType

__all__ = ["switch", "try_"]


def try_(function: FunctionCompiler, node: tree.Try) -> None:
    """`try`, `catch`, `finally`."""
    writer = function.writer
    writer.line = node.line
    before = function.temporary() if node.final is not None else ""
    if before:
        writer.put(f"{before} = underway()")
    writer.put("try:")
    function.block(node.body.statements)
    if node.catches:
        _catches(function, node)
    if node.final is not None:
        writer.put("finally:")
        writer.put(f"    pass_limit({before})")
        function.block(node.final.statements)


def _catches(function: FunctionCompiler, node: tree.Try) -> None:
    writer = function.writer
    raised, caught = function.temporary(), function.temporary()
    writer.put(f"except Exception as {raised}:")
    writer.depth += 1
    writer.put(f"{caught} = caught({raised})")
    for place, each in enumerate(node.catches):
        kind = function.named_type(each.type)
        word = "elif" if place else "if"
        writer.line = each.line
        writer.put(f"{word} isinstance({caught}, {_exception_class(function, kind)}):")
        writer.put(f"    v_{each.name.lower()} = {caught}")
        function.block(each.body.statements)
    writer.put("else: raise")
    writer.depth -= 1


def _exception_class(function: FunctionCompiler, kind: ApexType) -> str:
    symbol = function.world.symbol(kind)
    if symbol is not None:
        return f"C_{symbol.python}"
    return function.writer.constant(f"platform_exception({kind.name!r})")


def switch(function: FunctionCompiler, node: tree.Switch) -> None:
    """`switch on`."""
    writer = function.writer
    subject = function.expression(node.subject)
    name = function.temporary()
    writer.put(f"{name} = {subject.text}")
    word = "if"
    for when in node.whens:
        if when.type is None and not when.values:
            writer.put("else:" if word == "elif" else "if True:")
            function.block(when.body.statements)
            continue
        writer.line = when.line
        if when.type is not None:
            kind = function.type_constant(function.named_type(when.type))
            writer.put(f"{word} instance_of({name}, {kind}):")
            writer.put(f"    v_{(when.name or '').lower()} = {name}")
        else:
            tests = [_label(function, each, Code(name, subject.type)) for each in when.values]
            writer.put(f"{word} {' or '.join(tests)}:")
        function.block(when.body.statements)
        word = "elif"


def _label(function: FunctionCompiler, value: tree.Expression, subject: Code) -> str:
    """The test of one `when` value."""
    meaning = function.meanings[id(value)]
    if isinstance(meaning, EnumValue):
        return f"{subject.text} is E_{meaning.symbol.python}[{meaning.name!r}]"
    if isinstance(meaning, Label):
        return f"is_label({subject.text}, {meaning.name!r})"
    code = function.expression(value)
    if isinstance(value, tree.Name) and isinstance(meaning, RuntimeValue):
        return f"{subject.text} is {code.text}"
    if code.type.name == "null":
        return f"{subject.text} is None"
    return f"{subject.text} == {code.text}"
