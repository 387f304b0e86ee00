"""Writes operators, by what they do to operands of their types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.compiler.conversions import Code, coerce
from sfgen.apex.names.meanings import Missing
from sfgen.apex.names.overloads import NUMERIC
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import BOOLEAN, DATETIME, ApexType

if TYPE_CHECKING:
    from sfgen.apex.compiler.function import FunctionCompiler
    from sfgen.apex.names.meanings import InstanceTest, Operation, Typed

__all__ = ["binary", "cast", "computed", "instance_of", "sign", "ternary"]

_ARITHMETIC = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide"}
_WRAP = {"Integer": "i32", "Long": "i64"}
_ORDER = {"<": "less", ">": "more", "<=": "less_equal", ">=": "more_equal"}
_IDENTICAL = frozenset({"Boolean", "Integer", "Long"})
_TEXTS = frozenset({"String", "Id"})


def binary(function: FunctionCompiler, node: tree.Binary, meaning: Operation) -> Code:
    """`left operator right`."""
    operator, form = node.operator, meaning.form
    if form == "logic":
        word = "and" if operator == "&&" else "or"
        text = f"({function.truth(node.left)} {word} {function.truth(node.right)})"
        return Code(text, BOOLEAN, sure=True)
    left, right = function.expression(node.left), function.expression(node.right)
    if form in {"or else", "row or else"}:
        return _coalesced(function, meaning, left, right)
    if form == "ordering":
        return _ordering(operator, left, right)
    if form in {"equality", "identity"}:
        same = f"same({left.text}, {right.text})"
        text = same if form == "identity" else _equal(function, left, right)
        return Code(f"(not {text})" if operator[0] == "!" else text, BOOLEAN, sure=True)
    return computed(function, meaning, operator, left, right)


def _coalesced(function: FunctionCompiler, meaning: Operation, left: Code, right: Code) -> Code:
    """`left ?? right`: the right side only when the left is null (OP39, OP41)."""
    if meaning.form == "row or else":
        left = Code(f"row_or_null({left.text})", left.type.element)
    name = function.temporary()
    first = coerce(function.world, Code(name, left.type), meaning.type)
    second = coerce(function.world, right, meaning.type)
    text = f"({first.text} if ({name} := {left.text}) is not None else {second.text})"
    return Code(text, meaning.type, second.sure)


def _equal(function: FunctionCompiler, left: Code, right: Code) -> str:
    """Text of `left == right` by the rules of their types (OP01-OP08)."""
    if right.type.name == "null":
        return f"({left.text} is None)"
    if left.type.name == "null":
        return f"({right.text} is None)"
    names = {left.type.name, right.type.name}
    if left.type.name in _IDENTICAL and right.type.name in _IDENTICAL:
        return f"({left.text} == {right.text})"
    symbol = function.world.symbol(left.type)
    if symbol is not None and symbol.kind == "enum":
        return f"({left.text} is {right.text})"
    if names == {"String"}:
        return f"equal_text({left.text}, {right.text})"
    if names <= _TEXTS:
        return f"equal_ids({left.text}, {right.text})"
    return f"equal({left.text}, {right.text})"


def _ordering(operator: str, left: Code, right: Code) -> Code:
    names = {left.type.name, right.type.name}
    if left.sure and right.sure and names <= {"Integer", "Long"}:
        return Code(f"({left.text} {operator} {right.text})", BOOLEAN, sure=True)
    return Code(f"{_ORDER[operator]}({left.text}, {right.text})", BOOLEAN, sure=True)


def computed(
    function: FunctionCompiler,
    meaning: Operation | Missing,
    operator: str,
    left: Code,
    right: Code,
) -> Code:
    """Arithmetic, concatenation and bits over two operands that are written."""
    if isinstance(meaning, Missing):
        return function.missing(meaning)
    form, kind = meaning.form, meaning.type
    if form == "concatenation":
        # One call for a whole chain: Python refuses deeply nested brackets.
        is_chain = left.type.name == "String" and left.text.startswith("concat(")
        before = left.text[:-1] if is_chain else f"concat({left.text}"
        return Code(f"{before}, {right.text})", kind, sure=True)
    if form == "bits":
        return _bits(operator, left, right, kind)
    if form == "arithmetic":
        return _arithmetic(function, operator, left, right, kind)
    if form == "time shift":
        return Code(f"shift_time({left.text}, {right.text}, {operator!r})", kind)
    return Code(f"arithmetic({operator!r}, {left.text}, {right.text})", kind)


def _bits(operator: str, left: Code, right: Code, kind: ApexType) -> Code:
    if kind == BOOLEAN:
        return Code(f"bits({operator!r}, {left.text}, {right.text})", BOOLEAN, sure=True)
    is_long = kind.name == "Long"
    wrap = "i64" if is_long else "i32"
    if operator == ">>>":
        size = 64 if is_long else 32
        return Code(f"{wrap}(shift_right({left.text}, {right.text}, {size}))", kind, sure=True)
    if operator in {"<<", ">>"}:
        places = 63 if is_long else 31
        text = f"{wrap}({left.text} {operator} ({right.text} & {places}))"
        return Code(text, kind, sure=True)
    return Code(f"{wrap}({left.text} {operator} {right.text})", kind, sure=True)


def _arithmetic(
    function: FunctionCompiler, operator: str, left: Code, right: Code, kind: ApexType
) -> Code:
    wrap = _WRAP.get(kind.name)
    if wrap and operator == "/":
        return Code(f"{wrap}(divide_whole({left.text}, {right.text}))", kind, sure=True)
    if wrap:
        return Code(f"{wrap}({left.text} {operator} {right.text})", kind, sure=True)
    first, second = (coerce(function.world, each, kind) for each in (left, right))
    name = f"{kind.name.lower()}_{_ARITHMETIC[operator]}"
    return Code(f"{name}({first.text}, {second.text})", kind, sure=True)


def sign(function: FunctionCompiler, node: tree.Unary) -> Code:
    """A sign, `!` or `~`."""
    if node.operator == "!":
        return Code(f"(not {function.truth(node.operand)})", BOOLEAN, sure=True)
    operand = function.expression(node.operand)
    if node.operator == "+":
        return operand
    wrap = _WRAP.get(operand.type.name, "")
    if node.operator == "~":
        return Code(f"{wrap or 'i32'}(~{operand.text})", operand.type, sure=True)
    if operand.type.name == "Decimal":
        return Code(f"decimal_negate({operand.text})", operand.type, sure=True)
    return Code(f"{wrap}(-{operand.text})", operand.type, sure=True)


def ternary(function: FunctionCompiler, node: tree.Ternary, meaning: Typed) -> Code:
    """`condition ? yes : no`."""
    condition = function.truth(node.condition)
    yes = function.converted(node.yes, meaning.type)
    no = function.converted(node.no, meaning.type)
    text = f"({yes.text} if {condition} else {no.text})"
    return Code(text, meaning.type, yes.sure and no.sure)


def cast(function: FunctionCompiler, node: tree.Cast, meaning: Typed) -> Code:
    """`(Type) operand`."""
    wanted = meaning.type
    operand = function.expression(node.operand)
    source = operand.type
    if source.key == wanted.key or source.name == "null":
        return Code(operand.text, wanted, operand.sure)
    numbers = source.name in NUMERIC and wanted.name in NUMERIC
    widened = (source.name, wanted.name) == ("Date", "Datetime")
    if numbers or widened or {source.name, wanted.name} == {"Id", "String"}:
        return coerce(function.world, operand, wanted)
    if isinstance(node.operand, tree.Query) and function.world.is_record(wanted):
        return coerce(function.world, operand, wanted)
    text = f"cast({operand.text}, {function.type_constant(wanted)})"
    return Code(text, wanted, operand.sure)


def instance_of(function: FunctionCompiler, node: tree.InstanceOf, meaning: InstanceTest) -> Code:
    """`operand instanceof Type`."""
    operand = function.expression(node.operand)
    wanted = function.type_constant(meaning.wanted)
    text = f"instance_of({operand.text}, {wanted})"
    if operand.type == DATETIME and meaning.wanted.name == "Datetime":
        text = f"({operand.text} is not None)"
    return Code(text, BOOLEAN, sure=True)
