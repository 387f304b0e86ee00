"""Walks a project's package directories and finds which files make which components."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sfgen.metadata import META_XML, MetadataType, types
from sfgen.project.collection import Collection
from sfgen.project.components import ChildComponent, Component
from sfgen.project.entries import Listing
from sfgen.project.names import is_descriptor, nested_name

if TYPE_CHECKING:
    from pathlib import Path

    from sfgen.project.entries import Entry
    from sfgen.project.forceignore import ForceIgnore


class Walk:
    """One pass over the folders; each kind of metadata type has its own method."""

    def __init__(self, root: Path, ignore: ForceIgnore) -> None:
        self._root = str(root)
        self._prefix = len(self._root.rstrip(os.sep)) + 1
        self._table = types()
        self.collection = Collection()
        self._listing = Listing(self._root, ignore, self.collection)

    def read(self, folder: str) -> None:
        """Collect every component at or below ``folder``, even inside a type's own folder."""
        parts = folder[self._prefix :].split(os.sep)
        for index, part in enumerate(parts):
            kind = self._table.strict_folders.get(part)
            if kind is None:
                continue
            deeper = parts[index + 1 :]
            if not deeper:
                self._take_strict(kind, folder)
            else:
                top = os.path.join(self._root, *parts[: index + 2])
                self._take_strict_entry(kind, (deeper[0], top, True))
            return
        self._read_loose(folder)

    def _read_loose(self, folder: str) -> None:
        left = [folder]
        while left:
            left += self._read_one(left.pop())[::-1]

    def _read_one(self, folder: str) -> list[str]:
        """Collect the components of one folder; return its subfolders that belong to no type."""
        deeper: list[str] = []
        entries = self._listing.entries(folder)
        names = {name for name, _, is_folder in entries if not is_folder}
        for name, path, is_folder in entries:
            if is_folder:
                kind = self._table.strict_folders.get(name)
                if kind is not None:
                    self._take_strict(kind, path)
                else:
                    deeper.append(path)
            elif name.endswith(META_XML):
                self._take_meta(name, path, names)
            else:
                self._look_for_missing_meta(name, path, names)
        return deeper

    def _take_meta(self, name: str, path: str, names: set[str]) -> None:
        stem = name[: -len(META_XML)]
        full_name, _, suffix = stem.rpartition(".")
        kind = self._table.by_suffix.get(suffix)
        if kind is None or not full_name:
            self.collection.blame(
                path,
                "unknown-type",
                f"no metadata type has files that end in .{suffix or stem}{META_XML}",
                "correct the file's name, or list it in .forceignore",
            )
            return
        if kind.folder_of or kind.in_folder or kind.within:
            full_name = nested_name(kind, path, full_name)
        if kind.kind == "labels":
            self.collection.add_labels(kind, path)
            return
        files: tuple[str, ...] = ()
        if kind.kind == "content":
            if stem not in names:
                self.collection.blame(
                    path,
                    "missing-content",
                    f"{kind.name} {full_name} has no content: {stem} is missing",
                    f"add {stem}, or delete {name}",
                )
                return
            files = (path[: -len(META_XML)],)
        self.collection.add(Component(kind, full_name, path, files))

    def _look_for_missing_meta(self, name: str, path: str, names: set[str]) -> None:
        kind = self._table.content_suffixes.get(name.rpartition(".")[2])
        if kind is None or f"{name}{META_XML}" in names:
            return
        self.collection.blame(
            path,
            "missing-meta",
            f"{kind.name} {name.partition('.')[0]} has no {name}{META_XML}",
            f"add {name}{META_XML}; without it the file is not deployed at all",
        )

    def _take_strict(self, kind: MetadataType, folder: str) -> None:
        if kind.kind in {"resource", "plain", "content", "mixed"}:
            self._take_flat(kind, folder, folder)
            return
        for entry in self._listing.entries(folder):
            if entry[2]:
                self._take_strict_entry(kind, entry)
            elif kind.suffix and entry[0].endswith(f".{kind.suffix}{META_XML}"):
                self.collection.merge(
                    kind, entry[0][: -len(f".{kind.suffix}{META_XML}")], None, entry[1], ()
                )

    def _take_strict_entry(self, kind: MetadataType, entry: Entry) -> None:
        name, path, is_folder = entry
        if kind.kind == "decomposed":
            self._take_decomposed(kind, name, path)
        elif is_folder and kind.kind == "site":
            self._take_site(kind, path)
        elif is_folder:
            self._take_bundle(kind, name, path)

    def _take_flat(self, kind: MetadataType, folder: str, top: str) -> None:
        """Collect components that are files of ``folder``, each with its XML file."""
        left = [folder]
        while left:
            left += self._take_level(kind, left.pop(), top)[::-1]

    def _take_level(self, kind: MetadataType, folder: str, top: str) -> list[str]:
        """Collect those of one folder; return its subfolders."""
        deeper: list[str] = []
        entries = self._listing.entries(folder)
        ending = f".{kind.suffix}{META_XML}" if kind.suffix else META_XML
        content = [e for e in entries if not e[0].endswith(META_XML)]
        used: set[str] = set()
        for name, path, _ in entries:
            if name.endswith(ending):
                stem = name[: -len(ending)]
                stem = stem if kind.suffix else stem.partition(".")[0]
                own = [e for e in content if e[0].partition(".")[0] == stem.partition(".")[0]]
                used.update(e[0] for e in own)
                self._take_with_content(kind, top, (stem, path), own)
            elif name.endswith(META_XML) and folder == top:
                self._take_meta(name, path, {e[0] for e in entries})
        for name, path, is_folder in content:
            if name in used:
                continue
            if is_folder and kind.kind != "resource":
                deeper.append(path)
            elif kind.kind in {"resource", "content", "mixed"}:
                self.collection.blame(
                    path,
                    "missing-meta",
                    f"{kind.name} {name.partition('.')[0]} has no {ending[1:]} file",
                    f"add {name.partition('.')[0]}{ending}",
                )
        return deeper

    def _take_with_content(
        self, kind: MetadataType, top: str, meta: tuple[str, str], own: list[Entry]
    ) -> None:
        stem, path = meta
        parent = os.path.dirname(path)
        name = stem if parent == top else f"{os.path.relpath(parent, top)}/{stem}"
        if kind.kind == "plain":
            self.collection.add(Component(kind, name.replace(os.sep, "/"), path))
            return
        if not own:
            self.collection.blame(
                path,
                "missing-content",
                f"{kind.name} {name} has no content beside its XML file",
                f"add the content of {stem}, or delete {os.path.basename(path)}",
            )
            return
        _, first, is_folder = own[0]
        files = self._listing.files(first) if is_folder else [first]
        folder = first if is_folder else None
        self.collection.add(
            Component(kind, name.replace(os.sep, "/"), path, tuple(files), folder=folder)
        )

    def _take_bundle(self, kind: MetadataType, name: str, folder: str) -> None:
        files = self._listing.files(folder)
        meta = next((path for path in files if is_descriptor(kind, path)), None)
        if not files:
            return
        if meta is None and kind.name in {"LightningComponentBundle", "AuraDefinitionBundle"}:
            self.collection.blame(
                files[0],
                "missing-meta",
                f"{kind.name} {name} has no file that ends in {META_XML}",
                f"add {name}{'.js' if kind.folder == 'lwc' else '.cmp'}{META_XML}",
            )
            return
        rest = tuple(path for path in files if path != meta)
        self.collection.add(Component(kind, name, meta, rest, folder=folder))

    def _take_site(self, kind: MetadataType, folder: str) -> None:
        """Collect a digital experience: ``site/<Name>/<Name>.digitalExperience-meta.xml``."""
        space = os.path.basename(folder)
        for name, path, is_folder in self._listing.entries(folder):
            if not is_folder:
                continue
            files = self._listing.files(path)
            meta = next((f for f in files if is_descriptor(kind, f)), None)
            rest = tuple(f for f in files if f != meta)
            self.collection.add(Component(kind, f"{space}/{name}", meta, rest, folder=path))

    def _take_decomposed(self, kind: MetadataType, name: str, folder: str) -> None:
        meta: str | None = None
        children: list[ChildComponent] = []
        for path in self._listing.files(folder):
            base = os.path.basename(path)
            if not base.endswith(META_XML):
                continue
            full_name, _, suffix = base[: -len(META_XML)].rpartition(".")
            child = kind.child_by_suffix(suffix)
            if suffix == kind.suffix:
                meta = path
            elif child is not None:
                children.append(ChildComponent(child, full_name, path))
            else:
                self.collection.blame(
                    path, "unknown-type", f"{kind.name} has no children of .{suffix}"
                )
        if meta or children:
            self.collection.merge(kind, name, folder, meta, tuple(children))
