"""``sfdx-project.json``: the package directories, the API version, the replacements."""

from __future__ import annotations

import json
import os
import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sfgen.errors import ProjectError

if TYPE_CHECKING:
    from pathlib import Path

PROJECT_FILE: Final = "sfdx-project.json"
#: What Salesforce's own tools take when the project names no version (Winter '27).
DEFAULT_API_VERSION: Final = "68.0"
_BROKEN: Final = re.compile("[\\x00\\ud800-\\udfff]")


@dataclass(frozen=True, slots=True)
class PackageDirectory:
    """One entry of ``packageDirectories``; ``path`` is absolute."""

    path: Path
    default: bool


@dataclass(frozen=True, slots=True)
class Replacement:
    """One entry of ``replacements``: a text to replace when files are packaged.

    Attributes:
        filename: the end of the paths it applies to, or ``None`` when ``glob`` says it.
        pattern: what is replaced.
        environment: the variable that holds the new text, or ``None`` when ``file`` holds it.
        conditions: environment variables and the values they must have.
    """

    filename: str | None
    glob: str | None
    pattern: re.Pattern[str]
    environment: str | None
    file: Path | None
    may_be_unset: bool
    conditions: tuple[tuple[str, str], ...]

    def applies(self) -> bool:
        """Say whether the environment variables meet ``replaceWhenEnv``."""
        return all(os.environ.get(name) == value for name, value in self.conditions)


@dataclass(frozen=True, slots=True)
class ProjectConfiguration:
    """The settings of ``sfdx-project.json``."""

    root: Path
    name: str
    namespace: str
    api_version: str
    package_directories: tuple[PackageDirectory, ...]
    replacements: tuple[Replacement, ...]

    @property
    def default_directory(self) -> PackageDirectory:
        """The package directory marked as default, or the only one."""
        chosen = [directory for directory in self.package_directories if directory.default]
        return (chosen or list(self.package_directories))[0]


@dataclass(frozen=True, slots=True)
class ProjectOutline:
    """The settings of ``sfdx-project.json``, without checking that its folders exist.

    Attributes:
        directories: the package directories' paths in the project, the default one first.
        api_version: ``sourceApiVersion``, or ``""``.
        namespace: or ``""``.
    """

    directories: tuple[str, ...]
    api_version: str
    namespace: str


def read_outline(root: Path) -> ProjectOutline:
    """Read ``sfdx-project.json`` without refusing what is missing or wrong.

    Raises:
        ProjectError: the file is missing or malformed.
    """
    data = read_project_file(root)
    listed = data.get("packageDirectories")
    entries = (
        [entry for entry in listed if isinstance(entry, dict) and entry.get("path")]
        if (isinstance(listed, list))
        else []
    )
    entries.sort(key=lambda entry: not entry.get("default"))
    return ProjectOutline(
        directories=tuple(posixpath.normpath(str(entry["path"])) for entry in entries),
        api_version=str(data.get("sourceApiVersion") or ""),
        namespace=str(data.get("namespace") or ""),
    )


def read_configuration(root: Path) -> ProjectConfiguration:
    """Read ``root``'s ``sfdx-project.json``.

    Raises:
        ProjectError: the file is missing or malformed, or a package directory doesn't exist.
    """
    path = root / PROJECT_FILE
    data = read_project_file(root)
    directories = tuple(_directory(root, path, entry) for entry in _entries(path, data))
    version = data.get("sourceApiVersion", DEFAULT_API_VERSION)
    if not isinstance(version, str) or not re.fullmatch(r"[0-9]{1,4}\.0", version):
        hint = f'write it as text, for example "sourceApiVersion": "{DEFAULT_API_VERSION}"'
        raise ProjectError(f"{path}: sourceApiVersion {version!r} is not an API version", hint=hint)
    return ProjectConfiguration(
        root=root,
        name=str(data.get("name") or root.name),
        namespace=str(data.get("namespace") or ""),
        api_version=version,
        package_directories=directories,
        replacements=tuple(_replacement(root, path, e) for e in _listed(path, data)),
    )


