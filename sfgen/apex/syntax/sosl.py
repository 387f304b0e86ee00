"""SOSL text to nodes (SOQL and SOSL Reference, "SOSL Syntax")."""

from __future__ import annotations

import functools
from dataclasses import replace

from sfgen.apex.syntax.soql import parse_tail
from sfgen.apex.syntax.soql_conditions import parse_expression, parse_operand
from sfgen.apex.syntax.soql_nodes import (
    FieldPath,
    Literal,
    Operand,
    Query,
    Returning,
    Search,
    SelectItem,
)
from sfgen.apex.syntax.soql_tokens import TokenReader

__all__ = ["parse_sosl"]

_WORDS_BEFORE_FIELDS = frozenset("WHERE WITH GROUP ORDER LIMIT OFFSET USING )".split())


@functools.lru_cache(maxsize=512)
def parse_sosl(text: str) -> Search:
    """The search that `text` holds; raises SoqlError.

    Apex writes the term as `'text'` or `:bind`, the API and Search.query also as `{text}`.
    """
    reader = TokenReader(text)
    reader.expect("FIND")
    term = _parse_term(reader)
    scope = "ALL FIELDS"
    if reader.accept("IN"):
        scope = f"{reader.name().word} FIELDS"
        reader.expect("FIELDS")
    returning: list[Returning] = []
    if reader.accept("RETURNING"):
        returning.append(_parse_returning(reader))
        while reader.accept(","):
            returning.append(_parse_returning(reader))
    mode, limit = _parse_rest(reader)
    if reader.peek().kind != "end":
        raise reader.unexpected()
    return Search(term, scope, tuple(returning), mode, limit)


def _parse_term(reader: TokenReader) -> Operand:
    if not reader.at("{"):
        return parse_operand(reader)
    start, end = reader.take_until("}")
    return Literal("string", reader.text[start:end])


def _parse_returning(reader: TokenReader) -> Returning:
    source = reader.name()
    empty = Query((SelectItem(FieldPath(("Id",))),), source.text, position=source.offset)
    if not reader.accept("("):
        return Returning(source.text, empty)
    fields = []
    if reader.peek().word not in _WORDS_BEFORE_FIELDS:
        fields.append(SelectItem(parse_expression(reader)))
        while reader.accept(","):
            fields.append(SelectItem(parse_expression(reader)))
    query = replace(empty, select=tuple(fields) or empty.select)
    query = parse_tail(reader, query)
    reader.expect(")")
    return Returning(source.text, query)


def _parse_rest(reader: TokenReader) -> tuple[str | None, Operand | None]:
    mode, limit = None, None
    while True:
        if reader.accept("WITH"):
            word = reader.name().word
            mode = word if word.endswith("_MODE") or word == "SECURITY_ENFORCED" else mode
            _skip_setting(reader)
        elif reader.accept("LIMIT"):
            limit = parse_operand(reader)
        elif reader.accept("UPDATE"):
            reader.name()
        else:
            return mode, limit


def _skip_setting(reader: TokenReader) -> None:
    """Pass over `= value`, `(...)` of WITH NETWORK, SNIPPET, METADATA and kin: no effect here."""
    if reader.accept("("):
        while not reader.accept(")"):
            reader.take()
    if reader.accept("="):
        parse_operand(reader)
