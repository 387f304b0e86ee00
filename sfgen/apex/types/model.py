"""The type of an Apex value or variable: a name and its generic arguments."""

from __future__ import annotations

import functools
from dataclasses import dataclass

__all__ = [
    "ANY",
    "BLOB",
    "BOOLEAN",
    "DATE",
    "DATETIME",
    "DECIMAL",
    "DOUBLE",
    "ID",
    "INTEGER",
    "LONG",
    "NULL",
    "OBJECT",
    "SOBJECT",
    "STRING",
    "TIME",
    "VOID",
    "ApexType",
    "list_of",
    "map_of",
    "set_of",
    "type_named",
]


@dataclass(frozen=True, slots=True)
class ApexType:
    """A type as Apex names it; `name` keeps the declared spelling (`Outer.Inner` for inner types).

    Two types are the same type when `key` is equal: Apex ignores case in names.
    """

    name: str
    arguments: tuple[ApexType, ...] = ()

    def __str__(self) -> str:
        if not self.arguments:
            return self.name
        return f"{self.name}<{','.join(map(str, self.arguments))}>"

    @property
    def key(self) -> str:
        """The name in lower case, with its arguments: what equality of types goes by."""
        return str(self).lower()

    @property
    def element(self) -> ApexType:
        """What a List or Set holds, or what a Map holds as values; Object when not said."""
        return self.arguments[-1] if self.arguments else OBJECT


_CANONICAL = {
    name.lower(): name
    for name in (
        "Boolean Integer Long Double Decimal String Id Blob Date Datetime Time Object SObject "
        "List Set Map Iterable Iterator void"
    ).split()
}


def _read_type(text: str, start: int) -> tuple[ApexType, int]:
    """Read one type at `start`; answers it and the offset behind it."""
    end = start
    while end < len(text) and text[end] not in "<>,[":
        end += 1
    name = text[start:end].strip()
    arguments: list[ApexType] = []
    if end < len(text) and text[end] == "<":
        while text[end] != ">":
            argument, end = _read_type(text, end + 1)
            arguments.append(argument)
        end += 1
    found = ApexType(_CANONICAL.get(name.lower(), name), tuple(arguments))
    while text[end : end + 2] == "[]":
        found, end = ApexType("List", (found,)), end + 2
    while end < len(text) and text[end] == " ":
        end += 1
    return found, end


@functools.cache
def type_named(text: str) -> ApexType:
    """The type that `text` names: `Map<String, List<Account>>`, `Account[]`, `Outer.Inner`."""
    return _read_type(text.strip(), 0)[0]


ANY = ApexType("ANY")
"""What the compiler knows nothing about: members are looked up when the code runs."""
NULL = ApexType("null")
VOID = ApexType("void")
OBJECT = ApexType("Object")
SOBJECT = ApexType("SObject")
BOOLEAN = ApexType("Boolean")
INTEGER = ApexType("Integer")
LONG = ApexType("Long")
DOUBLE = ApexType("Double")
DECIMAL = ApexType("Decimal")
STRING = ApexType("String")
ID = ApexType("Id")
BLOB = ApexType("Blob")
DATE = ApexType("Date")
DATETIME = ApexType("Datetime")
TIME = ApexType("Time")


def list_of(element: ApexType) -> ApexType:
    """`List<element>`."""
    return ApexType("List", (element,))


def set_of(element: ApexType) -> ApexType:
    """`Set<element>`."""
    return ApexType("Set", (element,))


def map_of(key: ApexType, value: ApexType) -> ApexType:
    """`Map<key, value>`."""
    return ApexType("Map", (key, value))
