"""A project's components, their files, and problems of the files."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from sfgen.metadata import ChildType, MetadataType
    from sfgen.project.configuration import ProjectConfiguration


@dataclass(frozen=True, slots=True)
class ChildComponent:
    """One child of a decomposed component, in a source file of its own."""

    type: ChildType
    name: str
    meta: str


@dataclass(frozen=True, slots=True)
class Component:
    """A component of the project, with its files.

    Attributes:
        name: the full name as ``package.xml`` has it.
        meta: absolute path of the XML file; ``None`` when only children exist.
        files: absolute paths of its content, in the order of their names.
        folder: absolute path of the bundle's, object's or expanded resource's folder.
        children: the decomposed children.
    """

    type: MetadataType
    name: str
    meta: str | None
    files: tuple[str, ...] = ()
    folder: str | None = None
    children: tuple[ChildComponent, ...] = ()

    @property
    def path(self) -> str:
        """The file to show for the component."""
        if self.meta:
            return self.meta
        return self.files[0] if self.files else self.children[0].meta


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that can't be part of any component, and why; ``line`` counts from 1."""

    path: str
    line: int
    rule: str
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """A whole SFDX project, read once.

    Attributes:
        components: sorted by type and name.
        problems: files that belong to nothing, or components that lack a file.
    """

    configuration: ProjectConfiguration
    components: tuple[Component, ...]
    problems: tuple[Problem, ...]

    @property
    def root(self) -> Path:
        """The folder of ``sfdx-project.json``."""
        return self.configuration.root

    def relative(self, path: str | os.PathLike[str]) -> str:
        """Return ``path`` as seen from the project's root, with ``/``."""
        text, root = os.fspath(path), f"{self.root}{os.sep}"
        inside = text[len(root) :] if text.startswith(root) else os.path.relpath(text, self.root)
        return inside.replace(os.sep, "/")
