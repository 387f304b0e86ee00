"""Write a project so that a kill at any moment leaves all of it or nothing.

A new project is written into a folder beside its target and renamed once it is whole. Into a
folder that already holds something, the files are first staged and a journal is written; from
then on the next run finishes what a killed one began.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sfgen.errors import SfgenError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from sfgen.render import RenderedFile

_STAGE = ".sfgen/stage"
_JOURNAL = "journal.json"


@dataclass(frozen=True, slots=True)
class WriteResult:
    """What was written, by path inside the project.

    Args:
        created: files that were not there.
        identical: files that already had this content; they were not touched.
    """

    created: tuple[str, ...]
    identical: tuple[str, ...]


def write_new_project(
    target: Path, files: Sequence[RenderedFile], progress: Callable[[], None] = lambda: None
) -> WriteResult:
    """Write a project into a folder that does not exist yet, or is empty.

    Raises:
        SfgenError: the folder can't be written.
    """
    _remove_stale_stages(target)
    stage = target.parent / f".{target.name}.sfgen-{os.getpid()}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_files(stage, files, progress)
        _put_in_place(stage, target)
    except OSError as error:
        shutil.rmtree(stage, ignore_errors=True)
        raise SfgenError(f"can't write {target}: {error.strerror or error}") from error
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise
    return WriteResult(tuple(file.path for file in files), ())


def _put_in_place(stage: Path, target: Path) -> None:
    if os.name == "nt" and target.is_dir():
        target.rmdir()  # Windows does not rename over an empty folder
    stage.rename(target)


def _write_files(folder: Path, files: Iterable[RenderedFile], progress: Callable[[], None]) -> None:
    root, made = str(folder), set()
    os.makedirs(root, exist_ok=True)  # noqa: PTH103 - the hot path of init
    for file in files:
        head, _, _ = file.path.rpartition("/")
        if head not in made:
            os.makedirs(f"{root}/{head}", exist_ok=True)  # noqa: PTH103
            made.add(head)
        descriptor = os.open(f"{root}/{file.path}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        left = file.content
        while left:  # a disk that fills up takes a part, and refuses only the next one
            left = left[os.write(descriptor, left) :]
        os.close(descriptor)
        progress()


def _remove_stale_stages(target: Path) -> None:
    """Remove what killed runs left beside the target, but nothing of a run that lives."""
    for stage in target.parent.glob(f".{target.name}.sfgen-*"):
        _, _, owner = stage.name.rpartition("-")
        if owner.isdigit() and not _is_alive(int(owner)):
            shutil.rmtree(stage, ignore_errors=True)


def _is_alive(process: int) -> bool:
    if os.name == "nt":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def add_to_project(
    target: Path, files: Sequence[RenderedFile], progress: Callable[[], None] = lambda: None
) -> WriteResult:
    """Write files into an existing project: all of them, or on a kill the rest on the next run.

    Files that already hold the same bytes are left alone; the caller has made sure that no other
    file of the user's is in the way.

    Raises:
        SfgenError: a file can't be written.
    """
    identical = tuple(f.path for f in files if _holds(target / f.path, f.content))
    wanted = [file for file in files if file.path not in identical]
    stage = target / _STAGE
    try:
        shutil.rmtree(stage, ignore_errors=True)
        _write_files(stage / "files", wanted, progress)
        journal = stage / f"{_JOURNAL}.new"
        journal.write_text(json.dumps([file.path for file in wanted]), encoding="utf-8")
        journal.rename(stage / _JOURNAL)
        finish_interrupted(target)
    except OSError as error:
        raise SfgenError(f"can't write into {target}: {error.strerror or error}") from error
    return WriteResult(tuple(file.path for file in wanted), identical)


def finish_interrupted(target: Path) -> bool:
    """Finish what a killed run began in a project; returns whether there was anything."""
    stage = target / _STAGE
    journal = stage / _JOURNAL
    if not journal.exists():
        _clear_stage(stage)
        return False
    for path in json.loads(journal.read_text(encoding="utf-8")):
        source = stage / "files" / path
        if source.exists():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            source.replace(target / path)
    journal.unlink()
    _clear_stage(stage)
    return True


def _clear_stage(stage: Path) -> None:
    shutil.rmtree(stage, ignore_errors=True)
    with suppress(OSError):
        stage.parent.rmdir()


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False
