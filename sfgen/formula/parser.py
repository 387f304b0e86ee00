"""Reads a formula: text to a tree."""

from __future__ import annotations

import functools
import re
from decimal import Decimal
from typing import Final, NoReturn

from sfgen.formula.tree import Call, FormulaSyntaxError, Index, Literal, Node, Operation, Path

__all__ = ["parse_formula"]

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+|/\*.*?\*/)
      | (?P<number>[0-9]+\.?[0-9]*|\.[0-9]+)
      | (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
      | (?P<name>\$?[A-Za-z_]\w*)
      | (?P<sign>&&|\|\||==|!=|<>|<=|>=|[-+*/^&<>=!().,\[\]])""",
    re.VERBOSE | re.DOTALL,
)
#: Operators with two operands: how tightly they bind.
_STRENGTHS: Final = {
    sign: strength
    for strength, signs in enumerate(
        ("||", "&&", "= == != <>", "< <= > >=", "&", "+ -", "* /", "^")
    )
    for sign in signs.split()
}
_CONSTANTS: Final = {"true": True, "false": False, "null": None}
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t"}
#: Nested brackets, calls and signs: beyond any formula, far below Python's own limit.
_DEPTH: Final = 90
#: Tokens of a formula; its text is 3,900 characters at most (Salesforce Help, "Formula Field
#: Limits and Restrictions").
_TOKENS: Final = 4_000
#: Digits of a number, as formulas have them at most.
_DIGITS: Final = 40


@functools.lru_cache(maxsize=1024)
def parse_formula(text: str) -> Node:
    """The tree of a formula. FormulaSyntaxError for what is none."""
    return _Parser(text).parse()


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = _split(text)
        self._at = 0
        self._depth = 0

    def parse(self) -> Node:
        if not self._tokens:
            raise FormulaSyntaxError("it is empty")
        node = self._operations(0)
        if self._at < len(self._tokens):
            self._fail(f"unexpected {self._tokens[self._at][1]!r}")
        return node

    def _operations(self, weakest: int) -> Node:
        """A chain of operators that bind at least as tightly as `weakest`."""
        node = self._unary()
        while (strength := _STRENGTHS.get(self._sign(), -1)) >= weakest:
            sign = self._sign()
            self._at += 1
            node = Operation(sign, node, self._operations(strength + 1))
        return node

    def _unary(self) -> Node:
        sign = self._sign()
        if sign in {"!", "-", "+"}:
            self._at += 1
            self._deepen()
            node = Operation(sign, None, self._unary())
            self._depth -= 1
            return node
        return self._members(self._primary())

    def _primary(self) -> Node:
        if self._at >= len(self._tokens):
            self._fail("it ends too early")
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "number":
            if len(text) > _DIGITS:
                self._fail("a number is too long")
            return Literal(Decimal(text))
        if kind == "text":
            return Literal(_unquoted(text))
        if kind == "name":
            return self._named(text)
        if text == "(":
            return self._inside(")")
        return self._fail(f"unexpected {text!r}")

    def _inside(self, end: str) -> Node:
        self._deepen()
        node = self._operations(0)
        self._expect(end)
        self._depth -= 1
        return node

    def _named(self, name: str) -> Node:
        if name.lower() in _CONSTANTS and self._sign() not in {"(", "."}:
            return Literal(_CONSTANTS[name.lower()])
        if self._sign() == "(":
            return Call(name.upper(), self._arguments())
        parts = [name]
        while self._sign() == "." and self._name_after():
            parts.append(self._name_after())
            self._at += 2
        return Path(tuple(parts))

    def _members(self, node: Node) -> Node:
        while (sign := self._sign()) in {"[", "."}:
            if sign == "[":
                self._at += 1
                node = Index(node, self._inside("]"))
                continue
            name = self._name_after()
            if not name:
                self._fail("a name must follow the dot")
            node = Index(node, Literal(name))
            self._at += 2
        if self._sign() == "(":
            self._fail("methods can't be called in an expression, only functions")
        return node

    def _arguments(self) -> tuple[Node, ...]:
        self._at += 1
        self._deepen()
        nodes: list[Node] = []
        while self._sign() != ")":
            if nodes:
                self._expect(",")
            nodes.append(self._operations(0))
        self._at += 1
        self._depth -= 1
        return tuple(nodes)

    def _deepen(self) -> None:
        self._depth += 1
        if self._depth > _DEPTH:
            self._fail("it is nested too deeply")

    def _sign(self) -> str:
        """The sign that comes next; empty where something else does."""
        kind, text = self._tokens[self._at] if self._at < len(self._tokens) else ("", "")
        return text if kind == "sign" else ""

    def _name_after(self) -> str:
        """The name behind the next token; empty where something else is."""
        place = self._at + 1
        kind, text = self._tokens[place] if place < len(self._tokens) else ("", "")
        return text if kind == "name" else ""

    def _expect(self, sign: str) -> None:
        if self._sign() != sign:
            self._fail(f"{sign!r} is missing")
        self._at += 1

    def _fail(self, reason: str) -> NoReturn:
        raise FormulaSyntaxError(reason)


def _split(text: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None or found.lastgroup is None:
            raise FormulaSyntaxError(f"unexpected {text[place]!r}")
        if found.lastgroup != "space":
            tokens.append((found.lastgroup, found[0]))
        if len(tokens) > _TOKENS:
            raise FormulaSyntaxError("it is too long")
        place = found.end()
    return tokens


def _unquoted(text: str) -> str:
    return re.sub(
        r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), text[1:-1], flags=re.DOTALL
    )
