"""Apex values as the store keeps them, and back; strings, numbers and dates made uniform."""

from __future__ import annotations

import datetime as dt
import decimal
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.ids import Id, is_id, long_id
from sfgen.apex.runtime.keys import Blob, Long
from sfgen.apex.runtime.surrogates import storable

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.apex.schema.schema import Field

__all__ = ["decode", "decoder", "encode"]

_CONTEXT = decimal.Context(prec=40, rounding=decimal.ROUND_HALF_UP)


def _encode_number(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def encode(value: Any) -> Any:
    """The SQLite value of any Apex value.

    Datetimes that code sets keep their milliseconds (NebulaLogger compares them with what it
    queries); audit dates have whole seconds from the start (ST29). Without milliseconds the text
    has no fraction, so that texts sort as the moments do.
    """
    kind = type(value)
    if kind is str or kind is Id:
        return storable(str(value))
    if value is None or kind in {int, float}:
        return value
    if kind is bool:
        return int(value)
    if kind is Decimal or kind is Long:
        return _encode_number(int(value) if kind is Long else value)
    if kind is dt.datetime:
        moment = value.astimezone(dt.timezone.utc)
        fraction = f".{moment.microsecond // 1000:03d}" if moment.microsecond >= 1000 else ""
        return f"{moment:%Y-%m-%dT%H:%M:%S}{fraction}"
    if kind is dt.date:
        return value.isoformat()
    if kind is dt.time:
        return value.isoformat("milliseconds")
    return value.data if kind is Blob else storable(str(value))


def _decimal(scale: int) -> Callable[[Any], Decimal]:
    unit = Decimal(1).scaleb(-scale)

    def decode_decimal(value: Any) -> Decimal:
        number = Decimal(value) if isinstance(value, int) else Decimal(repr(value))
        exponent = number.as_tuple().exponent
        # More digits than the field shows are kept, as the platform does.
        if isinstance(exponent, int) and -exponent > scale:
            return number
        return number.quantize(unit, context=_CONTEXT)

    return decode_decimal


def _datetime(value: str) -> dt.datetime:
    return dt.datetime.fromisoformat(value).replace(tzinfo=dt.timezone.utc)


def _integer(value: Any) -> int:
    return int(value)


def _id(value: str) -> Id:
    return Id(long_id(value) if len(value) == 15 and is_id(value) else value)


_DECODERS: dict[str, Callable[[Any], Any]] = {
    "BOOLEAN": bool,
    "INTEGER": _integer,
    "LONG": Long,
    "DATE": dt.date.fromisoformat,
    "DATETIME": _datetime,
    "TIME": dt.time.fromisoformat,
    "BASE64": Blob,
    "ID": _id,
    "REFERENCE": _id,
}


def decoder(field: Field) -> Callable[[Any], Any] | None:
    """What turns a stored value of the field into Apex's; None where they are the same."""
    if field.type in {"DOUBLE", "CURRENCY", "PERCENT"}:
        return _decimal(field.scale)
    if field.free_reference:
        return None
    return _DECODERS.get(field.type)


def decode(field: Field, value: Any) -> Any:
    """One stored value as Apex has it."""
    if value is None:
        return None
    change = decoder(field)
    return change(value) if change else value
