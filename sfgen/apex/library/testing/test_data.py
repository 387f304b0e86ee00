"""Records from a static resource, for `Test.loadData`."""

from __future__ import annotations

import io
from typing import Any

from sfgen.apex.library.http.callouts import static_resource
from sfgen.apex.library.json.json_reading import typed_value
from sfgen.apex.library.json.json_records import FIELD_TYPES
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.values import SObject
from sfgen.apex.types.model import ApexType

__all__ = ["records_of_csv"]


def records_of_csv(token: Any, name: str) -> list[SObject]:
    """The records of a CSV resource, values converted to their fields' types.

    Raises StringException for a column that the object doesn't have.
    """
    described = token.described
    text = static_resource(name).decode("utf-8-sig")
    records = []
    import csv  # here: few tests load data

    for row in csv.DictReader(io.StringIO(text)):
        record = SObject(described.name)
        for column, value in row.items():
            field = described.find(column.strip()) if column else None
            if field is None:
                raise raise_apex("StringException", f"Invalid field {column} in {name}")
            kind = ApexType(FIELD_TYPES.get(field.type, "String"))
            record.fields[field.key] = typed_value(value, kind) if value else None
        records.append(record)
    return records
