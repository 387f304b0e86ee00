"""JSON values as Apex's scalar types (apex-semantics JS04-JS11)."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import decimal
import re
from typing import TYPE_CHECKING, Any

from sfgen.apex.library.json.json_tokens import json_error
from sfgen.apex.library.numbers.numbers import wrap
from sfgen.apex.library.time.dates import date_of
from sfgen.apex.runtime.values import Blob, Long, id_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.apex.runtime.exceptions import ApexException
    from sfgen.apex.types.model import ApexType

__all__ = ["SCALARS"]

_MOMENT = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?)?\Z",
    re.ASCII,
)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?Z?\Z", re.ASCII)


def _illegal(tree: Any, kind: ApexType) -> ApexException:
    return json_error(
        f"Illegal value for primitive: {tree}"
        if isinstance(tree, str)
        else (
            f"Cannot deserialize instance of {kind.name.lower()} from value {tree}"
            " or request may be missing a required field"
        )
    )


def _whole(tree: Any, kind: ApexType, bits: int) -> int:
    try:
        number = decimal.Decimal(tree if isinstance(tree, (str, int, decimal.Decimal)) else "x")
        if (
            isinstance(tree, bool)
            or number != int(number)
            or wrap(int(number), bits) != int(number)
        ):
            raise _illegal(tree, kind)
    except decimal.InvalidOperation:
        raise _illegal(tree, kind) from None
    if isinstance(tree, decimal.Decimal):
        raise _illegal(tree, kind)
    return int(number)


def _decimal(tree: Any, kind: ApexType) -> decimal.Decimal:
    if isinstance(tree, bool) or not isinstance(tree, (str, int, decimal.Decimal)):
        raise _illegal(tree, kind)
    try:
        return decimal.Decimal(tree)
    except decimal.InvalidOperation:
        raise _illegal(tree, kind) from None


def _boolean(tree: Any, kind: ApexType) -> bool:
    if isinstance(tree, str) and tree.lower() in {"true", "false"}:
        return tree.lower() == "true"
    if not isinstance(tree, bool):
        raise _illegal(tree, kind)
    return tree


def _string(tree: Any, kind: ApexType) -> str:
    if isinstance(tree, (dict, list)):
        raise json_error(
            f"Cannot deserialize instance of {kind.name.lower()} from "
            f"{'START_OBJECT' if isinstance(tree, dict) else 'START_ARRAY'} value "
            f"{'{' if isinstance(tree, dict) else '['} or request may be missing a required field"
        )
    if isinstance(tree, bool):
        return "true" if tree else "false"
    return str(tree)


def _datetime(tree: Any, kind: ApexType) -> dt.datetime:
    found = _MOMENT.match(tree) if isinstance(tree, str) else None
    if not found:
        raise (
            json_error(f'Invalid format: "{tree}"')
            if isinstance(tree, str)
            else _illegal(tree, kind)
        )
    year, month, day, hour, minute, second = (int(each or 0) for each in found.groups()[:6])
    micro = int((found[7] or "0")[:3].ljust(3, "0")) * 1000
    offset = found[8] or "Z"
    zone = dt.timedelta()
    if offset != "Z":
        digits = offset[1:].replace(":", "")
        zone = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        zone = -zone if offset[0] == "-" else zone
    midnight = dt.datetime.combine(date_of(year, month, day), dt.time(), dt.timezone.utc)
    return (
        midnight
        - zone
        + dt.timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micro)
    )


def _date(tree: Any, kind: ApexType) -> dt.date:
    found = _MOMENT.match(tree) if isinstance(tree, str) else None
    if not found:
        raise _datetime_error(tree, kind)
    return date_of(int(found[1]), int(found[2]), int(found[3]))


def _datetime_error(tree: Any, kind: ApexType) -> ApexException:
    if isinstance(tree, str):
        return json_error(f'Invalid format: "{tree}"')
    return _illegal(tree, kind)


def _time(tree: Any, kind: ApexType) -> dt.time:
    found = _CLOCK.match(tree) if isinstance(tree, str) else None
    if not found:
        raise _datetime_error(tree, kind)
    micro = int((found[4] or "0")[:3].ljust(3, "0")) * 1000
    return dt.time(int(found[1]), int(found[2]), int(found[3]), micro)


def _blob(tree: Any, kind: ApexType) -> Blob:
    try:
        return Blob(base64.b64decode(_string(tree, kind), validate=False))
    except binascii.Error:
        raise _illegal(tree, kind) from None


SCALARS: dict[str, Callable[[Any, ApexType], Any]] = {
    "string": _string,
    "id": lambda tree, kind: id_of(_string(tree, kind)),
    "integer": lambda tree, kind: _whole(tree, kind, 32),
    "long": lambda tree, kind: Long(_whole(tree, kind, 64)),
    "double": lambda tree, kind: float(_decimal(tree, kind)),
    "decimal": _decimal,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "time": _time,
    "blob": _blob,
}
