"""Reads a project: its configuration, then the components of its package directories."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sfgen.errors import ProjectError
from sfgen.project.components import Project
from sfgen.project.configuration import ProjectConfiguration, read_configuration
from sfgen.project.forceignore import read_force_ignore
from sfgen.project.walking import Walk

if TYPE_CHECKING:
    from collections.abc import Iterable


def read_project(root: Path, directories: Iterable[Path] | None = None) -> Project:
    """Read the project at ``root``: its default package directory, or the given ``directories``.

    Raises:
        ProjectError: no project, malformed JSON, or a directory that doesn't exist.
    """
    configuration = read_configuration(root.resolve())
    return read_components(configuration, directories)


def read_components(
    configuration: ProjectConfiguration, directories: Iterable[Path] | None = None
) -> Project:
    """Read the components of ``directories``, by default of the default package directory."""
    chosen = [Path(path).resolve() for path in directories or ()]
    chosen = chosen or [configuration.default_directory.path]
    walk = Walk(configuration.root, read_force_ignore(configuration.root))
    for directory in chosen:
        if not directory.is_dir():
            raise ProjectError(f"{directory} does not exist or is not a folder")
        walk.read(str(directory))
    collection = walk.collection
    components = sorted(collection.components(), key=lambda c: (c.type.name, c.name))
    return Project(configuration, tuple(components), tuple(collection.problems))
