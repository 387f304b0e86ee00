"""Assignments, compound assignments and steps, to every kind of place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sfgen.apex.compiler.conversions import Code, coerce
from sfgen.apex.compiler.lookup import dotted
from sfgen.apex.compiler.operators import OperatorCompiler
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import ANY, INTEGER, ApexType

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.apex.types.symbols import FieldSymbol

__all__ = ["AssignmentCompiler", "Place"]


class Place(NamedTuple):
    """Something that can be assigned: what to evaluate once, how to read it, how to write it.

    `plain` is the Python target of a plain assignment statement, where one will do.
    """

    type: ApexType
    read: str
    write: Callable[[str], str]
    setup: tuple[str, ...] = ()
    plain: str | None = None


class AssignmentCompiler(OperatorCompiler):
    """Compiles assignments."""

    def place(self, node: tree.Expression) -> Place:
        """The place that an expression names."""
        if isinstance(node, tree.Name):
            return self._named_place(node)
        if isinstance(node, tree.Index):
            return self._indexed_place(node)
        if isinstance(node, tree.Member):
            return self._member_place(node)
        self.wrong(node, "Expression cannot be assigned")
        return Place(ANY, "None", lambda value: f"unsupported({value!r})")

    def _named_place(self, node: tree.Name) -> Place:
        low = node.name.lower()
        if low in self.frame.locals:
            target = f"v_{low}"
            kind = self.frame.locals[low]
            return Place(kind, target, lambda value: f"({target} := {value})", plain=target)
        found = self.find_field(node.name)
        if found is None and not self.is_all_known(self.frame.symbol):
            lacking = self.unsupported(node.name).text
            return Place(ANY, lacking, lambda _: lacking)
        if found is None:
            self.wrong(node, f"Variable does not exist: {node.name}")
            return Place(ANY, "None", lambda _: f"unsupported({node.name!r})")
        self.refuse_final(node, found)
        return self._field_place(found, "self")

    def _field_place(self, found: FieldSymbol, target: str) -> Place:
        kind = found.type or ANY
        own = self.frame.accessor is found
        read = self.read_field(found, target).text
        name = found.name.lower()
        if found.has_setter and not own:
            if found.static:
                function = f"{found.owner.python}__s_{name}"
                return Place(kind, read, lambda value: f"{function}({value})")
            return Place(kind, read, lambda value: f"{target}.s_{name}({value})")
        if found.static:
            holder = f"S_{found.owner.python}.me"
            plain = f"{holder}.{found.attribute}"
            return Place(kind, read, self._setter(holder, found.attribute), plain=plain)
        plain_target = f"self.{found.attribute}" if target == "self" else None
        return Place(kind, read, self._setter(target, found.attribute), plain=plain_target)

    @staticmethod
    def _setter(target: str, attribute: str) -> Callable[[str], str]:
        return lambda value: f"set_field({target}, {attribute!r}, {value})"

    def once(self, text: str) -> tuple[str, tuple[str, ...]]:
        """A name for a value that is used twice, and what evaluates it."""
        if text.isidentifier():
            return text, ()
        name = self.frame.temporary()
        return name, (f"{name} := {text}",)

    def _indexed_place(self, node: tree.Index) -> Place:
        target = self.expression(node.target)
        index = coerce(self.world, self.expression(node.index), INTEGER)
        one, first = self.once(target.text)
        two, second = self.once(index.text)
        return Place(
            target.type.element if target.type.name == "List" else ANY,
            f"element({one}, {two})",
            lambda value: f"set_element({one}, {two}, {value})",
            (*first, *second),
        )

    def _member_place(self, node: tree.Member) -> Place:
        kind = self.static_type(node.target)
        if kind is not None:
            symbol = self.world.symbol(kind)
            found = self.world.field(symbol, node.name) if symbol else None
            if found is not None:
                self.refuse_final(node, found)
                self.refuse_hidden_field(node, found)
                return self._field_place(found, "self")
            return self._platform_static(node, kind)
        path = dotted(node)
        if path and not self.is_variable(path.partition(".")[0]) and not self.below_type(node):
            return Place(ANY, f"unsupported({path!r})", lambda _: f"unsupported({path!r})")
        target = self.expression(
            tree.Name(node.line, node.column, "this")
            if isinstance(node.target, tree.Name) and node.target.name.lower() == "super"
            else node.target
        )
        if target.type.name == "List" and self.world.is_record(target.type.element):
            target = Code(f"one_row({target.text})", target.type.element)
        name, setup = self.once(target.text)
        symbol = self.world.symbol(target.type)
        found = self.world.field(symbol, node.name) if symbol else None
        if found is not None:
            self.refuse_final(node, found)
            self.refuse_hidden_field(node, found)
            return self._field_place(found, name)._replace(setup=setup)
        if self.world.is_record(target.type):
            low = node.name.lower()
            if self.world.lacks_field(target.type, low):
                missing = f"Variable does not exist: {node.name}"
                self.refuse_field(node, target.type, low, missing)
                lacking = self.unsupported(f"{target.type.name}.{node.name}").text
                return Place(ANY, lacking, lambda _: lacking)
            return Place(
                self.world.field_type(target.type, low),
                f"{name}.read({low!r})",
                lambda value: f"{name}.write({low!r}, {value})",
                setup,
            )
        return self._value_member(node, Code(name, target.type), setup)

    def _platform_static(self, node: tree.Member, kind: ApexType) -> Place:
        text = f"{kind.name}.{node.name}"
        return Place(
            self.static_member(node, kind).type,
            self.static_member(node, kind).text,
            lambda value: f"set_platform_static({text!r}, {value})",
        )

    def _value_member(self, node: tree.Member, target: Code, setup: tuple[str, ...]) -> Place:
        """A property of a platform value, or of a value of unknown type."""
        read = self.member_of(node, target)
        known = self.world.platform(target.type)
        setter = known.setters.get(node.name.lower()) if known else None
        if setter is not None:
            function = self.member_function(setter)
            return Place(
                read.type,
                read.text,
                lambda value: f"call_setter({function}, {target.text}, {value})",
                setup,
            )
        return Place(
            read.type,
            read.text,
            lambda value: f"set_member({target.text}, {node.name!r}, {value})",
            setup,
        )

    def assign(self, node: tree.Assign) -> Code:
        """Compile an assignment as a value."""
        place, value = self._parts(node)
        text = place.write(value.text)
        if place.setup:
            text = f"({', '.join(f'({each})' for each in place.setup)}, {text})[-1]"
        return Code(text, place.type, value.sure)

    def assign_statement(self, node: tree.Assign) -> str:
        """Compile an assignment whose value nobody wants."""
        place, value = self._parts(node)
        if place.plain is not None:
            return f"{place.plain} = {value.text}"
        return "; ".join([*(self._plain(each) for each in place.setup), place.write(value.text)])

    @staticmethod
    def _plain(setup: str) -> str:
        return setup.replace(" := ", " = ", 1)

    def _parts(self, node: tree.Assign) -> tuple[Place, Code]:
        place = self.place(node.target)
        value = self.expression(node.value)
        if node.operator == "=":
            self.refuse_value(node.value, place.type)
        else:
            read = Code(place.read, place.type)
            value = self.combine(node, node.operator[:-1], read, value)
        return place, coerce(self.world, value, place.type)

    def step(self, node: tree.Expression, operator: str, *, prefix: bool) -> Code:
        """Compile `++x` and `x++`."""
        self.refuse_step(node, operator, prefix=prefix)
        place = self.place(node)
        old = self.frame.temporary()
        changed = self.combine(node, operator, Code(old, place.type), Code("1", INTEGER, sure=True))
        written = place.write(coerce(self.world, changed, place.type).text)
        parts = [*place.setup, f"{old} := {place.read}"]
        texts = [*(f"({each})" for each in parts), written]
        return Code(f"({', '.join(texts)})[{-1 if prefix else -2}]", place.type, sure=True)

    def step_statement(self, node: tree.Expression, operator: str) -> str:
        """`x++;` as a statement."""
        place = self.place(node)
        read = Code(place.read, place.type)
        changed = self.combine(node, operator, read, Code("1", INTEGER, sure=True))
        value = coerce(self.world, changed, place.type).text
        if place.plain is not None:
            return f"{place.plain} = {value}"
        return "; ".join([*(self._plain(each) for each in place.setup), place.write(value)])
