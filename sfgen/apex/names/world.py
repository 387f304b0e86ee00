"""All names an Apex file can see: the project's types, the platform's, the objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.declarations.registry import PLATFORM
from sfgen.apex.names.record_types import RECORD_SUFFIXES, RecordTypes
from sfgen.apex.types.model import (
    ApexType,
    type_named,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.apex.syntax.tree import TypeRef
    from sfgen.apex.types.symbols import FieldSymbol, MethodSymbol, TypeSymbol

__all__ = ["World", "substitute"]

_BUILT_IN = frozenset(
    "boolean integer long double decimal string id blob date datetime time object sobject "
    "list set map iterable iterator void".split()
)
_SCHEMA_CLASSES = {
    name.lower(): name
    for name in (
        "SObjectField DescribeFieldResult DescribeSObjectResult PicklistEntry "
        "ChildRelationship RecordTypeInfo FieldSet FieldSetMember DisplayType SOAPType "
        "DescribeTabSetResult DescribeTabResult"
    ).split()
}


def substitute(kind: ApexType, names: dict[str, ApexType]) -> ApexType:
    """`kind` with type parameters replaced: T by Account."""
    if not names:
        return kind
    if not kind.arguments:
        return names.get(kind.name, kind)
    return ApexType(kind.name, tuple(substitute(each, names) for each in kind.arguments))


def _bare(name: str) -> str:
    """A name without `System.` before it."""
    return name[7:] if name.lower().startswith("system.") else name


class World(RecordTypes):
    """Finds types and members; `schema` is a `data.schema.Schema` or None."""

    def __init__(self, schema: Any = None, namespace: str = "") -> None:
        super().__init__(schema)
        self.namespace = namespace.lower()
        self._names: frozenset[str] | None = None

    def add(self, symbol: TypeSymbol) -> None:
        """Make a top-level type known."""
        self.types[symbol.name.lower()] = symbol

    def known_names(self) -> frozenset[str]:
        """Every undotted type name in lower case: built in, the platform's, objects', own."""
        if self._names is None:
            objects = self.schema.objects.keys() if self.schema is not None else ()
            self._names = frozenset({*_BUILT_IN, *PLATFORM, *self.types, *objects})
        return self._names

    def knows(self, kind: ApexType) -> bool:
        """Whether a type is the project's, built here, or a record."""
        bare = kind.name.lower().removeprefix("system.").partition("<")[0]
        if bare in _BUILT_IN or bare.startswith("schema.") or self.symbol(kind) is not None:
            return True
        return self.platform(kind) is not None or self.is_record(kind)

    def resolve(self, reference: TypeRef, scope: TypeSymbol | None) -> ApexType:
        """The type a reference names in `scope`; unknown names stay as they are written."""
        arguments = tuple(self.resolve(each, scope) for each in reference.arguments)
        name = self.type_name(reference.name, scope)
        found = type_named(name or _bare(reference.name))
        return ApexType(found.name, arguments) if arguments else found

    def type_name(self, name: str, scope: TypeSymbol | None) -> str | None:
        """The full name of the type that `name` means in `scope`, or None."""
        low = name.lower()
        own = self._own_type(low, scope)
        if own is not None:
            return own.name
        schema_name = low.removeprefix("system.").removeprefix("schema.")
        if schema_name in _SCHEMA_CLASSES:
            return f"Schema.{_SCHEMA_CLASSES[schema_name]}"
        for prefix in ("", "system.", "schema."):
            bare = low.removeprefix(prefix) if prefix and low.startswith(prefix) else low
            if bare == "aggregateresult":
                return "AggregateResult"
            if bare in _BUILT_IN:
                return type_named(bare).name
            if bare in PLATFORM:
                # A project's own class of that name is what the bare name means.
                hidden = bare.partition(".")[0] in self.types
                return f"System.{PLATFORM[bare].name}" if hidden else PLATFORM[bare].name
        if f"schema.{low}" in PLATFORM:
            return PLATFORM[f"schema.{low}"].name
        bare = low.removeprefix("schema.").removeprefix("sobject.")
        record = self.schema.find(bare) if self.schema is not None else None
        if record is not None:
            hidden = bare in self.types
            return f"Schema.{record.name}" if hidden else str(record.name)
        return name if "." not in bare and bare.endswith(RECORD_SUFFIXES) else None

    def _own_type(self, low: str, scope: TypeSymbol | None) -> TypeSymbol | None:
        """The project's type of that name as seen from `scope`: inner types of it first."""
        if low.startswith("system."):
            return None
        low = low.removeprefix(f"{self.namespace}.") if self.namespace else low
        first, _, rest = low.partition(".")
        around: TypeSymbol | None = scope
        while around is not None:
            for symbol in self.lineage(around):
                if first in symbol.inner:
                    return self._inner(symbol.inner[first], rest)
            if around.name.lower().rpartition(".")[2] == first:
                return self._inner(around, rest)
            around = around.outer
        return self._inner(self.types.get(first), rest)

    def _inner(self, symbol: TypeSymbol | None, rest: str) -> TypeSymbol | None:
        if symbol is None or not rest:
            return symbol
        for each in self.lineage(symbol):
            if rest in each.inner:
                return each.inner[rest]
        return None

    def lineage(self, symbol: TypeSymbol) -> Iterator[TypeSymbol]:
        """The type and the project's types it extends, nearest first."""
        seen: set[str] = set()
        current: TypeSymbol | None = symbol
        while current is not None and current.name not in seen:
            seen.add(current.name)
            yield current
            parent = current.extends[0] if current.extends and current.kind == "class" else None
            current = self.symbol(parent) if parent else None

    def parents(self, kind: ApexType) -> Iterator[ApexType]:
        """What a type directly extends or implements."""
        symbol = self.symbol(kind)
        if symbol is not None:
            yield from symbol.extends
            yield from symbol.implements
            return
        known = self.platform(kind)
        if known is not None:
            for name in known.extends:
                yield ApexType(name, kind.arguments if name in {"Iterable", "Iterator"} else ())
        if kind.name in {"List", "Set"}:
            yield ApexType("Iterable", kind.arguments)

    def field(self, symbol: TypeSymbol, name: str) -> FieldSymbol | None:
        """A field or property of a type or of what it extends."""
        for each in self.lineage(symbol):
            found = each.fields.get(name.lower())
            if found is not None:
                if found.type is None:
                    found.type = self.resolve(found.reference, each)
                return found
        return None

    def methods(self, symbol: TypeSymbol, name: str) -> list[MethodSymbol]:
        """All methods of that name in a type and what it extends, overridden ones left out."""
        found: list[MethodSymbol] = []
        seen: set[str] = set()
        queue = [symbol]
        visited: set[str] = set()
        while queue:
            each = queue.pop(0)
            if each.name in visited:
                continue
            visited.add(each.name)
            for method in each.methods.get(name.lower(), ()):
                if method.attribute not in seen:
                    seen.add(method.attribute)
                    found.append(method)
            for parent in (*each.extends, *each.implements):
                above = self.symbol(parent)
                if above is not None:
                    queue.append(above)
        return found
