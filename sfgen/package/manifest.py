"""``package.xml`` and the destructive manifests, in the form Salesforce's own tools write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from lxml import etree

from sfgen.errors import ProjectError
from sfgen.metadata import NAMESPACE

if TYPE_CHECKING:
    from pathlib import Path

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'

Members = Mapping[str, set[str]]


def write_manifest(members: Members, api_version: str) -> bytes:
    """Write a manifest with sorted types and members, indented by four spaces."""
    package = etree.Element("Package", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    for type_name in sorted(members):
        entry = etree.SubElement(package, "types")
        for member in sorted(members[type_name]):
            etree.SubElement(entry, "members").text = member
        etree.SubElement(entry, "name").text = type_name
    etree.SubElement(package, "version").text = api_version
    etree.indent(package, space="    ")
    head, _, body = etree.tostring(package, encoding="unicode").partition("\n")
    # Inside text lxml leaves quotes alone; Salesforce's writer does not.
    body = body.replace("'", "&apos;").replace('"', "&quot;")
    return f"{DECLARATION}{head}\n{body}\n".encode()


def read_manifest(data: bytes, name: str) -> tuple[dict[str, set[str]], str | None]:
    """Read a manifest: members by type, and the API version it names.

    ``name`` is what the manifest is called in error messages.

    Raises:
        ProjectError: malformed XML, or not a ``Package``.
    """
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise ProjectError(f"{name}:{error.lineno}: malformed XML: {error.msg}") from None
    if etree.QName(root).localname != "Package":
        raise ProjectError(f"{name}: expected a Package, found {etree.QName(root).localname}")
    members: dict[str, set[str]] = {}
    for entry in root.iterfind(f"{{{NAMESPACE}}}types"):
        type_name = (entry.findtext(f"{{{NAMESPACE}}}name") or "").strip()
        found = {(m.text or "").strip() for m in entry.iterfind(f"{{{NAMESPACE}}}members")}
        members.setdefault(type_name, set()).update(found)
    version = root.findtext(f"{{{NAMESPACE}}}version")
    return members, version.strip() if version else None


def read_manifest_file(path: Path) -> bytes:
    """Read a destructive manifest from disk and make sure that it is one.

    Raises:
        ProjectError: the file is missing or is no manifest.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ProjectError(f"{path} can't be read: {error.strerror}") from None
    read_manifest(data, str(path))
    return data
