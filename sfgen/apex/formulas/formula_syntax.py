"""The formula language of fields, rules and defaults: text to a tree of tuples."""

from __future__ import annotations

import functools
import re
from decimal import Decimal
from typing import Any

from sfgen.errors import SfgenError

__all__ = ["FormulaError", "Node", "parse_formula"]

Node = tuple[Any, ...]
"""("value", v), ("field", parts), ("call", NAME, arguments), ("binary", sign, left, right),
("unary", sign, operand)."""

_TOKEN = re.compile(
    r"""(?P<space>\s+|/\*.*?\*/)
      | (?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
      | (?P<number>\d+\.?\d*|\.\d+)
      | (?P<name>\$?[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*)
      | (?P<sign><=|>=|<>|!=|==|&&|\|\||[-+*/^&=<>!(),])""",
    re.VERBOSE | re.DOTALL,
)
_LEVELS: tuple[tuple[str, ...], ...] = (
    ("||",),
    ("&&",),
    ("=", "==", "<>", "!="),
    ("<", ">", "<=", ">="),
    ("&",),
    ("+", "-"),
    ("*", "/"),
    ("^",),
)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


class FormulaError(SfgenError):
    """A formula that can't be read or uses what this runtime doesn't have."""


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        place = 0
        while place < len(text):
            found = _TOKEN.match(text, place)
            if not found:
                raise FormulaError(f"Syntax error in formula at {text[place : place + 20]!r}")
            if found.lastgroup != "space":
                self.tokens.append((found.lastgroup or "", found[0]))
            place = found.end()
        self.tokens.append(("end", ""))
        self.place = 0

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.place]

    def take(self) -> tuple[str, str]:
        self.place += 1
        return self.tokens[self.place - 1]

    def expect(self, sign: str) -> None:
        if self.take()[1] != sign:
            raise FormulaError(f"Syntax error in formula. Missing '{sign}'")


@functools.lru_cache(maxsize=1024)
def parse_formula(text: str) -> Node:
    """The tree of a formula; FormulaError for what is none."""
    reader = _Reader(text)
    node = _parse_level(reader, 0)
    if reader.peek()[0] != "end":
        raise FormulaError(f"Syntax error in formula. Extra {reader.peek()[1]!r}")
    return node


def _parse_level(reader: _Reader, level: int) -> Node:
    if level == len(_LEVELS):
        return _parse_unary(reader)
    left = _parse_level(reader, level + 1)
    while reader.peek()[0] == "sign" and reader.peek()[1] in _LEVELS[level]:
        sign = reader.take()[1]
        left = ("binary", sign, left, _parse_level(reader, level + 1))
    return left


def _parse_unary(reader: _Reader) -> Node:
    kind, text = reader.peek()
    if kind == "sign" and text in "-+!":
        reader.take()
        return ("unary", text, _parse_unary(reader))
    return _parse_primary(reader)


def _parse_primary(reader: _Reader) -> Node:
    kind, text = reader.take()
    if kind == "number":
        return ("value", Decimal(text))
    if kind == "text":
        return ("value", _unescape(text))
    if kind == "name":
        return _parse_name(reader, re.sub(r"\s+", "", text))
    if text == "(":
        node = _parse_level(reader, 0)
        reader.expect(")")
        return node
    raise FormulaError(f"Syntax error in formula. Found {text or 'its end'!r}")


def _parse_name(reader: _Reader, name: str) -> Node:
    if reader.peek()[1] == "(":
        reader.take()
        arguments = []
        while reader.peek()[1] != ")":
            arguments.append(_parse_level(reader, 0))
            if reader.peek()[1] != ",":
                break
            reader.take()
        reader.expect(")")
        return ("call", name.upper(), tuple(arguments))
    constants = {"TRUE": True, "FALSE": False, "NULL": None}
    if name.upper() in constants:
        return ("value", constants[name.upper()])
    return ("field", tuple(name.split(".")))


def _unescape(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), text[1:-1])
