"""Members looked up when the code runs, and assignments that are expressions."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from sfgen.apex.intrinsics.conversions import fit, instance_of
from sfgen.apex.library.declarations.known import explain
from sfgen.apex.library.declarations.registry import PLATFORM, find_class
from sfgen.apex.library.numbers.hashes import hash_of
from sfgen.apex.library.schema.schema_tokens import field_token
from sfgen.apex.runtime.collections import LARGE, REFERENCE, ApexList
from sfgen.apex.runtime.exceptions import Unsupported, raise_apex
from sfgen.apex.runtime.heap import hold
from sfgen.apex.runtime.objects import ApexEnum, ApexObject
from sfgen.apex.runtime.text import text_of
from sfgen.apex.runtime.values import SObject, type_of
from sfgen.apex.types.model import ApexType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sfgen.apex.library.declarations.registry import PlatformClass, Signature

__all__ = [
    "add_field_error",
    "call_setter",
    "clone_object",
    "element",
    "get_member",
    "invoke",
    "invoke_platform",
    "list_of_size",
    "set_element",
    "set_field",
    "set_member",
    "set_platform_static",
]

_NULL = "Attempt to de-reference a null object"


def element(values: Any, index: Any) -> Any:
    """`values[index]` (EX01)."""
    if values is None or index is None:
        raise raise_apex("NullPointerException", _NULL)
    if 0 <= index < len(values):
        return values[index]
    raise raise_apex("ListException", f"List index out of bounds: {index}")


def set_element(values: Any, index: Any, value: Any) -> Any:
    """`values[index] = value`."""
    element(values, index)
    values.guard()
    values[index] = value
    return value


def list_of_size(size: Any, kind: ApexType) -> ApexList:
    """`new Type[size]`: that many nulls (CO18)."""
    if size is None:
        raise raise_apex("NullPointerException", _NULL)
    if size >= LARGE:
        hold(size * REFERENCE)
    return ApexList([None] * max(size, 0), kind)


def set_field(target: Any, attribute: str, value: Any) -> Any:
    """Set a field and answer the value."""
    if target is None:
        raise raise_apex("NullPointerException", _NULL)
    setattr(target, attribute, value)
    return value


def call_setter(function: Callable[..., Any], target: Any, value: Any) -> Any:
    """Set a property of a platform value and answer the value."""
    if target is None:
        raise raise_apex("NullPointerException", _NULL)
    function(target, value)
    return value


def set_platform_static(name: str, value: Any) -> Any:
    """Set a static property of a platform class, such as `RestContext.request`."""
    owner, _, member = name.rpartition(".")
    known = find_class(owner)
    setter = known.setters.get(member.lower()) if known else None
    if setter is None:
        raise Unsupported(f"{name} =")
    setter.function(value)
    return value


def _platform_classes(kind: ApexType) -> Iterator[tuple[PlatformClass, ApexType]]:
    """The platform classes whose members a value has, nearest first."""
    queue = [kind.name]
    for name in queue:
        known = PLATFORM.get(name.lower())
        if known is not None:
            yield known, kind
            queue.extend(each for each in known.extends if each not in queue)


def _kind_of(value: Any) -> ApexType:
    if isinstance(value, SObject):
        return ApexType("SObject")
    if isinstance(value, ApexEnum) and value.apex_type.name.lower() not in PLATFORM:
        return ApexType("Enum")
    return type_of(value)


def _fitting(signatures: Sequence[Signature], arguments: Sequence[Any]) -> Signature | None:
    """The overload that takes these values."""
    same_length = [each for each in signatures if len(each.parameters) == len(arguments)]
    if len(same_length) < 2:
        return same_length[0] if same_length else None
    for each in same_length:
        pairs = zip(arguments, each.parameters, strict=True)
        if all(value is None or _takes(value, kind) for value, kind in pairs):
            return each
    return same_length[0]


def _takes(value: Any, kind: ApexType) -> bool:
    return kind.name in {"Object", "T", "K", "V"} or instance_of(value, kind)


def invoke(target: Any, name: str, *arguments: Any) -> Any:
    """Call a method by name on a value whose type is only known now."""
    if target is None:
        raise raise_apex("NullPointerException", _NULL)
    if isinstance(target, ApexObject):
        found = _own_method(target, name.lower(), arguments)
        if found is not None:
            return found(*arguments)
    return invoke_platform(target, name, *arguments)


def _own_method(
    target: ApexObject, name: str, arguments: Sequence[Any]
) -> Callable[..., Any] | None:
    """The method of a user's object that takes these values, overloads by run-time types."""
    loose: str | None = None
    for python_class in type(target).__mro__:
        methods = python_class.__dict__.get("apex_methods")
        for entry in methods.get(name, ()) if methods else ():
            if len(entry.parameters) != len(arguments):
                continue
            pairs = zip(arguments, entry.parameters, strict=True)
            if all(value is None or _takes(value, kind) for value, kind in pairs):
                exact: Callable[..., Any] = getattr(target, entry.attribute)
                return exact
            loose = loose or entry.attribute
    return getattr(target, loose) if loose else None


