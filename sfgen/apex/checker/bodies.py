"""Checks whole files: every body of a type or trigger, then the type's declarations.

Problems have the words of the platform's compiler. One is noted only where it is certain; what
else is in the file keeps its meaning, so that the rest of the project runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.checker.body import Body
from sfgen.apex.checker.creations import chained_constructor
from sfgen.apex.checker.declarations import check_declarations
from sfgen.apex.checker.expressions import FINDERS
from sfgen.apex.checker.scope import Scope
from sfgen.apex.checker.statement_checks import check_value
from sfgen.apex.checker.statements import check_block
from sfgen.apex.names.chained_calls import chained_call
from sfgen.apex.names.meanings import Meanings
from sfgen.apex.names.problems import Problem
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import ANY, VOID, ApexType

if TYPE_CHECKING:
    from sfgen.apex.names.world import World
    from sfgen.apex.types.symbols import FieldSymbol, MethodSymbol, TypeSymbol

__all__ = ["check_trigger", "check_type"]


def check_type(world: World, symbol: TypeSymbol) -> tuple[Meanings, list[Problem]]:
    """The meanings of a top-level type's expressions, its inner types' too, and its problems."""
    checker = _FileChecker(world, symbol.file)
    checker.check(symbol)
    for node, message in check_declarations(world, symbol):
        checker.problems.append(Problem(symbol.file, node.line, node.column, message))
    return checker.meanings, checker.problems


def check_trigger(world: World, node: tree.Trigger, file: str) -> tuple[Meanings, list[Problem]]:
    """The meanings of a trigger's expressions, and its problems."""
    checker = _FileChecker(world, file)
    kind = ApexType(world.type_name(node.object, None) or node.object)
    scope = Scope(world, None, static=True, result=VOID, trigger_object=kind)
    check_block(checker.body(scope), node.body.statements)
    return checker.meanings, checker.problems


class _FileChecker:
    """The bodies of one file, each with a scope of its own."""

    def __init__(self, world: World, file: str) -> None:
        self.world = world
        self.file = file
        self.meanings = Meanings()
        self.problems: list[Problem] = []

    def body(self, scope: Scope) -> Body:
        """A body of the file."""
        return Body(scope, self.file, self.meanings, self.problems, FINDERS)

    def check(self, symbol: TypeSymbol) -> None:
        """Check the bodies of a type and of its inner types."""
        for inner in symbol.inner.values():
            self.check(inner)
        if symbol.kind != "class":
            return
        for methods in symbol.methods.values():
            for method in methods:
                self._method(method)
        for found in symbol.fields.values():
            self._accessors(found)
        self._initial_values(symbol, static=False)
        for constructor in symbol.constructors:
            self._constructor(constructor)
        self._initial_values(symbol, static=True)

    def _method(self, method: MethodSymbol) -> None:
        node = method.node
        if node.body is not None:
            scope = Scope(self.world, method.owner, method.static, method.result)
            scope.locals.update(_parameters(method))
            check_block(self.body(scope), node.body.statements)

    def _accessors(self, found: FieldSymbol) -> None:
        node = found.node
        if not isinstance(node, tree.Property):
            return
        kind = found.type or VOID
        if isinstance(node.getter, tree.Block) and found.has_getter:
            scope = Scope(self.world, found.owner, found.static, kind, found)
            check_block(self.body(scope), node.getter.statements)
        if isinstance(node.setter, tree.Block) and found.has_setter:
            scope = Scope(self.world, found.owner, found.static, VOID, found)
            scope.locals["value"] = kind
            check_block(self.body(scope), node.setter.statements)

    def _constructor(self, constructor: MethodSymbol) -> None:
        symbol, node = constructor.owner, constructor.node
        scope = Scope(self.world, symbol, static=False, starting=True)
        scope.locals.update(_parameters(constructor))
        body = self.body(scope)
        statements = node.body.statements if node.body is not None else ()
        first = chained_call(node)
        if first is not None:
            body.keep(first, chained_constructor(body, symbol, first))
            statements = statements[1:]
        check_block(body, statements)

    def _initial_values(self, symbol: TypeSymbol, *, static: bool) -> None:
        """Initializer blocks and the fields' first values, in text order."""
        result = VOID if static else None
        body = self.body(Scope(self.world, symbol, static, result, starting=True))
        for member in symbol.node.members:
            if isinstance(member, tree.Initializer) and member.static == static:
                check_block(body, member.body.statements)
            elif isinstance(member, tree.Field) and ("static" in member.modifiers) == static:
                if member.value is None:
                    continue
                body.meaning(member.value)
                found = self.world.field(symbol, member.name)
                check_value(body, member.value, (found.type if found else None) or ANY)


def _parameters(method: MethodSymbol) -> dict[str, ApexType]:
    names = [each.name.lower() for each in method.node.parameters]
    return dict(zip(names, method.parameters, strict=True))
