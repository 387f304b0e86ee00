"""What every object of an Apex class is to Python, and how the library calls its methods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sfgen.apex.types.model import OBJECT, ApexType

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ApexEnum", "ApexObject", "MethodEntry", "find_method", "implements"]


@dataclass(frozen=True, slots=True)
class MethodEntry:
    """One instance method of an Apex class: its parameters' types and its Python attribute."""

    parameters: tuple[ApexType, ...]
    attribute: str


class ApexObject:
    """An object of a user's Apex class; the compiler makes the subclasses.

    `apex_type` is the class's own type, `apex_interfaces` the lower-case names of everything it
    implements or extends (arguments left out), `apex_methods` its own methods by lower-case name,
    `apex_fields` its instance fields and properties in declared order as `(name, type)`.
    """

    apex_type: ClassVar[ApexType] = OBJECT
    apex_interfaces: ClassVar[frozenset[str]] = frozenset()
    apex_methods: ClassVar[dict[str, tuple[MethodEntry, ...]]] = {}
    apex_fields: ClassVar[tuple[tuple[str, ApexType], ...]] = ()


class ApexEnum:
    """A value of an enum; each value is made once, so `is` compares."""

    __slots__ = ("apex_type", "name", "ordinal")

    def __init__(self, apex_type: ApexType, name: str, ordinal: int) -> None:
        self.apex_type = apex_type
        self.name = name
        self.ordinal = ordinal

    def __repr__(self) -> str:
        return self.name

    def __reduce__(self) -> str:
        raise TypeError("an enum value belongs to its program and is never copied")


def find_method(
    receiver: object, name: str, arity: int, first: str = ""
) -> Callable[..., Any] | None:
    """The method `name` of a user object with `arity` parameters, bound; None if it has none.

    The library calls user code through this: `compareTo`, `equals`, `execute`, `respond` ...
    `first` is the type of the first argument: a class that is Queueable and Finalizer has two
    `execute` methods with one parameter.
    """
    lowered, wanted = name.lower(), first.rpartition(".")[2].lower()
    found: MethodEntry | None = None
    for python_class in type(receiver).__mro__:
        methods = python_class.__dict__.get("apex_methods")
        for entry in methods.get(lowered, ()) if methods else ():
            if len(entry.parameters) != arity:
                continue
            declared = entry.parameters[0].name if arity else ""
            if not wanted or declared.rpartition(".")[2].lower() == wanted:
                return _bound(receiver, entry)
            found = found or entry
    return _bound(receiver, found) if found else None


def _bound(receiver: object, entry: MethodEntry) -> Callable[..., Any]:
    method: Callable[..., Any] = getattr(receiver, entry.attribute)
    return method


def implements(receiver: object, interface: str) -> bool:
    """Whether a user object's class implements or extends `interface` (generic part left out)."""
    return interface.lower() in getattr(type(receiver), "apex_interfaces", ())
