"""Writes every kind of statement as Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.compiler.assignments import assign_statement, step_statement
from sfgen.apex.compiler.branches import switch, try_
from sfgen.apex.compiler.conversions import Code, coerce
from sfgen.apex.compiler.jumps import continues
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import ANY

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.apex.compiler.function import FunctionCompiler

__all__ = ["STATEMENTS"]


def _local(function: FunctionCompiler, node: tree.Local) -> None:
    kind = function.named_type(node.type)
    for name, value in node.names:
        text = function.converted(value, kind).text if value is not None else "None"
        function.writer.put(f"v_{name.lower()} = {text}")


def _effect(function: FunctionCompiler, node: tree.ExpressionStatement) -> None:
    function.writer.put(_effect_of(function, node.expression))


def _effect_of(function: FunctionCompiler, value: tree.Expression) -> str:
    """The text of an expression whose value nobody wants."""
    if isinstance(value, tree.Assign):
        return assign_statement(function, value)
    if isinstance(value, tree.Postfix) or (
        isinstance(value, tree.Unary) and value.operator in {"++", "--"}
    ):
        return step_statement(function, value)
    return function.expression(value).text


def _if(function: FunctionCompiler, node: tree.If) -> None:
    """A chain of `else if` is Python's `elif`, each condition marking its line."""
    writer = function.writer
    writer.put(f"if {function.truth(node.condition)}:")
    function.body(node.then)
    while isinstance(node.otherwise, tree.If):
        node = node.otherwise
        test = function.truth(node.condition)
        writer.put(f"elif {writer.covered(node.line)} or {test}:")
        function.body(node.then)
    if node.otherwise is not None:
        writer.put("else:")
        function.body(node.otherwise)


def _for(function: FunctionCompiler, node: tree.For) -> None:
    """The three-part loop; `continue` still runs the update part."""
    writer = function.writer
    for start in node.start:
        function.statement(start)
    writer.line = node.line
    test = function.truth(node.condition) if node.condition is not None else "True"
    if not node.update or not continues(node.body):
        writer.put(f"while {test}:")
        function.body(node.body)
        _updates(function, node)
        return
    name = function.temporary()
    writer.put(f"{name} = False")
    writer.put("while True:")
    writer.depth += 1
    writer.put(f"if {name}:")
    _updates(function, node)
    writer.put(f"{name} = True")
    writer.put(f"if not {test}: break")
    writer.depth -= 1
    function.body(node.body)


def _updates(function: FunctionCompiler, node: tree.For) -> None:
    writer = function.writer
    writer.depth += 1
    writer.line = node.line
    for value in node.update:
        if not isinstance(value, tree.Name):  # a bare variable does nothing
            writer.put(_effect_of(function, value))
    writer.depth -= 1


def _for_each(function: FunctionCompiler, node: tree.ForEach) -> None:
    """A list of records over a query comes in chunks of 200."""
    writer, world = function.writer, function.world
    kind = function.named_type(node.type)
    source = function.expression(node.source)
    element = source.type.element if source.type.arguments else ANY
    name = f"v_{node.name.lower()}"
    each = "each"
    if kind.name == "List" and world.is_record(element):
        each, element = "chunks", kind
    converted = coerce(world, Code(name, element), kind).text
    writer.put(f"for {name} in {each}({source.text}):")
    if converted != name:
        writer.put(f"    {name} = {converted}")
    function.body(node.body)


def _while(function: FunctionCompiler, node: tree.While) -> None:
    function.writer.put(f"while {function.truth(node.condition)}:")
    function.body(node.body)


def _do(function: FunctionCompiler, node: tree.DoWhile) -> None:
    """`do ... while`; `continue` goes to the condition."""
    writer = function.writer
    name = function.temporary()
    writer.put(f"{name} = False")
    writer.put("while True:")
    writer.depth += 1
    writer.line = node.condition.line
    writer.put(f"if {name} and not {function.truth(node.condition)}: break")
    writer.put(f"{name} = True")
    writer.depth -= 1
    function.body(node.body)


def _jump(function: FunctionCompiler, node: tree.Jump) -> None:
    refused = function.meanings.get(id(node))
    function.writer.put(function.missing(refused).text if refused is not None else node.word)


def _return(function: FunctionCompiler, node: tree.Return) -> None:
    result = function.frame.result
    if node.value is None:
        function.writer.put("return self" if result is None else "return")
        return
    code = function.expression(node.value)
    code = coerce(function.world, code, result) if result else code
    function.writer.put(f"return {code.text}")


def _throw(function: FunctionCompiler, node: tree.Throw) -> None:
    function.writer.put(f"raise thrown({function.expression(node.value).text})")


def _dml(function: FunctionCompiler, node: tree.Dml) -> None:
    """`insert`, `update`, `upsert`, `delete`, `undelete`, `merge`."""
    records = function.expression(node.records).text
    texts = [repr(node.operation), records, repr(node.access)]
    if node.extra is not None:
        texts.append(function.expression(node.extra).text)
    function.writer.put(f"dml({', '.join(texts)})")


def _run_as(function: FunctionCompiler, node: tree.RunAs) -> None:
    texts = ", ".join(function.expression(each).text for each in node.arguments)
    function.writer.put(f"with run_as({texts}):")
    function.block(node.body.statements)


STATEMENTS: dict[type, Callable[[FunctionCompiler, Any], None]] = {
    tree.Local: _local,
    tree.ExpressionStatement: _effect,
    tree.If: _if,
    tree.For: _for,
    tree.ForEach: _for_each,
    tree.While: _while,
    tree.DoWhile: _do,
    tree.Jump: _jump,
    tree.Return: _return,
    tree.Throw: _throw,
    tree.Try: try_,
    tree.Dml: _dml,
    tree.RunAs: _run_as,
    tree.Switch: switch,
}
