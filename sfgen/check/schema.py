"""The Metadata API's schema, compiled from a WSDL, and the API version that it is of.

It is compiled from Salesforce's WSDL by ``tests/check/build_schema.py`` and is part of sfgen, so
that no other package's update can change a verdict. Each line of the asset is one type: ``type``
with its base and its elements (``name:type:marks``, ``!`` required, ``*`` any number), ``enum``
with its values, ``simple`` with the primitive below it.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from sfgen.errors import ToolError

ASSET: Final = Path(__file__).parent / "assets" / "metadata-schema.z"


@dataclass(frozen=True, slots=True)
class ElementRule:
    """An element that a complex type allows; ``limit`` 0 means any number."""

    name: str
    type: str
    required: bool
    limit: int


@dataclass(frozen=True, slots=True)
class Schema:
    """The schema's types.

    Attributes:
        version: of the Metadata API, as ``63.0``.
        complex: complex type name to its elements, inherited ones included.
        enums: simple type name to the values it allows.
        simple: simple type name to the primitive type below it, where it lists no values.
        bases: complex type name to the type it extends.
    """

    version: str
    complex: dict[str, dict[str, ElementRule]]
    enums: dict[str, frozenset[str]]
    simple: dict[str, str]
    bases: dict[str, str]

    def is_metadata(self, name: str) -> bool:
        """Say whether ``name`` is a metadata type, so that a file can have it as its root."""
        seen: str | None = name
        while seen:
            if seen == "Metadata":
                return True
            seen = self.bases.get(seen)
        return False


@cache
def schema() -> Schema:
    """Load the schema.

    Raises:
        ToolError: sfgen's copy is missing or damaged.
    """
    try:
        return _read(zlib.decompress(ASSET.read_bytes()).decode())
    except (OSError, ValueError, zlib.error):
        raise ToolError(
            "sfgen's metadata schema is missing or damaged", hint="reinstall sfgen"
        ) from None


def _read(text: str) -> Schema:
    rows: dict[str, list[str]] = {}
    bases: dict[str, str] = {}
    enums: dict[str, frozenset[str]] = {}
    simple: dict[str, str] = {}
    version = ""
    for line in text.splitlines():
        kind, name, *cells = line.split("\t")
        if kind == "type":
            base, *rows[name] = cells
            if base:
                bases[name] = base
        elif kind == "enum":
            enums[name] = frozenset(cells)
        elif kind == "simple":
            (simple[name],) = cells
        else:
            version = name
    return Schema(version, _ComplexTypes(rows, bases), enums, simple, bases)


class _ComplexTypes(dict[str, dict[str, ElementRule]]):
    """The complex types, each built when it is first asked for."""

    def __init__(self, rows: dict[str, list[str]], bases: dict[str, str]) -> None:
        super().__init__()
        self._rows = rows
        self._bases = bases

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def __missing__(self, name: str) -> dict[str, ElementRule]:
        base = self._bases.get(name)
        inherited = self[base] if base in self._rows else {}
        self[name] = {**inherited, **dict(map(_element, self._rows[name]))}
        return self[name]


def _element(cell: str) -> tuple[str, ElementRule]:
    name, kind, marks = cell.split(":")
    return name, ElementRule(name, kind, "!" in marks, 0 if "*" in marks else 1)
