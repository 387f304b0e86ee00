"""Visualforce expressions: ``{!...}`` becomes a tree once, and a value at each rendering.

The language is the formula language of the Visualforce Developer Guide, appendix "Global
Variables, Functions, and Expression Operators": literals, paths, calls and the listed operators.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NoReturn

from sfgen.visualforce.errors import VisualforceError
from sfgen.visualforce.formula import Call, Index, Literal, Operation, Path

if TYPE_CHECKING:
    from sfgen.visualforce.formula import Node

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
#: Tokens of one expression: a long chain of operators is a deep tree.
_TOKENS: Final = 800
#: Characters of an expression in an error.
_SHOWN: Final = 120
#: Digits of a number, as formulas have them at most.
_DIGITS: Final = 40


def parse_expression(text: str) -> Node:
    """Parse what stands between ``{!`` and ``}``.

    Raises:
        VisualforceError: it is no expression.
    """
    return _Parser(text).parse()


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
            if len(tokens) > _TOKENS:
                self._fail("it is too long")
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
            if len(text) > _DIGITS:
                self._fail("a number is too long")
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
        shown = self._text if len(self._text) <= _SHOWN else f"{self._text[:_SHOWN]}..."
        raise VisualforceError(f"{{!{shown}}} is no expression: {reason}")


def _unquote(text: str) -> str:
    escapes = {"n": "\n", "r": "\r", "t": "\t"}
    return re.sub(
        r"\\(.)", lambda m: escapes.get(m.group(1), m.group(1)), text[1:-1], flags=re.DOTALL
    )
