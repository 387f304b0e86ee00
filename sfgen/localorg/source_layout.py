"""Arranges deployed metadata as an SFDX project, which the Apex runtime reads."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from lxml import etree

from sfgen.metadata import META_XML, NAMESPACE, MetadataType, types

if TYPE_CHECKING:
    from pathlib import Path

#: The types that Apex sees: code, schema, and what code refers to by name.
_SEEN = (
    "ApexClass",
    "ApexTrigger",
    "ApexPage",
    "CustomLabels",
    "CustomMetadata",
    "CustomObject",
    "CustomPermission",
    "NamedCredential",
    "PermissionSet",
    "Profile",
    "RemoteSiteSetting",
    "StaticResource",
)


def lay_out(org: Path, project: Path, api_version: str) -> None:
    """Write an SFDX project with all metadata of ``org`` that Apex uses."""
    source = project / "source"
    source.mkdir(parents=True)
    configuration = {
        "packageDirectories": [{"path": "source", "default": True}],
        "sourceApiVersion": api_version,
    }
    (project / "sfdx-project.json").write_text(json.dumps(configuration), encoding="utf-8")
    for name in _SEEN:
        kind = types().by_name[name]
        folder = org / kind.folder
        for path in sorted(folder.glob(f"*.{kind.suffix}")):
            if kind.kind == "decomposed":
                _decompose(kind, path, source / kind.folder)
            else:
                _copy(kind, path, source / kind.folder)


def _copy(kind: MetadataType, path: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    if kind.kind in {"content", "resource"}:
        shutil.copy(path, folder / path.name)
        shutil.copy(f"{path}{META_XML}", folder / f"{path.name}{META_XML}")
    else:
        shutil.copy(path, folder / f"{path.name}{META_XML}")


def _decompose(kind: MetadataType, path: Path, folder: Path) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(path.read_bytes(), parser)
    own = folder / path.stem
    own.mkdir(parents=True)
    for element in list(root):
        child = kind.child_by_element(str(element.tag).rpartition("}")[2])
        if child is None:
            continue
        root.remove(element)
        name = element.findtext(f"{{{NAMESPACE}}}fullName") or ""
        element.tag = f"{{{NAMESPACE}}}{child.name}"
        target = own / child.folder
        target.mkdir(exist_ok=True)
        _write(target / f"{name}.{child.suffix}{META_XML}", element)
    if len(root):
        _write(own / f"{path.stem}.{kind.suffix}{META_XML}", root)


def _write(path: Path, element: etree._Element) -> None:
    element.tail = None
    path.write_bytes(etree.tostring(element, xml_declaration=True, encoding="UTF-8"))
