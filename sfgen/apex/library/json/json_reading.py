"""JSON trees as Apex values of a wanted type (apex-semantics JS04-JS11)."""

from __future__ import annotations

import decimal
from typing import Any

from sfgen.apex.library.declarations.registry import find_class
from sfgen.apex.library.json.json_scalars import SCALARS
from sfgen.apex.library.json.json_tokens import json_error
from sfgen.apex.library.json.json_writing import all_fields
from sfgen.apex.library.numbers.numbers import wrap
from sfgen.apex.runtime.execution import current, current_program, has_current
from sfgen.apex.runtime.values import ApexList, ApexMap, ApexSet, Long
from sfgen.apex.types.model import OBJECT, STRING, ApexType, type_named

__all__ = ["typed_value", "untyped_value"]

_ANY_MAP = (STRING, OBJECT)


def untyped_value(tree: Any) -> Any:
    """Maps, Lists, Strings, Booleans, Integers or Longs, Decimals (JS11)."""
    if isinstance(tree, dict):
        return ApexMap(((key, untyped_value(each)) for key, each in tree.items()), *_ANY_MAP)
    if isinstance(tree, list):
        return ApexList(map(untyped_value, tree), OBJECT)
    if isinstance(tree, int) and type(tree) is not bool:
        if wrap(tree, 32) == tree:
            return tree
        return Long(tree) if wrap(tree, 64) == tree else decimal.Decimal(tree)
    return tree


def typed_value(tree: Any, kind: ApexType, *, strict: bool = False) -> Any:
    """The value of type `kind` that a tree stands for.

    Raises JSONException where the tree doesn't fit, and in strict mode for unknown members.
    """
    if tree is None:
        return None
    scalar = SCALARS.get(kind.key)
    if scalar is not None:
        return scalar(tree, kind)
    if kind.name in {"List", "Set", "Map", "Iterable"}:
        return _collection(tree, kind, strict=strict)
    if kind.key == "object":
        raise json_error("Apex Type unsupported in JSON: Object")
    program = current().program if has_current() else None
    own = program.find_class(kind.name) if program is not None else None
    if own is not None:
        return _object(tree, own, strict=strict)
    platform = find_class(kind.name)
    named = tree.get("attributes") if isinstance(tree, dict) else None
    if kind.key == "sobject" and isinstance(named, dict) and named.get("type"):
        # A record says itself what it is.
        kind, platform = ApexType(str(named["type"])), None
    if platform is not None:
        return _platform_value(tree, kind, platform, strict=strict)
    from sfgen.apex.library.json.json_records import record_of

    return record_of(tree, kind, strict=strict)


def _collection(tree: Any, kind: ApexType, *, strict: bool) -> Any:
    if kind.name == "Map":
        if not isinstance(tree, dict):
            raise json_error("Malformed JSON: Expected '{' at the beginning of object")
        key, value = kind.arguments
        pairs = (
            (typed_value(name, key), typed_value(each, value, strict=strict))
            for name, each in tree.items()
        )
        return ApexMap(pairs, key, value)
    if not isinstance(tree, list):
        raise json_error("Malformed JSON: Expected '[' at the beginning of List/Set")
    values = (typed_value(each, kind.element, strict=strict) for each in tree)
    made = ApexSet if kind.name == "Set" else ApexList
    return made(values, kind.element)


def _enum_value(tree: Any, values: Any, kind: str) -> Any:
    for value in values:
        if isinstance(tree, str) and value.name.lower() == tree.lower():
            return value
    raise json_error(f"Illegal value for enum {kind}: {tree}")


def _object(tree: Any, own: Any, *, strict: bool) -> Any:
    """An object of a project's class, made without its constructor (JS04)."""
    described = getattr(own, "apex_description", {})
    if described.get("kind") == "enum":
        values = current_program().namespace[f"E_{described['python']}"].values()
        return _enum_value(tree, values, own.apex_type.name)
    if not isinstance(tree, dict):
        raise json_error("Malformed JSON: Expected '{' at the beginning of object")
    made = own()
    fields = all_fields(own)
    for name, each in tree.items():
        low = name.lower()
        if low not in fields:
            if strict:
                raise json_error(f"Unknown field: {own.apex_type.name}.{name}")
            continue
        value = typed_value(each, fields[low][1], strict=strict)
        setter = getattr(made, f"s_{low}", None)
        if setter is not None:
            setter(value)
        else:
            setattr(made, f"f_{low}", value)
    return made


def _platform_value(tree: Any, kind: ApexType, platform: Any, *, strict: bool) -> Any:
    """A value of a platform class that is plain data, or of a platform enum."""
    if "Enum" in platform.extends:
        return _enum_value(tree, (each[2] for each in platform.constants.values()), kind.name)
    properties = getattr(platform.python_class, "properties", None)
    if properties is None or not isinstance(tree, dict):
        raise json_error(f"Apex Type unsupported in JSON: {kind}")
    made = platform.python_class()
    for name, each in tree.items():
        known = properties.get(name.lower())
        if known is None and strict:
            raise json_error(f"Unknown field: {kind}.{name}")
        if known is not None:
            wanted = type_named(known[1])
            loose = wanted.element.key == "object"
            made.values[name.lower()] = (
                untyped_value(each) if loose else typed_value(each, wanted, strict=strict)
            )
    return made
