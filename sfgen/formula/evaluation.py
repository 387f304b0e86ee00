"""Evaluates a formula's tree in a scope; what isn't needed isn't looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.formula.tree import Call, FormulaError, Index, Literal, Node, Operation, Path
from sfgen.formula.values import as_text, is_blank

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sfgen.formula.scope import Lazy, Scope

__all__ = ["evaluate"]


def evaluate(node: Node, scope: Scope) -> Any:
    """The value of a formula. FormulaError for what the scope doesn't have.

    Chains of operators are as deep as they are long: they are walked, not recursed into.
    """
    chain: list[Operation | Index] = []
    while True:
        if isinstance(node, Operation) and node.left is not None:
            chain.append(node)
            node = node.left
        elif isinstance(node, Index):
            chain.append(node)
            node = node.value
        else:
            break
    value = _single(node, scope)
    while chain:
        step = chain.pop()
        if isinstance(step, Index):
            value = scope.member(value, evaluate(step.key, scope))
        else:
            value = _operation(step, value, scope)
    return value


def _single(node: Node, scope: Scope) -> Any:
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Path):
        return scope.resolve(node.parts)
    if isinstance(node, Call):
        return _call(node, scope)
    value = evaluate(node.right, scope) if isinstance(node, Operation) else None
    if isinstance(node, Operation) and node.sign == "!":
        return not scope.truth(value)
    number = scope.number(value)
    return -number if isinstance(node, Operation) and node.sign == "-" else number


def _operation(node: Operation, first: Any, scope: Scope) -> Any:
    sign = node.sign
    if sign in {"&&", "||"}:
        stop = sign == "||"
        return stop if scope.truth(first) is stop else scope.truth(evaluate(node.right, scope))
    second = evaluate(node.right, scope)
    if sign == "&":
        return as_text(first) + as_text(second)
    if sign in {"=", "=="}:
        return scope.same(first, second)
    if sign in {"<>", "!="}:
        return scope.differ(first, second)
    if sign in {"<", ">", "<=", ">="}:
        return _ordered(sign, first, second, scope)
    return scope.calculate(sign, first, second)


def _ordered(sign: str, first: Any, second: Any, scope: Scope) -> bool:
    if first is None or second is None:
        return False
    if sign in {"<", ">="}:
        return scope.is_less(first, second) is (sign == "<")
    return scope.is_less(second, first) is (sign == ">")


def _call(node: Call, scope: Scope) -> Any:
    name, arguments = node.name, node.arguments
    lazy = scope.own_functions.get(name) or _LAZY.get(name)
    if lazy is not None:
        try:
            return lazy(arguments, scope)
        except IndexError:
            raise _miscounted(node) from None
    function = scope.functions.get(name)
    if function is None:
        raise scope.unsupported(name)
    values = [evaluate(each, scope) for each in arguments]
    try:
        return function(*values)
    except TypeError as error:
        raise _miscounted(node) from error
    except (ArithmeticError, ValueError):
        return scope.undefined(f"{name} can't take these values")


def _miscounted(node: Call) -> FormulaError:
    return FormulaError(f"{node.name} can't take {len(node.arguments)} arguments")


def _if(arguments: tuple[Node, ...], scope: Scope) -> Any:
    test, yes, no = arguments[0], arguments[1], arguments[2]
    return evaluate(yes if scope.truth(evaluate(test, scope)) else no, scope)


def _case(arguments: tuple[Node, ...], scope: Scope) -> Any:
    subject = evaluate(arguments[0], scope)
    pairs = arguments[1:-1]
    for place in range(0, len(pairs) - 1, 2):
        if scope.same(subject, evaluate(pairs[place], scope)):
            return evaluate(pairs[place + 1], scope)
    return evaluate(arguments[-1], scope)


def _is_blank(arguments: tuple[Node, ...], scope: Scope) -> bool:
    node = arguments[0]
    field = isinstance(node, Path) and not node.parts[0].startswith("$")
    return is_blank(evaluate(node, scope.unfilled() if field else scope))


def _blank_value(arguments: tuple[Node, ...], scope: Scope) -> Any:
    return evaluate(arguments[1 if _is_blank(arguments, scope) else 0], scope)


_LAZY: Mapping[str, Lazy] = {
    "IF": _if,
    "CASE": _case,
    "AND": lambda nodes, scope: all(scope.truth(evaluate(each, scope)) for each in nodes),
    "OR": lambda nodes, scope: any(scope.truth(evaluate(each, scope)) for each in nodes),
    "NOT": lambda nodes, scope: not scope.truth(evaluate(nodes[0], scope)),
    "ISBLANK": _is_blank,
    "ISNULL": _is_blank,
    "BLANKVALUE": _blank_value,
    "NULLVALUE": _blank_value,
}
