"""Retrieves deployed components that a manifest names, as a zip in metadata format."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sfgen.metadata import NAMESPACE
from sfgen.package import write_manifest
from sfgen.package.archive import add_file
from sfgen.project import read_packaged

if TYPE_CHECKING:
    from lxml import etree

    from sfgen.localorg.org_store import OrgStore
    from sfgen.project import Component


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A finished retrieve request; each row is type, full name and file name."""

    id: str
    archive: bytes
    rows: tuple[tuple[str, str, str], ...]
    missing: tuple[tuple[str, str], ...]


def retrieve(store: OrgStore, request: etree._Element) -> Retrieved:
    """Carry out a ``retrieveRequest`` by its ``unpackaged`` manifest; ``*`` means all of a type."""
    wanted = _wanted(request)
    version = request.findtext(f".//{{{NAMESPACE}}}apiVersion") or "68.0"
    org = read_packaged(store.metadata)
    chosen = [c for c in org.components if _is_wanted(c, wanted)]
    members: dict[str, set[str]] = {}
    rows: list[tuple[str, str, str]] = []
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for component in chosen:
            members.setdefault(component.type.name, set()).add(component.name)
            for path in sorted({*component.files, component.meta or component.path}):
                name = org.relative(path)
                add_file(archive, f"unpackaged/{name}", Path(path).read_bytes())
                rows.append((component.type.name, component.name, f"unpackaged/{name}"))
        add_file(archive, "unpackaged/package.xml", write_manifest(members, version))
    missing = [
        (kind, name)
        for kind, names in wanted.items()
        for name in sorted(names - {"*"} - members.get(kind, set()))
    ]
    job = store.new_id("RetrieveRequest")
    return Retrieved(job, buffer.getvalue(), tuple(rows), tuple(missing))


def _wanted(request: etree._Element) -> dict[str, set[str]]:
    wanted: dict[str, set[str]] = {}
    for entry in request.iter(f"{{{NAMESPACE}}}types"):
        kind = (entry.findtext(f"{{{NAMESPACE}}}name") or "").strip()
        names = {(m.text or "").strip() for m in entry.iterfind(f"{{{NAMESPACE}}}members")}
        wanted.setdefault(kind, set()).update(names)
    return wanted


def _is_wanted(component: Component, wanted: dict[str, set[str]]) -> bool:
    names = wanted.get(component.type.name, set())
    if "*" in names or component.name in names:
        return True
    # A field is retrieved in the file of its object.
    return any(
        name.rpartition(".")[0] == component.name or child.bare
        for child in component.type.children
        for name in wanted.get(child.name, ())
    )
