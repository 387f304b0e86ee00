"""Compiled projects kept in the user's cache folder, by the content of everything they rest on."""

from __future__ import annotations

import functools
import hashlib
import marshal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sfgen import folders
from sfgen.apex.compiler.compiled import TestClass, Unit
from sfgen.apex.names.problems import Problem
from sfgen.caching import keep, prune, read_kept

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["context_of", "key_of_project", "load_last", "load_units", "store_units"]

_KEPT = 20
"""Projects kept; the oldest go first."""


@functools.cache
def _generator() -> bytes:
    """A digest of the runtime's own files: compiled code is good for one version of it."""
    # Times and sizes, not contents: reading 300 files would cost what the cache is to save.
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(Path(__file__).parent.parent.rglob("*.py")):
        state = path.stat()
        digest.update(f"{path.name}:{state.st_mtime_ns}:{state.st_size};".encode())
    return digest.digest()


def key_of_project(files: Iterable[tuple[str, bytes]], namespace: str = "") -> str:
    """The key of a project by its files' paths and bytes."""
    digest = hashlib.sha256(_generator())
    digest.update(namespace.encode())
    for name, data in files:
        digest.update(f"\0{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def context_of(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A digest of what every file of a project is compiled against: the metadata, this code."""
    digest = hashlib.sha256(_generator())
    for name, data in files:
        if not name.endswith((".cls", ".trigger")):
            digest.update(f"\0{name}\0{len(data)}\0".encode())
            digest.update(data)
    return digest.digest()


def _folder() -> Path:
    return folders.cache() / "apex"


def _plain(unit: Unit) -> tuple[Any, ...]:
    return (
        unit.file,
        unit.name,
        unit.stem,
        unit.code,
        unit.executable,
        unit.size,
        unit.places,
        tuple((each.file, each.line, each.column, each.message) for each in unit.problems),
        tuple(
            (
                each.name,
                each.python,
                each.methods,
                each.setups,
                each.see_all_data,
                each.seeing,
            )
            for each in unit.tests
        ),
        unit.is_test,
        unit.objects,
        unit.key,
    )


def load_units(key: str) -> list[Unit] | None:
    """The units kept under `key`, or None."""
    data = read_kept(_folder() / f"{key}.units")
    if data is None:
        return None
    try:
        # marshal, as pickle takes no code objects; its format is the Python version's, in the key.
        rows = marshal.loads(data)  # noqa: S302 - our own file in the user's own cache folder
    except (ValueError, EOFError, TypeError):
        return None
    return [_unit(row) for row in rows]


def _unit(row: tuple[Any, ...]) -> Unit:
    *plain, problems, tests, is_test, objects, key = row
    made = Unit(*plain)
    made.problems = tuple(Problem(*each) for each in problems)
    made.tests = tuple(TestClass(*each) for each in tests)
    made.is_test, made.objects, made.key = is_test, objects, key
    return made


def _pointer(root: Path) -> Path:
    """The file that names the units last stored for the project at `root`."""
    name = hashlib.sha256(str(root.resolve()).encode() + _generator()).hexdigest()
    return _folder() / f"{name}.last"


def load_last(root: Path) -> dict[str, Unit]:
    """The units that an earlier state of the project at `root` was compiled to, by their keys."""
    data = read_kept(_pointer(root))
    if data is None:
        return {}
    key = data.decode("ascii")
    return {unit.key: unit for unit in load_units(key) or () if unit.key}


def store_units(key: str, units: Iterable[Unit], root: Path) -> None:
    """Keep units under `key`, as the last of `root`; a cache that can't be written is no error."""
    folder = _folder()
    keep(folder / f"{key}.units", marshal.dumps([_plain(unit) for unit in units]))
    keep(_pointer(root), key.encode("ascii"))
    for pattern in ("*.units", "*.last"):
        prune(folder, pattern, files=_KEPT)
