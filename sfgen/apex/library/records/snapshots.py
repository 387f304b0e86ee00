"""Deep copies of objects, as asynchronous Apex is handed them: serialized when queued."""

from __future__ import annotations

import copy
from typing import Any

from sfgen.apex.runtime.values import ApexException, ApexList, ApexMap, ApexObject, ApexSet, SObject

__all__ = ["deep_copy", "restore"]


def deep_copy(value: Any, seen: dict[int, Any] | None = None) -> Any:
    """A copy of a value and all it holds; what can't change is shared."""
    known = {} if seen is None else seen
    if id(value) in known:
        return known[id(value)]
    if isinstance(value, (ApexList, ApexSet)):
        made: Any = type(value).__new__(ApexList if isinstance(value, ApexList) else ApexSet)
        made.__init__((), value.element_type)
        known[id(value)] = made
        add = made.append if isinstance(made, ApexList) else made.add
        for each in value:
            add(deep_copy(each, known))
        return made
    if isinstance(value, ApexMap):
        made = known[id(value)] = type(value)((), value.key_type, value.value_type)
        for key, each in value.pairs():
            made.put(deep_copy(key, known), deep_copy(each, known))
        return made
    if isinstance(value, SObject):
        return _record(value, known)
    if isinstance(value, ApexObject) and not isinstance(value, ApexException):
        made = known[id(value)] = copy.copy(value)
        for name, each in vars(value).items():
            setattr(made, name, deep_copy(each, known))
        return made
    return value


def _record(record: SObject, known: dict[int, Any]) -> SObject:
    made = known[id(record)] = copy.copy(record)
    made.fields = {name: deep_copy(each, known) for name, each in record.fields.items()}
    made.errors = list(record.errors)
    return made


def restore(target: ApexObject, source: ApexObject) -> None:
    """Give `target` the state of `source` again."""
    vars(target).update(vars(deep_copy(source)))
