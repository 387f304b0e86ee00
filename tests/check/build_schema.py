"""Compile a Metadata API WSDL to the schema that sfgen ships.

    python tests/check/build_schema.py [metadata.wsdl]

Without an argument it takes the WSDL of the installed simple-salesforce, the newest one at hand.
"""

from __future__ import annotations

import importlib.util
import re
import sys
import zlib
from pathlib import Path

from lxml import etree

from sfgen.check.schema import ASSET

_XSD = "{http://www.w3.org/2001/XMLSchema}"


def find_wsdl() -> Path:
    spec = importlib.util.find_spec("simple_salesforce")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(next(iter(spec.submodule_search_locations))) / "metadata.wsdl"


def read_version(wsdl: Path) -> str:
    found = re.search(r"Metadata API version (\d+\.0)|version (\d+\.0)", wsdl.read_text("utf-8"))
    assert found is not None
    return found[1] or found[2]


def describe_schema(wsdl: Path) -> bytes:
    """Write the schema's lines: see ``sfgen.check.schema``."""
    root = etree.parse(str(wsdl)).getroot()
    lines = [f"schema\t{read_version(wsdl)}"]
    lines += [_complex(kind) for kind in root.iter(f"{_XSD}complexType") if kind.get("name")]
    for kind in root.iter(f"{_XSD}simpleType"):
        restriction = kind.find(f"{_XSD}restriction")
        if kind.get("name") and restriction is not None:
            lines.append(_simple(str(kind.get("name")), restriction))
    return "".join(f"{line}\n" for line in lines).encode()


def _complex(kind: etree._Element) -> str:
    extension = kind.find(f".//{_XSD}extension")
    base = _local(extension.get("base")) if extension is not None else ""
    cells = ["type", str(kind.get("name")), base]
    for element in kind.iter(f"{_XSD}element"):
        name = element.get("name") or _local(element.get("ref"))
        marks = "!" if element.get("minOccurs", "1") != "0" else ""
        marks += "*" if element.get("maxOccurs") == "unbounded" else ""
        cells.append(f"{name}:{_local(element.get('type'))}:{marks}")
    return "\t".join(cells)


def _simple(name: str, restriction: etree._Element) -> str:
    values = [value.get("value", "") for value in restriction.iter(f"{_XSD}enumeration")]
    assert not any("\t" in value or "\n" in value for value in values)
    if values:
        return "\t".join(["enum", name, *values])
    return "\t".join(["simple", name, _local(restriction.get("base"))])


def _local(name: str | None) -> str:
    return (name or "").rpartition(":")[2]


if __name__ == "__main__":
    described = describe_schema(Path(sys.argv[1]) if len(sys.argv) > 1 else find_wsdl())
    ASSET.write_bytes(zlib.compress(described, 9))
    sys.stdout.write(f"{ASSET}: {ASSET.stat().st_size} bytes\n")
