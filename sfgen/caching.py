"""Files that can be made again, each with a digest in front: a damaged one is as good as none."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_LENGTH: Final = 16
#: A file that was read is marked as used once a day: the oldest go first.
_DAY: Final = 86_400


def read_kept(path: Path) -> bytes | None:
    """Return what was kept in a file; nothing where it is not there, or not as it was written."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    payload = data[_LENGTH:]
    if data[:_LENGTH] != _digest(path.name, payload):
        return None
    _mark_used(path)
    return payload


def keep(path: Path, payload: bytes) -> None:
    """Keep bytes in a file, all or nothing; a cache that can't be written costs time only."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(_digest(path.name, payload) + payload)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)  # noqa: PTH105 - both are plain names here
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)  # noqa: PTH108
            raise


def prune(folder: Path, pattern: str, *, files: int, size: int | None = None) -> None:
    """Delete the files that were not used for longest, down to a number and a size in bytes.

    What a killed run left half-written goes too, a day later.
    """
    found = sorted(_list(folder, pattern), reverse=True)
    room = size if size is not None else sum(length for _, length, _ in found)
    for place, (_, length, path) in enumerate(found):
        room -= length
        if place >= files or room < 0:
            with contextlib.suppress(OSError):
                path.unlink()
    for used, _, path in _list(folder, ".new-*"):
        if used < time.time() - _DAY:
            with contextlib.suppress(OSError):
                path.unlink()


def _list(folder: Path, pattern: str) -> list[tuple[float, int, Path]]:
    """List when each file was last used, its size, its path."""
    found = []
    with contextlib.suppress(OSError):
        for path in folder.glob(pattern):
            with contextlib.suppress(OSError):
                status = path.stat()
                found.append((status.st_mtime, status.st_size, path))
    return found


def _digest(name: str, payload: bytes) -> bytes:
    # The name is part of it: a right file in the wrong place is a wrong one.
    digest = hashlib.blake2b(name.encode(), digest_size=_LENGTH)
    digest.update(payload)
    return digest.digest()


def _mark_used(path: Path) -> None:
    with contextlib.suppress(OSError):
        if path.stat().st_mtime < time.time() - _DAY:
            os.utime(path)
