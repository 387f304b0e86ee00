"""Types and their members, triggers, whole files."""

from __future__ import annotations

from typing import Any

from sfgen.apex.syntax import tree
from sfgen.apex.syntax.statements import StatementReader

__all__ = ["DeclarationReader"]

_MODIFIERS = frozenset(
    "public private protected global static final abstract virtual override transient "
    "testmethod webservice".split()
)
_SHARING = frozenset({"with", "without", "inherited"})
_KINDS = frozenset({"class", "interface", "enum"})


class DeclarationReader(StatementReader):
    """Reads declarations."""

    def class_file(self) -> tree.Declaration:
        """Read a class file: one top-level type."""
        modifiers, annotations = self._modifiers()
        if not self.at(*_KINDS):
            self.fail(f"Unexpected token '{self.token.text or 'end of file'}'.")
        found = self._declaration(modifiers, annotations)
        if self.token.kind != "end":
            self.fail(f"Extra text after the type: '{self.token.text}'.")
        return found

    def trigger_file(self) -> tree.Trigger:
        """Read a trigger file."""
        self._modifiers()
        token = self.need("trigger")
        name = self.name()
        self.need("on")
        record_type = self.name()
        self.need("(")
        events: list[str] = []
        while True:
            moment, event = self.name().lower(), self.name().lower()
            events.append(f"{moment} {event}")
            if not self.skip(","):
                break
        self.need(")")
        body = self.block()
        return tree.Trigger(token.line, token.column, name, record_type, tuple(events), body)

    def anonymous(self) -> tree.ApexFile:
        """Read an anonymous block: statements, with methods and classes between them."""
        statements: list[tree.Statement] = []
        members: list[Any] = []
        while self.token.kind != "end":
            if self.at("@", *_MODIFIERS, *_SHARING, *_KINDS) or self._is_method():
                members.extend(self._class_member(""))
            else:
                statements.append(self.statement())
        return tree.ApexFile(statements=tuple(statements), members=tuple(members))

    def _is_method(self) -> bool:
        start = self.place
        answer = (
            self.try_type() is not None
            and self.token.kind == "name"
            and self.ahead().low == "("
            and self.tokens[start].low not in {"new", "return", "throw", "else"}
        )
        self.place = start
        return answer

    def _modifiers(self) -> tuple[frozenset[str], tuple[tree.Annotation, ...]]:
        words: list[str] = []
        annotations: list[tree.Annotation] = []
        while True:
            token = self.token
            if token.kind == "mark" and token.low == "@":
                annotations.append(self._annotation())
            elif token.kind == "name" and token.low in _MODIFIERS:
                words.append(self.take().low)
            elif token.low in _SHARING and self.ahead().low == "sharing":
                words.append(f"{token.low} sharing")
                self.place += 2
            else:
                return frozenset(words), tuple(annotations)

    def _annotation(self) -> tree.Annotation:
        token = self.take()
        name = self.name()
        values: dict[str, str] = {}
        if self.skip("("):
            while not self.skip(")"):
                key = ""
                if self.token.kind == "name" and self.ahead().low == "=":
                    key = self.name().lower()
                    self.place += 1
                value = self.expression()
                values[key] = str(value.value) if isinstance(value, tree.Literal) else ""
                self.skip(",")
        return tree.Annotation(token.line, token.column, name, values)

    def _declaration(
        self, modifiers: frozenset[str], annotations: tuple[tree.Annotation, ...]
    ) -> tree.Declaration:
        token = self.take()
        name = self.name()
        extends: list[tree.TypeRef] = []
        implements: list[tree.TypeRef] = []
        if self.skip("extends"):
            extends = self._types()
        if self.skip("implements"):
            implements = self._types()
        self.need("{")
        values: list[str] = []
        members: list[Any] = []
        if token.low == "enum":
            while not self.skip("}"):
                values.append(self.name())
                self.skip(",")
        else:
            while not self.skip("}"):
                members.extend(self._class_member(name))
        return tree.Declaration(
            token.line,
            token.column,
            modifiers,
            annotations,
            token.low,
            name,
            tuple(extends),
            tuple(implements),
            tuple(members),
            tuple(values),
        )

    def _types(self) -> list[tree.TypeRef]:
        found = [self.type_ref()]
        while self.skip(","):
            found.append(self.type_ref())
        return found

    def _class_member(self, owner: str) -> list[Any]:
        """Read one member; a field declaration may make several."""
        token = self.token
        if self.skip(";"):
            return []
        modifiers, annotations = self._modifiers()
        if self.at("{") and modifiers <= {"static"}:
            return [tree.Initializer(token.line, token.column, bool(modifiers), self.block())]
        if self.at(*_KINDS) and self.ahead().kind == "name" and self.ahead(2).low not in {"(", ";"}:
            return [self._declaration(modifiers, annotations)]
        first = self.token
        if first.low == owner.lower() and self.ahead().low == "(":
            self.place += 1
            parameters = self._parameters()
            return [
                tree.Constructor(
                    first.line,
                    first.column,
                    modifiers,
                    annotations,
                    owner,
                    parameters,
                    self.block(),
                )
            ]
        return self._typed_member(modifiers, annotations)

    def _typed_member(
        self, modifiers: frozenset[str], annotations: tuple[tree.Annotation, ...]
    ) -> list[Any]:
        kind = self.type_ref()
        token = self.token
        name = self.name()
        line, column = token.line, token.column
        if self.at("("):
            parameters = self._parameters()
            body = None if self.skip(";") else self.block()
            return [tree.Method(line, column, modifiers, annotations, kind, name, parameters, body)]
        if self.at("{"):
            getter, setter = self._accessors()
            return [tree.Property(line, column, modifiers, annotations, kind, name, getter, setter)]
        fields: list[Any] = []
        while True:
            value = self.expression() if self.skip("=") else None
            fields.append(tree.Field(line, column, modifiers, annotations, kind, name, value))
            if not self.skip(","):
                break
            line, column, name = self.token.line, self.token.column, self.name()
        self.need(";")
        return fields

    def _parameters(self) -> tuple[tree.Parameter, ...]:
        self.need("(")
        found: list[tree.Parameter] = []
        while not self.skip(")"):
            self._modifiers()
            kind = self.type_ref()
            token = self.token
            found.append(tree.Parameter(token.line, token.column, kind, self.name()))
            if not self.skip(",") and not self.at(")"):
                self.need(")")
        return tuple(found)

    def _accessors(self) -> tuple[Any, Any]:
        """Read `{ get; set { ... } }`: for each a block, () when automatic, None when missing."""
        self.need("{")
        found: dict[str, Any] = {"get": None, "set": None}
        while not self.skip("}"):
            self._modifiers()
            if not self.at("get", "set"):
                self.fail(f"Unexpected token '{self.token.text}'.")
            which = self.take().low
            found[which] = () if self.skip(";") else self.block()
        return found["get"], found["set"]
