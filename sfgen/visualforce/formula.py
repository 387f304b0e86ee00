"""The tree of a formula and what it means: values, operators, and what is looked at only at need.

The language is the formula language of the Visualforce Developer Guide, appendix "Global
Variables, Functions, and Expression Operators".
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from sfgen.visualforce.errors import VisualforceError

if TYPE_CHECKING:
    from collections.abc import Callable


class Scope(Protocol):
    """Where names get their values."""

    def resolve(self, path: tuple[str, ...]) -> object:
        """Return what a dotted path such as ``$Resource.Name`` means."""

    def member(self, value: object, key: object) -> object:
        """Return ``value[key]``."""

    def call(self, name: str, values: list[object]) -> object:
        """Call a function of the formula language."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant."""

    value: object

    def evaluate(self, scope: Scope) -> object:
        """Return the constant."""
        del scope
        return self.value


@dataclass(frozen=True, slots=True)
class Path:
    """A dotted name."""

    parts: tuple[str, ...]

    def evaluate(self, scope: Scope) -> object:
        """Look the name up."""
        return scope.resolve(self.parts)


@dataclass(frozen=True, slots=True)
class Index:
    """``value[key]``, or a name behind an index or a call."""

    value: Node
    key: Node

    def evaluate(self, scope: Scope) -> object:
        """Take the member."""
        return scope.member(self.value.evaluate(scope), self.key.evaluate(scope))


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the formula language; IF, AND and OR look only at what they need."""

    name: str
    arguments: tuple[Node, ...]

    def evaluate(self, scope: Scope) -> object:
        """Evaluate the arguments and call."""
        if self.name == "IF" and len(self.arguments) == 3:
            test, yes, no = self.arguments
            return (yes if truth(test.evaluate(scope)) else no).evaluate(scope)
        if self.name in {"AND", "OR"} and self.arguments:
            stop = self.name == "OR"
            found = (truth(node.evaluate(scope)) is stop for node in self.arguments)
            return stop if any(found) else not stop
        return scope.call(self.name, [node.evaluate(scope) for node in self.arguments])


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator with one operand (``left`` is ``None``) or two."""

    sign: str
    left: Node | None
    right: Node

    def evaluate(self, scope: Scope) -> object:
        """Apply the operator."""
        if self.left is None:
            value = self.right.evaluate(scope)
            return not truth(value) if self.sign == "!" else -_number(value)
        if self.sign in {"&&", "||"}:
            stop = self.sign == "||"
            if truth(self.left.evaluate(scope)) is stop:
                return stop
            return truth(self.right.evaluate(scope))
        return _apply(self.sign, self.left.evaluate(scope), self.right.evaluate(scope))


Node = Literal | Path | Index | Call | Operation


def truth(value: object) -> bool:
    """Say whether a value counts as true; text is compared with ``true``."""
    if isinstance(value, str):
        return value.lower() == "true"
    return bool(value)


def as_text(value: object) -> str:
    """Write a value as Visualforce prints it: nothing for null, lower-case booleans."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise VisualforceError(f"{as_text(value)!r} is no number")
    return Decimal(str(value)) if isinstance(value, float) else Decimal(value)


def _apply(sign: str, left: object, right: object) -> object:
    if sign in {"=", "=="}:
        return _same(left, right)
    if sign in {"!=", "<>"}:
        return not _same(left, right)
    if sign == "&" or (sign == "+" and (isinstance(left, str) or isinstance(right, str))):
        return as_text(left) + as_text(right)
    return _calculate(sign, _number(left), _number(right))


def _same(left: object, right: object) -> bool:
    numbers = int | float | Decimal
    if isinstance(left, numbers) and isinstance(right, numbers):
        return left == right
    return as_text(left) == as_text(right)


def _calculate(sign: str, left: Decimal, right: Decimal) -> object:
    if sign == "/" and not right:
        raise VisualforceError("division by zero")
    if sign == "^" and (abs(right) > 64 or (right < 0 and not left)):
        raise VisualforceError("the exponent is out of range")
    operations: dict[str, Callable[[], object]] = {
        "<": lambda: left < right,
        "<=": lambda: left <= right,
        ">": lambda: left > right,
        ">=": lambda: left >= right,
        "+": lambda: left + right,
        "-": lambda: left - right,
        "*": lambda: left * right,
        "/": lambda: left / right,
        "^": lambda: left**right,
    }
    try:
        return operations[sign]()
    except ArithmeticError as error:
        raise VisualforceError("the number is out of range") from error
