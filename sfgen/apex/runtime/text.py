"""The text of any Apex value: concatenation, `System.debug`, `String.valueOf(Object)`.

The forms are those of a debug log (apex-semantics ST27, CO10, CO11, CL20, EX20, EX21).
"""

from __future__ import annotations

import datetime as dt
import decimal
from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.collections import ApexList, ApexMap, ApexSet
from sfgen.apex.runtime.exceptions import PLATFORM_EXCEPTIONS, ApexException
from sfgen.apex.runtime.objects import ApexObject, find_method
from sfgen.apex.runtime.values import SObject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["decimal_text", "double_text", "text_of"]

_SHOWN = 10
"""Elements of a collection that are shown; dots stand for the rest (CO10)."""


def double_text(value: float) -> str:
    """A Double as Java writes it: `1.0`, `1.0E7`, `1.0E-4`, `NaN`, `Infinity`."""
    if value != value:  # noqa: PLR0124 - NaN is the one value unequal to itself
        return "NaN"
    if value in {float("inf"), float("-inf")}:
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        text = format(decimal.Decimal(repr(value)), "f")
        return text if "." in text else f"{text}.0"
    sign, digits, exponent = decimal.Decimal(repr(value)).normalize().as_tuple()
    rest = "".join(map(str, digits[1:])) or "0"
    power = int(exponent) + len(digits) - 1
    return f"{'-' if sign else ''}{digits[0]}.{rest}E{power}"


def decimal_text(value: decimal.Decimal) -> str:
    """A Decimal with its scale: `34.00`; the exponent form only for very small numbers (ST17)."""
    exponent = value.as_tuple().exponent
    return format(value, "f") if isinstance(exponent, int) and exponent > 0 else str(value)


def _time_text(value: dt.time) -> str:
    return f"{value:%H:%M:%S}.{value.microsecond // 1000:03d}Z"


_PLAIN: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "null",
    bool: lambda value: "true" if value else "false",
    float: double_text,
    decimal.Decimal: decimal_text,
    dt.date: lambda value: f"{value:%Y-%m-%d} 00:00:00".rjust(19, "0"),
    dt.datetime: lambda value: f"{value:%Y-%m-%d %H:%M:%S}".rjust(19, "0"),
    dt.time: _time_text,
}


def text_of(value: Any) -> str:
    """What Apex makes of a value where a String is wanted; null is `null` (OP27)."""
    if type(value) is str:
        return value
    plain = _PLAIN.get(type(value))
    return _text(value, []) if plain is None else plain(value)


def _text(value: Any, around: list[int]) -> str:
    """The text of a value inside the objects of `around`, which are shown once (CL20)."""
    plain = _PLAIN.get(type(value))
    if plain is not None:
        return plain(value)
    if not isinstance(value, (ApexList, ApexSet, ApexMap, ApexObject, SObject)):
        own = getattr(value, "apex_text", None)
        return _name(value) if own is None else str(own())
    if id(value) in around:
        return "(already output)"
    around.append(id(value))
    try:
        return _structure(value, around)
    finally:
        around.pop()


def _name(value: Any) -> str:
    """A platform object without a text of its own is shown by its class's name."""
    text = str(value)
    known = getattr(value, "apex_type", None)
    return text if known is None or text != object.__repr__(value) else str(known)


def _structure(value: Any, around: list[int]) -> str:
    if isinstance(value, ApexList):
        return f"({_elements((_text(each, around) for each in value), len(value))})"
    if isinstance(value, ApexSet):
        return f"{{{_elements((_text(each, around) for each in _sorted(value)), len(value))}}}"
    if isinstance(value, ApexMap):
        keys = _sorted(value.keys())
        entries = (f"{_text(key, around)}={_text(value.get(key), around)}" for key in keys)
        return f"{{{_elements(entries, len(value))}}}"
    if isinstance(value, SObject):
        return _record(value, around)
    return _object(value, around)


def _sorted(values: Iterable[Any]) -> list[Any]:
    """String keys and elements are shown in order, others as they were put (CO10)."""
    known = list(values)
    return sorted(known) if all(type(each) is str for each in known) else known


def _elements(texts: Iterable[str], count: int) -> str:
    shown = [text for _, text in zip(range(_SHOWN), texts, strict=False)]
    return ", ".join([*shown, "..."] if count > _SHOWN else shown)


def _record(record: SObject, around: list[int]) -> str:
    """`Account:{Name=B}`: the object's name and the fields that are set."""
    names = getattr(SObject.semantics, "field_name", None)
    fields = (
        f"{names(record, name) if names else name}={_text(value, around)}"
        for name, value in record.fields.items()
    )
    return f"{record.type_name}:{{{', '.join(fields)}}}"


def _object(value: ApexObject, around: list[int]) -> str:
    """An object's own toString, or its class's short name and its fields by name (CL20, CL21)."""
    own = find_method(value, "toString", 0)
    if own is not None:
        return text_of(own())
    python_text = getattr(value, "apex_text", None)
    if python_text is not None:
        return str(python_text())
    short = value.apex_type.name.rpartition(".")[2]
    listed = ", ".join(
        f"{name}={_text(getattr(value, attribute_of(value, name), None), around)}"
        for name, _ in sorted(value.apex_fields)
    )
    if isinstance(value, ApexException):
        if value.apex_type.name.lower() in PLATFORM_EXCEPTIONS:
            return str(value)
        return f"{short}:[{listed}]: {value.text}"
    return f"{short}:[{listed}]"


def attribute_of(value: ApexObject, name: str) -> str:
    """The Python attribute behind an Apex field; the compiler's `apex_attribute` decides."""
    chosen: Callable[[str], str] | None = getattr(type(value), "apex_attribute", None)
    return f"f_{name.lower()}" if chosen is None else chosen(name)
