"""Visualforce expressions: ``{!...}`` becomes a tree once, and a value at each rendering.

The language is the formula language of the Visualforce Developer Guide, appendix "Global
Variables, Functions, and Expression Operators": literals, paths, calls and the listed operators.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NoReturn, Protocol

from sfgen.preview.visualforce.errors import VisualforceError

if TYPE_CHECKING:
    from collections.abc import Callable

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
    r"|(?P<name>\$?[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>&&|\|\||==|!=|<>|<=|>=|[-+*/^&<>=!().,\[\]]))"
)
#: Binary operators by how tightly they bind, loosest first.
_LEVELS: Final = (
    ("||",),
    ("&&",),
    ("=", "==", "!=", "<>"),
    ("<", "<=", ">", ">="),
    ("&",),
    ("+", "-"),
    ("*", "/"),
    ("^",),
)
#: Nested brackets, calls and signs: far beyond any page, far below Python's own limit.
_DEPTH = 64


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


def parse_expression(text: str) -> Node:
    """Parse what stands between ``{!`` and ``}``.

    Raises:
        VisualforceError: it is no expression.
    """
    return _Parser(text).parse()


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


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = self._split()
        self._at = 0
        self._depth = 0

    def parse(self) -> Node:
        node = self._binary(0)
        if self._at < len(self._tokens):
            self._fail(f"unexpected {self._tokens[self._at][1]!r}")
        return node

    def _split(self) -> list[tuple[str, str]]:
        tokens: list[tuple[str, str]] = []
        text, position = self._text.strip(), 0
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None or match.lastgroup is None:
                self._fail(f"unexpected {text[position]!r}")
            tokens.append((match.lastgroup, match.group(match.lastgroup)))
            position = match.end()
        if not tokens:
            self._fail("it is empty")
        return tokens

    def _binary(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._unary()
        node = self._binary(level + 1)
        while (sign := self._peek()) and sign in _LEVELS[level]:
            self._at += 1
            node = Operation(sign, node, self._binary(level + 1))
        return node

    def _unary(self) -> Node:
        if (sign := self._peek()) and sign in {"!", "-"}:
            self._at += 1
            self._deepen()
            node = Operation(sign, None, self._unary())
            self._depth -= 1
            return node
        return self._behind(self._primary())

    def _primary(self) -> Node:
        if self._at >= len(self._tokens):
            self._fail("it ends too early")
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "number":
            return Literal(Decimal(text) if "." in text else int(text))
        if kind == "text":
            return Literal(_unquote(text))
        if kind == "name":
            return self._name(text)
        if text == "(":
            self._deepen()
            node = self._binary(0)
            self._expect(")")
            self._depth -= 1
            return node
        return self._fail(f"unexpected {text!r}")

    def _name(self, text: str) -> Node:
        constant = {"true": True, "false": False, "null": None}
        if text.lower() in constant and self._peek() not in {"(", "."}:
            return Literal(constant[text.lower()])
        if self._peek() == "(":
            return Call(text.upper(), self._arguments())
        parts = [text]
        while self._peek() == "." and self._at + 1 < len(self._tokens):
            kind, name = self._tokens[self._at + 1]
            if kind != "name":
                break
            parts.append(name)
            self._at += 2
        return Path(tuple(parts))

    def _behind(self, node: Node) -> Node:
        while (sign := self._peek()) in {"[", "."}:
            self._at += 1
            if sign == "[":
                self._deepen()
                node = Index(node, self._binary(0))
                self._expect("]")
                self._depth -= 1
            elif self._at < len(self._tokens) and self._tokens[self._at][0] == "name":
                node = Index(node, Literal(self._tokens[self._at][1]))
                self._at += 1
            else:
                self._fail("a name must follow the dot")
        if self._peek() == "(":
            self._fail("methods can't be called in an expression, only functions")
        return node

    def _arguments(self) -> tuple[Node, ...]:
        self._at += 1
        self._deepen()
        nodes: list[Node] = []
        while self._peek() != ")":
            if nodes:
                self._expect(",")
            nodes.append(self._binary(0))
        self._at += 1
        self._depth -= 1
        return tuple(nodes)

    def _deepen(self) -> None:
        self._depth += 1
        if self._depth > _DEPTH:
            self._fail("it is nested too deeply")

    def _peek(self) -> str | None:
        if self._at < len(self._tokens) and self._tokens[self._at][0] == "sign":
            return self._tokens[self._at][1]
        return None

    def _expect(self, sign: str) -> None:
        if self._peek() != sign:
            self._fail(f"{sign!r} is missing")
        self._at += 1

    def _fail(self, reason: str) -> NoReturn:
        raise VisualforceError(f"{{!{self._text}}} is no expression: {reason}")


def _unquote(text: str) -> str:
    escapes = {"n": "\n", "r": "\r", "t": "\t"}
    return re.sub(
        r"\\(.)", lambda m: escapes.get(m.group(1), m.group(1)), text[1:-1], flags=re.DOTALL
    )


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
