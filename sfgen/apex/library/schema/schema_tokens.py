"""Tokens of objects and fields: `Account.SObjectType`, `Account.Name`."""

from __future__ import annotations

from typing import Any, ClassVar

from sfgen.apex.store.org_data import org_data
from sfgen.apex.types.model import ApexType

__all__ = ["SObjectField", "SObjectType", "field_token", "object_token"]


class SObjectType:
    """The token of an object; there is one per object and transaction's schema."""

    __slots__ = ("name",)
    apex_type: ClassVar[ApexType] = ApexType("Schema.SObjectType")

    def __init__(self, name: str) -> None:
        self.name = name

    def __eq__(self, other: object) -> bool:
        return type(other) is SObjectType and other.name.lower() == self.name.lower()

    def __hash__(self) -> int:
        return hash(("object", self.name.lower()))

    def apex_text(self) -> str:
        """`Account`."""
        return self.name

    @property
    def described(self) -> Any:
        """The schema's record of the object (`data.schema.ObjectType`)."""
        return org_data().schema[self.name]


class SObjectField:
    """The token of a field."""

    __slots__ = ("name", "object_name")
    apex_type: ClassVar[ApexType] = ApexType("Schema.SObjectField")

    def __init__(self, object_name: str, name: str) -> None:
        self.object_name = object_name
        self.name = name

    def _key(self) -> tuple[str, str]:
        return self.object_name.lower(), self.name.lower()

    def __eq__(self, other: object) -> bool:
        return type(other) is SObjectField and other._key() == self._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def apex_text(self) -> str:
        """`Name`."""
        return self.name

    @property
    def described(self) -> Any:
        """The schema's record of the field (`data.schema.Field`)."""
        return org_data().schema[self.object_name].find(self.name)


_objects: dict[str, SObjectType] = {}
_fields: dict[tuple[str, str], SObjectField] = {}


def object_token(name: str) -> SObjectType:
    """The token of the object `name`, its name as the schema spells it."""
    name = name.removeprefix("Schema.")
    return _objects.setdefault(name, SObjectType(name))


def field_token(object_name: str, name: str) -> SObjectField:
    """The token of a field, names as the schema spells them."""
    object_name = object_name.removeprefix("Schema.")
    return _fields.setdefault((object_name, name), SObjectField(object_name, name))
