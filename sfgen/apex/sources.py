"""What the runtime reads of a project directory: Apex, metadata, labels, static resources."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sfgen.apex.compiler.cache import key_of_project
from sfgen.apex.schema.source_files import files_below, parse_xml, paths_below
from sfgen.errors import ProjectError
from sfgen.project.configuration import PROJECT_FILE, read_project_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["ApexSources", "read_sources", "watched_files"]

_APEX = (".cls", ".trigger")


@dataclass(frozen=True)
class ApexSources:
    """A project as the runtime sees it; paths are relative to `root`, with slashes.

    `apex` maps a class or trigger file to its text, `metadata` every metadata file to its bytes.
    `labels` and `resources` are what `Label` and `StaticResource` answer, by name.
    """

    root: Path
    namespace: str
    apex: Mapping[str, str]
    metadata: Mapping[str, bytes]
    labels: Mapping[str, str] = field(default_factory=dict)
    resources: Mapping[str, bytes] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """A digest of everything compiled code rests on."""
        return key_of_project(self.metadata.items(), self.namespace)


def read_sources(root: Path, directories: Iterable[Path] | None = None) -> ApexSources:
    """Read the package directories of the project at `root`, or the given ones.

    Raises ProjectError when there is nothing to read, or a file's name is not UTF-8.
    """
    known = _configuration(root)
    chosen = list(directories) if directories is not None else _package_directories(root, known)
    if not chosen:
        raise ProjectError(f"{root} holds no package directory", hint="name a project's directory")
    files = {_name(Path(name), root): data for name, data in files_below(chosen).items()}
    apex = {
        name: data.decode("utf-8", errors="replace")
        for name, data in files.items()
        if name.endswith(_APEX)
    }
    return ApexSources(
        root=root,
        namespace=str(known.get("namespace") or ""),
        apex=apex,
        metadata=files,
        labels=_labels(files),
        resources=_resources(chosen),
        versions=_versions(files, str(known.get("sourceApiVersion") or "")),
    )


def _name(path: Path, root: Path) -> str:
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    if not name.isascii() and name != name.encode("utf-8", "replace").decode("utf-8"):
        raise ProjectError(f"the file's name is not UTF-8: {name!a}", hint="rename the file")
    return name


def watched_files(root: Path) -> Iterator[tuple[str, Path]]:
    """The files that `read_sources` reads, by their names in it; the project file too."""
    try:
        yield PROJECT_FILE, root / PROJECT_FILE
        for path in paths_below(_package_directories(root, _configuration(root))):
            yield _name(path, root), path
    except (OSError, ProjectError):
        return  # a folder that is going, or a project file that is being written


def _configuration(root: Path) -> dict[str, Any]:
    return read_project_file(root) if (root / PROJECT_FILE).is_file() else {}


def _package_directories(root: Path, known: dict[str, Any]) -> list[Path]:
    """The configured directories that exist, nested ones left out; else `root` itself."""
    listed = known.get("packageDirectories")
    entries = listed if isinstance(listed, list) else []
    paths = [root / str(each.get("path", "")) for each in entries if isinstance(each, dict)]
    paths += _deployed_before(root) if entries else []
    found = sorted({path.resolve() for path in paths if path.is_dir()})
    outermost = [
        path
        for path in found
        if not any(path != other and other in path.parents for other in found)
    ]
    if outermost or entries:
        return [_shown(path, root) for path in outermost]
    return [root] if root.is_dir() else []


def _deployed_before(root: Path) -> list[Path]:
    """What CumulusCI deploys before the project itself, such as record types of its objects.

    CumulusCI, "Unpackaged metadata": each folder of `unpackaged/pre`, by the task `deploy_pre`.
    """
    if not (root / "cumulusci.yml").is_file():
        return []
    before = root / "unpackaged" / "pre"
    return [path for path in before.iterdir() if path.is_dir()] if before.is_dir() else []


def _shown(path: Path, root: Path) -> Path:
    """The path below `root` as `root` was written."""
    resolved = root.resolve()
    return root / path.relative_to(resolved) if path.is_relative_to(resolved) else path


def _labels(files: Mapping[str, bytes]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, data in files.items():
        if ".labels" in name:
            for each in parse_xml(name, data).all("labels"):
                found[each.text("fullName")] = each.text("value")
    return found


def _resources(directories: Iterable[Path]) -> dict[str, bytes]:
    """Static resources that are one file; folders are left out."""
    found: dict[str, bytes] = {}
    for directory in directories:
        for meta in directory.rglob("*.resource-meta.xml"):
            name = meta.name.removesuffix(".resource-meta.xml")
            for path in sorted(meta.parent.glob(f"{name}.*")):
                if path != meta and path.is_file():
                    found[name] = path.read_bytes()
    return found


def _versions(files: Mapping[str, bytes], default: str) -> dict[str, str]:
    """The API version of every class and trigger by its file."""
    found: dict[str, str] = {}
    for name in files:
        if name.endswith(_APEX):
            meta = files.get(f"{name}-meta.xml")
            version = parse_xml(name, meta).text("apiVersion") if meta else ""
            found[name] = version or default
    return found
