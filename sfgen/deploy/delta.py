"""``deploy --since REVISION``: narrows a deploy to what changed and what was deleted."""

from __future__ import annotations

import os
import subprocess
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sfgen.children import run_child
from sfgen.errors import ProjectError, ToolError, UsageError
from sfgen.package import write_manifest
from sfgen.project import read_project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.project import Component, Project

_SECONDS: Final = 120


def narrow(project: Project, revision: str) -> tuple[Project, bytes | None]:
    """Keep the components of ``project`` that changed since ``revision``.

    Returns the narrowed project, and a destructive manifest of the components that are gone.

    Raises:
        UsageError: not a git repository, or no such revision.
        ToolError: git isn't installed.
    """
    top = Path(_as_path(_git(project.root, "rev-parse", "--show-toplevel").rstrip("\n")))
    commit = _git(
        project.root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"
    ).strip()
    names = _git(top, "diff", "--name-only", "-z", commit, "--").split("\0")
    fresh = _git(top, "ls-files", "--others", "--exclude-standard", "-z").split("\0")
    changed = {str(top / _as_path(name)) for name in (*names, *fresh) if name}
    kept = tuple(part for c in project.components if (part := _changed_part(c, changed)))
    before = _read_before(project, top, commit)
    gone = _members(before) - _members(project)
    members: dict[str, set[str]] = {}
    for type_name, name in gone:
        members.setdefault(type_name, set()).add(name)
    manifest = write_manifest(members, project.configuration.api_version) if members else None
    return replace(project, components=kept), manifest


def _git(folder: Path, *words: str) -> str:
    """Run git; bytes of names that are not UTF-8 become lone surrogates."""
    try:
        done = run_child(["git", *words], cwd=folder, seconds=_SECONDS, errors="surrogateescape")
    except FileNotFoundError:
        raise ToolError("git is needed for --since, and is not installed") from None
    except subprocess.TimeoutExpired:
        raise ToolError(f"git {words[0]} took longer than {_SECONDS} s") from None
    if done.returncode:
        reason = done.stderr.encode(errors="replace").decode().strip().splitlines()[:1]
        message = reason[0] if reason else f"not a revision that git knows: {' '.join(words[-1:])}"
        raise UsageError(f"--since: {message}")
    return done.stdout


def _as_path(name: str) -> str:
    """Return a name that git tells as Python reads it from a folder."""
    return os.fsdecode(name.encode(errors="surrogateescape"))


def _changed_part(component: Component, changed: set[str]) -> Component | None:
    """Return the part of a component to deploy: all of it, or its changed children."""
    if component.type.kind != "decomposed":
        paths = {component.meta or "", *component.files}
        return component if paths & changed else None
    children = tuple(child for child in component.children if child.meta in changed)
    meta = component.meta if component.meta in changed else None
    if not children and meta is None:
        return None
    return replace(component, meta=meta, children=children)


def _members(project: Project | None) -> set[tuple[str, str]]:
    return set(_named(project)) if project is not None else set()


def _named(project: Project) -> Iterator[tuple[str, str]]:
    for component in project.components:
        if component.meta or component.type.kind != "decomposed":
            yield component.type.folder_of or component.type.name, component.name
        for child in component.children:
            if child.type.addressable:
                bare = child.type.bare
                yield child.type.name, child.name if bare else f"{component.name}.{child.name}"


def _read_before(project: Project, top: Path, commit: str) -> Project | None:
    """Read the project at the revision, or None if it did not exist yet."""
    inside = project.root.resolve().relative_to(top.resolve()).as_posix()
    where = f"{commit}:{inside}" if inside != "." else commit
    with tempfile.TemporaryDirectory(prefix="sfgen-") as scratch:
        root, packed = Path(scratch).resolve() / "project", Path(scratch).resolve() / "packed.zip"
        try:
            _git(top, "archive", "--format=zip", f"--output={packed}", where)
        except UsageError:
            return None
        with zipfile.ZipFile(packed) as archive:
            archive.extractall(root)
        try:
            return read_project(root)
        except ProjectError:
            return None
