"""Code of an expression, and the code that converts it to another type."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sfgen.apex.names.overloads import NUMERIC, is_query_row
from sfgen.apex.types.model import ANY, ApexType

if TYPE_CHECKING:
    from sfgen.apex.names.world import World

__all__ = ["Code", "coerce"]


class Code(NamedTuple):
    """Python text of an expression and its Apex type; `sure` when it is never null."""

    text: str
    type: ApexType
    sure: bool = False


_CONVERTERS = {
    ("Integer", "Long"): "to_long",
    ("Integer", "Double"): "to_double",
    ("Long", "Double"): "to_double",
    ("Integer", "Decimal"): "to_decimal",
    ("Long", "Decimal"): "to_decimal",
    ("Double", "Decimal"): "to_decimal",
    ("Decimal", "Double"): "to_double",
    ("Decimal", "Integer"): "to_integer",
    ("Double", "Integer"): "to_integer",
    ("Long", "Integer"): "to_integer",
    ("Double", "Long"): "to_long",
    ("Decimal", "Long"): "to_long",
    ("String", "Id"): "id_of",
    ("Id", "String"): "id_text",
    ("Date", "Datetime"): "to_datetime",
}


def coerce(world: World, code: Code, target: ApexType) -> Code:
    """`code` as a value of `target`: numbers widened, Ids checked, a query's one row taken."""
    source = code.type
    if source.name in {target.name, "null"} or target.name in {"Object", "ANY", "void"}:
        return code
    converter = _CONVERTERS.get((source.name, target.name))
    if converter is not None:
        return Code(f"{converter}({code.text})", target, code.sure)
    if is_query_row(world, source, target):
        return Code(f"one_row({code.text})", target)
    if source == ANY or source.name == "Object":
        if target.name in NUMERIC or target.name in {"Id", "Datetime"}:
            return Code(f"fit({code.text}, {target.name!r})", target)
        if world.is_record(target):
            return Code(f"one_if_list({code.text})", target)
    return Code(code.text, target, code.sure)
