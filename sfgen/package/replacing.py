"""Applies the ``replacements`` of ``sfdx-project.json`` to files when they are packaged."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from pathspec import GitIgnoreSpec

from sfgen.errors import ProjectError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sfgen.project.configuration import Replacement

_TEXT_SUFFIXES: Final = (".cls", ".xml", ".json", ".js", ".css", ".html", ".htm", ".txt", ".md")


class Replacements:
    """The replacements whose conditions are met, ready to be applied to a file's bytes.

    Raises:
        ProjectError: a variable that isn't set, or a file that can't be read.
    """

    def __init__(self, entries: Iterable[Replacement]) -> None:
        used = [entry for entry in entries if entry.applies()]
        self._rows = [(entry, _compile_glob(entry)) for entry in used]

    def __bool__(self) -> bool:
        return bool(self._rows)

    def apply(self, path: str, data: bytes) -> bytes:
        """Return ``data`` of the file at ``path`` with every replacement that concerns it."""
        posix = path.replace(os.sep, "/")
        rows = [entry for entry, spec in self._rows if _concerns(entry, spec, posix)]
        if not rows or not _is_text(path, data):
            return data
        text = data.decode("utf-8", errors="surrogateescape")
        for entry in rows:
            new = _replacement_text(entry)
            text = entry.pattern.sub(lambda _, new=new: new, text)  # type: ignore[misc]
        return text.encode("utf-8", errors="surrogateescape")


def _compile_glob(entry: Replacement) -> GitIgnoreSpec | None:
    return GitIgnoreSpec.from_lines([f"**/{entry.glob}"]) if entry.glob else None


def concerns_file(entry: Replacement, path: str) -> bool:
    """Say whether a replacement is about the file at a path, whatever its conditions."""
    return _concerns(entry, _compile_glob(entry), path)


def _concerns(entry: Replacement, spec: GitIgnoreSpec | None, path: str) -> bool:
    if entry.filename is not None and path.endswith(entry.filename):
        return True
    return spec is not None and spec.match_file(path.lstrip("/"))


def _is_text(path: str, data: bytes) -> bool:
    return path.endswith(_TEXT_SUFFIXES) or b"\0" not in data[:512]


def _replacement_text(entry: Replacement) -> str:
    if entry.environment is not None:
        value = os.environ.get(entry.environment)
        if value is None and not entry.may_be_unset:
            raise ProjectError(
                f"sfdx-project.json replaces text by ${entry.environment}, which is not set",
                hint=f"set {entry.environment} in the environment",
            )
        return value or ""
    if entry.file is None:
        return ""
    try:
        return entry.file.read_text(encoding="utf-8").strip()
    except OSError:
        raise ProjectError(f"the replacement file {entry.file} can't be read") from None
