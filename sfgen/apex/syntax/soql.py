"""SOQL text to nodes (SOQL and SOSL Reference, "SOQL SELECT Syntax")."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from sfgen.apex.syntax.soql_conditions import parse_condition, parse_expression, parse_operand
from sfgen.apex.syntax.soql_nodes import (
    FieldPath,
    FieldsKeyword,
    FunctionCall,
    Group,
    OrderBy,
    Query,
    SelectItem,
    SoqlError,
    TypeOf,
)
from sfgen.apex.syntax.soql_tokens import TokenReader

if TYPE_CHECKING:
    from sfgen.apex.syntax.soql_nodes import Operand

    Selected = SelectItem | FieldsKeyword | TypeOf | Query

__all__ = ["parse_select", "parse_soql", "parse_tail"]

_CLAUSES = frozenset(
    "WHERE WITH GROUP ORDER HAVING LIMIT OFFSET FOR ALL USING UPDATE ) , END".split()
)


@functools.lru_cache(maxsize=2048)
def parse_soql(text: str) -> Query:
    """The query that `text` holds; binds are numbered in order of their offsets.

    Raises SoqlError with the offset of what can't be read.
    """
    reader = TokenReader(text)
    query = parse_select(reader)
    if reader.peek().kind != "end":
        raise reader.unexpected()
    return query


def parse_select(reader: TokenReader) -> Query:
    """A SELECT at the reader's place, up to what can't belong to it."""
    position = reader.expect("SELECT").offset
    count_only = reader.at("COUNT", "(", ")")
    if count_only:
        for _ in range(3):
            reader.take()
        select: tuple[Selected, ...] = ()
    else:
        select = _parse_selection(reader)
    reader.expect("FROM")
    source = ".".join(_parse_path(reader).parts)
    alias = _parse_alias(reader)
    aliases = _parse_more_sources(reader)
    return parse_tail(
        reader, Query(select, source, alias, aliases, count_only=count_only, position=position)
    )


def _parse_selection(reader: TokenReader) -> tuple[Selected, ...]:
    items = [_parse_selected(reader)]
    while reader.accept(","):
        items.append(_parse_selected(reader))
    return tuple(items)


def _parse_selected(reader: TokenReader) -> Selected:
    if reader.accept("("):
        query = parse_select(reader)
        reader.expect(")")
        return query
    if reader.at("TYPEOF") and reader.peek(1).kind == "word":
        return _parse_typeof(reader)
    if reader.at("FIELDS", "("):
        reader.take()
        reader.take()
        which = reader.name().word
        if which not in {"ALL", "STANDARD", "CUSTOM"}:
            raise SoqlError(f"unexpected token: '{which}'", reader.peek().offset)
        reader.expect(")")
        return FieldsKeyword(which)
    expression = parse_expression(reader)
    alias = None
    if reader.peek().kind == "word" and not reader.at("FROM"):
        alias = reader.take().text
    return SelectItem(expression, alias)


def _parse_typeof(reader: TokenReader) -> TypeOf:
    reader.take()
    path = _parse_path(reader)
    cases = []
    while reader.accept("WHEN"):
        name = reader.name().text
        reader.expect("THEN")
        cases.append((name, _parse_paths(reader)))
    otherwise = _parse_paths(reader) if reader.accept("ELSE") else ()
    reader.expect("END")
    return TypeOf(path, tuple(cases), otherwise)


def _parse_paths(reader: TokenReader) -> tuple[FieldPath, ...]:
    paths = [_parse_path(reader)]
    while reader.accept(","):
        paths.append(_parse_path(reader))
    return tuple(paths)


def _parse_path(reader: TokenReader) -> FieldPath:
    found = parse_expression(reader)
    if isinstance(found, FunctionCall):
        raise SoqlError(f"unexpected token: '{found.name}'", found.offset)
    return found


def _parse_alias(reader: TokenReader) -> str | None:
    reader.accept("AS")
    token = reader.peek()
    if token.kind == "word" and token.word not in _CLAUSES:
        return reader.take().text
    return None


def _parse_more_sources(reader: TokenReader) -> tuple[tuple[str, tuple[str, ...]], ...]:
    aliases = []
    while reader.at(",") and reader.peek(1).kind == "word":
        reader.take()
        path = _parse_path(reader)
        aliases.append((_parse_alias(reader) or path.parts[-1], path.parts))
    return tuple(aliases)


def parse_tail(reader: TokenReader, query: Query) -> Query:
    """The clauses behind FROM, in the platform's order, added to `query`."""
    from dataclasses import replace

    scope = None
    if reader.accept("USING", "SCOPE"):
        scope = reader.name().word
    where = parse_condition(reader) if reader.accept("WHERE") else None
    mode = _parse_mode(reader)
    group = _parse_group(reader)
    having = parse_condition(reader) if reader.accept("HAVING") else None
    order = _parse_order(reader)
    limit = _parse_count(reader, "LIMIT")
    offset = _parse_count(reader, "OFFSET")
    purpose = _parse_purpose(reader)
    all_rows = reader.accept("ALL", "ROWS")
    purpose = purpose or _parse_purpose(reader)
    return replace(
        query, scope=scope, where=where, mode=mode, group=group, having=having, order=order,
        limit=limit, offset=offset, purpose=purpose, all_rows=all_rows,
    )  # fmt: skip


def _parse_mode(reader: TokenReader) -> str | None:
    mode = None
    while reader.accept("WITH"):
        word = reader.name().word
        if word in {"USER_MODE", "SYSTEM_MODE", "SECURITY_ENFORCED"}:
            mode = word
        else:
            raise SoqlError(f"unexpected token: 'WITH {word}'", reader.peek().offset)
    return mode


def _parse_group(reader: TokenReader) -> Group | None:
    if not reader.accept("GROUP", "BY"):
        return None
    kind = "plain"
    if (reader.at("ROLLUP", "(")) or reader.at("CUBE", "("):
        kind = reader.take().word
        reader.take()
    expressions = [parse_expression(reader)]
    while reader.accept(","):
        expressions.append(parse_expression(reader))
    if kind != "plain":
        reader.expect(")")
    return Group(kind, tuple(expressions))


def _parse_order(reader: TokenReader) -> tuple[OrderBy, ...]:
    if not reader.accept("ORDER", "BY"):
        return ()
    terms = [_parse_order_term(reader)]
    while reader.accept(","):
        terms.append(_parse_order_term(reader))
    return tuple(terms)


def _parse_order_term(reader: TokenReader) -> OrderBy:
    expression = parse_expression(reader)
    descending = reader.accept("DESC")
    if not descending:
        reader.accept("ASC")
    nulls_first = None
    if reader.accept("NULLS"):
        nulls_first = reader.name().word == "FIRST"
    return OrderBy(expression, descending, nulls_first)


def _parse_count(reader: TokenReader, word: str) -> Operand | None:
    return parse_operand(reader) if reader.accept(word) else None


def _parse_purpose(reader: TokenReader) -> str | None:
    purpose = None
    while reader.at("FOR") or reader.at("UPDATE"):
        reader.take()
        purpose = reader.name().word
        while reader.accept(","):
            reader.name()
    return purpose
