"""Platform classes that only hold data: properties, and methods that read or write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from sfgen.apex.library.declarations.registry import PlatformClass, find_class, platform_members
from sfgen.apex.runtime.collections import ApexList
from sfgen.apex.runtime.keys import key_of
from sfgen.apex.runtime.text import text_of
from sfgen.apex.types.model import ApexType, type_named

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DataObject", "data_class"]

_METHOD = re.compile(r"(.+?)\s+(\w+)\((?:(.+)\s+\w+)?\)\s*=\s*(\w+)\Z")


class DataObject:
    """A value of a data class: `values` by lower-case property name."""

    apex_type: ClassVar[ApexType] = ApexType("Object")
    properties: ClassVar[dict[str, tuple[str, str]]] = {}
    fixed: ClassVar[bool] = False

    def __init__(self, **values: Any) -> None:
        self.values: dict[str, Any] = {name.lower(): value for name, value in values.items()}

    def apex_key(self) -> Any:
        """A result that code can't make is equal to one with the same values."""
        if self.fixed:
            values = frozenset((name, key_of(each)) for name, each in self.values.items())
            return (self.apex_type.name, values)
        return (self.apex_type.name, id(self))

    def get(self, name: str) -> Any:
        """A property's value; None if it was never set."""
        return self.values.get(name)

    def json_members(self) -> list[tuple[str, Any]]:
        """The properties for JSON."""
        return [(name, self.values.get(low)) for low, (name, _) in self.properties.items()]

    def apex_text(self) -> str:
        """`Database.SaveResult[id=...;success=true;]`."""
        shown = (f"{name}={text_of(value)};" for name, value in self.json_members())
        return f"{self.apex_type.name}[{''.join(shown)}]"


def _reader(low: str) -> Callable[[DataObject], Any]:
    def read(value: DataObject) -> Any:
        return value.values.get(low)

    return read


def _writer(low: str) -> Callable[[DataObject, Any], None]:
    def write(target: DataObject, value: Any) -> None:
        target.values[low] = value

    return write


def _errors_reader(low: str, element: ApexType) -> Callable[[DataObject], Any]:
    """A result's errors are an empty list where it was made without any."""

    def read(value: DataObject) -> Any:
        found = value.values.get(low)
        return ApexList((), element) if found is None else found

    return read


def _declare_methods(members: platform_members, methods: str) -> None:
    for text in filter(None, map(str.strip, methods.split(";"))):
        found = _METHOD.match(text)
        if not found:
            raise ValueError(f"not a data class's method: {text}")
        result, name, parameter, target = found.groups()
        low = target.lower()
        if parameter:
            members.method(f"{result} {name}({parameter} value)")(_writer(low))
        elif result.startswith("List<Database.Error"):
            members.method(f"{result} {name}()")(_errors_reader(low, type_named(result).element))
        else:
            members.method(f"{result} {name}()")(_reader(low))


def _inherited(parents: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for parent in parents:
        known: PlatformClass | None = find_class(parent)
        found.update(getattr(known.python_class, "properties", {}) if known else {})
    return found


def data_class(
    declared: str,
    properties: str = "",
    methods: str = "",
    *,
    extends: tuple[str, ...] = (),
    constructor: bool = True,
) -> type[DataObject]:
    """Register a data class.

    `properties` is `Boolean success; Id id`, `methods` is `Boolean isSuccess() = success;
    void setName(String value) = name`. With `constructor` Apex may make one without arguments.
    """
    members = platform_members(declared, extends=extends)
    table = _inherited(extends)
    for text in filter(None, map(str.strip, properties.split(";"))):
        kind, name = text.rsplit(None, 1)
        low = name.lower()
        table[low] = (name, kind)
        members.getter(text)(_reader(low))
        members.setter(text)(_writer(low))
    _declare_methods(members, methods)
    made: type[DataObject] = type(
        declared.replace(".", ""),
        (DataObject,),
        {"apex_type": ApexType(declared), "properties": table, "fixed": not constructor},
    )
    members.holds(made)
    if constructor:
        members.constructor(f"{declared.rpartition('.')[2]}()")(made)
    return made
