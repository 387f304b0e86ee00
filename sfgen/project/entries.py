"""Checks folder entries: links, pipes and similar, and names that are not UTF-8."""

from __future__ import annotations

import os
import stat


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
