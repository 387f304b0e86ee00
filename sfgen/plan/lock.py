"""What sfgen remembers in a project's ``.sfgen/`` folder: the answers and the lock."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ANSWERS_PATH = ".sfgen/answers.toml"
LOCK_PATH = ".sfgen/lock.json"
LOCK_VERSION = 1


def describe_lock(version: str, pack: str, files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the text of the lock: sfgen's version, the pack, the SHA-256 of every file.

    The order is that of the paths, so that the same project always has the same lock.
    """
    hashes: Mapping[str, str] = {
        path: hashlib.sha256(content).hexdigest() for path, content in sorted(files)
    }
    lock = {"lockVersion": LOCK_VERSION, "sfgen": version, "pack": pack, "files": hashes}
    return (json.dumps(lock, indent=4) + "\n").encode()


def lists_file(lock: bytes, path: str) -> bool:
    """Whether a lock says that sfgen wrote the file at a path; a broken lock says nothing."""
    try:
        files = json.loads(lock)["files"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return False
    return isinstance(files, dict) and path in files
