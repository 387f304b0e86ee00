"""JSON text into tokens, with the messages of the platform's parser (Jackson)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from sfgen.apex.library.text.text_size import checked_decimal
from sfgen.apex.runtime.exceptions import ApexException, limit_exceeded, raise_apex

__all__ = ["Token", "json_error", "read_json", "tokens_of"]

_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"((?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)"')
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
_WORDS = {"true": True, "false": False, "null": None}
_KINDS = {"true": "VALUE_TRUE", "false": "VALUE_FALSE", "null": "VALUE_NULL"}
_OPEN = {"{": "START_OBJECT", "[": "START_ARRAY"}
_CLOSE = {"}": "END_OBJECT", "]": "END_ARRAY"}
_MOST_DIGITS = 1_000


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its JSONToken name, its text and its value, and where it stands."""

    kind: str
    text: str
    value: Any
    place: int


def json_error(message: str) -> ApexException:
    """A JSONException to raise."""
    return raise_apex("JSONException", message)


def _place(text: str, offset: int) -> str:
    line = text.count("\n", 0, offset) + 1
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    return f"[{line},{column + 1}]"


def _unexpected(text: str, offset: int, wanted: str) -> ApexException:
    """`Unexpected character ('<' (code 60)): expected ... at input location [1,2]` (JS12)."""
    if offset >= len(text):
        end = _place(text, len(text))
        return json_error(f"Unexpected end-of-input: {wanted} at input location {end}")
    letter, at = text[offset], _place(text, offset)
    return json_error(
        f"Unexpected character ('{letter}' (code {ord(letter)})): {wanted} at input location {at}"
    )


_VALUE = "expected a valid value (number, String, array, object, 'true', 'false' or 'null')"


class _Reader:
    """Reads one value after another into `tokens`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.offset = 0
        self.tokens: list[Token] = []

    def skip(self) -> str:
        """Pass white space; the character that follows, empty at the end."""
        found = _SPACE.match(self.text, self.offset)
        self.offset = found.end() if found else self.offset
        return self.text[self.offset : self.offset + 1]

    def put(self, kind: str, text: str, value: Any) -> None:
        """Keep a token and move behind it."""
        self.tokens.append(Token(kind, text, value, self.offset))
        self.offset += len(text)

    def string(self, kind: str) -> None:
        """Read a quoted text, which a FIELD_NAME or VALUE_STRING is."""
        found = _STRING.match(self.text, self.offset)
        if not found:
            raise _unexpected(
                self.text, len(self.text), "was expecting closing quote for a string value"
            )
        value = json.loads(found[0])
        self.tokens.append(Token(kind, value, value, self.offset))
        self.offset = found.end()

    def scalar(self, letter: str) -> None:
        """Read a text, number or word."""
        if letter == '"':
            self.string("VALUE_STRING")
            return
        found = _NUMBER.match(self.text, self.offset) if letter else None
        if found and found[0]:
            whole = not (found[1] or found[2])
            kind = "VALUE_NUMBER_INT" if whole else "VALUE_NUMBER_FLOAT"
            self.put(
                kind, found[0], _whole_number(found[0]) if whole else checked_decimal(found[0])
            )
            return
        for word, value in _WORDS.items():
            if self.text.startswith(word, self.offset):
                self.put(_KINDS[word], word, value)
                return
        raise _unexpected(self.text, self.offset, _VALUE)

    def read(self) -> list[Token]:
        """Read the whole text without recursion."""
        closers: list[str] = []
        while True:
            letter = self.skip()
            if letter in _OPEN and letter:
                self.put(_OPEN[letter], letter, None)
                closers.append("}" if letter == "{" else "]")
                if self.skip() == closers[-1]:
                    self.close(closers)
                elif closers[-1] == "}":
                    self.name()
                    continue
                else:
                    continue
            else:
                self.scalar(letter)
            if not self.after_value(closers):
                return self.tokens

    def close(self, closers: list[str]) -> None:
        """Read the end of the innermost object or array."""
        closer = closers.pop()
        self.put(_CLOSE[closer], closer, None)

    def name(self) -> None:
        """Read a field's name and its colon."""
        if self.skip() != '"':
            raise _unexpected(
                self.text, self.offset, "was expecting double-quote to start field name"
            )
        self.string("FIELD_NAME")
        if self.skip() != ":":
            raise _unexpected(
                self.text, self.offset, "was expecting a colon to separate field name and value"
            )
        self.offset += 1

    def after_value(self, closers: list[str]) -> bool:
        """Read what may follow a value; False when the text's value is complete."""
        while closers:
            letter = self.skip()
            if letter == ",":
                self.offset += 1
                if closers[-1] == "}":
                    self.name()
                return True
            if letter != closers[-1]:
                kind = "OBJECT" if closers[-1] == "}" else "ARRAY"
                raise _unexpected(
                    self.text, self.offset, f"was expecting comma to separate {kind} entries"
                )
            self.close(closers)
        return False


def tokens_of(text: str) -> list[Token]:
    """The tokens of one JSON value. JSONException for text that is none (JS12)."""
    return _Reader(text).read()


def _refuse(word: str) -> Any:
    raise ValueError(word)


def _whole_number(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise json_error(f"Numeric value ({digits[:40]}...) out of range")
    return int(digits)


def read_json(text: str) -> Any:
    """The value of a JSON text: dicts, lists, str, int, Decimal, bool, None.

    Raises JSONException for text that is no JSON.
    """
    if not text.strip():
        raise json_error("No content to map to Object due to end of input")
    try:
        return json.loads(
            text, parse_float=checked_decimal, parse_int=_whole_number, parse_constant=_refuse
        )
    except RecursionError:
        raise limit_exceeded("Maximum stack depth reached: 1001") from None
    except ValueError:
        tokens_of(text)
        raise json_error(_unexpected_rest(text)) from None


def _unexpected_rest(text: str) -> str:
    reader = _Reader(text)
    reader.read()
    reader.skip()
    return f"Unexpected content after the end of the JSON value at {_place(text, reader.offset)}"
