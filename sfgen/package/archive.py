"""Zip files that are the same bytes each time: fixed dates, fixed attributes, sorted names."""

from __future__ import annotations

import zipfile
from typing import IO, TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

_DATE: Final = (1980, 1, 1, 0, 0, 0)


class Readable(Protocol):
    """Gives the bytes of an archive member by its name."""

    def read(self, archive_name: str, /) -> bytes:
        """Return the member's bytes."""
        ...


def write_archive(names: Iterable[str], source: Readable, file: IO[bytes]) -> None:
    """Write ``names`` into a zip, one file in memory at a time.

    ``file`` need not be seekable.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            add_file(archive, name, source.read(name))


def add_file(archive: zipfile.ZipFile, name: str, data: bytes, *, level: int = 6) -> None:
    """Add one member with a fixed date and ``rw-r--r--``."""
    info = zipfile.ZipInfo(name, _DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o100644 << 16
    info.create_system = 3
    archive.writestr(info, data, compresslevel=level)
