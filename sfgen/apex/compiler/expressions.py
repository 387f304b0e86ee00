"""Writes every kind of expression as Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.compiler.assignments import assign, step
from sfgen.apex.compiler.calls import call
from sfgen.apex.compiler.conversions import Code
from sfgen.apex.compiler.creations import new, new_array, new_list, new_map, new_record
from sfgen.apex.compiler.operators import binary, cast, instance_of, sign, ternary
from sfgen.apex.compiler.variables import member, name
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import INTEGER

if TYPE_CHECKING:
    import decimal
    from collections.abc import Callable

    from sfgen.apex.compiler.function import FunctionCompiler
    from sfgen.apex.names.meanings import Assignment, Rows, Typed

__all__ = ["EXPRESSIONS"]


def _literal(function: FunctionCompiler, node: tree.Literal, meaning: Typed) -> Code:
    if node.kind == "null":
        return Code("None", meaning.type)
    if node.kind == "long":
        text = function.writer.constant(f"Long({node.value})")
    elif node.kind == "double":
        text = f"({node.value!r})"
    elif node.kind == "decimal":
        value: decimal.Decimal = node.value
        text = function.writer.constant(f"Decimal({str(value)!r})")
    else:
        text = repr(node.value)
        text = f"({text})" if text[0] == "-" else text
    return Code(text, meaning.type, sure=True)


def _index(function: FunctionCompiler, node: tree.Index, meaning: Typed) -> Code:
    target = function.part(node.target)
    index = function.converted(node.index, INTEGER)
    return Code(f"element({target.text}, {index.text})", meaning.type)


def _unary(function: FunctionCompiler, node: tree.Unary, _meaning: Any) -> Code:
    return step(function, node) if node.operator in {"++", "--"} else sign(function, node)


def _postfix(function: FunctionCompiler, node: tree.Postfix, _meaning: Assignment) -> Code:
    return step(function, node)


def _type_literal(function: FunctionCompiler, node: tree.TypeLiteral, meaning: Typed) -> Code:
    kind = str(function.named_type(node.type))
    return Code(function.writer.constant(f"type_token({kind!r})"), meaning.type, sure=True)


def _query(function: FunctionCompiler, node: tree.Query, meaning: Rows) -> Code:
    binds = ", ".join(
        f"'b{place}': {function.expression(each).text}" for place, each in enumerate(node.binds)
    )
    text = f"{meaning.function}({node.text!r}, {{{binds}}})"
    return Code(text, meaning.type, sure=True)


EXPRESSIONS: dict[type, Callable[[FunctionCompiler, Any, Any], Code]] = {
    tree.Literal: _literal,
    tree.Name: name,
    tree.Member: member,
    tree.Call: call,
    tree.Index: _index,
    tree.New: new,
    tree.NewRecord: new_record,
    tree.NewArray: new_array,
    tree.NewList: new_list,
    tree.NewMap: new_map,
    tree.Unary: _unary,
    tree.Postfix: _postfix,
    tree.Binary: binary,
    tree.Ternary: ternary,
    tree.Assign: assign,
    tree.Cast: cast,
    tree.InstanceOf: instance_of,
    tree.TypeLiteral: _type_literal,
    tree.Query: _query,
}
