"""What a project's own types declare: fields, properties, methods, constructors, inner types."""

from __future__ import annotations

import functools
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sfgen.apex.types.model import ApexType

if TYPE_CHECKING:
    from sfgen.apex.syntax.tree import Constructor, Declaration, Field, Method, Property, TypeRef

__all__ = ["FieldSymbol", "MethodSymbol", "TypeSymbol", "declare", "mangle"]


def mangle(name: str, parameters: tuple[ApexType, ...]) -> str:
    """The Python attribute of a method: its name, and a digest of its parameters' types."""
    if not parameters:
        return f"m_{name.lower()}"
    text = ",".join(parameter.key for parameter in parameters)
    return f"m_{name.lower()}_{zlib.crc32(text.encode()):08x}"


_OPEN = frozenset(
    {"public", "protected", "global", "webservice", "virtual", "abstract", "override"}
)


@dataclass
class FieldSymbol:
    """A field or property."""

    name: str
    reference: TypeRef
    owner: TypeSymbol
    static: bool
    node: Field | Property
    type: ApexType | None = None

    @property
    def attribute(self) -> str:
        """The Python attribute that stores it."""
        return f"f_{self.name.lower()}"

    @property
    def has_getter(self) -> bool:
        """Whether reading runs code, or may run a subclass's."""
        return self._runs("getter")

    @property
    def has_setter(self) -> bool:
        """Whether writing runs code, or may run a subclass's."""
        return self._runs("setter")

    def _runs(self, accessor: str) -> bool:
        return bool(getattr(self.node, accessor, ())) or self.dispatched

    @property
    def dispatched(self) -> bool:
        """Whether it is a property that a class further down may replace."""
        replaced = self.node.modifiers & {"virtual", "abstract", "override"}
        return bool(replaced) and hasattr(self.node, "getter")


_PLAIN_VALUES = frozenset({"Literal", "Member", "Name", "TypeLiteral"})


@dataclass
class MethodSymbol:
    """A method or, without a name, a constructor."""

    name: str
    owner: TypeSymbol
    static: bool
    node: Method | Constructor
    parameters: tuple[ApexType, ...] = ()
    result: ApexType = field(default_factory=lambda: ApexType("void"))

    @property
    def attribute(self) -> str:
        """The Python attribute it is called by."""
        return mangle(self.name, self.parameters)

    @property
    def function(self) -> str:
        """The global name of its Python function."""
        return f"{self.owner.python}__{self.attribute}"

    @property
    def is_fixed(self) -> bool:
        """Whether it is private to its class: nothing below it can take its place.

        Apex Developer Guide, "Access Modifiers": methods are private by default.
        """
        return self.owner.kind == "class" and _OPEN.isdisjoint(self.node.modifiers)


@dataclass
class TypeSymbol:
    """A class, interface or enum of the project."""

    name: str
    kind: str
    node: Declaration
    file: str
    outer: TypeSymbol | None = None
    extends: tuple[ApexType, ...] = ()
    implements: tuple[ApexType, ...] = ()
    fields: dict[str, FieldSymbol] = field(default_factory=dict)
    methods: dict[str, list[MethodSymbol]] = field(default_factory=dict)
    constructors: list[MethodSymbol] = field(default_factory=list)
    inner: dict[str, TypeSymbol] = field(default_factory=dict)

    @property
    def python(self) -> str:
        """The stem of every global Python name of the type."""
        return self.name.lower().replace(".", "__")

    @property
    def type(self) -> ApexType:
        """The type itself."""
        return ApexType(self.name)

    @property
    def top(self) -> TypeSymbol:
        """The top-level type it stands in."""
        return self.outer.top if self.outer else self

    @functools.cached_property
    def has_static_start(self) -> bool:
        """Whether first use runs code: a `static { }` block, or a static field's value (CL01)."""
        return any(_starts(member) for member in self.node.members)

    def annotated(self, name: str) -> bool:
        """Whether the type carries the annotation."""
        return any(each.name.lower() == name for each in self.node.annotations)


def _starts(member: Any) -> bool:
    if getattr(member, "static", False) is True:
        return True
    value = getattr(member, "value", None)
    is_static = "static" in getattr(member, "modifiers", ())
    return is_static and value is not None and type(value).__name__ not in _PLAIN_VALUES


def declare(node: Declaration, file: str, outer: TypeSymbol | None = None) -> TypeSymbol:
    """The symbols of a declaration, its references not resolved yet."""
    name = f"{outer.name}.{node.name}" if outer else node.name
    symbol = TypeSymbol(name, node.kind, node, file, outer)
    for member in node.members:
        kind = type(member).__name__
        if kind == "Declaration":
            symbol.inner[member.name.lower()] = declare(member, file, symbol)
        elif kind in {"Field", "Property"}:
            static = "static" in member.modifiers
            found = FieldSymbol(member.name, member.type, symbol, static, member)
            symbol.fields[member.name.lower()] = found
        elif kind == "Method":
            static = bool(member.modifiers & {"static", "webservice"})
            static = static or "testmethod" in member.modifiers
            method = MethodSymbol(member.name, symbol, static, member)
            symbol.methods.setdefault(member.name.lower(), []).append(method)
        elif kind == "Constructor":
            symbol.constructors.append(MethodSymbol("new", symbol, static=False, node=member))
    return symbol
