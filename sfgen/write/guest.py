"""Fits the integration into an existing project: its files, tools and names."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from os.path import realpath
from typing import TYPE_CHECKING, Final

from sfgen.errors import ProjectError, SfgenError
from sfgen.project import read_project
from sfgen.project.configuration import PROJECT_FILE, read_outline
from sfgen.project.merging import add_replacements
from sfgen.render import RenderedFile
from sfgen.render.matchers import drop_accessibility

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sfgen.project import Component

_LABEL: Final = re.compile(rb"<fullName>\s*(\w+)\s*</fullName>")
_IGNORE: Final = ".prettierignore"
_PRETTIER: Final = (".prettierrc*", "prettier.config.*", ".prettierignore")
_ESLINT: Final = ("eslint.config.*", ".eslintrc*")
#: An Aura controller is an object literal by itself, which Salesforce's own rules for Aura refuse.
_BARE_LITERAL: Final = b"/* eslint-disable no-unused-expressions */\n"
_JEST: Final = ("jest.config.*", "jest.setup.*", "package.json")


@dataclass(frozen=True, slots=True)
class Guest:
    """The files to write into an existing project.

    Attributes:
        files: the integration's own.
        amended: files of the project's own, with lines added.
    """

    files: tuple[RenderedFile, ...]
    amended: tuple[RenderedFile, ...]


def fit_files(root: Path, rendered: Sequence[RenderedFile], answers: Mapping[str, str]) -> Guest:
    """Choose and adapt the files that go into the project at ``root``.

    Raises:
        SfgenError: the project has components of the same names elsewhere.
    """
    source = f"{answers['package_dir']}/main/{answers['prefix'].lower()}/"
    page, bridge = (f"docs/{answers['prefix'].lower()}{name}.md" for name in ("", "-bridge"))
    moved = {"README.md": page, "docs/bridge.md": bridge}
    matcher = _knows_accessibility(root)
    lints = any(found for pattern in _ESLINT for found in root.glob(pattern))
    files = []
    for file in rendered:
        if not file.path.startswith((source, "admin/")) and file.path not in moved:
            continue
        content = file.content
        if lints and "/aura/" in file.path and file.path.endswith(".js"):
            content = _BARE_LITERAL + content
        if not matcher and file.path.endswith(".test.js"):
            content = drop_accessibility(content.decode()).encode()
        files.append(RenderedFile(moved.get(file.path, file.path), content))
    files.sort(key=lambda file: file.path)
    _refuse_clashes(root, files, source)
    amended = [
        *_add_switch(root, rendered),
        *_amend(root, answers["prefix"], [source, page, bridge]),
    ]
    return Guest(tuple(files), tuple(amended))


def _knows_accessibility(root: Path) -> bool:
    found = (path for pattern in _JEST for path in root.glob(pattern) if path.is_file())
    return any(b"sa11y" in path.read_bytes() for path in found)


def _add_switch(root: Path, rendered: Sequence[RenderedFile]) -> Iterator[RenderedFile]:
    """Let one variable make the Protected settings Public when the project goes live."""
    file = next(file for file in rendered if file.path == PROJECT_FILE)
    wanted = json.loads(file.content).get("replacements", [])
    path = root / PROJECT_FILE
    before = path.read_bytes()
    after = add_replacements(before, wanted)
    if after == before:
        return
    if path.is_symlink() or not path.stat().st_mode & 0o222:
        what = "a link" if path.is_symlink() else "read-only"
        raise ProjectError(
            f"{PROJECT_FILE} is {what}, and replacements are to be added; nothing was written",
            hint=f"add them yourself: {json.dumps(wanted)}",
        )
    yield RenderedFile(PROJECT_FILE, after)


def _amend(root: Path, prefix: str, own: Sequence[str]) -> Iterator[RenderedFile]:
    """Add lines to ``.prettierignore``, so that the project's Prettier ignores the integration."""
    if not any(found for pattern in _PRETTIER for found in root.glob(pattern)) and not (
        _configures_prettier(root)
    ):
        return
    lines = [f"# {prefix}: written by sfgen in a style of its own", *own, ".sfgen/"]
    path = root / _IGNORE
    before = path.read_bytes() if path.is_file() else b""
    if set(lines) <= set(before.decode("utf-8", "replace").splitlines()):
        return
    gap = b"" if not before else b"\n" if before.endswith(b"\n") else b"\n\n"
    yield RenderedFile(_IGNORE, before + gap + "".join(f"{line}\n" for line in lines).encode())


def _configures_prettier(root: Path) -> bool:
    try:
        return "prettier" in json.loads((root / "package.json").read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, TypeError):
        return False


def _refuse_clashes(root: Path, files: Sequence[RenderedFile], source: str) -> None:
    """Refuse components of the project with our names: an org has only one of a name."""
    # A folder of the project may be a link to another one: its files stand there.
    real = _relative(root, realpath(root / source))  # a loop of links raises nothing here
    own = {f"{real}/{file.path[len(source) :]}" for file in files if file.path.startswith(source)}
    own |= {file.path for file in files}
    wanted = {_key_of(file.path[len(source) :]) for file in files if file.path.startswith(source)}
    clashes = []
    for component in _read_components(root):
        paths = [*component.files, component.meta, component.folder]
        places = [_relative(root, path) for path in paths if path]
        if not places or own.intersection(places):
            continue
        if component.type.kind == "labels":
            clashes += _find_labels(component, files)
            continue
        key = (_bundle(component.type.folder), component.name.lower())
        if key in wanted:
            clashes.append(f"{component.type.name} {component.name} ({places[0]})")
    if clashes:
        more = f" and {len(clashes) - 3} more" if len(clashes) > 3 else ""
        raise SfgenError(
            f"the project has {', '.join(clashes[:3])}{more} already; nothing was written",
            hint="choose another prefix",
        )


def _read_components(root: Path) -> tuple[Component, ...]:
    """Read every package directory that exists, ignoring those that can't be read."""
    folders = [root / path for path in read_outline(root).directories]
    folders = [folder for folder in folders if folder.is_dir()]
    try:
        return tuple(read_project(root, folders).components) if folders else ()
    except SfgenError:
        return ()


def _relative(root: Path, path: str) -> str:
    from os.path import relpath
    from pathlib import PurePath

    return PurePath(relpath(path, root)).as_posix()


def _key_of(path: str) -> tuple[str, str]:
    """Return the kind and the name of the component of a path below the integration's folder."""
    _area, folder, name, *_ = path.split("/")
    return _bundle(folder), name.split(".")[0].lower()


def _bundle(folder: str) -> str:
    """Map a bundle's folder to its name space, which LWC and Aura share."""
    return "lwc" if folder == "aura" else folder


def _find_labels(component: Component, files: Sequence[RenderedFile]) -> list[str]:
    ours = {
        name.lower()
        for file in files
        if file.path.endswith(".labels-meta.xml")
        for name in _LABEL.findall(file.content)
    }
    found = []
    for path in component.files:
        with open(path, "rb") as file:  # noqa: PTH123 - a text, as the project has it
            found += [name.decode() for name in _LABEL.findall(file.read()) if name.lower() in ours]
    return [f"CustomLabel {name}" for name in found]
