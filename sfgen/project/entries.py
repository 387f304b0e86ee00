"""Lists folders: what is ignored is left out, links, pipes and odd names are reported."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sfgen.project.collection import Collection
    from sfgen.project.forceignore import ForceIgnore

Entry = tuple[str, str, bool]
"""Name, absolute path, and whether it is a folder."""


class Listing:
    """What is in a project's folders.

    Args:
        root: the project's folder.
        ignore: what is left out.
        collection: takes the files that can't be used.
    """

    def __init__(self, root: str, ignore: ForceIgnore, collection: Collection) -> None:
        self._prefix = len(root.rstrip(os.sep)) + 1
        self._ignore = ignore
        self._collection = collection

    def entries(self, folder: str) -> list[Entry]:
        """Return a folder's entries in the order of their names."""
        relative = folder[self._prefix :].replace(os.sep, "/")
        start = f"{relative}/" if relative else ""
        denies = self._ignore.denies
        with os.scandir(folder) as scan:
            usable = [e for e in scan if is_plain(e) or self._is_usable(e, folder, start)]
        found = sorted((entry.name, entry.path, entry.is_dir()) for entry in usable)
        return [e for e in found if not denies(start + e[0], e[0], folder=e[2])]

    def files(self, folder: str) -> list[str]:
        """Return the paths of all files at or below a folder."""
        found: list[str] = []
        left = self.entries(folder)[::-1]
        while left:  # folders may be deeper than Python's own stack
            _, path, is_folder = left.pop()
            if is_folder:
                left += self.entries(path)[::-1]
            else:
                found.append(path)
        return found

    def _is_usable(self, entry: os.DirEntry[str], folder: str, start: str) -> bool:
        if self._ignore.denies(start + entry.name, entry.name, folder=False):
            return False
        problem = problem_of(entry, folder)
        if problem is not None:
            self._collection.blame(entry.path, "unusable-file", problem, "remove it")
        return problem is None


def is_plain(entry: os.DirEntry[str]) -> bool:
    """Say whether an entry is a plain file or folder with a UTF-8 name; makes no system call."""
    plain = entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)
    return plain and (entry.name.isascii() or _is_unicode(entry.name))


def problem_of(entry: os.DirEntry[str], folder: str) -> str | None:
    """Return the problem of an entry that isn't plain, or None for a link that works."""
    if not _is_unicode(entry.name):
        return "the file's name is not UTF-8"
    try:
        mode = os.stat(entry.path).st_mode
    except OSError as error:
        return f"the link leads nowhere: {error.strerror}"
    if stat.S_ISDIR(mode):
        target, here = os.path.realpath(entry.path), os.path.realpath(folder)
        return "the link leads back to a folder above it" if _holds(target, here) else None
    return None if stat.S_ISREG(mode) else "neither a file nor a folder"


def _holds(target: str, folder: str) -> bool:
    return folder == target or folder.startswith(target.rstrip(os.sep) + os.sep)


def _is_unicode(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
