"""System.Type: the value is an `ApexType` (Apex Reference Guide, Type Class)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.declarations.arguments import required, type_error
from sfgen.apex.library.declarations.registry import find_class, platform_members
from sfgen.apex.library.schema.records import object_type_of
from sfgen.apex.runtime.exceptions import PLATFORM_EXCEPTIONS
from sfgen.apex.runtime.execution import current, current_program, has_current
from sfgen.apex.runtime.values import ApexList, ApexMap, ApexSet, SObject, type_of
from sfgen.apex.types.model import OBJECT, ApexType, type_named

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["instance_of", "name_of"]

TYPE = platform_members("Type")

_VALUES = frozenset(
    "boolean integer long double decimal string id blob date datetime time object sobject".split()
)


def name_of(kind: ApexType) -> str:
    """The name as `Type.getName()` answers it: no blank after commas (TY02)."""
    if kind.name.lower() in PLATFORM_EXCEPTIONS and kind.name != "Exception":
        return f"System.{kind}"
    return str(kind)


def _program_class(name: str) -> Any:
    """The project's class of that name as the compiled program knows it; None if it has none."""
    program = current().program if has_current() else None
    return program.find_class(name) if program is not None else None


def _type_in(name: str) -> ApexType | None:
    """The type that a run-time name names, in the declared spelling; None if nothing has it."""
    known = type_named(name)
    if known.arguments:
        parts = [_type_in(str(each)) for each in known.arguments]
        return None if None in parts else ApexType(known.name, tuple(filter(None, parts)))
    if known.name == "ANY":
        return OBJECT
    if known.name.lower() in _VALUES or known.name in {"List", "Set", "Map"}:
        return known
    record = object_type_of(known)
    own = _program_class(known.name)
    if record is not None:
        # An object wins over a project's class of its name (NebulaLogger's name-shadowing tests).
        hidden = _program_class(record.name) is not None
        return ApexType(f"Schema.{record.name}" if hidden else record.name)
    if own is not None:
        return ApexType(own.apex_type.name)
    platform = find_class(known.name)
    if platform is not None:
        return ApexType(platform.name)
    return None


@TYPE.static("Type forName(String fullyQualifiedName)")
def for_name(name: str | None) -> ApexType | None:
    """The type of that name; null if there is none (TY01)."""
    if not name or name != name.strip():
        return None
    try:
        return _type_in(name)
    except IndexError:
        return None


@TYPE.static("Type forName(String namespace, String name)")
def for_name_in(namespace: str | None, name: str | None) -> ApexType | None:
    """The type of that name in a namespace."""
    if namespace and namespace.lower() == "schema":
        return for_name(f"Schema.{name}")
    if namespace and namespace.lower() == "system":
        return for_name(name)
    found = for_name(f"{namespace}.{name}") if namespace else None
    return found or for_name(name)


@TYPE.method("String getName()")
def get_name(kind: ApexType) -> str:
    """The name."""
    return name_of(kind)


@TYPE.method("String toString()")
def to_string(kind: ApexType) -> str:
    """The name."""
    return name_of(kind)


@TYPE.method("Boolean equals(Object other)")
def equals(kind: ApexType, other: Any) -> bool:
    """Whether the other is the same type."""
    return isinstance(other, ApexType) and other.key == kind.key


@TYPE.method("Boolean isAssignableFrom(Type sourceType)")
def is_assignable_from(kind: ApexType, source: ApexType | None) -> bool:
    """Whether a value of `source` can stand where this type is wanted."""
    return _conforms(required(source), kind)


_COLLECTIONS: dict[str, Callable[[ApexType], Any]] = {
    "List": lambda kind: ApexList((), kind.element),
    "Set": lambda kind: ApexSet((), kind.element),
    "Map": lambda kind: ApexMap((), *kind.arguments),
}


@TYPE.method("Object newInstance()")
def new_instance(kind: ApexType) -> Any:
    """A new object by the class's constructor without parameters. TypeException if it has none."""
    if kind.name in _COLLECTIONS:
        return _COLLECTIONS[kind.name](kind)
    own = _program_class(kind.name)
    if own is not None:
        return current_program().construct(own)
    token = object_type_of(kind)
    if token is not None:
        return SObject(token.name)
    platform = find_class(kind.name)
    for each in platform.constructors if platform else ():
        if not each.parameters:
            return each.function(kind) if each.typed else each.function()
    raise type_error(f"Type cannot be constructed: {name_of(kind)}")


def _parents(kind: ApexType) -> frozenset[str]:
    """The lower-case names of what a class extends and implements."""
    own = _program_class(kind.name)
    if own is not None:
        return frozenset(own.apex_interfaces)
    platform = find_class(kind.name)
    return frozenset(each.lower() for each in platform.extends) if platform else frozenset()


def _conforms(kind: ApexType, wanted: ApexType) -> bool:
    if wanted.key in (kind.key, "object"):
        return True
    if wanted.key == "sobject" and object_type_of(kind) is not None:
        return True
    if kind.name == wanted.name and not wanted.arguments:
        return True
    if kind.arguments and wanted.arguments and kind.name == wanted.name:
        if kind.arguments[0].key == "sobject" and object_type_of(wanted.arguments[0]):
            return True
        pairs = zip(kind.arguments, wanted.arguments, strict=True)
        keyed = kind.name in {"Set", "Map"}
        return all(
            _stands_for(mine, theirs, exact=keyed and place == 0)
            for place, (mine, theirs) in enumerate(pairs)
        )
    plain = wanted.name.lower().removeprefix("system.")
    return plain in {each.removeprefix("system.") for each in _parents(kind)}


def _stands_for(mine: ApexType, theirs: ApexType, *, exact: bool) -> bool:
    """Whether elements fit: elements of Sets and keys of Maps of Object fit no other type."""
    if exact and theirs.key == "object":
        return mine.key == "object"
    return _conforms(mine, theirs)


def instance_of(value: Any, wanted: ApexType | None) -> bool:
    """Whether a value is an instance of the type; null is of none (OP42)."""
    if value is None:
        return False
    kind = required(wanted)
    # A stub is no class of its own: what it stands for decides.
    known = getattr(type(value), "apex_interfaces", ())
    return kind.name.lower() in known or _conforms(type_of(value), kind)
