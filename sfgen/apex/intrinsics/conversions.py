"""Implicit conversions and casts (apex-semantics OP21-OP24, OP42-OP50)."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import TYPE_CHECKING, Any

from sfgen.apex.intrinsics.arithmetic import i32, i64
from sfgen.apex.library.schema.records import object_type_of
from sfgen.apex.library.schema.type_names import instance_of as _conforms
from sfgen.apex.runtime.collections import ApexList, ApexMap
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.ids import Id, id_of, is_id
from sfgen.apex.runtime.values import SObject, type_of

if TYPE_CHECKING:
    from sfgen.apex.types.model import ApexType

__all__ = [
    "cast",
    "fit",
    "id_text",
    "instance_of",
    "one_if_list",
    "one_row",
    "parent_field",
    "row_or_null",
    "to_datetime",
    "to_decimal",
    "to_double",
    "to_integer",
    "to_long",
]


def to_long(value: Any) -> Any:
    """As a Long; a fraction is cut off."""
    return None if value is None else i64(int(value))


def to_integer(value: Any) -> Any:
    """As an Integer; a fraction is cut off."""
    return None if value is None else i32(int(value))


def to_double(value: Any) -> Any:
    """As a Double."""
    return None if value is None else float(value)


def to_decimal(value: Any) -> Any:
    """As a Decimal; a Double keeps its `.0` (ST18)."""
    if value is None or type(value) is decimal.Decimal:
        return value
    if type(value) is float:
        return decimal.Decimal(repr(value))
    return decimal.Decimal(int(value))


def id_text(value: Any) -> Any:
    """An Id as a String."""
    return None if value is None else str(value)


def to_datetime(value: Any) -> Any:
    """A Date at midnight GMT (OP47)."""
    if type(value) is dt.date:
        return dt.datetime.combine(value, dt.time(), dt.timezone.utc)
    return value


_FIT = {
    "Integer": to_integer,
    "Long": to_long,
    "Double": to_double,
    "Decimal": to_decimal,
    "Datetime": to_datetime,
}


def fit(value: Any, name: str) -> Any:
    """A value of unknown type where a number, Datetime or Id is wanted."""
    if name == "Id":
        return id_of(value) if isinstance(value, str) else value
    if isinstance(value, (int, float, decimal.Decimal, dt.date)) and type(value) is not bool:
        return _FIT[name](value)
    return value


def parent_field(parent: Any, name: str) -> Any:
    """A field of a parent record reached by a path; null where there is no parent (SQ08)."""
    return None if parent is None else parent.read(name)


def one_row(rows: Any) -> Any:
    """The only row of a query (EX03, EX04)."""
    if not isinstance(rows, ApexList):
        return rows
    if len(rows) == 1:
        return rows[0]
    text = "no rows" if not rows else "more than 1 row"
    raise raise_apex("QueryException", f"List has {text} for assignment to SObject")


def row_or_null(rows: Any) -> Any:
    """The only row of a query, or null without rows (OP37, OP38)."""
    return one_row(rows) if rows else None


def one_if_list(value: Any) -> Any:
    """A query's row where one record is wanted and the type was unknown."""
    return one_row(value) if isinstance(value, ApexList) else value


def _named(kind: ApexType) -> str:
    """A type as cast errors name it: Object is ANY inside collections (OP50)."""
    arguments = ",".join("ANY" if each.name == "Object" else str(each) for each in kind.arguments)
    return f"{kind.name}<{arguments}>" if arguments else kind.name


