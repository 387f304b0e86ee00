"""Reads a folder in metadata format: what a package holds, as the same kind of components."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.metadata import META_XML, MetadataType, types
from sfgen.project.components import Component, Problem, Project
from sfgen.project.configuration import DEFAULT_API_VERSION, ProjectConfiguration

if TYPE_CHECKING:
    from pathlib import Path


def read_packaged(root: Path, api_version: str = DEFAULT_API_VERSION) -> Project:
    """Read the components of a metadata-format folder; ``package.xml`` itself is none of them."""
    components: list[Component] = []
    problems: list[Problem] = []
    for folder in sorted(entry for entry in root.iterdir() if entry.is_dir()):
        kinds = types().by_folder.get(folder.name)
        if kinds is None:
            message = f"no metadata type has a folder called {folder.name}"
            problems.append(Problem(str(folder), 1, "unknown-type", message))
            continue
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        _read_folder(kinds, folder, files, components, problems)
    configuration = ProjectConfiguration(root, root.name, "", api_version, (), ())
    ordered = sorted(components, key=lambda component: (component.type.name, component.name))
    return Project(configuration, tuple(ordered), tuple(problems))


def _read_folder(
    kinds: tuple[MetadataType, ...],
    folder: Path,
    files: list[Path],
    components: list[Component],
    problems: list[Problem],
) -> None:
    bundle = next((kind for kind in kinds if kind.kind in {"bundle", "site"}), None)
    if bundle is not None:
        components.extend(_bundles(bundle, folder, files))
        return
    names = {str(path) for path in files}
    for path in files:
        relative = path.relative_to(folder).as_posix()
        if relative.endswith(META_XML):
            content = relative[: -len(META_XML)]
            if str(folder / content) not in names:
                _take_lone_meta(kinds, path, content, components, problems)
            continue
        kind = _kind_of(kinds, path)
        if kind is None:
            message = f"{folder.name}/{relative} has no suffix of a type in this folder"
            problems.append(Problem(str(path), 1, "unknown-type", message))
            continue
        name = relative if kind.name == "Document" else _without(relative, kind.suffix)
        meta = f"{path}{META_XML}"
        if kind.kind in {"content", "resource", "mixed"}:
            if meta not in names:
                message = f"{kind.name} {name} has no {path.name}{META_XML}"
                problems.append(Problem(str(path), 1, "missing-meta", message))
                continue
            components.append(Component(kind, name, meta, (str(path),)))
        elif kind.kind == "labels":
            components.append(Component(kind, kind.name, str(path), (str(path),)))
        else:
            components.append(Component(kind, name, str(path)))


def _without(name: str, suffix: str | None) -> str:
    return name.removesuffix(f".{suffix}") if suffix else name


def _kind_of(kinds: tuple[MetadataType, ...], path: Path) -> MetadataType | None:
    suffix = path.name.rpartition(".")[2]
    fitting = [kind for kind in kinds if kind.suffix == suffix]
    if fitting:
        return fitting[0]
    return next((kind for kind in kinds if kind.kind == "mixed"), None)


def _take_lone_meta(
    kinds: tuple[MetadataType, ...],
    path: Path,
    content: str,
    components: list[Component],
    problems: list[Problem],
) -> None:
    folder_type = next((kind for kind in kinds if kind.folder_of), None)
    if folder_type is not None and "." not in content.rpartition("/")[2]:
        components.append(Component(folder_type, content, str(path)))
        return
    message = f"{content} is missing: only its {META_XML} file is there"
    problems.append(Problem(str(path), 1, "missing-content", message))


def _bundles(kind: MetadataType, folder: Path, files: list[Path]) -> list[Component]:
    depth = 2 if kind.kind == "site" else 1
    groups: dict[str, list[str]] = {}
    for path in files:
        parts = path.relative_to(folder).parts
        if len(parts) > depth:
            groups.setdefault("/".join(parts[:depth]), []).append(str(path))
    found: list[Component] = []
    for name, paths in groups.items():
        meta = next((p for p in paths if p.endswith(kind.meta_name or META_XML)), None)
        rest = tuple(p for p in paths if p != meta)
        found.append(Component(kind, name, meta, rest, folder=str(folder / name)))
    return found
