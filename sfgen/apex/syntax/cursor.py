"""A cursor over tokens, and the reading of type names."""

from __future__ import annotations

from typing import NoReturn

from sfgen.apex.syntax.lexer import ApexSyntaxError, Token, read_tokens
from sfgen.apex.syntax.tree import TypeRef

__all__ = ["Cursor"]


class Cursor:
    """Reads tokens one by one; readers of larger things derive from it."""

    def __init__(self, source: str, line: int = 1, column: int = 1) -> None:
        self.source = source
        self.tokens = read_tokens(source, line, column)
        self.place = 0

    @property
    def token(self) -> Token:
        """The token that comes next."""
        return self.tokens[self.place]

    def ahead(self, steps: int = 1) -> Token:
        """The token `steps` behind the next one."""
        return self.tokens[min(self.place + steps, len(self.tokens) - 1)]

    def at(self, *texts: str) -> bool:
        """Whether the next token is one of these (lower case; never a string literal)."""
        token = self.tokens[self.place]
        return token.low in texts and token.kind != "text"

    def take(self) -> Token:
        """Read one token."""
        token = self.tokens[self.place]
        self.place += 1
        return token

    def skip(self, text: str) -> bool:
        """Read the next token if it is `text`."""
        if self.at(text):
            self.place += 1
            return True
        return False

    def need(self, text: str) -> Token:
        """Read `text`; ApexSyntaxError if something else comes."""
        if not self.at(text):
            self.fail(f"Missing '{text}' at '{self.token.text or 'end of file'}'")
        return self.take()

    def name(self) -> str:
        """Read a name."""
        if self.token.kind != "name":
            self.fail(f"Unexpected token '{self.token.text or 'end of file'}'.")
        return self.take().text

    def fail(self, message: str, token: Token | None = None) -> NoReturn:
        """Raise ApexSyntaxError at the next token."""
        where = token or self.token
        raise ApexSyntaxError(message, where.line, where.column)

    def type_ref(self) -> TypeRef:
        """Read a type: `Map<K, List<V>>`, `Outer.Inner`, `X[]`."""
        found = self.try_type()
        if found is None:
            self.fail(f"Invalid type at '{self.token.text or 'end of file'}'")
        return found

    def try_type(self) -> TypeRef | None:
        """Read a type if one comes; otherwise stay and answer None."""
        start, first = self.place, self.token
        parts: list[str] = []
        arguments: list[TypeRef] = []
        while self.token.kind == "name":
            parts.append(self.take().text)
            if self.at("<") and not self._arguments(arguments):
                break
            if self.at(".") and self.ahead().kind == "name" and self.ahead().low != "class":
                self.place += 1
                continue
            break
        else:
            self.place = start
            return None
        found = TypeRef(first.line, first.column, ".".join(parts), tuple(arguments))
        while self.at("[") and self.ahead().low == "]":
            self.place += 2
            found = TypeRef(first.line, first.column, "List", (found,))
        return found

    def _arguments(self, arguments: list[TypeRef]) -> bool:
        """Read `<A, B>` into `arguments`; False (and no move) if it is a comparison."""
        start = self.place
        read: list[TypeRef] = []
        self.place += 1
        while True:
            argument = self.try_type()
            if argument is None:
                break
            read.append(argument)
            if self.skip(","):
                continue
            if self.skip(">"):
                arguments[:] = read
                return True
            break
        self.place = start
        return False
