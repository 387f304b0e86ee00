"""Reads a folder in metadata format into the same kind of components as source format."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sfgen.metadata import META_XML, MetadataType, types
from sfgen.project.components import Component, Problem, Project
from sfgen.project.configuration import DEFAULT_API_VERSION, ProjectConfiguration

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def read_packaged(
    root: Path, api_version: str = DEFAULT_API_VERSION, names: Iterable[str] | None = None
) -> Project:
    """Read the components of a metadata-format folder, without ``package.xml``.

    With ``names`` the folder needn't be there: they are its files, relative to ``root``.
    """
    if names is None:
        names = _files_below(str(root))
    folders: dict[str, list[str]] = {}
    for name in sorted(names):
        top, slash, inner = name.partition("/")
        if slash:
            folders.setdefault(top, []).append(inner)
    reading = _Reading()
    for top, files in sorted(folders.items()):
        reading.take(top, f"{root}/{top}", files)
    configuration = ProjectConfiguration(root, root.name, "", api_version, (), ())
    ordered = sorted(
        reading.components, key=lambda component: (component.type.name, component.name)
    )
    return Project(configuration, tuple(ordered), tuple(reading.problems))


def _files_below(root: str) -> Iterator[str]:
    """Name the files of a folder, with ``/``; paths stay text, as thousands may be there."""
    for folder, _, files in os.walk(root):
        inside = folder[len(root) + 1 :].replace(os.sep, "/")
        start = f"{inside}/" if inside else ""
        yield from (start + name for name in files)


class _Reading:
    """Collects components and problems folder by folder; paths are str for speed."""

    def __init__(self) -> None:
        self.components: list[Component] = []
        self.problems: list[Problem] = []

    def take(self, top: str, folder: str, files: list[str]) -> None:
        kinds = types().by_folder.get(top)
        if kinds is None:
            self._blame(folder, "unknown-type", f"no metadata type has a folder called {top}")
            return
        bundle = next((kind for kind in kinds if kind.kind in {"bundle", "site"}), None)
        if bundle is not None:
            self.components.extend(_bundles(bundle, folder, files))
            return
        loose = next((kind for kind in kinds if kind.kind == "mixed" and not kind.suffix), None)
        if loose is not None:
            self.components.extend(_with_descriptors_beside(loose, folder, files))
            return
        names = set(files)
        for name in files:
            if name.endswith(META_XML):
                if name[: -len(META_XML)] not in names:
                    self._take_lone_meta(kinds, folder, name)
            else:
                self._take_file(kinds, folder, name, names)

    def _take_file(
        self, kinds: tuple[MetadataType, ...], folder: str, name: str, names: set[str]
    ) -> None:
        path = f"{folder}/{name}"
        kind = _kind_of(kinds, name)
        if kind is None:
            self._blame(path, "unknown-type", f"{name} has no suffix of a type in this folder")
            return
        full_name = name if kind.name == "Document" else _without(name, kind.suffix)
        if kind.kind in {"content", "resource", "mixed"}:
            if f"{name}{META_XML}" not in names:
                message = f"{kind.name} {full_name} has no {name}{META_XML}"
                self._blame(path, "missing-meta", message)
                return
            self.components.append(Component(kind, full_name, f"{path}{META_XML}", (path,)))
        elif kind.kind == "labels":
            self.components.append(Component(kind, kind.name, path, (path,)))
        else:
            self.components.append(Component(kind, full_name, path))

    def _take_lone_meta(self, kinds: tuple[MetadataType, ...], folder: str, name: str) -> None:
        content = name[: -len(META_XML)]
        folder_type = next((kind for kind in kinds if kind.folder_of), None)
        if folder_type is not None and "." not in content.rpartition("/")[2]:
            self.components.append(Component(folder_type, content, f"{folder}/{name}"))
            return
        message = f"{content} is missing: only its {META_XML} file is there"
        self._blame(f"{folder}/{name}", "missing-content", message)

    def _blame(self, path: str, rule: str, message: str) -> None:
        self.problems.append(Problem(path, 1, rule, message))


def _without(name: str, suffix: str | None) -> str:
    return name.removesuffix(f".{suffix}") if suffix else name


def _kind_of(kinds: tuple[MetadataType, ...], name: str) -> MetadataType | None:
    suffix = name.rpartition(".")[2]
    fitting = next((kind for kind in kinds if kind.suffix == suffix), None)
    return fitting or next((kind for kind in kinds if kind.kind == "mixed"), None)


def _with_descriptors_beside(kind: MetadataType, folder: str, files: list[str]) -> list[Component]:
    """Join ``X.site-meta.xml`` with the files of the folder ``X`` (experience bundles)."""
    metas = {n.partition(".")[0]: f"{folder}/{n}" for n in files if "/" not in n}
    groups: dict[str, list[str]] = {}
    for name in files:
        top, slash, _ = name.partition("/")
        if slash:
            groups.setdefault(top, []).append(f"{folder}/{name}")
    return [
        Component(kind, name, metas.get(name), tuple(paths), folder=f"{folder}/{name}")
        for name, paths in groups.items()
    ]


def _bundles(kind: MetadataType, folder: str, files: list[str]) -> list[Component]:
    depth = 2 if kind.kind == "site" else 1
    groups: dict[str, list[str]] = {}
    for name in files:
        parts = name.split("/")
        if len(parts) > depth:
            groups.setdefault("/".join(parts[:depth]), []).append(f"{folder}/{name}")
    found: list[Component] = []
    for name, paths in groups.items():
        meta = next((p for p in paths if p.endswith(kind.meta_name or META_XML)), None)
        rest = tuple(p for p in paths if p != meta)
        found.append(Component(kind, name, meta, rest, folder=f"{folder}/{name}"))
    return found
