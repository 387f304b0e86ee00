"""Writes a new project, which appears at once by one rename."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from sfgen.errors import SfgenError
from sfgen.write.result import WriteResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from sfgen.render import RenderedFile

#: Process ids have at most seven digits (Linux, proc(5): pid_max is 2^22 at most).
_DIGITS = 10


def write_new_project(
    target: Path, files: Sequence[RenderedFile], progress: Callable[[], None] = lambda: None
) -> WriteResult:
    """Write a project into a folder that does not exist yet, or is empty.

    Raises:
        SfgenError: the folder can't be written.
    """
    stage = target.parent / f".{target.name}.sfgen-{os.getpid()}"
    made = False
    try:
        _remove_stale_stages(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        stage.mkdir()  # one that is there already is not ours
        made = True
        _write_files(stage, files, progress)
        _put_in_place(stage, target)
    except OSError as error:
        if made and target.is_dir() and any(target.iterdir()):
            message = f"{target} was written by another program meanwhile; nothing was changed"
            raise SfgenError(message, hint="was another sfgen init at work? run it again") from None
        raise SfgenError(f"can't write {target}: {error.strerror or error}") from error
    finally:
        if made:
            shutil.rmtree(stage, ignore_errors=True)  # there is none where all went well
    return WriteResult(tuple(file.path for file in files), ())


def _put_in_place(stage: Path, target: Path) -> None:
    if os.name == "nt" and target.is_dir():
        target.rmdir()  # Windows does not rename over an empty folder
    stage.rename(target)


def _write_files(folder: Path, files: Iterable[RenderedFile], progress: Callable[[], None]) -> None:
    root, made = str(folder), set()
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
    """Remove the stages that killed runs left next to the target, but not those of live runs."""
    prefix = f".{target.name}.sfgen-"
    with suppress(OSError):
        for stage in target.parent.iterdir():
            owner = stage.name.removeprefix(prefix)
            if stage.name == owner or not owner.isascii() or not owner.isdigit():
                continue
            if len(owner) <= _DIGITS and not _is_alive(int(owner)):
                shutil.rmtree(stage, ignore_errors=True)


def _is_alive(process: int) -> bool:
    if os.name == "nt":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
