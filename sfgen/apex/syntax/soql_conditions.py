"""WHERE and HAVING of SOQL: conditions, operands and literals, from tokens to nodes."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from sfgen.apex.syntax.soql_nodes import (
    Comparison,
    DateLiteral,
    FieldPath,
    FunctionCall,
    ListLiteral,
    Literal,
    Logical,
    Negation,
    SoqlError,
)

if TYPE_CHECKING:
    from sfgen.apex.syntax.soql_nodes import Condition, Operand
    from sfgen.apex.syntax.soql_tokens import Token, TokenReader

__all__ = ["parse_condition", "parse_expression", "parse_operand", "unescape"]

_OPERATORS = {"=", "!=", "<>", "<", ">", "<=", ">="}
# SOQL and SOSL Reference, "Date Formats and Date Literals".
_UNITS = "DAYS WEEKS MONTHS QUARTERS YEARS FISCAL_QUARTERS FISCAL_YEARS".split()
_DATE_WORDS = frozenset(
    ["YESTERDAY", "TODAY", "TOMORROW", "LAST_90_DAYS", "NEXT_90_DAYS"]
    + [
        f"{when}_{unit}"
        for when in ("LAST", "THIS", "NEXT")
        for unit in ("WEEK", "MONTH", "QUARTER", "YEAR", "FISCAL_QUARTER", "FISCAL_YEAR")
    ]
)
_DATE_AMOUNTS = frozenset(
    [f"{when}_N_{unit}" for when in ("LAST", "NEXT") for unit in _UNITS]
    + [f"N_{unit}_AGO" for unit in _UNITS]
)
_CURRENCY = re.compile(r"[A-Z]{3}(\d+(?:\.\d+)?)\Z")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def unescape(text: str, *, like: bool = False) -> str:
    """The value of a quoted string. For LIKE, escaped `_` and `%` keep their backslash (SQ04)."""

    def replace(found: re.Match[str]) -> str:
        letter = found[1]
        if letter in "_%":
            return f"\\{letter}" if like else letter
        if letter.lower() == "u" and found[2]:
            return chr(int(found[2], 16))
        return _ESCAPES.get(letter.lower(), letter)

    return re.sub(r"\\([uU](?=[0-9a-fA-F]{4})|.)((?<=[uU])[0-9a-fA-F]{4})?", replace, text[1:-1])


def parse_condition(reader: TokenReader) -> Condition:
    """A condition. AND and OR may not be mixed without parentheses, as on the platform."""
    first = _parse_term(reader)
    terms = [first]
    operator = reader.peek().word
    if operator not in {"AND", "OR"}:
        return first
    while reader.accept(operator):
        terms.append(_parse_term(reader))
    if reader.at("AND") or reader.at("OR"):
        raise reader.unexpected()
    return Logical(operator, tuple(terms))


def _parse_term(reader: TokenReader) -> Condition:
    if reader.accept("NOT"):
        return Negation(_parse_term(reader))
    if reader.accept("("):
        inner = parse_condition(reader)
        reader.expect(")")
        return inner
    left = parse_expression(reader)
    operator = _parse_operator(reader)
    if operator == "LIKE" and reader.peek().kind == "string":
        return Comparison(
            left, operator, Literal("string", unescape(reader.take().text, like=True))
        )
    if operator in {"IN", "NOT IN", "INCLUDES", "EXCLUDES"} and reader.at("("):
        return Comparison(left, operator, _parse_list(reader))
    return Comparison(left, operator, parse_operand(reader))


def _parse_operator(reader: TokenReader) -> str:
    if reader.accept("NOT", "IN"):
        return "NOT IN"
    word = reader.peek().word
    if word in _OPERATORS or word in {"LIKE", "IN", "INCLUDES", "EXCLUDES"}:
        reader.take()
        return "!=" if word == "<>" else word
    raise reader.unexpected()


def _parse_list(reader: TokenReader) -> Operand:
    reader.expect("(")
    if reader.at("SELECT"):
        from sfgen.apex.syntax.soql import parse_select

        query = parse_select(reader)
        reader.expect(")")
        return query
    items = [parse_operand(reader)]
    while reader.accept(","):
        items.append(parse_operand(reader))
    reader.expect(")")
    return ListLiteral(tuple(items))


def parse_expression(reader: TokenReader) -> FieldPath | FunctionCall:
    """A field path or a function over one."""
    first = reader.name()
    if reader.at("("):
        return _parse_call(reader, first)
    parts = [first.text]
    while reader.accept("."):
        parts.append(reader.name().text)
    return FieldPath(tuple(parts), first.offset)


def _parse_call(reader: TokenReader, name: Token) -> FunctionCall:
    reader.expect("(")
    arguments: list[Operand] = []
    while not reader.at(")"):
        token = reader.peek()
        arguments.append(
            parse_expression(reader) if token.kind == "word" else parse_operand(reader)
        )
        if not reader.accept(","):
            break
    reader.expect(")")
    return FunctionCall(name.text.upper(), tuple(arguments), name.offset)


def parse_operand(reader: TokenReader) -> Operand:
    """A literal, a date literal or a bind."""
    token = reader.peek()
    if token.text == ":":
        reader.take()
        return reader.bind()
    if token.kind == "word":
        return _parse_word(reader)
    if token.kind not in {"string", "number", "date", "datetime", "time"}:
        raise reader.unexpected()
    reader.take()
    return _read_literal(token)


def _parse_word(reader: TokenReader) -> Operand:
    token = reader.take()
    word = token.word
    if word in {"TRUE", "FALSE"}:
        return Literal("boolean", word == "TRUE")
    if word == "NULL":
        return Literal("null", None)
    if word in _DATE_WORDS:
        return DateLiteral(word)
    if word in _DATE_AMOUNTS:
        reader.expect(":")
        amount = reader.take()
        if amount.kind != "number":
            raise SoqlError(f"unexpected token: '{amount.text}'", amount.offset)
        return DateLiteral(word, int(amount.text))
    money = _CURRENCY.match(word)
    if money:
        return Literal("currency", Decimal(money[1]))
    raise SoqlError(f"unexpected token: '{token.text}'", token.offset)


def _read_literal(token: Token) -> Literal:
    if token.kind == "string":
        return Literal("string", unescape(token.text))
    if token.kind == "number":
        whole = re.fullmatch(r"[+-]?\d+", token.text)
        return Literal("number", int(token.text) if whole else Decimal(token.text))
    try:
        if token.kind == "date":
            return Literal("date", dt.date.fromisoformat(token.text))
        if token.kind == "time":
            return Literal("time", dt.time.fromisoformat(token.text.rstrip("Z")))
        return Literal("datetime", _read_moment(token))
    except ValueError:
        raise SoqlError(f"Invalid date: {token.text}", token.offset) from None


def _read_moment(token: Token) -> dt.datetime:
    text = token.text if "." in token.text else re.sub(r"(?=Z|[+-]\d\d:?\d\d\Z)", ".0", token.text)
    if text.count(":") - text[19:].count(":") == 1:
        text = text[:16] + ":00" + text[16:]
    return dt.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z").astimezone(dt.timezone.utc)
