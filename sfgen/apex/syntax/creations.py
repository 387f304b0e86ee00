"""`new ...` and inline queries."""

from __future__ import annotations

import re

from sfgen.apex.syntax import tree
from sfgen.apex.syntax.cursor import Cursor

__all__ = ["CreationReader"]

_DATE_COUNT = re.compile(r"(?:last|next)_n_\w+|n_\w+_ago", re.IGNORECASE)


class CreationReader(Cursor):
    """Reads `new` expressions and queries; what expressions are is the deriving class's matter."""

    def expression(self) -> tree.Expression:
        """Read an expression."""
        raise NotImplementedError

    def arguments(self) -> tuple[tree.Expression, ...]:
        """Read the arguments of a call."""
        raise NotImplementedError

    def creation(self) -> tree.Expression:
        """Read `new Type(...)`, `new Type{...}`, `new Type[n]`."""
        token = self.take()
        line, column = token.line, token.column
        made = self.type_ref()
        if self.at("["):
            self.place += 1
            size = self.expression()
            self.need("]")
            made = tree.TypeRef(made.line, made.column, "List", (made,))
            return tree.NewArray(line, column, made, size)
        if self.at("{"):
            return self._elements(line, column, made)
        if self.ahead().kind == "name" and self.ahead(2).low == "=":
            return tree.NewRecord(line, column, made, self._fields())
        return tree.New(line, column, made, self.arguments())

    def _fields(self) -> tuple[tuple[str, tree.Expression], ...]:
        self.need("(")
        fields: list[tuple[str, tree.Expression]] = []
        while True:
            name = self.name()
            self.need("=")
            fields.append((name, self.expression()))
            if not self.skip(","):
                self.need(")")
                return tuple(fields)

    def _elements(self, line: int, column: int, made: tree.TypeRef) -> tree.Expression:
        self.need("{")
        elements: list[tree.Expression] = []
        pairs: list[tuple[tree.Expression, tree.Expression]] = []
        while not self.at("}"):
            first = self.expression()
            if self.skip("=>"):
                pairs.append((first, self.expression()))
            else:
                elements.append(first)
            if not self.skip(","):
                break
        self.need("}")
        if pairs or made.name.lower() in {"map", "system.map"}:
            return tree.NewMap(line, column, made, tuple(pairs))
        return tree.NewList(line, column, made, tuple(elements))

    def query(self) -> tree.Expression:
        """Read `[SELECT ...]` or `[FIND ...]` with its binds."""
        opening = self.take()
        if not self.at("select", "find"):
            self.fail(f"Unexpected token '{self.token.text}'.")
        start = self.token.start
        text: list[str] = []
        binds: list[tree.Expression] = []
        copied = start
        while not self.at("]"):
            token = self.token
            if token.kind == "end":
                self.fail("Missing ']' of a query", opening)
            self.place += 1
            if token.kind == "mark" and token.low == ":" and not self._is_literal_colon():
                text.append(self.source[copied : token.start])
                text.append(f":b{len(binds)}")
                binds.append(self.expression())
                copied = self.tokens[self.place - 1].end
            elif token.kind == "mark" and token.low == "[":
                self.fail("Unexpected token '['.", token)
        end = self.token.start
        self.place += 1
        text.append(self.source[copied:end])
        return tree.Query(
            opening.line, opening.column, "".join(text), tuple(binds), self.source[start:end], start
        )

    def _is_literal_colon(self) -> bool:
        """Whether the colon just read belongs to `LAST_N_DAYS:3` or to a time literal."""
        colon, before, after = (
            self.tokens[self.place - 1],
            self.tokens[self.place - 2],
            self.token,
        )
        if before.kind == "name" and _DATE_COUNT.fullmatch(before.text):
            return True
        number = after.kind in {"integer", "decimal"} and after.start == colon.end
        return number and before.kind in {"integer", "name"} and before.end == colon.start
