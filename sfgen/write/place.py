"""What stands where a project is to be written, and whether it may be written there."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from sfgen.errors import SfgenError, UsageError
from sfgen.plan.lock import LOCK_PATH, lists_file
from sfgen.project.configuration import PROJECT_FILE
from sfgen.write.folder import read_plain
from sfgen.write.staging import find_conflicts, is_vacant, pending_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sfgen.render import RenderedFile


class Place(enum.Enum):
    """What stands at the target: nothing, somebody's SFDX project, or one that sfgen wrote."""

    NEW = enum.auto()
    PROJECT = enum.auto()
    OWN = enum.auto()


def find_place(target: Path) -> Place:
    """Look at the target.

    Raises:
        UsageError: it is a file, or a folder full of something else.
    """
    if not target.exists():
        return Place.NEW
    if not target.is_dir():
        raise UsageError(f"{target} is a file", hint="name a folder")
    if (target / PROJECT_FILE).is_file():
        lock = read_plain(target, LOCK_PATH)
        own = lock is not None and lists_file(lock, PROJECT_FILE)
        return Place.OWN if own else Place.PROJECT
    if PROJECT_FILE in pending_files(target):
        return Place.OWN  # a killed run had begun it; finish_interrupted finishes that first
    if not is_vacant(target):
        raise UsageError(
            f"{target} is not empty and has no {PROJECT_FILE}",
            hint="name a new folder, or the folder of an SFDX project",
        )
    return Place.NEW


def refuse_conflicts(target: Path, files: Sequence[RenderedFile]) -> None:
    """Refuse to write over files of somebody else's.

    Raises:
        SfgenError: a file stands there with another content.
    """
    taken = find_conflicts(target, [file for file in files if file.path != LOCK_PATH])
    if taken:
        more = f" and {len(taken) - 1} more" if len(taken) > 1 else ""
        raise SfgenError(
            f"{taken[0]}{more} would be overwritten; nothing was written",
            hint="choose another prefix, or move the files out of the way",
        )
