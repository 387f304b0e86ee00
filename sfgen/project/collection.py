"""Collects components and problems, joining the files that belong to one component."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.project.components import ChildComponent, Component, Problem

if TYPE_CHECKING:
    from sfgen.metadata import MetadataType


class Collection:
    """The components and problems found so far, in the order of the files."""

    def __init__(self) -> None:
        self._found: list[Component] = []
        self._merged: dict[tuple[str, str], Component] = {}
        self.problems: list[Problem] = []

    def components(self) -> list[Component]:
        """Return what was found so far."""
        return [*self._found, *self._merged.values()]

    def add(self, component: Component) -> None:
        """Add a component that is described by one file only."""
        self._found.append(component)

    def add_labels(self, kind: MetadataType, path: str) -> None:
        """Add a file of labels; all files of labels are one component."""
        key = (kind.name, kind.name)
        known = self._merged.get(key)
        files = (*known.files, path) if known else (path,)
        self._merged[key] = Component(kind, kind.name, files[0], files)

    def merge(
        self,
        kind: MetadataType,
        name: str,
        folder: str | None,
        meta: str | None,
        children: tuple[ChildComponent, ...],
    ) -> None:
        """Merge an object's parts from several package directories."""
        known = self._merged.get((kind.name, name))
        if known is not None:
            meta, children = known.meta or meta, (*known.children, *children)
            folder = known.folder or folder
        self._merged[(kind.name, name)] = Component(kind, name, meta, (), folder, children)

    def blame(self, path: str, rule: str, message: str, hint: str | None = None) -> None:
        """Report a file that can't be part of any component."""
        self.problems.append(Problem(path, 1, rule, message, hint))
