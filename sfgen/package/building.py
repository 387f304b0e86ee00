"""Turns a project's components into the files of a metadata-format package."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from sfgen.errors import ProjectError
from sfgen.metadata import META_XML, MetadataType, types
from sfgen.package.archive import add_file
from sfgen.package.manifest import read_manifest_file, write_manifest
from sfgen.package.merging import Content, Piece, Span, merge, parse_source, text_of
from sfgen.package.replacing import Replacements

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sfgen.project import Component, Project

#: Folders that ``package.xml`` tells from their content by a slash at the end.
_SLASHED_FOLDERS: Final = frozenset({"DashboardFolder", "ReportFolder", "EmailTemplateFolder"})
#: Bytes of a zipped folder that are not worth a file.
_IN_MEMORY: Final = 8 * 1024 * 1024


@dataclass(slots=True)
class Package:
    """The files of a package, by their names in the archive.

    Attributes:
        files: archive name to the source path whose bytes go in.
        made: archive name to bytes that exist nowhere on disk (merged files, manifests).
        folders: archive name to the folder of a static resource, and its files.
        members: what ``package.xml`` names, by type.
        spans: for merged files, which lines came from which source file.
        origins: (type, full name) of a child to its source file.
    """

    api_version: str
    files: dict[str, str] = field(default_factory=dict)
    made: dict[str, bytes] = field(default_factory=dict)
    folders: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)
    spans: dict[str, list[Span]] = field(default_factory=dict)
    origins: dict[tuple[str, str], str] = field(default_factory=dict)
    replacements: Replacements = field(default_factory=lambda: Replacements(()))

    def name(self, type_name: str, full_name: str) -> None:
        """List a component in ``package.xml``."""
        self.members.setdefault(type_name, set()).add(full_name)

    def read(self, archive_name: str) -> bytes:
        """Return the bytes that go into the archive under ``archive_name``."""
        with self.open(archive_name) as file:
            return file.read()

    def open(self, archive_name: str) -> IO[bytes]:
        """Open what goes into the archive under ``archive_name``; long files stay on disk."""
        if archive_name in self.made:
            return io.BytesIO(self.made[archive_name])
        if archive_name in self.folders:
            return self._zip_folder(*self.folders[archive_name])
        path = self.files[archive_name]
        return io.BytesIO(self._replace_in(path)) if self.replacements else open(path, "rb")

    def _zip_folder(self, folder: str, paths: Iterable[str]) -> IO[bytes]:
        file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the caller closes it
        with zipfile.ZipFile(file, "w") as archive:
            for path in paths:
                inner = os.path.relpath(path, folder).replace(os.sep, "/")
                add_file(archive, inner, self._replace_in(path), level=9)
        return file

    def _replace_in(self, path: str) -> bytes:
        with open(path, "rb") as file:
            data = file.read()
        return self.replacements.apply(path, data) if self.replacements else data


def build_package(
    project: Project,
    *,
    destructive_before: Path | None = None,
    destructive_after: Path | None = None,
) -> Package:
    """Lay out the package of ``project``.

    Raises:
        ProjectError: a file is malformed, a component lacks a file, or there is nothing to take.
    """
    if project.problems:
        first = project.problems[0]
        where = f"{project.relative(first.path)}:{first.line}"
        raise ProjectError(f"{where}: {first.message}", hint=first.hint)
    package = Package(project.configuration.api_version)
    package.replacements = Replacements(project.configuration.replacements)
    for component in project.components:
        _add(package, project, component)
    before = read_manifest_file(destructive_before) if destructive_before else None
    after = read_manifest_file(destructive_after) if destructive_after else None
    if not package.members and before is None and after is None:
        raise ProjectError(f"{project.root} contains nothing to deploy")
    manifest = write_manifest(package.members, package.api_version)
    package.made = {"package.xml": manifest, **package.made}
    if before is not None:
        package.made["destructiveChangesPre.xml"] = before
    if after is not None:
        package.made["destructiveChangesPost.xml"] = after
    return package


def _add(package: Package, project: Project, component: Component) -> None:
    kind = component.type
    if kind.kind in {"decomposed", "labels"}:
        _add_merged(package, project, component)
        return
    slash = "/" if kind.name in _SLASHED_FOLDERS else ""
    package.name(kind.folder_of or kind.name, component.name + slash)
    if kind.kind == "resource":
        _add_resource(package, component)
        return
    if kind.children and component.meta:
        _name_inner_children(package, project, component)
    for path in component.files:
        package.files[_archive_name(kind, component.name, path)] = path
    if component.meta:
        package.files[_meta_name(component)] = component.meta


def _archive_name(kind: MetadataType, name: str, path: str) -> str:
    parts = path.split(os.sep)
    whole = not kind.suffix or kind.in_folder or kind.folder_of or kind.kind in {"bundle", "site"}
    if whole and kind.folder in parts:
        start = len(parts) - 1 - parts[::-1].index(kind.folder)
        return "/".join(parts[start:])
    if kind.within:
        anchor = types().by_name[kind.within].folder
        return "/".join(parts[parts.index(anchor) :])
    if kind.nested:
        return f"{kind.folder}/{name}/{parts[-1]}"
    return f"{kind.folder}/{parts[-1]}"


def _meta_name(component: Component) -> str:
    kind, meta = component.type, component.meta or ""
    name = _archive_name(kind, component.name, meta)
    if kind.name == "Document":
        extension = component.files[0].rpartition(".")[2]
        return name.replace(f".{kind.suffix}{META_XML}", f".{extension}{META_XML}")
    if component.files or kind.kind == "site":
        return name
    if kind.folder_of:
        return name.replace(f".{kind.suffix}{META_XML}", META_XML)
    return name.removesuffix(META_XML)


def _add_resource(package: Package, component: Component) -> None:
    folder = component.type.folder
    meta = component.meta or ""
    package.files[f"{folder}/{os.path.basename(meta)}"] = meta
    if component.folder is None:
        stem = os.path.basename(component.files[0]).partition(".")[0]
        package.files[f"{folder}/{stem}.{component.type.suffix}"] = component.files[0]
        return
    if not component.files:
        raise ProjectError(f"{component.folder} is a static resource without files")
    stem = os.path.basename(component.folder)
    resource = f"{folder}/{stem}.{component.type.suffix}"
    package.folders[resource] = component.folder, tuple(component.files)


def _read(package: Package, project: Project, path: str) -> Content:
    data = package.replacements.apply(path, Path(path).read_bytes())
    return parse_source(data, project.relative(path))


def _add_merged(package: Package, project: Project, component: Component) -> None:
    kind = component.type
    archive_name = f"{kind.folder}/{component.name}.{kind.suffix}"
    parent: Content = {}
    if kind.kind == "labels":
        pieces = _label_pieces(package, project, component)
    else:
        parent = _read(package, project, component.meta) if component.meta else {}
        pieces = _child_pieces(package, project, component)
    addressable = any(child.addressable for child in kind.children)
    # An object of which only children are at hand is not named: only they are.
    if parent or kind.kind == "labels" or not addressable:
        package.name(kind.name, component.name)
    text, spans = merge(kind.name, parent, pieces)
    package.made[archive_name] = text.encode()
    if component.meta and kind.kind != "labels":
        spans = [*spans, Span(1, 1 << 30, component.meta)]
    package.spans[archive_name] = spans


def _child_pieces(package: Package, project: Project, component: Component) -> list[Piece]:
    pieces: list[Piece] = []
    for child in component.children:
        content = _read(package, project, child.meta)
        identity = text_of(content, child.type.identity or "fullName")
        pieces.append(Piece(child.type.element, identity, content, child.meta))
        full_name = child.name if child.type.bare else f"{component.name}.{child.name}"
        package.origins[child.type.name, full_name] = child.meta
        if child.type.addressable:
            package.name(child.type.name, full_name)
    return pieces


def _label_pieces(package: Package, project: Project, component: Component) -> list[Piece]:
    child = component.type.children[0]
    pieces: dict[str, Piece] = {}
    for path in component.files:
        content = _read(package, project, path)
        for entry in content.get(child.element, []):
            full_name = "" if isinstance(entry, str) else text_of(entry, "fullName")
            if isinstance(entry, str) or not full_name:
                raise ProjectError(f"{project.relative(path)}:1: a label has no fullName")
            pieces.setdefault(full_name, Piece(child.element, full_name, entry, path))
            package.name(child.name, full_name)
    return list(pieces.values())


def _name_inner_children(package: Package, project: Project, component: Component) -> None:
    """List the entries of a file that ``package.xml`` names one by one, such as workflow rules."""
    inner = [child for child in component.type.children if child.identity and child.addressable]
    if not inner:
        return
    content = _read(package, project, component.meta or "")
    for child in inner:
        for entry in content.get(child.element, []):
            name = text_of(entry, child.identity or "") if isinstance(entry, dict) else ""
            if name:
                full_name = name if child.bare else f"{component.name}.{name}"
                package.name(child.name, full_name)