def invoke_platform(target: Any, name: str, *arguments: Any) -> Any:
    """Call a platform method by name."""
    kind = _kind_of(target)
    for known, _ in _platform_classes(kind):
        found = _fitting(known.methods.get(name.lower(), ()), arguments)
        if found is not None and not known.interface:
            pairs = zip(arguments, found.parameters, strict=True)
            return found.function(target, *(fit_argument(value, each) for value, each in pairs))
    return _of_anything(target, name, arguments)


def fit_argument(value: Any, kind: ApexType) -> Any:
    """An argument as a platform method's parameter wants it."""
    plain = {"Integer", "Long", "Double", "Decimal", "Datetime", "Id"}
    return fit(value, kind.name) if kind.name in plain else value


def _of_anything(target: Any, name: str, arguments: Sequence[Any]) -> Any:
    """What every object answers: toString, equals, hashCode; names of enums."""
    low = name.lower()
    if low == "tostring" and not arguments:
        return text_of(target)
    if low == "equals" and len(arguments) == 1:
        return target is arguments[0] or (
            not isinstance(target, ApexObject) and bool(target == arguments[0])
        )
    if low == "hashcode" and not arguments:
        return hash_of(target)
    if low == "clone" and isinstance(target, ApexObject) and not arguments:
        return clone_object(target)
    if isinstance(target, ApexEnum) and low in {"name", "ordinal"}:
        return getattr(target, low)
    if isinstance(target, ApexList) and len(target) == 1 and isinstance(target[0], SObject):
        return invoke(target[0], name, *arguments)
    raise Unsupported(explain(f"{type_of(target)}.{name}({len(arguments)} arguments)"))


def add_field_error(record: Any, name: str, *arguments: Any) -> None:
    """`record.Field.addError(message)`."""
    if record is None:
        raise raise_apex("NullPointerException", _NULL)
    invoke_platform(record, "addError", field_token(record.type_name, name), *arguments)


def clone_object(target: Any) -> Any:
    """`clone()` of a user's object: a new object with the same field values."""
    if target is None:
        raise raise_apex("NullPointerException", _NULL)
    return copy.copy(target)


def get_member(target: Any, name: str) -> Any:
    """Read a member by name from a value whose type is only known now."""
    if target is None:
        raise raise_apex("NullPointerException", _NULL)
    low = name.lower()
    if isinstance(target, SObject):
        return target.read(low)
    if isinstance(target, ApexObject):
        if hasattr(target, f"g_{low}"):
            return getattr(target, f"g_{low}")()
        if hasattr(target, f"f_{low}"):
            return getattr(target, f"f_{low}")
    for known, _ in _platform_classes(_kind_of(target)):
        if low in known.getters:
            return known.getters[low].function(target)
    raise Unsupported(explain(f"{type_of(target)}.{name}"))


def set_member(target: Any, name: str, value: Any) -> Any:
    """Set a member by name of a value whose type is only known now."""
    if target is None:
        raise raise_apex("NullPointerException", _NULL)
    low = name.lower()
    if isinstance(target, SObject):
        return target.write(low, value)
    if isinstance(target, ApexObject):
        if hasattr(target, f"s_{low}"):
            return getattr(target, f"s_{low}")(value)
        if hasattr(target, f"f_{low}"):
            return set_field(target, f"f_{low}", value)
    for known, _ in _platform_classes(_kind_of(target)):
        if low in known.setters:
            return call_setter(known.setters[low].function, target, value)
    raise Unsupported(f"{type_of(target)}.{name} =")
