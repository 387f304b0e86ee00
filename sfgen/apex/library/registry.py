"""The platform's classes by Apex name: what the compiler resolves calls against.

A class registers with `@platform_class("Database.SaveResult")`; its Python functions carry Apex
signatures as text. Generic receivers name their parameters (`@platform_class("Map<K, V>")`) and
use them in signatures. `System.` is implied. The first Python argument of `@method` and `@getter`
is the receiver, never None. With `typed=True` a constructor or static takes the wanted ApexType
as its first argument: `@constructor("List<T>()", typed=True)`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from sfgen.apex.types.model import VOID, ApexType, type_named

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

_HEAD = re.compile(r"(?P<result>.*?)\s*(?P<name>\w+)\s*\((?P<parameters>.*)\)\s*\Z", re.DOTALL)
_Class = TypeVar("_Class", bound=type)
_Function = TypeVar("_Function", bound="Callable[..., Any]")


@dataclass(frozen=True)
class Signature:
    """One member: kind is static, method, getter, setter, static_getter or constructor.

    `key` names it for compiled code that is kept in a cache.
    """

    owner: str
    kind: str
    name: str
    text: str
    function: Callable[..., Any]
    typed: bool = False

    @property
    def key(self) -> str:
        """`owner|kind|text`: the same in every process that loads the same library."""
        return f"{self.owner}|{self.kind}|{self.text}"

    @property
    def result(self) -> ApexType:
        """The declared result; a constructor's is its class."""
        if self.kind == "constructor":
            return type_named(PLATFORM[self.owner.lower()].declared)
        found = _HEAD.match(self.text)
        text = found["result"] if found else self.text.rsplit(None, 1)[0]
        return type_named(text) if text else VOID

    @property
    def parameters(self) -> tuple[ApexType, ...]:
        """The declared parameters' types."""
        found = _HEAD.match(self.text)
        if not found or not found["parameters"].strip():
            return ()
        return tuple(
            type_named(part.strip().rsplit(None, 1)[0])
            for part in _split_outside_brackets(found["parameters"])
        )


def _split_outside_brackets(text: str) -> list[str]:
    """Split at commas that are not inside `<...>`."""
    parts, depth, start = [], 0, 0
    for place, letter in enumerate(text):
        depth += (letter == "<") - (letter == ">")
        if letter == "," and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


@dataclass
class PlatformClass:
    """One platform type: its members by lower-case name, in declared order."""

    name: str
    declared: str
    parameters: tuple[str, ...] = ()
    extends: tuple[str, ...] = ()
    interface: bool = False
    python_class: type | None = None
    statics: dict[str, list[Signature]] = field(default_factory=dict)
    methods: dict[str, list[Signature]] = field(default_factory=dict)
    getters: dict[str, Signature] = field(default_factory=dict)
    setters: dict[str, Signature] = field(default_factory=dict)
    static_getters: dict[str, Signature] = field(default_factory=dict)
    constructors: list[Signature] = field(default_factory=list)
    constants: dict[str, tuple[str, ApexType, Any]] = field(default_factory=dict)

    @property
    def only_static(self) -> bool:
        """Whether it has no values: nothing but static members."""
        return bool(self.statics) and not (self.methods or self.getters or self.constructors)

    def accept(self, signature: Signature) -> None:
        """File a member under its kind."""
        lowered = signature.name.lower()
        if signature.kind == "constructor":
            self.constructors.append(signature)
        elif signature.kind in {"static", "method"}:
            table = self.statics if signature.kind == "static" else self.methods
            table.setdefault(lowered, []).append(signature)
        else:
            singles: dict[str, dict[str, Signature]] = {
                "getter": self.getters,
                "setter": self.setters,
                "static_getter": self.static_getters,
            }
            singles[signature.kind][lowered] = signature


PLATFORM: dict[str, PlatformClass] = {}
"""Every registered class by lower-case dotted name without `System.`."""

_GENERIC = re.compile(r"(?P<name>[\w.]+)(?:<(?P<parameters>[\w, ]+)>)?\Z")


def find_class(name: str) -> PlatformClass | None:
    """The class of that Apex name, `System.` allowed, or None."""
    return PLATFORM.get(name.lower().removeprefix("system."))


