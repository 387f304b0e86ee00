"""Expressions: operators by precedence down to literals and names."""

from __future__ import annotations

import decimal
import itertools

from sfgen.apex.syntax import tree
from sfgen.apex.syntax.creations import CreationReader
from sfgen.apex.syntax.lexer import unescape

__all__ = ["ExpressionReader"]

_ASSIGNMENTS = frozenset({"=", "+=", "-=", "*=", "/=", "&=", "|=", "^=", "<<="})
# Apex Developer Guide, "Operator Precedence"; equality and ordering share one level (OP16).
_LEVELS: dict[str, int] = {
    "??": 1,
    "||": 2,
    "&&": 3,
    "|": 4,
    "^": 5,
    "&": 6,
    **dict.fromkeys(("==", "!=", "===", "!==", "<>", "<", ">", "<=", ">=", "instanceof"), 7),
    **dict.fromkeys(("<<", ">>", ">>>"), 8),
    **dict.fromkeys(("+", "-"), 9),
    **dict.fromkeys(("*", "/", "%"), 10),
}
_NUMERIC = frozenset({"integer", "long", "double", "decimal"})


class ExpressionReader(CreationReader):
    """Reads expressions."""

    def expression(self) -> tree.Expression:
        """Read one expression, assignments included."""
        token = self.token
        left = self._ternary()
        operator = self._assignment()
        if operator is None:
            return left
        return tree.Assign(token.line, token.column, operator, left, self.expression())

    def _assignment(self) -> str | None:
        """Read an assignment operator; `>>=` and `>>>=` come as single marks."""
        if self.token.kind != "mark":
            return None
        if self.token.low in _ASSIGNMENTS:
            return self.take().low
        for length, operator in ((3, ">>>="), (2, ">>=")):
            if self._marks(length) == operator:
                self.place += length
                return operator
        return None

    def _marks(self, count: int) -> str:
        """The next `count` tokens joined, if nothing stands between them."""
        tokens = self.tokens[self.place : self.place + count]
        if any(one.end != two.start for one, two in itertools.pairwise(tokens)):
            return ""
        return "".join(token.text for token in tokens)

    def _ternary(self) -> tree.Expression:
        token = self.token
        condition = self._binary(1)
        if not self.skip("?"):
            return condition
        yes = self._ternary_branch()
        self.need(":")
        return tree.Ternary(token.line, token.column, condition, yes, self._ternary_branch())

    def _ternary_branch(self) -> tree.Expression:
        return self.expression()

    def _operator(self) -> tuple[str, int]:
        """The binary operator that comes next and its number of tokens; ("", 0) if none does.

        `> =` is `>=`: the platform's grammar reads a comparison's two signs apart.
        """
        token = self.token
        if token.low == ">":
            if self._marks(2) == ">>=" or self._marks(3) == ">>>=":
                return "", 0
            for length in (3, 2):
                if self._marks(length) == ">" * length:
                    return ">" * length, length
            return (">=", 2) if self.ahead().low == "=" else (">", 1)
        if token.low == "<" and self.ahead().low == "=":
            return "<=", 2
        if token.kind in {"mark", "name"} and token.low in _LEVELS:
            return token.low, 1
        return "", 0

    def _binary(self, lowest: int) -> tree.Expression:
        token = self.token
        left = self._unary()
        while True:
            operator, length = self._operator()
            level = _LEVELS.get(operator, 0)
            if level < lowest:
                return left
            self.place += length
            if operator == "instanceof":
                left = tree.InstanceOf(token.line, token.column, left, self.type_ref())
                continue
            right = self._binary(level + 1)
            name = "!=" if operator == "<>" else operator
            left = tree.Binary(token.line, token.column, name, left, right)

    def _unary(self) -> tree.Expression:
        token = self.token
        if token.kind == "mark":
            if token.low in {"-", "+", "!", "~", "++", "--"}:
                self.place += 1
                return self._signed(token.low, token.line, token.column)
            if token.low == "(":
                cast = self._cast()
                if cast is not None:
                    return cast
        return self._postfix(self._primary())

    def _signed(self, operator: str, line: int, column: int) -> tree.Expression:
        if operator == "-" and self.token.kind == "integer" and self.ahead().low != ".":
            # -2147483648 is one literal: its positive half alone is no Integer.
            value = -int(self.take().text)
            return self._postfix(tree.Literal(line, column, "integer", value))
        return tree.Unary(line, column, operator, self._unary())

    def _cast(self) -> tree.Expression | None:
        """Read `(Type) operand`; None (and no move) if the bracket only groups."""
        start, token = self.place, self.take()
        found = self.try_type()
        if found is not None and self.skip(")") and self._begins_operand(found):
            return tree.Cast(token.line, token.column, found, self._unary())
        self.place = start
        return None

    def _begins_operand(self, cast: tree.TypeRef) -> bool:
        token = self.token
        if token.kind == "name":
            return token.low != "instanceof"
        if token.kind == "mark":
            if token.low in {"-", "+"}:
                return cast.name.lower() in _NUMERIC
            return token.low in {"(", "!", "~", "[", "++", "--"}
        return token.kind != "end"

    def _postfix(self, value: tree.Expression) -> tree.Expression:
        while True:
            token = self.token
            if token.kind != "mark":
                return value
            if token.low in {".", "?."}:
                self.place += 1
                value = self._member(value, token.low == "?.")
            elif token.low == "[":
                self.place += 1
                index = self.expression()
                self.need("]")
                value = tree.Index(token.line, token.column, value, index)
            elif token.low in {"++", "--"}:
                self.place += 1
                value = tree.Postfix(token.line, token.column, token.low, value)
            else:
                return value

    def _member(self, target: tree.Expression, safe: bool) -> tree.Expression:  # noqa: FBT001
        token = self.token
        name = self.name()
        if self.at("("):
            return tree.Call(token.line, token.column, target, name, self.arguments(), safe)
        return tree.Member(token.line, token.column, target, name, safe)

    def arguments(self) -> tuple[tree.Expression, ...]:
        """Read `(a, b)`."""
        self.need("(")
        values: list[tree.Expression] = []
        if not self.at(")"):
            values.append(self.expression())
            while self.skip(","):
                values.append(self.expression())
        self.need(")")
        return tuple(values)

    def _primary(self) -> tree.Expression:
        token = self.token
        if token.kind == "name":
            return self._named()
        if token.kind == "mark":
            if token.low == "(":
                self.place += 1
                value = self.expression()
                self.need(")")
                return value
            if token.low == "[":
                return self.query()
            self.fail(f"Unexpected token '{token.text}'.")
        if token.kind == "end":
            self.fail("Unexpected token '<EOF>'.")
        self.place += 1
        return self._literal(token.kind, token.text, token.line, token.column)

    def _literal(self, kind: str, text: str, line: int, column: int) -> tree.Expression:
        if kind == "text":
            return tree.Literal(line, column, "string", unescape(text))
        if kind == "integer":
            return tree.Literal(line, column, "integer", int(text))
        if kind == "long":
            return tree.Literal(line, column, "long", int(text[:-1]))
        if text[-1] in "dD":
            return tree.Literal(line, column, "double", float(text[:-1]))
        return tree.Literal(line, column, "decimal", decimal.Decimal(text))

    def _named(self) -> tree.Expression:
        token = self.token
        if token.low in {"true", "false"}:
            self.place += 1
            return tree.Literal(token.line, token.column, "boolean", token.low == "true")
        if token.low == "null":
            self.place += 1
            return tree.Literal(token.line, token.column, "null", None)
        if token.low == "new" and self.ahead().kind == "name":
            return self.creation()
        literal = self._type_literal()
        if literal is not None:
            return literal
        self.place += 1
        if self.at("("):
            arguments = self.arguments()
            return tree.Call(token.line, token.column, None, token.text, arguments, safe=False)
        return tree.Name(token.line, token.column, token.text)

    def _type_literal(self) -> tree.Expression | None:
        """Read `Type.class`; None (and no move) if something else comes."""
        token = self.token
        follows = self.ahead()
        if follows.low not in {".", "<", "["}:
            return None
        start = self.place
        found = self.try_type()
        if found is not None and self.at(".") and self.ahead().low == "class":
            self.place += 2
            return tree.TypeLiteral(token.line, token.column, found)
        self.place = start
        return None
