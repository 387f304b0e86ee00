"""The words of SOQL and SOSL, read one by one from a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sfgen.apex.syntax.soql_nodes import Bind, SoqlError

__all__ = ["Token", "TokenReader"]

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
      | (?P<string>'(?:\\.|[^'\\])*')
      | (?P<datetime>\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)
      | (?P<date>\d{4}-\d\d-\d\d)
      | (?P<time>\d\d:\d\d:\d\d(?:\.\d+)?Z?)
      | (?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
      | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<sign><=|>=|!=|<>|[=<>(),.:{}\[\]&|*%$?\-+/])""",
    re.VERBOSE | re.DOTALL,
)
_APEX = re.compile(r"'(?:\\.|[^'\\])*'|[A-Za-z_]\w*|\d[\w.]*|\s+|\?\.|\?\?|==|&&|\|\||.", re.DOTALL)
_ENDS_BIND = frozenset(
    "AND OR ORDER GROUP HAVING LIMIT OFFSET WITH FOR ALL UPDATE USING RETURNING IN NOT".split()
)
_OPENERS, _CLOSERS = "([{", ")]}"


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its kind, text and offset. The kind of the end is `end`."""

    kind: str
    text: str
    offset: int

    @property
    def word(self) -> str:
        """The text in upper case if it is a word, else as it is."""
        return self.text.upper() if self.kind == "word" else self.text


class TokenReader:
    """Reads tokens with any look-ahead; binds are taken from the text as whole expressions."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.binds = 0
        self._next = 0
        self._ahead: list[Token] = []

    def peek(self, distance: int = 0) -> Token:
        """The token `distance` further on, without taking it."""
        while len(self._ahead) <= distance:
            self._ahead.append(self._scan())
        return self._ahead[distance]

    def take(self) -> Token:
        """The next token."""
        token = self.peek()
        self._ahead.pop(0)
        return token

    def at(self, *words: str) -> bool:
        """Whether the coming tokens are these words or signs."""
        return all(self.peek(place).word == word for place, word in enumerate(words))

    def accept(self, *words: str) -> bool:
        """Take the words if they come next."""
        if not self.at(*words):
            return False
        for _ in words:
            self.take()
        return True

    def take_until(self, sign: str) -> tuple[int, int]:
        """Take a sign of one character and all up to `sign`: where the text between is."""
        start = self.take().offset + 1
        end = self.text.find(sign, start)
        if end < 0:
            raise SoqlError("unexpected token: '<EOF>'", len(self.text))
        self._ahead.clear()
        self._next = end + 1
        return start, end

    def expect(self, word: str) -> Token:
        """Take `word`; SoqlError if something else comes."""
        if self.peek().word != word:
            raise self.unexpected(f"expecting '{word}', found ")
        return self.take()

    def name(self) -> Token:
        """Take a name; SoqlError if something else comes."""
        if self.peek().kind != "word":
            raise self.unexpected()
        return self.take()

    def unexpected(self, before: str = "unexpected token: ") -> SoqlError:
        """What is said about the coming token."""
        token = self.peek()
        if token.kind == "end":
            return SoqlError("unexpected token: '<EOF>'", token.offset)
        return SoqlError(f"{before}'{token.text}'", token.offset)

    def _scan(self) -> Token:
        while self._next < len(self.text):
            found = _TOKEN.match(self.text, self._next)
            if not found:
                raise SoqlError(f"unexpected char: '{self.text[self._next]}'", self._next)
            offset, self._next = self._next, found.end()
            kind = found.lastgroup or ""
            if kind != "space":
                return Token(kind, found[0], offset)
        return Token("end", "", len(self.text))

    def bind(self) -> Bind:
        """The Apex expression behind a `:` that was just taken."""
        start = self._ahead[0].offset if self._ahead else self._next
        self._ahead.clear()
        end = self._end_of_expression(start)
        self._next = end
        raw = self.text[start:end]
        text = raw.strip()
        if not text:
            raise SoqlError("unexpected token: ':'", start)
        found = Bind(text, start + len(raw) - len(raw.lstrip()), self.binds)
        self.binds += 1
        return found

    def _end_of_expression(self, start: int) -> int:
        depth, place, operand_before = 0, start, False
        while place < len(self.text):
            found = _APEX.match(self.text, place)
            piece = found[0] if found else self.text[place]
            if piece in _CLOSERS and depth == 0:
                break
            if depth == 0 and (piece == "," or (operand_before and piece.upper() in _ENDS_BIND)):
                break
            depth += (piece in _OPENERS) - (piece in _CLOSERS)
            if not piece.isspace():
                operand_before = piece[-1].isalnum() or piece[-1] in "_'" or piece in _CLOSERS
            place += len(piece)
        return place
