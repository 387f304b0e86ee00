"""Copies of records for collections, and the object that a type names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.schema.schema_tokens import object_token
from sfgen.apex.runtime.execution import has_current
from sfgen.apex.runtime.values import SObject
from sfgen.apex.store.org_data import find_data

if TYPE_CHECKING:
    from sfgen.apex.types.model import ApexType

__all__ = ["clone_value", "object_type_of"]

_AUDIT = frozenset(
    {"createddate", "createdbyid", "lastmodifieddate", "lastmodifiedbyid", "systemmodstamp"}
)


def clone_value(value: Any, ids: bool, timestamps: bool, autonumbers: bool) -> Any:  # noqa: FBT001 - Apex's parameters
    """A copy of a record with what the flags keep; any other value as it is."""
    if not isinstance(value, SObject):
        return value
    own = getattr(SObject.semantics, "clone", None)
    if own is not None:
        return own(value, ids, True, timestamps, autonumbers)  # noqa: FBT003 - Apex's order
    copy = SObject(value.type_name, value.fields.items())
    if not ids:
        copy.fields.pop("id", None)
    for name in _AUDIT if not timestamps else ():
        copy.fields.pop(name, None)
    return copy


def object_type_of(kind: ApexType) -> Any:
    """The token of the object that a type names; None if it is no object's."""
    data = find_data() if has_current() and not kind.arguments else None
    known = data.schema.find(kind.name) if data is not None else None
    return object_token(known.name) if known else None
