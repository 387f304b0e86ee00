"""Names and members of values and types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sfgen.apex.compiler.conversions import Code
from sfgen.apex.compiler.lookup import dotted
from sfgen.apex.compiler.tokens import TokenCompiler
from sfgen.apex.compiler.world import substitute
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import ANY, BOOLEAN, ApexType

if TYPE_CHECKING:
    from sfgen.apex.types.symbols import FieldSymbol, TypeSymbol

__all__ = ["NameCompiler"]

_PARENT = re.compile(r"\.read\('\w+'\)\Z|\Aparent_field\(.*, '\w+'\)\Z")


def _is_own_record(target: tree.Expression | None) -> bool:
    """Whether it is `this.record`: its fields read as null while it is null (public suites)."""
    if not isinstance(target, tree.Member) or not isinstance(target.target, tree.Name):
        return False
    return target.target.name.lower() == "this"


class NameCompiler(TokenCompiler):
    """Compiles names and members; calls and operators are added by deriving classes."""

    def name(self, node: tree.Name) -> Code:
        """Compile a bare name."""
        low = node.name.lower()
        if low == "this":
            if self.frame.static and self.frame.symbol is not None:
                self.note(node, "This cannot be referenced in a static context")
            kind = self.frame.symbol.type if self.frame.symbol else ANY
            return Code("self", kind, sure=True)
        if low in self.frame.locals:
            return Code(f"v_{low}", self.frame.locals[low])
        found = self.find_field(node.name)
        if found is not None:
            return self.read_field(found, "self" if not found.static else None)
        if not self.is_all_known(self.frame.symbol):
            return self.unsupported(node.name)
        return self.wrong(node, f"Variable does not exist: {node.name}")

    def read_field(self, found: FieldSymbol, target: str | None) -> Code:
        """Read a field or property, static when `target` is None."""
        kind = found.type or ANY
        own = self.frame.accessor is found
        if found.static:
            if found.has_getter and not own:
                return Code(f"{found.owner.python}__g_{found.name.lower()}()", kind)
            return Code(f"S_{found.owner.python}.{found.attribute}", kind)
        if found.has_getter and not own:
            return Code(f"{target}.g_{found.name.lower()}()", kind)
        return Code(f"{target}.{found.attribute}", kind)

    def member(self, node: tree.Member) -> Code:
        """Compile `target.name`."""
        special = self._special(node)
        if special is not None:
            return special
        kind = self.static_type(node.target) or self.type_behind(node.target, node.name)
        if kind is not None:
            return self.static_member(node, kind)
        path = dotted(node)
        if path and not self.is_variable(path.partition(".")[0]) and not self.below_type(node):
            return self.unsupported(path)
        target = self.guarded(node.target, safe=node.safe)
        return self.member_of(node, target)

    def guarded(self, node: tree.Expression, *, safe: bool) -> Code:
        """Compile a target; for `?.` the rest of the chain is skipped when it is null."""
        if isinstance(node, tree.Name) and node.name.lower() == "super":
            node = tree.Name(node.line, node.column, "this")
        target = self.part(node)
        if not safe:
            return target
        name = self.frame.temporary()
        text = target.text
        if target.type.name == "List" and isinstance(node, tree.Query):
            text, target = f"row_or_null({text})", Code("", target.type.element)
        self.frame.guards.append((name, text))
        return Code(name, target.type)

    def member_of(self, node: tree.Member, target: Code) -> Code:
        """Compile a member of a value."""
        kind = target.type
        symbol = self.world.symbol(kind)
        if symbol is not None:
            found = self.world.field(symbol, node.name)
            if found is not None:
                self.refuse_hidden_field(node, found)
                self.refuse_static_field(node, found)
                return self.read_field(found, target.text)
            if symbol.kind == "enum" or self.lacks_member(symbol):
                return self.wrong(node, f"Variable does not exist: {node.name}")
        if kind.name == "List" and self.world.is_record(kind.element):
            target = Code(f"one_row({target.text})", kind.element)
            kind = target.type
        if self.world.is_record(kind):
            if self.world.lacks_field(kind, node.name):
                self.refuse_field(node, kind, node.name, f"Variable does not exist: {node.name}")
                return self.unsupported(f"{kind.name}.{node.name}")
            result = self.world.field_type(kind, node.name)
            read = f"{target.text}.read({node.name.lower()!r})"
            if _PARENT.search(target.text) or _is_own_record(node.target):
                read = f"parent_field({target.text}, {node.name.lower()!r})"
            # Only a value that is true is true (Apex Developer Guide, "SObject and List
            # Expressions"): a checkbox that code set to null reads as false.
            return Code(f"({read} or False)" if result == BOOLEAN else read, result)
        known = self.world.platform(kind)
        getter = known.getters.get(node.name.lower()) if known else None
        if known is not None and getter is not None:
            names = dict(zip(known.parameters, kind.arguments, strict=False))
            function = self.member_function(getter)
            text = f"{function}({self.not_null(target)})"
            return Code(text, substitute(getter.result, names))
        return Code(f"get_member({target.text}, {node.name!r})", ANY)

    def not_null(self, code: Code) -> str:
        """The code's text, raising NullPointerException when the value is null."""
        if code.sure:
            return code.text
        if code.text.isidentifier():
            return f"({code.text} if {code.text} is not None else null_pointer())"
        name = self.frame.temporary()
        return f"({name} if ({name} := {code.text}) is not None else null_pointer())"

    def static_member(self, node: tree.Member, kind: ApexType) -> Code:
        """Compile `Type.name`."""
        symbol = self.world.symbol(kind)
        if symbol is not None:
            return self._own_static(node, symbol)
        if self.world.is_record(kind) or node.name.lower() == "sobjecttype":
            return self._token(node, kind)
        known = self.world.platform(kind)
        if known is not None:
            low = node.name.lower()
            if low in known.constants:
                text = f"platform_constant({known.name!r}, {low!r})"
                return Code(self.writer.constant(text), known.constants[low][1], sure=True)
            if low in known.static_getters:
                signature = known.static_getters[low]
                return Code(f"{self.member_function(signature)}()", signature.result)
        return self.unsupported(f"{kind.name}.{node.name}")

    def _own_static(self, node: tree.Member, symbol: TypeSymbol) -> Code:
        if symbol.kind == "enum":
            for value in symbol.node.values:
                if value.lower() == node.name.lower():
                    return Code(f"E_{symbol.python}[{value.lower()!r}]", symbol.type, sure=True)
        found = self.world.field(symbol, node.name)
        if found is None:
            if not self.lacks_member(symbol):
                return self.unsupported(f"{symbol.name}.{node.name}")
            return self.wrong(node, f"Variable does not exist: {symbol.name}.{node.name}")
        self.refuse_hidden_field(node, found)
        self.refuse_instance_field(node, found)
        return self.read_field(found, None if found.static else "self")