def _claim(declared: str, extends: tuple[str, ...]) -> PlatformClass:
    """The class declared so: a new one, or the one that another file began."""
    found = _GENERIC.match(declared)
    if not found:
        raise ValueError(f"not a class name: {declared}")
    parameters = tuple(part.strip() for part in (found["parameters"] or "").split(",") if part)
    name = found["name"].removeprefix("System.")
    known = PLATFORM.setdefault(name.lower(), PlatformClass(name, declared, parameters))
    known.extends = (*known.extends, *extends)
    return known


def platform_class(declared: str, *, extends: tuple[str, ...] = ()) -> Callable[[_Class], _Class]:
    """Register a Python class as the platform class `declared`; several files may add to one.

    Values of the class are instances of the Python class (or plain values for String and kin); the
    decorated class gets `apex_type` unless it has one.
    """

    def register(python_class: _Class) -> _Class:
        known = _claim(declared, extends)
        if "apex_type" not in python_class.__dict__ and not known.parameters:
            python_class.apex_type = ApexType(known.name)  # type: ignore[attr-defined]
        known.python_class = known.python_class or python_class
        for raw in list(vars(python_class).values()):
            member = raw.__func__ if isinstance(raw, staticmethod) else raw
            for kind, text, typed in getattr(member, "apex_members", ()):
                name = _name_of(kind, text)
                known.accept(Signature(known.name, kind, name, text, member, typed))
            if isinstance(member, constant):
                known.constants[member.name.lower()] = (member.name, member.type, member.value)
        return python_class

    return register


def _name_of(kind: str, text: str) -> str:
    """The member's name inside its signature's text."""
    found = _HEAD.match(text)
    if kind == "constructor":
        return "new"
    return found["name"] if found else text.rsplit(None, 1)[-1]


def platform_interface(
    declared: str, *methods: str, extends: tuple[str, ...] = ()
) -> PlatformClass:
    """Register an interface whose `methods` user classes implement, given as signatures.

    A call on the interface type is looked up on the object when it runs.
    """
    known = _claim(declared, extends)
    known.interface = True
    for text in methods:
        known.accept(Signature(known.name, "method", _name_of("method", text), text, _abstract))
    return known


def _abstract(*_: object) -> Any:
    raise NotImplementedError("an interface's method is found on the object")


def platform_enum(name: str, values: str) -> dict[str, Any]:
    """Register an enum, its values separated by blanks; answers the values by upper name."""
    from sfgen.apex.runtime.objects import ApexEnum

    known = _claim(name, ("Enum",))
    made = {
        value.upper(): ApexEnum(ApexType(known.name), value, place)
        for place, value in enumerate(values.split())
    }
    for value in made.values():
        known.constants[value.name.lower()] = (value.name, ApexType(known.name), value)
    _declare_enum_methods(known, made)
    return made


def _declare_enum_methods(known: PlatformClass, made: dict[str, Any]) -> None:
    """`values()` and `valueOf(name)` of an enum (EX26)."""
    from sfgen.apex.runtime.collections import ApexList
    from sfgen.apex.runtime.exceptions import raise_apex

    def values() -> Any:
        return ApexList(made.values(), ApexType(known.name))

    def value_of(name: str | None) -> Any:
        found = made.get(name.upper()) if name is not None else None
        if found is None:
            raise raise_apex("NoSuchElementException", f"No enum constant {known.name}.{name}")
        return found

    texts: dict[str, Callable[..., Any]] = {
        f"List<{known.name}> values()": values,
        f"{known.name} valueOf(String name)": value_of,
    }
    for text, function in texts.items():
        name = _name_of("static", text)
        known.accept(Signature(known.name, "static", name, text, function))


class platform_members:  # noqa: N801 - stands beside `platform_class`
    """Register module-level functions as members of a class of plain values (String, Date ...).

    `STRING = platform_members("String")`, then `@STRING.method("String left(Integer length)")`.
    """

    def __init__(self, declared: str, *, extends: tuple[str, ...] = ()) -> None:
        self._known = _claim(declared, extends)

    def _register(self, kind: str, text: str, typed: bool = False) -> Identity:  # noqa: FBT001, FBT002
        def register(function: _Function) -> _Function:
            name = _name_of(kind, text)
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
