"""Plans which files a project gets from a pack and answers, and checks their paths."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sfgen.errors import TemplateError
from sfgen.naming import NAME_LIMIT, WINDOWS_NAMES
from sfgen.pack import holds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sfgen.pack import Entry, Pack

_UNSAFE = re.compile(r'[\x00-\x1f<>:"|?*\\]')
#: Suffixes of the files whose stem is a Salesforce name with a limit of 40 characters.
_NAMED = (".cls", ".page", ".resource-meta.xml", ".trigger")


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file to render: its path in the project and its template."""

    path: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Plan:
    """All files of a project, sorted by path, with the values they are rendered from.

    Args:
        files: what is rendered from templates.
        context: the answers and what is derived from them.
        metadata: folder of a package directory -> the metadata type that it holds, for the
            manifest; empty where the pack has none.
    """

    files: tuple[PlannedFile, ...]
    context: Mapping[str, str]
    metadata: Mapping[str, str]


def plan_project(pack: Pack, answers: Mapping[str, str], *, existing: bool = False) -> Plan:
    """Work out which files the answers ask for, and check every path.

    ``existing`` words the texts for a project that somebody else has made.

    Raises:
        TemplateError: a path that leaves the project, that an operating system refuses, that
            stands twice, or a Salesforce name over its limit.
    """
    context = pack.complete(answers)
    if existing:
        context["__existing"] = "yes"
    planned = []
    taken: dict[str, str] = {}
    for entry in pack.entries:
        if not all(holds(condition, context) for condition in entry.conditions):
            continue
        path = entry.path(context)
        _check_path(path)
        if other := taken.get(path.lower()):
            raise TemplateError(f"{path} and {other} are one file where case does not count")
        taken[path.lower()] = path
        planned.append(PlannedFile(path, entry))
    _refuse_folders(taken)
    files = tuple(sorted(planned, key=lambda file: file.path))
    return Plan(files, context, dict(pack.metadata))


def _refuse_folders(taken: Mapping[str, str]) -> None:
    """Refuse a file whose path is also a folder of another path."""
    for path in taken.values():
        for parent in PurePosixPath(path.lower()).parents:
            if other := taken.get(str(parent)):
                raise TemplateError(f"{other} would be a file and the folder of {path}")


def _check_path(path: str) -> None:
    pure = PurePosixPath(path)
    if not path or pure.is_absolute() or ".." in pure.parts or str(pure) != path:
        raise TemplateError(f"a template's path leaves the project: {path!r}")
    for part in pure.parts:
        windows = part.split(".")[0].lower() in WINDOWS_NAMES or part.endswith((".", " "))
        if windows or _UNSAFE.search(part):
            raise TemplateError(f"a template's path can't be written everywhere: {path!r}")
    for suffix in _NAMED:
        if pure.name.endswith(suffix) and len(pure.name) - len(suffix) > NAME_LIMIT:
            raise TemplateError(
                f"{pure.name.removesuffix(suffix)} is longer than {NAME_LIMIT} characters",
                hint="choose a shorter prefix",
            )
