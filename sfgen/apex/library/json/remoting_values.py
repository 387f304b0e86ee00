"""Values as JavaScript remoting sends and takes them: dates and times are numbers.

Visualforce Developer Guide, "Understanding Date and Time Serialization": Date, Datetime and Time
values of a RemoteAction are long integers; Lightning sends ISO 8601 text.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from sfgen.apex.library.json.json_writing import Raw, Tree, tree_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.apex.types.model import ApexType

__all__ = ["moment_given", "remoting_text"]

_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)
_MILLISECOND: Final = dt.timedelta(milliseconds=1)


def _of_datetime(value: dt.datetime) -> int:
    return (value.astimezone(dt.timezone.utc) - _EPOCH) // _MILLISECOND


def _of_date(value: dt.date) -> int:
    return _of_datetime(dt.datetime.combine(value, dt.time(), dt.timezone.utc))


def _of_time(value: dt.time) -> int:
    return _of_datetime(dt.datetime.combine(_EPOCH.date(), value, dt.timezone.utc))


_NUMBERS: Final[dict[type, Callable[[Any], int]]] = {
    dt.datetime: _of_datetime,
    dt.date: _of_date,
    dt.time: _of_time,
}


class _RemotingTree(Tree):
    """Dates and times as milliseconds since 1970, everything else as JSON.serialize has it."""

    def of(self, value: Any) -> Any:
        number = _NUMBERS.get(type(value))
        return Raw(number(value)) if number is not None else super().of(value)

    def field(self, value: Any) -> Any:
        return self.of(value) if type(value) in _NUMBERS else super().field(value)


def remoting_text(value: Any) -> str:
    """The result of a RemoteAction as JSON text."""
    return tree_text(_RemotingTree(without_nulls=False).of(value))


def moment_given(data: Any, kind: ApexType) -> Any:
    """A number that JavaScript gives for a date or time, as the text that JSON has for it."""
    if isinstance(data, bool) or not isinstance(data, int):
        return data
    moment = _EPOCH + data * _MILLISECOND if kind.name in {"Datetime", "Date", "Time"} else None
    if moment is None:
        return data
    if kind.name == "Date":
        return moment.date().isoformat()
    text = f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
    return text if kind.name == "Datetime" else text.partition("T")[2]
