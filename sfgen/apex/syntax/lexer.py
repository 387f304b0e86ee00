"""Apex source text into tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["ApexSyntaxError", "Token", "read_tokens", "unescape"]

_TOKEN = re.compile(
    r"""
    (?P<space>[\s\ufeff\u200b]+ | //[^\n\r]* | /\*.*?\*/)
  | (?P<name>[A-Za-z_$\u0080-\uffff][\w$]*)
  | (?P<text>'''[ \t]*\r?\n(?:[^'\\]|\\.|'(?!''))*''' | '(?:[^'\\\n\r]|\\.)*')
  | (?P<decimal>\d+\.\d+[dD]? | \.\d+[dD]? | \d+[dD]\b)
  | (?P<long>\d+[lL]\b)
  | (?P<integer>\d+)
  | (?P<mark>\?\.(?!\d) | \?\?=? | &&|\|\| | === | !== | == | != | <>
      | <<=? | <= | >= | => | \+\+ | --
      | \+= | -= | \*= | /= | &= | \|= | \^= | [-+*/%<>=!~&|^?:;,.(){}\[\]@\#])
    """,
    re.VERBOSE | re.DOTALL,
)
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL | re.IGNORECASE)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


class ApexSyntaxError(Exception):
    """Text that is not Apex; `line` and `column` count from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


@dataclass(slots=True)
class Token:
    """One token: its kind (`name`, `text`, `integer`, `long`, `decimal`, `mark`, `end`).

    `low` is the text in lower case, which is what keywords and names compare by.
    """

    kind: str
    text: str
    low: str
    start: int
    line: int
    column: int

    @property
    def end(self) -> int:
        """The offset behind the token."""
        return self.start + len(self.text)


def read_tokens(source: str, line: int = 1, column: int = 1) -> list[Token]:
    """All tokens of `source`, comments and blanks left out, closed by one of kind `end`.

    `line` and `column` place the first character. Raises ApexSyntaxError.
    """
    tokens: list[Token] = []
    place, line_start, length = 0, 1 - column, len(source)
    match = _TOKEN.match
    while place < length:
        found = match(source, place)
        if found is None:
            message = f"Unexpected token '{source[place]}'"
            raise ApexSyntaxError(message, line, place - line_start + 1)
        kind, text = found.lastgroup or "mark", found.group()
        if kind != "space":
            tokens.append(Token(kind, text, text.lower(), place, line, place - line_start + 1))
        if "\n" in text:
            line += text.count("\n")
            line_start = place + text.rindex("\n") + 1
        place = found.end()
    tokens.append(Token("end", "", "", length, line, length - line_start + 1))
    return tokens


def unescape(literal: str) -> str:
    """The value of a string literal with its quotes; escape letters ignore case (OP52)."""
    body = literal[3:-3].lstrip(" \t") if literal.startswith("'''") else literal[1:-1]
    if literal.startswith("'''"):
        body = body.removeprefix("\r").removeprefix("\n")
    if "\\" not in body:
        return body
    return _PAIR.sub(_paired, _ESCAPE.sub(_letter, body))


def _paired(found: re.Match[str]) -> str:
    """One character of the two surrogates that Java writes it by."""
    high, low = found[0][0], found[0][1]
    return chr(0x10000 + ((ord(high) - 0xD800) << 10) + ord(low) - 0xDC00)


def _letter(found: re.Match[str]) -> str:
    code = found[1]
    if len(code) == 5:
        return chr(int(code[1:], 16))
    return _LETTERS.get(code.lower(), code)
