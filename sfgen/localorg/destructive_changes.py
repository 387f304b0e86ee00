"""Destructive changes: removes components from the org's folder."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from lxml import etree

from sfgen.localorg.jobs import ComponentResult
from sfgen.metadata import META_XML, NAMESPACE, MetadataType, types

if TYPE_CHECKING:
    from pathlib import Path


def destroy(org: Path, members: dict[str, set[str]]) -> list[ComponentResult]:
    """Delete ``members`` from the org's folder; what isn't there is a warning, as in an org."""
    rows: list[ComponentResult] = []
    for type_name, names in members.items():
        for name in sorted(names):
            deleted = _delete(org, type_name, name)
            problem = None if deleted else f"No {type_name} named: {name} found"
            rows.append(
                ComponentResult(
                    type_name,
                    name,
                    "destructiveChanges.xml",
                    problem,
                    None if deleted else "Warning",
                    changed=deleted,
                    deleted=deleted,
                )
            )
    return rows


def _delete(org: Path, type_name: str, name: str) -> bool:
    kind = types().by_name.get(type_name)
    if kind is None:
        return _delete_child(org, type_name, name)
    base = org / kind.folder
    if kind.kind in {"bundle", "site"}:
        found = (base / name).is_dir()
        shutil.rmtree(base / name, ignore_errors=True)
        return found
    paths = [base / f"{name}.{kind.suffix}", base / name]
    files = [path for path in paths if path.is_file()]
    for path in files:
        path.unlink()
        path.with_name(f"{path.name}{META_XML}").unlink(missing_ok=True)
    return bool(files)


def _delete_child(org: Path, type_name: str, name: str) -> bool:
    for kind in types().by_name.values():
        child = next((c for c in kind.children if c.name == type_name), None)
        if child is None:
            continue
        parent, _, own = name.rpartition(".") if not child.bare else (kind.name, "", name)
        return _remove_element(
            _file(org, kind, parent), child.element, child.identity or "fullName", own
        )
    return False


def _file(org: Path, kind: MetadataType, name: str) -> Path:
    return org / kind.folder / f"{name}.{kind.suffix}"


def _remove_element(path: Path, element: str, identity: str, name: str) -> bool:
    if not path.is_file():
        return False
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(path.read_bytes(), parser)
    for entry in root.findall(f"{{{NAMESPACE}}}{element}"):
        if entry.findtext(f"{{{NAMESPACE}}}{identity}") == name:
            root.remove(entry)
            path.unlink()
            path.write_bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
            return True
    return False
