"""What a walk has collected: components, joined where several files speak of one, and problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.project.components import ChildComponent, Component, Problem

if TYPE_CHECKING:
    from sfgen.metadata import MetadataType


class Collection:
    """Components and problems in the order in which they are met."""

    def __init__(self) -> None:
        self._found: list[Component] = []
        self._merged: dict[tuple[str, str], Component] = {}
        self.problems: list[Problem] = []

    def components(self) -> list[Component]:
        """Return what was found so far."""
        return [*self._found, *self._merged.values()]

    def add(self, component: Component) -> None:
        """Take a component that no other file speaks of."""
        self._found.append(component)

    def add_labels(self, kind: MetadataType, path: str) -> None:
        """Take a file of labels; however many there are, they are one component."""
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
        """Join what several package directories say of one object."""
        known = self._merged.get((kind.name, name))
        if known is not None:
            meta, children = known.meta or meta, (*known.children, *children)
            folder = known.folder or folder
        self._merged[(kind.name, name)] = Component(kind, name, meta, (), folder, children)

    def blame(self, path: str, rule: str, message: str, hint: str | None = None) -> None:
        """Note a file that can't be part of any component."""
        self.problems.append(Problem(path, 1, rule, message, hint))