def read_project_file(root: Path) -> dict[str, Any]:
    """Read what ``root``'s ``sfdx-project.json`` holds.

    Raises:
        ProjectError: it is missing, no JSON object, or holds what no tool can work with.
    """
    path = root / PROJECT_FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ProjectError(
            f"{path.parent} is not an SFDX project: it has no {PROJECT_FILE}",
            hint="name the project's folder, or make one with: sfgen init",
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(f"{path} can't be read: {error}") from error
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"{path}:{error.lineno}:{error.colno}"
        raise ProjectError(f"{where}: malformed JSON: {error.msg}") from None
    except RecursionError:
        raise ProjectError(f"{path}: nested too deeply") from None
    except ValueError as error:  # a number of thousands of digits
        raise ProjectError(f"{path}: {error}") from None
    if not isinstance(data, dict):
        raise ProjectError(f"{path}: expected a JSON object")
    _refuse_broken_texts(path, data)
    return data


def _refuse_broken_texts(path: Path, data: dict[str, Any]) -> None:
    """Refuse characters that can't be written to a file or sent in a request."""
    left: list[Any] = [data]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            left += [*value, *value.values()]
        elif isinstance(value, list):
            left += value
        elif isinstance(value, str) and _BROKEN.search(value):
            hint = "remove \\u0000 and halves of surrogate pairs"
            raise ProjectError(f"{path}: {value!a} is not a text that can be used", hint=hint)


def _entries(path: Path, data: dict[str, Any]) -> list[dict[str, Any]]:
    given = data.get("packageDirectories")
    entries = given if isinstance(given, list) else []
    if not entries or not all(isinstance(entry, dict) and entry.get("path") for entry in entries):
        raise ProjectError(
            f"{path}: packageDirectories must list at least one folder",
            hint='for example "packageDirectories": [{"path": "force-app", "default": true}]',
        )
    return list(entries)


def _listed(path: Path, data: dict[str, Any]) -> list[dict[str, Any]]:
    given = data.get("replacements") or []
    if not isinstance(given, list) or not all(isinstance(entry, dict) for entry in given):
        raise ProjectError(f"{path}: replacements must be a list of objects")
    return given


def _directory(root: Path, path: Path, entry: dict[str, Any]) -> PackageDirectory:
    try:
        folder = (root / str(entry["path"])).resolve()
    except (OSError, RuntimeError):  # links in a circle
        raise ProjectError(f"{path}: {entry['path']} can't be followed") from None
    if not folder.is_dir():
        raise ProjectError(
            f"{path}: the package directory {entry['path']} does not exist",
            hint=f"create {folder} or correct packageDirectories",
        )
    return PackageDirectory(folder, default=bool(entry.get("default")))


def _replacement(root: Path, path: Path, entry: dict[str, Any]) -> Replacement:
    text, regex = entry.get("stringToReplace"), entry.get("regexToReplace")
    if not (text or regex) or not (entry.get("filename") or entry.get("glob")):
        raise ProjectError(f"{path}: a replacement needs a file and a text to replace")
    for name in ("filename", "glob", "replaceWithEnv"):
        if not isinstance(entry.get(name), str | None):
            raise ProjectError(f"{path}: a replacement's {name} must be a text")
    file = entry.get("replaceWithFile")
    conditions = entry.get("replaceWhenEnv") or []
    if not isinstance(conditions, list) or not all(isinstance(c, dict) for c in conditions):
        raise ProjectError(f"{path}: replaceWhenEnv must be a list of objects")
    try:
        pattern = re.compile(re.escape(str(text)) if text else str(regex))
    except re.error as error:
        raise ProjectError(f"{path}: regexToReplace {regex!r} is malformed: {error}") from None
    return Replacement(
        filename=entry.get("filename"),
        glob=entry.get("glob"),
        pattern=pattern,
        environment=entry.get("replaceWithEnv"),
        file=root / str(file) if file else None,
        may_be_unset=bool(entry.get("allowUnsetEnvVariable")),
        conditions=tuple((str(c.get("env")), _as_text(c.get("value"))) for c in conditions),
    )


def _as_text(value: object) -> str:
    """Write a JSON value as sf compares it with a variable: ``true`` and not ``True``."""
    return value if isinstance(value, str) else json.dumps(value)
