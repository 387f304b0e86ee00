"""Objects as types: which types are records', and the types of their fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.declarations.registry import PLATFORM, PlatformClass
from sfgen.apex.types.model import (
    ANY,
    BLOB,
    BOOLEAN,
    DATE,
    DATETIME,
    DECIMAL,
    ID,
    INTEGER,
    LONG,
    OBJECT,
    STRING,
    TIME,
    ApexType,
    list_of,
)

if TYPE_CHECKING:
    from sfgen.apex.types.symbols import TypeSymbol

__all__ = ["RECORD_SUFFIXES", "RecordTypes"]

_FIELD_TYPES = {
    "ID": ID,
    "REFERENCE": ID,
    "BOOLEAN": BOOLEAN,
    "INTEGER": INTEGER,
    "LONG": LONG,
    "DOUBLE": DECIMAL,
    "CURRENCY": DECIMAL,
    "PERCENT": DECIMAL,
    "DATE": DATE,
    "DATETIME": DATETIME,
    "TIME": TIME,
    "BASE64": BLOB,
    "ADDRESS": ANY,
    "LOCATION": ANY,
    "ANYTYPE": OBJECT,
}
RECORD_SUFFIXES = (
    "__c",
    "__mdt",
    "__e",
    "__b",
    "__x",
    "__share",
    "__history",
    "__feed",
    "__changeevent",
)


class RecordTypes:
    """The project's types and the schema's objects, told apart by name.

    `schema` is a `data.schema.Schema` or None.
    """

    def __init__(self, schema: Any = None) -> None:
        self.types: dict[str, TypeSymbol] = {}
        self.schema = schema

    def symbol(self, kind: ApexType) -> TypeSymbol | None:
        """The project's declaration of a type, or None."""
        parts = kind.name.lower().split(".")
        found = self.types.get(parts[0])
        for part in parts[1:]:
            found = found.inner.get(part) if found else None
        return found

    def platform(self, kind: ApexType) -> PlatformClass | None:
        """The platform's class of a type, or None."""
        return PLATFORM.get(kind.name.lower().removeprefix("system."))

    def record(self, kind: ApexType) -> Any:
        """The schema's object of a type (`data.schema.ObjectType`), or None."""
        if self.schema is None or self.symbol(kind) is not None:
            return None
        return self.schema.find(kind.name.removeprefix("Schema."))

    def is_record(self, kind: ApexType) -> bool:
        """Whether values of the type are records."""
        low = kind.name.lower()
        if low in {"sobject", "aggregateresult"}:
            return True
        if self.symbol(kind) is not None:
            return False
        known = self.platform(kind)
        if known is not None:
            # Site, Network, BusinessHours: a class of static methods beside the object.
            return known.only_static and self.record(kind) is not None
        return low.endswith(RECORD_SUFFIXES) or self.record(kind) is not None

    def lacks_field(self, kind: ApexType, name: str) -> bool:
        """Whether the schema knows the object but not the field, which compiled Apex names."""
        record = self.record(kind)
        if record is None or record.find(name) is not None:
            return False
        known = name.lower() in record.by_relationship
        return not known and self.schema.child(record.name, name) is None

    def field_type(self, kind: ApexType, name: str) -> ApexType:
        """The type of a record's field or relationship; ANY when the schema doesn't know it."""
        record = self.record(kind)
        if record is None:
            return ID if name.lower() == "id" else ANY
        found = record.find(name)
        if found is not None:
            if "Definition" in "".join(found.reference_to):
                return STRING  # metadata relationships hold API names
            return STRING if found.free_reference else _FIELD_TYPES.get(found.type, STRING)
        parent = record.by_relationship.get(name.lower())
        if parent is not None:
            targets = parent.reference_to
            if len(targets) == 1:
                return self.record_kind(targets[0])
            return self.record_kind("Name") if self.schema.find("Name") else ApexType("SObject")
        child = self.schema.child(record.name, name)
        return list_of(self.record_kind(child.child)) if child is not None else ANY

    def record_kind(self, name: str) -> ApexType:
        """The type of an object's records, told apart from a project's class of that name."""
        return ApexType(f"Schema.{name}" if name.lower() in self.types else name)
