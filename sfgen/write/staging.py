"""Writes files into an existing project so that a kill at any moment leaves all or nothing.

The files are first staged inside the project and noted in a journal of the user's; from then on
the next run finishes what a killed one began.
"""

from __future__ import annotations

import contextlib
import errno
from typing import TYPE_CHECKING, Final

from sfgen.errors import ProjectError, SfgenError
from sfgen.write.folder import Project
from sfgen.write.journal import Move, digest, drop_journal, read_journal, write_journal
from sfgen.write.result import WriteResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from sfgen.render import RenderedFile
    from sfgen.write.folder import Folder

_HOME: Final = ".sfgen"
_STAGE: Final = "stage"
_FILES: Final = f"{_HOME}/{_STAGE}/files"
#: No file of a project is longer, in bytes.
_MOST: Final = 1 << 30


def add_to_project(
    target: Path, files: Sequence[RenderedFile], progress: Callable[[], None] = lambda: None
) -> WriteResult:
    """Write files into an existing project: all of them, or on a kill the rest on the next run.

    Files that already hold the same bytes are left alone; the caller has made sure that no other
    file of the user's is in the way.

    Raises:
        SfgenError: a file can't be written, or another sfgen is at work there.
        ProjectError: a link leads out of the project.
    """
    with _at_work(target) as project:
        _finish(project)
        before = {file.path: _look(project, file.path) for file in files}
        identical = tuple(file.path for file in files if before[file.path] == file.content)
        wanted = [file for file in files if before[file.path] != file.content]
        if wanted:
            _stage(project, wanted, progress)
            moves = [Move(f.path, digest(f.content), digest(before[f.path])) for f in wanted]
            write_journal(project.root, moves)
            _finish(project)
    return WriteResult(tuple(file.path for file in wanted), identical)


def find_conflicts(target: Path, files: Sequence[RenderedFile]) -> list[str]:
    """Return the paths of files that exist in the project and differ, or are links.

    Raises:
        ProjectError: a link leads out of the project.
    """
    with _open(target) as project:
        return [
            file.path
            for file in files
            if project.exists(file.path) and project.read(file.path) != file.content
        ]


def pending_files(target: Path) -> tuple[str, ...]:
    """Return the paths that a killed run of this user had still to write, without changing any."""
    with contextlib.suppress(OSError, ProjectError), _open(target) as project:
        return tuple(
            move.path
            for move in read_journal(project.root)
            if digest(project.read(f"{_FILES}/{move.path}")) == move.after
        )
    return ()


def is_vacant(target: Path) -> bool:
    """Whether a folder is empty, or has only the stage of a run that was killed early."""
    home = target / _HOME
    if [path.name for path in target.iterdir()] != [_HOME]:
        return not any(target.iterdir())
    inside = home.is_dir() and not home.is_symlink()
    return inside and [path.name for path in home.iterdir()] == [_STAGE]


def finish_interrupted(target: Path) -> bool:
    """Finish what a killed run began in a project; return whether there was anything to do.

    Raises:
        SfgenError: a file can't be written, or another sfgen is at work there.
    """
    if not pending_files(target):
        return False
    with _at_work(target) as project:
        return _finish(project)


@contextlib.contextmanager
def _open(target: Path) -> Iterator[Project]:
    project = Project(target)
    try:
        yield project
    finally:
        project.close()


@contextlib.contextmanager
def _at_work(target: Path) -> Iterator[Project]:
    """Open a project for writing; one run at a time."""
    try:
        with _open(target) as project:
            if not project.folder.lock():
                raise SfgenError(
                    f"another sfgen is writing into {target}; nothing was written",
                    hint="let it end, and run this again",
                )
            yield project
    except OSError as error:
        raise SfgenError(f"can't write into {target}: {error.strerror or error}") from error


def _look(project: Project, path: str) -> bytes | None:
    """Return a file's bytes, or None if there is none; refuse anything but a plain file."""
    content = project.read(path)
    if content is None and project.exists(path):
        raise ProjectError(f"{path} is a link or not a plain file; nothing was written")
    return content


def _stage(project: Project, files: Sequence[RenderedFile], progress: Callable[[], None]) -> None:
    _clear_stage(project)
    for file in files:
        head, _, name = file.path.rpartition("/")
        mode = None
        with contextlib.suppress(FileNotFoundError), project.enter(head) as folder:
            mode = folder.mode(name)
        with project.enter(f"{_FILES}/{head}" if head else _FILES, make=True) as folder:
            folder.write(name, file.content, mode)
        progress()


def _finish(project: Project) -> bool:
    """Move staged files that match the journal to their targets."""
    moves = read_journal(project.root)
    for move in moves:
        head, _, name = move.path.rpartition("/")
        with (
            contextlib.suppress(FileNotFoundError),
            project.enter(f"{_FILES}/{head}" if head else _FILES) as stage,
        ):
            _put_in_place(project, stage, move, head, name)
    _clear_stage(project)
    if moves:
        drop_journal(project.root)
    return bool(moves)


def _put_in_place(project: Project, stage: Folder, move: Move, head: str, name: str) -> None:
    """Move one file, unless it or its target has changed since."""
    content = stage.read(name, _MOST)
    if content is None or digest(content) != move.after:
        return
    with project.enter(head, make=True) as folder:
        untouched = bool(move.before) or not folder.exists(name)
        if not untouched or digest(folder.read(name, _MOST)) != move.before:
            return
        try:
            stage.move(name, folder, name)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            # A folder of the project can be another disk, mounted there.
            folder.remove(f".{name}.sfgen")
            folder.write(f".{name}.sfgen", content, folder.mode(name))
            folder.move(f".{name}.sfgen", folder, name)


def _clear_stage(project: Project) -> None:
    """Delete what is staged; a folder reached by a link is never taken for a stage."""
    with contextlib.suppress(FileNotFoundError), project.enter(_HOME) as folder:
        folder.remove(_STAGE)
    project.folder.remove_if_empty(_HOME)
