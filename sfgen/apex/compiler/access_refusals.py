"""Members that may not be used where they are named: final, hidden, static, of an instance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.compiler.certainty import is_closed
from sfgen.apex.compiler.declaration_checks import signature_of
from sfgen.apex.compiler.lookup import NameLookup
from sfgen.apex.syntax import tree

if TYPE_CHECKING:
    from sfgen.apex.types.symbols import FieldSymbol, MethodSymbol, TypeSymbol

__all__ = ["AccessRefusals"]

_OPEN = frozenset({"public", "global", "webservice", "override", "abstract"})


class AccessRefusals(NameLookup):
    """Notes members that can't be used where they are named."""

    def note(self, node: tree.Node, message: str) -> None:
        """A problem whose code runs all the same."""
        self.writer.problem(self.file, node.line, node.column, message)

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

    def refuse_static_field(self, node: tree.Node, found: FieldSymbol) -> None:
        """A static field named behind a value."""
        if found.static:
            owner = f"{found.name} from the type {found.owner.name}"
            text = "Static field cannot be referenced from a non static context"
            self.note(node, f"{text}: {owner}")

    def refuse_instance_field(self, node: tree.Node, found: FieldSymbol) -> None:
        """An instance field named behind its type."""
        if not found.static:
            owner = f"{found.name} from the type {found.owner.name}"
            text = "Non static field cannot be referenced from a static context"
            self.note(node, f"{text}: {owner}")

    def refuse_static_method(self, node: tree.Node, found: MethodSymbol) -> None:
        """A static method called on a value."""
        if found.static:
            text = "Static method cannot be referenced from a non static context"
            self.note(node, f"{text}: {signature_of(found)}")

    def refuse_instance_method(self, node: tree.Node, found: MethodSymbol) -> None:
        """An instance method called without a value."""
        if not found.static:
            text = "Non static method cannot be referenced from a static context"
            self.note(node, f"{text}: {signature_of(found)}")

    def refuse_hidden_constructor(self, node: tree.Node, found: MethodSymbol) -> None:
        """A private constructor of another top-level class."""
        if self._is_hidden(found):
            shown = f"[{found.owner.name}].<Constructor>({', '.join(map(str, found.parameters))})"
            self.note(node, f"Constructor is not visible: {shown}")

    def _is_hidden(self, found: FieldSymbol | MethodSymbol) -> bool:
        """Private (so by default), from another file; `@TestVisible` opens it to tests."""
        modifiers = found.node.modifiers
        if found.owner.kind != "class" or modifiers & _OPEN:
            return False
        if "protected" in modifiers and self._inherits(found.owner):
            return False
        if any(each.name.lower() == "testvisible" for each in found.node.annotations):
            return False
        symbol = self.frame.symbol
        return symbol is None or symbol.top is not found.owner.top

    def _inherits(self, owner: TypeSymbol) -> bool:
        """Whether this class, or one around it, is certainly or perhaps a kind of `owner`."""
        symbol = self.frame.symbol
        while symbol is not None:
            if owner in self.world.lineage(symbol) or not is_closed(self.world, symbol):
                return True
            symbol = symbol.outer
        return False
