"""The feature parameters of a package's source, with their default values."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from sfgen.apex.schema.source_files import parse_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["read_feature_parameters"]

_FILE = re.compile(r"(?:.*/)?([^/]+)\.featureParameter(Boolean|Integer|Date)(?:-meta\.xml)?\Z")


def read_feature_parameters(files: Mapping[str, bytes]) -> dict[str, bool | int | dt.date | None]:
    """Values by lower-case name (Metadata API, FeatureParameterBoolean and kin)."""
    found: dict[str, bool | int | dt.date | None] = {}
    for path, data in files.items():
        match = _FILE.match(path)
        if match is None:
            continue
        text, kind = parse_xml(path, data).text("value").strip(), match[2]
        value: bool | int | dt.date | None
        if kind == "Boolean":
            value = text.lower() == "true"
        elif kind == "Integer":
            value = int(text) if text.lstrip("-").isdigit() else 0
        else:
            value = dt.date.fromisoformat(text) if text else None
        found[match[1].lower()] = value
    return found
