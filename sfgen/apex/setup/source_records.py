"""Custom metadata records and labels of a project."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from sfgen.apex.schema.source_files import Element, parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sfgen.apex.schema.schema import Field, Schema

__all__ = ["read_custom_metadata", "read_labels"]

_RECORD = re.compile(r"(?:.*/)?customMetadata/([^/.]+)\.([^/]+?)\.md(?:-meta\.xml)?\Z")


def read_custom_metadata(
    files: Mapping[str, bytes], schema: Schema
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Pairs of object name and row, for every record whose type the schema has."""
    for path, data in files.items():
        found = _RECORD.match(path)
        owner = schema.find(f"{found[1]}__mdt") if found else None
        if not found or owner is None:
            continue
        node, name = parse_xml(path, data), unquote(found[2])
        label = node.text("label") or name
        row: dict[str, Any] = {
            "developername": name,
            "masterlabel": label,
            "label": label,
            "language": "en_US",
            "qualifiedapiname": name,
        }
        for each in node.all("values"):
            field = owner.find(each.text("field"))
            value = each.first("value")
            if field is not None and value is not None and not value.attribute("nil"):
                row[field.key] = _typed(field, value)
        for field in owner.fields.values():
            if field.type == "BOOLEAN":
                row.setdefault(field.key, False)
        yield owner.name, row


def _typed(field: Field, value: Element) -> Any:
    text = value.content
    if field.type == "BOOLEAN":
        return text.strip().lower() == "true"
    if field.numeric:
        return Decimal(text) if text.strip() else None
    if field.type == "DATE":
        return dt.date.fromisoformat(text.strip())
    if field.type == "DATETIME":
        return dt.datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    return text or None


def read_labels(files: Mapping[str, bytes]) -> dict[str, str]:
    """Custom labels by name."""
    labels = {}
    for path, data in files.items():
        if ".labels" in path.rpartition("/")[2]:
            for each in parse_xml(path, data).all("labels"):
                labels[each.text("fullName")] = each.text("value")
    return labels
