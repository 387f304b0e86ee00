"""What a name means where it stands, in Apex's order of look-up: local, member, outer, type."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sfgen.apex.names.membership import has_member, has_static
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import ANY, ApexType, type_named

if TYPE_CHECKING:
    from sfgen.apex.names.world import World
    from sfgen.apex.types.symbols import FieldSymbol, TypeSymbol

__all__ = ["Scope", "dotted"]


def dotted(node: tree.Expression | None) -> str | None:
    """The text of a chain of plain names, or None."""
    if isinstance(node, tree.Name):
        return node.name
    if isinstance(node, tree.Member) and not node.safe:
        before = dotted(node.target)
        return f"{before}.{node.name}" if before else None
    return None


@dataclass
class Scope:
    """The body being checked and the locals at the statement it has come to.

    `result` is None in constructors; `accessor` is the property whose getter or setter it is.
    """

    world: World
    symbol: TypeSymbol | None
    static: bool
    result: ApexType | None = None
    accessor: FieldSymbol | None = None
    trigger_object: ApexType | None = None
    locals: dict[str, ApexType] = field(default_factory=dict)
    declared: set[str] = field(default_factory=set)
    """Locals of all blocks so far: a dynamic query's binds find those of closed blocks too."""
    loops: int = 0
    """How many loops are around the statement: `break` needs one."""
    starting: bool = False
    """Whether it is a constructor or initial values, where final fields get theirs."""

    def is_variable(self, name: str) -> bool:
        """Whether a bare name is a local, field or property here."""
        if name.lower() in self.locals or name.lower() in {"this", "super"}:
            return True
        return self.find_field(name) is not None

    def begins_with_variable(self, path: str) -> bool:
        """Whether the first name of a chain is a variable."""
        return self.is_variable(path.partition(".")[0])

    def find_field(self, name: str) -> FieldSymbol | None:
        """The field or property a bare name means: own and inherited, then the outer class's.

        Static code sees no instance field, nor does an inner class one of its outer class (Apex
        Developer Guide, "Static and Instance Methods, Variables, and Initialization Code").
        """
        symbol = self.symbol
        static = self.static
        while symbol is not None:
            found = self.world.field(symbol, name)
            if found is not None and (found.static or not static):
                return found
            symbol, static = symbol.outer, True
        return None

    def static_type(self, node: tree.Expression | None) -> ApexType | None:
        """The type that a chain of names means where it is no variable, else None."""
        path = dotted(node)
        if path is None or self.begins_with_variable(path):
            return None
        if isinstance(node, tree.Member) and self._is_static_field(node):
            return None
        return self.type_at(path)

    def type_at(self, path: str) -> ApexType | None:
        """The type of that name as seen from here, or None."""
        name = self.world.type_name(path, self.symbol)
        return type_named(name) if name else None

    def hidden_type(self, node: tree.Expression | None, name: str) -> ApexType | None:
        """The type that a variable's name also means, where only the type has the member.

        `BindingType.Flow` is the enum's value beside a property `BindingType BindingType`, and
        `Test.startTest()` the platform's beside a static property `Test`.
        """
        if not isinstance(node, tree.Name) or node.name.lower() in {"this", "super"}:
            return None
        kind = self.type_at(node.name)
        if kind is None or not has_static(self.world, kind, name):
            return None
        return None if has_member(self.world, self._variable_type(node.name), name) else kind

    def _variable_type(self, name: str) -> ApexType:
        if name.lower() in self.locals:
            return self.locals[name.lower()]
        found = self.find_field(name)
        return (found.type if found is not None else None) or ANY

    def _is_static_field(self, node: tree.Member) -> bool:
        """Whether `Type.name` means a static field, which comes before an inner type."""
        owner = self.static_type(node.target)
        symbol = self.world.symbol(owner) if owner is not None else None
        found = self.world.field(symbol, node.name) if symbol is not None else None
        return found is not None and found.static

    def continues_type(self, node: tree.Member) -> bool:
        """Whether a chain of names begins with a type that isn't its last but one name."""
        target = node.target
        while isinstance(target, tree.Member):
            if self.static_type(target.target) is not None:
                return True
            target = target.target
        return False

    def is_unknown_path(self, node: tree.Member) -> bool:
        """Whether a chain of names begins with what is neither a variable nor a type here."""
        path = dotted(node)
        if not path or self.begins_with_variable(path):
            return False
        return not self.continues_type(node)