def cast(value: Any, wanted: ApexType) -> Any:
    """`(wanted) value`. TypeException when the value is of another type (OP48)."""
    if value is None or wanted.name in {"Object", "ANY"}:
        return value
    source = type_of(value)
    if source.name == wanted.name and not wanted.arguments:
        return value
    if wanted.name == "String" and type(value) is Id:
        return str(value)
    if wanted.name == "Id" and type(value) is str:
        return id_of(value)
    found = _number(value, source, wanted)
    if found is not None:
        return found
    if isinstance(value, ApexList) and wanted.name == "List":
        if _list_fits(value, wanted):
            return value
    elif _is_instance(value, wanted) or _map_fits(value, wanted):
        return value
    elif isinstance(value, ApexList) and len(value) == 1 and isinstance(value[0], SObject):
        return value[0]
    message = f"Invalid conversion from runtime type {_named(source)} to {_named(wanted)}"
    raise raise_apex("TypeException", message)


_WIDENS = {"Integer": 0, "Long": 1, "Double": 2, "Decimal": 3}


def _number(value: Any, source: ApexType, wanted: ApexType) -> Any:
    """A number in a wider type, a Date as Datetime; Double and Decimal stand for each other."""
    if wanted.name == "Datetime" and type(value) is dt.date:
        return to_datetime(value)
    if source.name not in _WIDENS or wanted.name not in _WIDENS:
        return None
    if _WIDENS[wanted.name] >= _WIDENS[source.name] or {source.name, wanted.name} == {
        "Double",
        "Decimal",
    }:
        return _FIT[wanted.name](value)
    return None


def _list_fits(value: ApexList, wanted: ApexType) -> bool:
    mine, theirs = value.element_type, wanted.element
    if mine.key == theirs.key or theirs.name in {"Object", "SObject"}:
        return theirs.name != "SObject" or _is_record_list(value, mine)
    if mine.name == "SObject":
        return object_type_of(theirs) is not None
    if mine.name in _WIDENS and theirs.name in _WIDENS:
        return _widens(mine, theirs)
    if mine.name == "Id" and theirs.name == "String":
        return True
    return _is_instance(value, wanted)


def _widens(mine: ApexType, theirs: ApexType) -> bool:
    """Whether a number stands where another type is wanted; Decimals are Doubles too."""
    return _WIDENS[theirs.name] >= min(_WIDENS[mine.name], _WIDENS["Double"])


def _map_fits(value: Any, wanted: ApexType) -> bool:
    """A Map of SObjects is one of the object that all of its records are."""
    if not isinstance(value, ApexMap) or len(wanted.arguments) != 2:
        return False
    if value.key_type.key != wanted.arguments[0].key or value.value_type.name != "SObject":
        return False
    return all(_is_instance(each, wanted.element) for each in value.values() if each is not None)


def _is_record_list(value: ApexList, mine: ApexType) -> bool:
    return mine.name == "SObject" or all(isinstance(each, SObject) for each in value)


def _is_instance(value: Any, wanted: ApexType) -> bool:
    """Whether a value is of the type, records by their object and text by the form of an Id."""
    if isinstance(value, SObject):
        bare = wanted.name.lower().removeprefix("schema.")
        return bare in {"sobject", "object", value.type_name.lower()}
    own = getattr(type(value), "apex_interfaces", None)
    if own:
        low = wanted.name.lower()
        bare = low.removeprefix("system.")
        return low in own or bare in own or f"system.{bare}" in own or low == "object"
    return bool(_conforms(value, wanted))


def instance_of(value: Any, wanted: ApexType) -> bool:
    """`value instanceof wanted`; null is an instance of nothing (OP42)."""
    if value is None:
        return False
    if wanted.name == "Id":
        return isinstance(value, str) and is_id(value)
    if wanted.name == "String":
        return isinstance(value, str)
    source = type_of(value)
    if source.name in _WIDENS and wanted.name in _WIDENS:
        return _widens(source, wanted)
    if wanted.name in {"Date", "Datetime"} and type(value) is dt.date:
        return True
    if isinstance(value, ApexList) and wanted.name == "List":
        return _list_fits(value, wanted)
    if isinstance(value, ApexList) and wanted.name == "SObject":
        return object_type_of(value.element_type) is not None or source.element.name == "SObject"
    return _is_instance(value, wanted)
