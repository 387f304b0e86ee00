"""Journal of a write into an existing project, so that a killed run can be finished.

The journal lies in the user's state folder, not in the project: a project is often somebody
else's repository, and what it holds is never taken for sfgen's own word.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sfgen import folders
from sfgen.caching import keep, prune, read_kept

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_KEPT: Final = 100


@dataclass(frozen=True, slots=True)
class Move:
    """A staged file and its target.

    Args:
        path: inside the project.
        after: SHA-256 of what it shall hold.
        before: SHA-256 of what stood there when the write began; empty where nothing did.
    """

    path: str
    after: str
    before: str


def write_journal(root: Path, moves: Iterable[Move]) -> None:
    """Write the journal of what is staged in a project."""
    rows = [[move.path, move.after, move.before] for move in moves]
    path = _locate(root)
    keep(path, json.dumps({"root": str(root), "moves": rows}).encode())
    prune(path.parent, "*.json", files=_KEPT)


def read_journal(root: Path) -> tuple[Move, ...]:
    """Return the moves that a killed run of this user has left to do."""
    data = read_kept(_locate(root))
    if data is None:
        return ()
    noted = json.loads(data)
    return tuple(Move(*row) for row in noted["moves"]) if noted["root"] == str(root) else ()


def drop_journal(root: Path) -> None:
    """Delete the journal."""
    _locate(root).unlink(missing_ok=True)


def digest(content: bytes | None) -> str:
    """Return the SHA-256 of a file's bytes, or None if there is no file."""
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _locate(root: Path) -> Path:
    name = hashlib.sha256(str(root).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return folders.state() / "writing" / f"{name}.json"
