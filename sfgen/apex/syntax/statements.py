"""Statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.syntax import tree
from sfgen.apex.syntax.expressions import ExpressionReader

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["StatementReader"]

_DML = frozenset({"insert", "update", "upsert", "delete", "undelete", "merge"})


class StatementReader(ExpressionReader):
    """Reads statements."""

    def block(self) -> tree.Block:
        """Read `{ ... }`."""
        token = self.need("{")
        statements: list[tree.Statement] = []
        while not self.at("}"):
            if self.token.kind == "end":
                self.fail("Missing '}' of a block", token)
            statements.append(self.statement())
        self.place += 1
        return tree.Block(token.line, token.column, tuple(statements))

    def statement(self) -> tree.Statement:
        """Read one statement."""
        token = self.token
        if token.kind == "mark" and token.low == "{":
            return self.block()
        if token.kind == "mark" and token.low == ";":
            self.place += 1
            return tree.Block(token.line, token.column, ())
        if token.kind == "name":
            reader = self._readers().get(token.low)
            if reader is not None and self._is_keyword():
                return reader()
            if token.low in _DML and self.ahead().low not in {"=", ".", "++"}:
                return self._dml()
            local = self.try_local()
            if local is not None:
                self.need(";")
                return local
        return self._expression_statement()

    def _is_keyword(self) -> bool:
        """`switch` and `do` may be names too; the others are reserved."""
        return self.token.low != "switch" or self.ahead().low == "on"

    def _readers(self) -> dict[str, Callable[[], tree.Statement]]:
        return {
            "if": self._if,
            "for": self._for,
            "while": self._while,
            "do": self._do,
            "break": self._jump,
            "continue": self._jump,
            "return": self._return,
            "throw": self._throw,
            "try": self._try,
            "switch": self._switch,
        }

    def try_local(self) -> tree.Local | None:
        """Read a declaration of locals up to its `;`; None (and no move) if it is none."""
        start, token = self.place, self.token
        if token.low == "final":
            self.place += 1
        found = self.try_type()
        is_local = found is not None and self.token.kind == "name"
        if not is_local or self.ahead().low not in {"=", ";", ",", ":"}:
            self.place = start
            return None
        assert found is not None  # noqa: S101 - narrowed two lines above
        names: list[tuple[str, tree.Expression | None]] = []
        while True:
            name = self.name()
            names.append((name, self.expression() if self.skip("=") else None))
            if not self.skip(","):
                return tree.Local(token.line, token.column, found, tuple(names))

    def _expression_statement(self) -> tree.Statement:
        token = self.token
        value = self.expression()
        is_run_as = isinstance(value, tree.Call) and value.name.lower() == "runas"
        if is_run_as and self.at("{") and isinstance(value, tree.Call):
            return tree.RunAs(token.line, token.column, value.arguments, self.block())
        self.need(";")
        return tree.ExpressionStatement(token.line, token.column, value)

    def _dml(self) -> tree.Statement:
        token = self.take()
        access = None
        if self.at("as") and self.ahead().low in {"user", "system"}:
            self.place += 1
            access = self.take().low
        records = self.expression()
        extra: tree.Expression | None = None
        if token.low == "merge" or (token.low == "upsert" and not self.at(";")):
            extra = self.expression()
        self.need(";")
        return tree.Dml(token.line, token.column, token.low, access, records, extra)

    def _condition(self) -> tree.Expression:
        self.need("(")
        value = self.expression()
        self.need(")")
        return value

    def _body(self) -> tree.Statement | None:
        """A loop's body; None for a lone `;`."""
        return None if self.skip(";") else self.statement()

    def _if(self) -> tree.Statement:
        token = self.take()
        condition = self._condition()
        then = self.statement()
        otherwise = self.statement() if self.skip("else") else None
        return tree.If(token.line, token.column, condition, then, otherwise)

    def _for(self) -> tree.Statement:
        token = self.take()
        self.need("(")
        local = self.try_local() if self.token.kind == "name" else None
        if local is not None and self.skip(":"):
            source = self.expression()
            self.need(")")
            name = local.names[0][0]
            return tree.ForEach(token.line, token.column, local.type, name, source, self._body())
        start: tuple[tree.Statement, ...] = (local,) if local is not None else ()
        if local is None and not self.at(";"):
            start = tuple(
                tree.ExpressionStatement(value.line, value.column, value)
                for value in self._expressions()
            )
        self.need(";")
        condition = None if self.at(";") else self.expression()
        self.need(";")
        update = () if self.at(")") else self._expressions()
        self.need(")")
        return tree.For(token.line, token.column, start, condition, update, self._body())

    def _expressions(self) -> tuple[tree.Expression, ...]:
        values = [self.expression()]
        while self.skip(","):
            values.append(self.expression())
        return tuple(values)

    def _while(self) -> tree.Statement:
        token = self.take()
        return tree.While(token.line, token.column, self._condition(), self._body())

    def _do(self) -> tree.Statement:
        token = self.take()
        body = self.statement()
        self.need("while")
        condition = self._condition()
        self.need(";")
        return tree.DoWhile(token.line, token.column, body, condition)

    def _jump(self) -> tree.Statement:
        token = self.take()
        self.need(";")
        return tree.Jump(token.line, token.column, token.low)

    def _return(self) -> tree.Statement:
        token = self.take()
        value = None if self.at(";") else self.expression()
        self.need(";")
        return tree.Return(token.line, token.column, value)

    def _throw(self) -> tree.Statement:
        token = self.take()
        value = self.expression()
        self.need(";")
        return tree.Throw(token.line, token.column, value)

    def _try(self) -> tree.Statement:
        token = self.take()
        body = self.block()
        catches: list[tree.Catch] = []
        while self.at("catch"):
            where = self.take()
            self.need("(")
            self.skip("final")
            caught = self.type_ref()
            name = self.name()
            self.need(")")
            catches.append(tree.Catch(where.line, where.column, caught, name, self.block()))
        final = self.block() if self.skip("finally") else None
        if not catches and final is None:
            self.fail("Missing 'catch' or 'finally'")
        return tree.Try(token.line, token.column, body, tuple(catches), final)

    def _switch(self) -> tree.Statement:
        token = self.take()
        self.need("on")
        subject = self.expression()
        self.need("{")
        whens: list[tree.When] = []
        while not self.skip("}"):
            whens.append(self._when())
        return tree.Switch(token.line, token.column, subject, tuple(whens))

    def _when(self) -> tree.When:
        token = self.need("when")
        if self.skip("else"):
            return tree.When(token.line, token.column, (), None, None, self.block())
        start = self.place
        found = self.try_type()
        if found is not None and self.token.kind == "name" and self.ahead().low == "{":
            name = self.name()
            return tree.When(token.line, token.column, (), found, name, self.block())
        self.place = start
        values = self._expressions()
        return tree.When(token.line, token.column, values, None, None, self.block())
