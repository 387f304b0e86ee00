"""The Metadata API's schema, taken from the WSDL that simple-salesforce ships.

lxml's XMLSchema needs more than a second to load it; the model here is read from a cache in a few
milliseconds. Its verdicts are held against lxml's in the tests.
"""

from __future__ import annotations

import importlib.util
import marshal
import os
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import platformdirs
from lxml import etree

from sfgen.errors import ToolError

_XSD: Final = "{http://www.w3.org/2001/XMLSchema}"
#: Raised whenever the form of the cached model changes.
_FORM: Final = 3


@dataclass(frozen=True, slots=True)
class ElementRule:
    """One element a complex type allows; ``limit`` is 0 for any number."""

    name: str
    type: str
    required: bool
    limit: int


@dataclass(frozen=True, slots=True)
class Schema:
    """The schema's types.

    Attributes:
        complex: type name to its elements, inherited ones included.
        enums: simple type name to the values it allows.
        simple: simple type name to the primitive type below it, where it lists no values.
        bases: complex type name to the type it extends.
    """

    complex: dict[str, dict[str, ElementRule]]
    enums: dict[str, frozenset[str]]
    simple: dict[str, str]
    bases: dict[str, str]

    def is_metadata(self, name: str) -> bool:
        """Say whether ``name`` is a type that a file can have as its root."""
        seen: str | None = name
        while seen:
            if seen == "Metadata":
                return True
            seen = self.bases.get(seen)
        return False


@cache
def schema() -> Schema:
    """Load the schema, from the cache when it is there.

    Raises:
        ToolError: simple-salesforce, which brings the WSDL, isn't installed.
    """
    wsdl = _find_wsdl()
    stat = wsdl.stat()
    key = f"{_FORM}-{sys.version_info[0]}.{sys.version_info[1]}-{stat.st_size}-{int(stat.st_mtime)}"
    path = Path(platformdirs.user_cache_dir("sfgen")) / f"metadata-schema-{key}.bin"
    raw = _load(path)
    if raw is None:
        raw = _compile(wsdl)
        _save(path, raw)
    return _build(raw)


def _find_wsdl() -> Path:
    spec = importlib.util.find_spec("simple_salesforce")
    if spec is None or not spec.submodule_search_locations:
        raise ToolError("simple-salesforce is not installed: its WSDL holds the metadata schema")
    return Path(next(iter(spec.submodule_search_locations))) / "metadata.wsdl"


def _load(path: Path) -> dict[str, Any] | None:
    try:
        raw = marshal.loads(path.read_bytes())  # noqa: S302 - a file of the user's own cache
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return raw if isinstance(raw, dict) else None


def _save(path: Path, raw: dict[str, Any]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(marshal.dumps(raw))
        Path(name).replace(path)
    except OSError:
        # A cache that can't be written costs time, nothing else.
        return


def _compile(wsdl: Path) -> dict[str, Any]:
    root = etree.parse(str(wsdl)).getroot()
    raw: dict[str, Any] = {"complex": {}, "enums": {}, "simple": {}, "bases": {}}
    for kind in root.iter(f"{_XSD}complexType"):
        name = kind.get("name")
        if not name:
            continue
        extension = kind.find(f".//{_XSD}extension")
        if extension is not None:
            raw["bases"][name] = _local(extension.get("base"))
        raw["complex"][name] = [
            (
                element.get("name") or _local(element.get("ref")),
                _local(element.get("type")),
                element.get("minOccurs", "1") != "0",
                0 if element.get("maxOccurs") == "unbounded" else 1,
            )
            for element in kind.iter(f"{_XSD}element")
        ]
    for kind in root.iter(f"{_XSD}simpleType"):
        name = kind.get("name")
        restriction = kind.find(f"{_XSD}restriction")
        if not name or restriction is None:
            continue
        values = [v.get("value", "") for v in restriction.iter(f"{_XSD}enumeration")]
        if values:
            raw["enums"][name] = values
        else:
            raw["simple"][name] = _local(restriction.get("base"))
    return raw


def _local(name: str | None) -> str:
    return (name or "").rpartition(":")[2]


def _build(raw: dict[str, Any]) -> Schema:
    enums = {name: frozenset(values) for name, values in raw["enums"].items()}
    return Schema(_ComplexTypes(raw["complex"], raw["bases"]), enums, raw["simple"], raw["bases"])


class _ComplexTypes(dict[str, dict[str, ElementRule]]):
    """The complex types, each built when it is first asked for."""

    def __init__(
        self, rows: dict[str, list[tuple[str, str, bool, int]]], bases: dict[str, str]
    ) -> None:
        super().__init__()
        self._rows = rows
        self._bases = bases

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def __missing__(self, name: str) -> dict[str, ElementRule]:
        base = self._bases.get(name)
        inherited = self[base] if base in self._rows else {}
        self[name] = {**inherited, **{row[0]: ElementRule(*row) for row in self._rows[name]}}
        return self[name]
