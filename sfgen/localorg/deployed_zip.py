"""Opens a deployed zip: finds its package.xml, refuses paths outside of it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field

from sfgen.errors import ProjectError, SfgenError
from sfgen.package import read_manifest

#: The Metadata API's limit on one package, unzipped (Salesforce app limits cheat sheet, Metadata).
#: Its other one, 10,000 files, is not kept here: benchmarks deploy larger projects.
MOST_BYTES = 600 * 1024 * 1024

_DESTRUCTIVE = {
    "destructiveChangesPre.xml": "before",
    "destructiveChanges.xml": "after",
    "destructiveChangesPost.xml": "after",
}


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A package's files by their names below its ``package.xml``."""

    files: dict[str, bytes]
    members: dict[str, set[str]]
    version: str | None
    before: dict[str, set[str]] = field(default_factory=dict)
    after: dict[str, set[str]] = field(default_factory=dict)


def unpack(archive: bytes) -> Unpacked:
    """Open a package.

    Raises:
        SfgenError: not a zip, too large, no ``package.xml``, or a name that climbs out.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            entries = [info for info in opened.infolist() if not info.is_dir()]
            if sum(info.file_size for info in entries) > MOST_BYTES:
                raise SfgenError("LIMIT_EXCEEDED: the package is larger than 600 MB unzipped")
            files = {info.filename: opened.read(info) for info in entries}
    except zipfile.BadZipFile:
        raise SfgenError("Not a valid zip file") from None
    for name in files:
        if name.startswith("/") or "\\" in name or (".." in name and ".." in name.split("/")):
            raise SfgenError(f"{name} leaves the package's folder")
    return _lay_out(files)


def _lay_out(files: dict[str, bytes]) -> Unpacked:
    manifests = sorted((n for n in files if f"/{n}".endswith("/package.xml")), key=len)
    if not manifests:
        raise SfgenError("No package.xml found")
    top = manifests[0].removesuffix("package.xml")
    inner = {name[len(top) :]: data for name, data in files.items() if name.startswith(top)}
    changes: dict[str, dict[str, set[str]]] = {"before": {}, "after": {}}
    try:
        members, version = read_manifest(inner.pop("package.xml"), "package.xml")
        for name, when in _DESTRUCTIVE.items():
            if name in inner:
                found, _ = read_manifest(inner.pop(name), name)
                for kind, names in found.items():
                    changes[when].setdefault(kind, set()).update(names)
    except ProjectError as error:
        raise SfgenError(error.message) from None
    return Unpacked(inner, members, version, changes["before"], changes["after"])
