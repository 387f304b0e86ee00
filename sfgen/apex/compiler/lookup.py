"""What a name means, in Apex's order of look-up: local, member, outer class, type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.compiler.conversions import Code
from sfgen.apex.compiler.membership import has_member, has_static
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import ANY, ApexType, type_named

if TYPE_CHECKING:
    from sfgen.apex.compiler.world import World
    from sfgen.apex.compiler.writer import Frame, Writer
    from sfgen.apex.library.declarations.registry import Signature
    from sfgen.apex.types.symbols import FieldSymbol

__all__ = ["NameLookup", "dotted"]


def dotted(node: tree.Expression | None) -> str | None:
    """The text of a chain of plain names, or None."""
    if isinstance(node, tree.Name):
        return node.name
    if isinstance(node, tree.Member) and not node.safe:
        before = dotted(node.target)
        return f"{before}.{node.name}" if before else None
    return None


class NameLookup:
    """Finds names; the compilers of expressions derive from it."""

    def __init__(self, world: World, writer: Writer, frame: Frame, file: str) -> None:
        self.world = world
        self.writer = writer
        self.frame = frame
        self.file = file
        self.trigger_object: ApexType | None = None

    def expression(self, node: tree.Expression) -> Code:
        """Compile any expression."""
        raise NotImplementedError

    def part(self, node: tree.Expression) -> Code:
        """Compile an expression inside a chain, its guards left to the chain's end."""
        raise NotImplementedError

    def type_constant(self, kind: ApexType) -> str:
        """A global that holds the type."""
        text = str(kind).replace("System.", "")
        return self.writer.constant(f"type_named({text!r})")

    def member_function(self, signature: Signature) -> str:
        """A global that holds a platform function."""
        return self.writer.constant(f"platform({signature.key!r})")

    def unsupported(self, what: str) -> Code:
        """Code that stops the test as unsupported when it is executed."""
        return Code(f"unsupported({what!r})", ANY)

    def wrong(self, node: tree.Node, message: str) -> Code:
        """Note a compile problem; executing the code stops the test."""
        self.writer.problem(self.file, node.line, node.column, message)
        return Code(f"unsupported({'does not compile: ' + message!r})", ANY)

    def resolve(self, reference: tree.TypeRef) -> ApexType:
        """The type a reference names here."""
        return self.world.resolve(reference, self.frame.symbol)

    def is_variable(self, name: str) -> bool:
        """Whether a bare name is a local, field or property here."""
        if name.lower() in self.frame.locals or name.lower() in {"this", "super"}:
            return True
        return self.find_field(name) is not None

    def find_field(self, name: str) -> FieldSymbol | None:
        """The field or property a bare name means: own and inherited, then the outer class's.

        Static code sees no instance field, nor does an inner class one of its outer class (Apex
        Developer Guide, "Static and Instance Methods, Variables, and Initialization Code").
        """
        symbol = self.frame.symbol
        static = self.frame.static
        while symbol is not None:
            found = self.world.field(symbol, name)
            if found is not None and (found.static or not static):
                return found
            symbol, static = symbol.outer, True
        return None

    def static_type(self, node: tree.Expression | None) -> ApexType | None:
        """The type that a chain of names means where it is no variable, else None."""
        path = dotted(node)
        if path is None or self.is_variable(path.partition(".")[0]):
            return None
        if isinstance(node, tree.Member) and self._is_static_field(node):
            return None
        name = self.world.type_name(path, self.frame.symbol)
        return type_named(name) if name else None

    def type_behind(self, node: tree.Expression | None, name: str) -> ApexType | None:
        """The type that a variable's name also means, where only the type has the member.

        `BindingType.Flow` is the enum's value beside a property `BindingType BindingType`, and
        `Test.startTest()` the platform's beside a static property `Test`.
        """
        if not isinstance(node, tree.Name) or node.name.lower() in {"this", "super"}:
            return None
        found = self.world.type_name(node.name, self.frame.symbol)
        kind = type_named(found) if found else None
        if kind is None or not has_static(self.world, kind, name):
            return None
        return None if has_member(self.world, self._variable_type(node.name), name) else kind

    def _variable_type(self, name: str) -> ApexType:
        if name.lower() in self.frame.locals:
            return self.frame.locals[name.lower()]
        found = self.find_field(name)
        return (found.type if found is not None else None) or ANY

    def _is_static_field(self, node: tree.Member) -> bool:
        """Whether `Type.name` means a static field, which comes before an inner type."""
        owner = self.static_type(node.target)
        symbol = self.world.symbol(owner) if owner is not None else None
        found = self.world.field(symbol, node.name) if symbol is not None else None
        return found is not None and found.static

    def below_type(self, node: tree.Member) -> bool:
        """Whether a chain of names begins with a type that isn't its last but one name."""
        target = node.target
        while isinstance(target, tree.Member):
            if self.static_type(target.target) is not None:
                return True
            target = target.target
        return False

    def is_exception(self, kind: ApexType) -> bool:
        """Whether a type of the project extends Exception."""
        return any(
            each.name == "Exception" or self.is_exception(each) for each in self.world.parents(kind)
        )
