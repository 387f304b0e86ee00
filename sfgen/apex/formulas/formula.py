"""Formulas evaluated against a record."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sfgen.apex.formulas.formula_context import FormulaContext
from sfgen.apex.formulas.formula_functions import FUNCTIONS, as_number, as_text
from sfgen.apex.formulas.formula_syntax import FormulaError, Node, parse_formula
from sfgen.apex.runtime.execution import current, has_current

__all__ = ["evaluate"]

_DAY = 86_400_000


def evaluate(text: str, context: FormulaContext) -> Any:
    """The value of a formula; FormulaError for what this runtime doesn't have."""
    return _value(parse_formula(text), context)


def _value(node: Node, context: FormulaContext) -> Any:
    kind = node[0]
    if kind == "value":
        return node[1]
    if kind == "field":
        return context.field(node[1])
    if kind == "call":
        return _call(node[1], node[2], context)
    if kind == "unary":
        operand = _value(node[2], context)
        return not operand if node[1] == "!" else as_number(operand) * (-1 if node[1] == "-" else 1)
    return _binary(node[1], node[2], node[3], context)


def _binary(sign: str, left: Node, right: Node, context: FormulaContext) -> Any:
    first = _value(left, context)
    if sign == "&&":
        return bool(first) and bool(_value(right, context))
    if sign == "||":
        return bool(first) or bool(_value(right, context))
    second = _value(right, context)
    if sign == "&":
        return as_text(first) + as_text(second)
    if sign in {"=", "==", "<>", "!="}:
        if _is_blank_beside_number(first, second):
            return False
        return _same(first, second) == (sign in {"=", "=="})
    if sign in {"<", ">", "<=", ">="}:
        return _ordered(sign, first, second)
    if not context.blank_as_zero and _is_blank_beside_number(first, second):
        return None
    return _arithmetic(sign, first, second)


def _is_blank_beside_number(first: Any, second: Any) -> bool:
    """Whether a blank meets a number or date: neither equal nor different, so no rule fires."""
    values = [first, second]
    return None in values and any(isinstance(each, Decimal | dt.date) for each in values)


def _same(first: Any, second: Any) -> bool:
    return (None if first == "" else first) == (None if second == "" else second)


def _ordered(sign: str, first: Any, second: Any) -> bool:
    if first is None or second is None:
        return False
    if isinstance(first, dt.datetime) != isinstance(second, dt.datetime):
        first = first.date() if isinstance(first, dt.datetime) else first
        second = second.date() if isinstance(second, dt.datetime) else second
    results = {"<": first < second, ">": first > second, "<=": first <= second}
    return bool(results.get(sign, first >= second))


def _arithmetic(sign: str, first: Any, second: Any) -> Any:
    if isinstance(first, dt.date) or isinstance(second, dt.date):
        return _dates(sign, first, second)
    if isinstance(first, dt.time) or isinstance(second, dt.time):
        return _times(sign, first, second)
    if sign == "+" and (isinstance(first, str) or isinstance(second, str)):
        return as_text(first) + as_text(second)
    left, right = as_number(first), as_number(second)
    if sign == "/":
        return left / right if right else None
    return (
        {"+": left + right, "-": left - right, "*": left * right}.get(sign)
        if sign != "^"
        else left**right
    )


def _times(sign: str, first: Any, second: Any) -> Any:
    """A time moves by milliseconds, around midnight; two times are milliseconds apart."""
    if first is None or second is None:
        return None
    start = _milliseconds(first if isinstance(first, dt.time) else second)
    if isinstance(first, dt.time) and isinstance(second, dt.time):
        return Decimal(start - _milliseconds(second))
    number = int(as_number(second if isinstance(first, dt.time) else first))
    moved = (start + number if sign == "+" else start - number) % _DAY
    seconds, rest = divmod(moved, 1000)
    return dt.time(seconds // 3600, seconds // 60 % 60, seconds % 60, 1000 * rest)


def _milliseconds(time: dt.time) -> int:
    seconds = time.hour * 3600 + time.minute * 60 + time.second
    return 1000 * seconds + time.microsecond // 1000


def _dates(sign: str, first: Any, second: Any) -> Any:
    if first is None or second is None:
        return None
    if isinstance(first, dt.date) and isinstance(second, dt.date):
        gap = first - second
        return Decimal(gap.days) + Decimal(gap.seconds) / 86400
    day, number = (first, second) if isinstance(first, dt.date) else (second, first)
    step = dt.timedelta(days=float(as_number(number)))
    if not isinstance(day, dt.datetime):
        step = dt.timedelta(days=int(as_number(number)))
    return day + step if sign == "+" else day - step


def _call(name: str, arguments: tuple[Node, ...], context: FormulaContext) -> Any:
    lazy = _LAZY.get(name)
    if lazy is not None:
        return lazy(arguments, context)
    function = FUNCTIONS.get(name)
    if function is None:
        raise FormulaError(f"not supported yet: {name} in a formula")
    return function(*(_value(each, context) for each in arguments))


def _if(arguments: tuple[Node, ...], context: FormulaContext) -> Any:
    return _value(arguments[1 if _value(arguments[0], context) else 2], context)


def _case(arguments: tuple[Node, ...], context: FormulaContext) -> Any:
    subject = _value(arguments[0], context)
    pairs = arguments[1:-1]
    for place in range(0, len(pairs) - 1, 2):
        if _same(subject, _value(pairs[place], context)):
            return _value(pairs[place + 1], context)
    return _value(arguments[-1], context)


def _is_blank(arguments: tuple[Node, ...], context: FormulaContext) -> bool:
    node = arguments[0]
    if node[0] == "field" and not node[1][0].startswith("$"):
        context = FormulaContext(
            context.world, context.owner, context.row, context.old, blank_as_zero=False
        )
    return _value(node, context) in {None, ""}


def _blank_value(arguments: tuple[Node, ...], context: FormulaContext) -> Any:
    return _value(arguments[1 if _is_blank(arguments, context) else 0], context)


def _prior(arguments: tuple[Node, ...], context: FormulaContext) -> Any:
    row = context.row if context.old is None else context.old
    return _value(
        arguments[0],
        FormulaContext(context.world, context.owner, row, None, context.blank_as_zero),
    )


def _is_changed(arguments: tuple[Node, ...], context: FormulaContext) -> bool:
    if context.old is None:
        return False
    return not _same(_value(arguments[0], context), _prior(arguments, context))


def _today(*_: Any) -> dt.date:
    return current().today() if has_current() else dt.datetime.now(dt.timezone.utc).date()


def _now(*_: Any) -> dt.datetime:
    return current().now() if has_current() else dt.datetime.now(dt.timezone.utc)


_LAZY: dict[str, Any] = {
    "IF": _if,
    "CASE": _case,
    "AND": lambda nodes, context: all(_value(each, context) for each in nodes),
    "OR": lambda nodes, context: any(_value(each, context) for each in nodes),
    "NOT": lambda nodes, context: not _value(nodes[0], context),
    "ISBLANK": _is_blank,
    "ISNULL": _is_blank,
    "BLANKVALUE": _blank_value,
    "NULLVALUE": _blank_value,
    "PRIORVALUE": _prior,
    "ISCHANGED": _is_changed,
    "ISNEW": lambda _, context: context.old is None,
    "ISCLONE": lambda *_: False,
    "TODAY": _today,
    "NOW": _now,
    "TIMENOW": lambda *_: _now().time().replace(tzinfo=None),
}
