"""The platform's classes by Apex name: what the compiler resolves calls against.

A class registers with `@platform_class("Database.SaveResult")`; its Python functions carry Apex
signatures as text. Generic receivers name their parameters (`@platform_class("Map<K, V>")`) and
use them in signatures. `System.` is implied. The first Python argument of `@method` and `@getter`
is the receiver, never None. With `typed=True` a constructor or static takes the wanted ApexType
as its first argument: `@constructor("List<T>()", typed=True)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sfgen.apex.library.declarations.platform_catalogue import (
    PLATFORM,
    PlatformClass,
    Signature,
    claim_class,
    find_class,
    member_name,
)
from sfgen.apex.library.declarations.platform_enums import platform_enum
from sfgen.apex.types.model import ApexType, type_named

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    class Identity(Protocol):
        """A decorator that leaves the function as it is."""

        def __call__(self, function: _Function, /) -> _Function: ...


__all__ = [
    "PLATFORM",
    "PlatformClass",
    "Signature",
    "constant",
    "constructor",
    "find_class",
    "getter",
    "method",
    "platform_class",
    "platform_enum",
    "platform_interface",
    "platform_members",
    "setter",
    "static",
    "static_getter",
]

_Class = TypeVar("_Class", bound=type)
_Function = TypeVar("_Function", bound="Callable[..., Any]")


def platform_class(declared: str, *, extends: tuple[str, ...] = ()) -> Callable[[_Class], _Class]:
    """Register a Python class as the platform class `declared`; several files may add to one.

    Members of Python bases that are no platform classes are the class's own. Values of the class
    are instances of the Python class (or plain values for String and kin); the decorated class gets
    `apex_type` unless it has one.
    """

    def register(python_class: _Class) -> _Class:
        known = claim_class(declared, extends)
        if "apex_type" not in python_class.__dict__ and not known.parameters:
            python_class.apex_type = ApexType(known.name)  # type: ignore[attr-defined]
        known.python_class = known.python_class or python_class
        for raw in _own_members(python_class):
            member = raw.__func__ if isinstance(raw, staticmethod) else raw
            for kind, text, typed in getattr(member, "apex_members", ()):
                name = member_name(kind, text)
                known.accept(Signature(known.name, kind, name, text, member, typed))
            if isinstance(member, constant):
                known.constants[member.name.lower()] = (member.name, member.type, member.value)
        return python_class

    return register


def _own_members(python_class: type) -> list[Any]:
    """Return a class's functions, with those of Python bases that are no platform classes."""
    platform = {each.python_class for each in PLATFORM.values()} - {python_class}
    bases = [base for base in python_class.__mro__ if base not in platform and base is not object]
    return [raw for base in bases for raw in vars(base).values()]


def platform_interface(
    declared: str, *methods: str, extends: tuple[str, ...] = ()
) -> PlatformClass:
    """Register an interface whose `methods` user classes implement, given as signatures.

    A call on the interface type is looked up on the object when it runs.
    """
    known = claim_class(declared, extends)
    known.interface = True
    for text in methods:
        known.accept(Signature(known.name, "method", member_name("method", text), text, _abstract))
    return known


def _abstract(*_: object) -> Any:
    raise NotImplementedError("an interface's method is found on the object")


class platform_members:  # noqa: N801 - stands beside `platform_class`
    """Register module-level functions as members of a class of plain values (String, Date ...).

    `STRING = platform_members("String")`, then `@STRING.method("String left(Integer length)")`.
    """

    def __init__(self, declared: str, *, extends: tuple[str, ...] = ()) -> None:
        self._known = claim_class(declared, extends)

    def _register(self, kind: str, text: str, typed: bool = False) -> Identity:  # noqa: FBT001, FBT002
        def register(function: _Function) -> _Function:
            name = member_name(kind, text)
            self._known.accept(Signature(self._known.name, kind, name, text, function, typed))
            return function

        return register

    def static(self, text: str, *, typed: bool = False) -> Identity:
        """As the decorator `static`."""
        return self._register("static", text, typed)

    def method(self, text: str) -> Identity:
        """As the decorator `method`."""
        return self._register("method", text)

    def getter(self, text: str) -> Identity:
        """As the decorator `getter`."""
        return self._register("getter", text)

    def setter(self, text: str) -> Identity:
        """As the decorator `setter`."""
        return self._register("setter", text)

    def static_getter(self, text: str) -> Identity:
        """As the decorator `static_getter`."""
        return self._register("static_getter", text)

    def constructor(self, text: str, *, typed: bool = False) -> Identity:
        """As the decorator `constructor`."""
        return self._register("constructor", text, typed)

    def holds(self, python_class: type) -> None:
        """Say what Python class its values are of."""
        self._known.python_class = python_class

    def constant(self, text: str, value: Any) -> None:
        """A static final value: `INTEGER.constant("Integer MAX_VALUE", 2147483647)`."""
        kind, name = text.rsplit(None, 1)
        self._known.constants[name.lower()] = (name, type_named(kind), value)


class constant:  # noqa: N801 - stands beside the decorators `static` and `method`
    """A static final value: `MAX_VALUE = constant("Integer MAX_VALUE", 2147483647)`."""

    def __init__(self, text: str, value: Any) -> None:
        kind, self.name = text.rsplit(None, 1)
        self.type = type_named(kind)
        self.value = value


def _member(kind: str, text: str, typed: bool) -> Identity:  # noqa: FBT001 - private
    def mark(function: _Function) -> _Function:
        members = getattr(function, "apex_members", ())
        function.apex_members = (*members, (kind, text, typed))  # type: ignore[attr-defined]
        return function

    return mark


def static(text: str, *, typed: bool = False) -> Identity:
    """A static method: `@static("Boolean isBlank(String value)")`."""
    return _member("static", text, typed)


def method(text: str) -> Identity:
    """An instance method: `@method("String left(Integer length)")`; receiver first."""
    return _member("method", text, typed=False)


def getter(text: str) -> Identity:
    """A readable property: `@getter("Integer size")`; receiver only."""
    return _member("getter", text, typed=False)


def setter(text: str) -> Identity:
    """A writable property: `@setter("String body")`; receiver and value."""
    return _member("setter", text, typed=False)


def static_getter(text: str) -> Identity:
    """A static property that is computed: `@static_getter("RestRequest request")`."""
    return _member("static_getter", text, typed=False)


def constructor(text: str, *, typed: bool = False) -> Identity:
    """A constructor: `@constructor("Http()")`; answers the new value."""
    return _member("constructor", text, typed)
