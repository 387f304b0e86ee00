"""Apex text into a tree."""

from __future__ import annotations

import sys

from sfgen.apex.syntax.declarations import DeclarationReader
from sfgen.apex.syntax.lexer import ApexSyntaxError
from sfgen.apex.syntax.tree import ApexFile, Expression

__all__ = ["parse_anonymous", "parse_class", "parse_expression", "parse_trigger"]

_DEEP = 20_000


class _Deep:
    """Room for deeply nested expressions (long chains of `+`)."""

    def __enter__(self) -> None:
        self._before = sys.getrecursionlimit()
        sys.setrecursionlimit(max(self._before, _DEEP))

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        sys.setrecursionlimit(self._before)
        if kind is RecursionError:
            raise ApexSyntaxError("Expression is nested too deeply", 1, 1)


def parse_class(source: str) -> ApexFile:
    """Read a class file (`.cls`): a class, interface or enum. Raises ApexSyntaxError."""
    with _Deep():
        return ApexFile(type=DeclarationReader(source).class_file())


def parse_trigger(source: str) -> ApexFile:
    """Read a trigger file. Raises ApexSyntaxError."""
    with _Deep():
        return ApexFile(trigger=DeclarationReader(source).trigger_file())


def parse_anonymous(source: str) -> ApexFile:
    """Read an anonymous block. Raises ApexSyntaxError."""
    with _Deep():
        return DeclarationReader(source).anonymous()


def parse_expression(source: str) -> Expression:
    """Read one expression, for example a bind of a dynamic query. Raises ApexSyntaxError."""
    with _Deep():
        reader = DeclarationReader(source)
        value = reader.expression()
        if reader.token.kind != "end":
            reader.fail(f"Unexpected token '{reader.token.text}'.")
        return value
