"""What the platform's compiler refuses in the bodies of methods, in its own words.

The texts are those of the platform (its language server's message table). A problem is noted only
where it is certain; the code is compiled all the same, so that the rest of the project runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.compiler.certainty import certain_type, fits_nowhere, incompatible, is_closed
from sfgen.apex.compiler.declaration_checks import signature_of
from sfgen.apex.compiler.lookup import NameLookup
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import BOOLEAN, VOID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfgen.apex.compiler.conversions import Code
    from sfgen.apex.types.model import ApexType
    from sfgen.apex.types.symbols import FieldSymbol, MethodSymbol, TypeSymbol

__all__ = ["Refusals"]

_NAMESPACES = frozenset(
    "apexpages approval auth cache canvas chatteranswers commerce connectapi database datacloud "
    "dom eventbus flow functions invocable kbmanagement label lxscheduler messaging metadata "
    "packaging page placequote process quickaction reports richmessaging salesforcesettings "
    "schema search sfc site slack support system terrritorymgmt test txnsecurity usermgmt "
    "userprovisioning visualeditor wave".split()
)
"""Namespaces of the platform: behind a project's class of that name their types are still found."""


class Refusals(NameLookup):
    """Notes what doesn't compile; the compilers of expressions and statements derive from it."""

    def note(self, node: tree.Node, message: str) -> None:
        """A problem whose code runs all the same."""
        self.writer.problem(self.file, node.line, node.column, message)

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

    def refuse_value(self, value: tree.Expression, target: ApexType) -> None:
        """`Illegal assignment from String to Integer`."""
        source = certain_type(self, value)
        if incompatible(self.world, source, target):
            self.note(value, f"Illegal assignment from {source} to {target}")

    def refuse_result(self, node: tree.Return) -> None:
        """What a return gives that the method doesn't, and the other way round."""
        result = self.frame.result
        if result is None:
            return
        if node.value is None:
            if result != VOID:
                self.note(node, f"Missing return statement required return type: {result}")
            return
        if result == VOID:
            self.note(node, "Void method must not return a value")
            return
        source = certain_type(self, node.value)
        if incompatible(self.world, source, result):
            self.note(node.value, f"Illegal conversion from {source} to {result}")

    def refuse_condition(self, node: tree.Expression) -> None:
        """`Condition expression must be of type Boolean`."""
        source = certain_type(self, node)
        if incompatible(self.world, source, BOOLEAN):
            self.note(node, f"Condition expression must be of type Boolean: {source}")

    def refuse_duplicate(self, node: tree.Node, name: str) -> None:
        """`Duplicate variable`: locals and parameters can't hide each other."""
        implied = self.frame.accessor is not None and name.lower() == "value"
        if name.lower() in self.frame.locals and not implied:
            self.note(node, f"Duplicate variable: {name}")

    def refuse_final(self, node: tree.Node, found: FieldSymbol) -> None:
        """A final field gets its value in a constructor or initializer, a subclass's too."""
        if "final" not in found.node.modifiers or isinstance(found.node, tree.Property):
            return  # public suites assign final properties in their getters
        symbol = self.frame.symbol
        if (
            not self.frame.starting
            or symbol is None
            or found.owner not in self.world.lineage(symbol)
        ):
            self.note(
                node,
                "Final members can only be assigned in their declaration, init blocks, or "
                f"constructors: {found.name}",
            )

    def refuse_hidden_field(self, node: tree.Node, found: FieldSymbol) -> None:
        """A private field of another top-level class."""
        if self._is_hidden(found):
            self.note(node, f"Variable is not visible: {found.owner.name}.{found.name}")

    def refuse_hidden_method(self, node: tree.Node, found: MethodSymbol) -> None:
        """A private method of another top-level class."""
        if self._is_hidden(found):
            self.note(node, f"Method is not visible: {signature_of(found)}")

    def _is_hidden(self, found: FieldSymbol | MethodSymbol) -> bool:
        """Private (so by default), from another file; `@TestVisible` opens it to tests."""
        modifiers = found.node.modifiers
        if found.owner.kind != "class" or modifiers & _OPEN:
            return False
        if any(each.name.lower() == "testvisible" for each in found.node.annotations):
            return False
        symbol = self.frame.symbol
        return symbol is None or symbol.top is not found.owner.top

    def refused_call(
        self,
        node: tree.Call,
        symbol: TypeSymbol,
        candidates: Sequence[MethodSymbol],
        arguments: Sequence[Code],
    ) -> Code | None:
        """A call of a method that a type certainly doesn't have, as a problem; else None."""
        if not self.lacks_member(symbol):
            return None
        kinds = [certain_type(self, each) for each in node.arguments]
        if not fits_nowhere(self.world, candidates, kinds):
            return None
        texts = ", ".join(self._shown(each.type) for each in arguments)
        message = (
            f"Method does not exist or incorrect signature: void {node.name}({texts}) from the "
            f"type {symbol.name}"
        )
        return self.wrong(node, message)

    def refused_constructor(
        self,
        node: tree.Call | tree.New,
        symbol: TypeSymbol,
        arguments: Sequence[Code],
    ) -> Code | None:
        """A construction that no constructor of the class allows, as a problem; else None."""
        kinds = [certain_type(self, each) for each in node.arguments]
        if not fits_nowhere(self.world, symbol.constructors, kinds):
            return None
        texts = ", ".join(self._shown(each.type) for each in arguments)
        return self.wrong(node, f"Constructor not defined: [{symbol.name}].<Constructor>({texts})")

    @staticmethod
    def _shown(kind: ApexType) -> str:
        return "Object" if kind.name == "ANY" else str(kind)


_OPEN = frozenset({"public", "global", "protected", "webservice", "override", "abstract"})
