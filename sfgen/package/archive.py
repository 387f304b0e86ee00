"""Zip files that are the same bytes each time: fixed dates, fixed attributes, sorted names."""

from __future__ import annotations

import os
import shutil
import zipfile
from typing import IO, TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

_PIECE: Final = 1 << 20
_DATE: Final = (1980, 1, 1, 0, 0, 0)


class Source(Protocol):
    """Opens the content of an archive's members by name."""

    def open(self, archive_name: str, /) -> IO[bytes]:
        """Open the member's content."""
        ...


def write_archive(names: Iterable[str], source: Source, file: IO[bytes]) -> None:
    """Write ``names`` into a zip, with a piece of one file in memory at a time.

    ``file`` need not be seekable.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            info = _describe(name)
            with source.open(name) as content:
                info.file_size = content.seek(0, os.SEEK_END)
                content.seek(0)
                with archive.open(info, "w") as member:
                    shutil.copyfileobj(content, member, _PIECE)


def add_file(archive: zipfile.ZipFile, name: str, data: bytes, *, level: int = 6) -> None:
    """Add one member with a fixed date and ``rw-r--r--``."""
    archive.writestr(_describe(name), data, compresslevel=level)


def _describe(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o100644 << 16
    info.create_system = 3
    return info
