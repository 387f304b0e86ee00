"""The body being checked: its scope, the meanings found so far, and the problems noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.checker.certain_types import certain_type
from sfgen.apex.checker.certainty import is_closed
from sfgen.apex.checker.type_names import type_problem
from sfgen.apex.names.meanings import Missing
from sfgen.apex.names.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sfgen.apex.checker.scope import Scope
    from sfgen.apex.names.meanings import Meaning, Meanings
    from sfgen.apex.syntax import tree
    from sfgen.apex.types.model import ApexType
    from sfgen.apex.types.symbols import TypeSymbol

    Finder = Callable[["Body", Any], Meaning]

__all__ = ["Body"]

_NAMESPACES = frozenset(
    "apexpages approval auth cache canvas chatteranswers commerce connectapi database datacloud "
    "dom eventbus flow functions invocable kbmanagement label lxscheduler messaging metadata "
    "packaging page placequote process quickaction reports richmessaging salesforcesettings "
    "schema search sfc site slack support system terrritorymgmt test txnsecurity usermgmt "
    "userprovisioning visualeditor wave".split()
)
"""Namespaces of the platform: a project's class of that name doesn't hide their types."""
_UNASKED = object()


class Body:
    """What the functions of this room share while they go through one body.

    `finders` has the function that finds the meaning of each kind of expression.
    """

    def __init__(
        self,
        scope: Scope,
        file: str,
        meanings: Meanings,
        problems: list[Problem],
        finders: Mapping[type, Finder],
    ) -> None:
        self.scope = scope
        self.world = scope.world
        self.file = file
        self.meanings = meanings
        self.problems = problems
        self._finders = finders
        self._certain: dict[int, Any] = {}

    def meaning(self, node: tree.Expression) -> Meaning:
        """What an expression means; found once."""
        found = self.meanings.found.get(id(node))
        if found is None:
            found = self._finders[type(node)](self, node)
            self.meanings.found[id(node)] = found
        known: Meaning = found
        return known

    def type_of(self, node: tree.Expression) -> ApexType:
        """The type that an expression has."""
        return self.meaning(node).type

    def keep(self, node: tree.Node, meaning: Meaning) -> Meaning:
        """Keep the meaning of a node that is no expression by itself, such as a place."""
        self.meanings.found[id(node)] = meaning
        return meaning

    def certain_type(self, node: tree.Expression) -> ApexType | None:
        """The type of an expression where nothing but the project's own text decides it."""
        known = self._certain.get(id(node), _UNASKED)
        if known is _UNASKED:
            known = self._certain[id(node)] = certain_type(self, node)
        found: ApexType | None = known
        return found

    def resolve(self, reference: tree.TypeRef) -> ApexType:
        """The type a reference names here; `Invalid type: Strng` is noted."""
        found = self.meanings.types.get(id(reference))
        if found is None:
            problem = type_problem(self.world, reference, self.scope.symbol)
            if problem is not None:
                self.note(reference, problem)
            found = self.world.resolve(reference, self.scope.symbol)
            self.meanings.types[id(reference)] = found
        return found

    def note(self, node: tree.Node, message: str) -> None:
        """Note a problem of code that can be executed all the same."""
        self.problems.append(Problem(self.file, node.line, node.column, message))

    def refuse(self, node: tree.Node, message: str) -> Missing:
        """Note a problem of code that has no meaning: executing it stops the test."""
        self.note(node, message)
        return Missing(f"does not compile: {message}")

    def is_all_known(self, symbol: TypeSymbol | None) -> bool:
        """Whether every member that a bare name can mean in a type is in the project."""
        while symbol is not None:
            if not is_closed(self.world, symbol):
                return False
            symbol = symbol.outer
        return True

    def lacks_member(self, symbol: TypeSymbol) -> bool:
        """Whether a member that wasn't found in a type is certainly not there."""
        return symbol.name.lower() not in _NAMESPACES and is_closed(self.world, symbol)

    def is_exception(self, kind: ApexType) -> bool:
        """Whether a type of the project extends Exception."""
        return any(
            each.name == "Exception" or self.is_exception(each) for each in self.world.parents(kind)
        )
