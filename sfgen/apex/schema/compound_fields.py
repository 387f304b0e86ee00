"""Compound fields in a SELECT: an address or a location read from its parts in one column.

SOQL and SOSL Reference, "Compound Field Considerations and Limitations": they are read-only, hold
what their components hold, and are null when all of these are.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.apex.schema.schema import Field, ObjectType

__all__ = ["COMPOUND_CLASSES", "decode_compound", "is_compound", "parts_of"]

#: What makes the Apex value by field type; the platform's library registers its classes here.
COMPOUND_CLASSES: dict[str, Callable[..., Any]] = {}

_ADDRESS = (
    "Street", "City", "State", "PostalCode", "Country", "StateCode", "CountryCode", "Latitude",
    "Longitude", "GeocodeAccuracy",
)  # fmt: skip
_LOCATION = ("Latitude", "Longitude")


def is_compound(field: Field) -> bool:
    """Whether the field is an address or a location."""
    return field.type in {"ADDRESS", "LOCATION"}


def parts_of(owner: ObjectType, field: Field) -> list[tuple[str, Field]]:
    """The components that the object has, each with the name it has in the compound value."""
    if field.type == "LOCATION":
        stem = field.name.removesuffix("__c")
        names = [(part, f"{stem}__{part}__s") for part in _LOCATION]
    else:
        stem = field.name.removesuffix("Address")
        names = [(part, f"{stem}{part}") for part in _ADDRESS]
    found = [(part[0].lower() + part[1:], owner.fields.get(name.lower())) for part, name in names]
    return [(part, known) for part, known in found if known is not None]


def decode_compound(field: Field) -> Callable[[Any], Any]:
    """What makes the Apex value of a JSON object of the components; null if all are null."""
    made = COMPOUND_CLASSES[field.type]

    def decode(text: str) -> Any:
        values = json.loads(text)
        if all(value is None for value in values.values()):
            return None
        for name in _LOCATION:
            number = values.get(name.lower())
            if number is not None:
                values[name.lower()] = float(number)
        return made(**values)

    return decode
