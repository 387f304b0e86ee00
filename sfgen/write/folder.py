"""Opens a project's folder so that nothing is read or written through a link that leads out.

A project may be somebody else's repository, and another user may change it while sfgen writes.
So each path is first resolved and held against the project, and then walked folder by folder from
a descriptor, with links refused. Windows has no such descriptors: there the first part alone holds.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from sfgen.errors import ProjectError

if TYPE_CHECKING:
    from collections.abc import Iterator

_HELD: Final = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)
_READ: Final = os.O_RDONLY | _NO_LINK | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_LIST: Final = os.O_RDONLY | _NO_LINK | getattr(os, "O_DIRECTORY", 0)
_MAKE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | getattr(os, "O_BINARY", 0)
#: What opening a folder says of a file or a link.
_BLOCKED: Final = frozenset({errno.ENOTDIR, errno.ELOOP})
#: Folders that nothing is ever written into by way of a link.
_CLOSED: Final = frozenset({".git", ".hg", ".svn", ".sfgen"})


class Folder:
    """One folder, by a directory descriptor where the system has them, else by its path."""

    def __init__(self, path: str, descriptor: int | None) -> None:
        self.path = path
        self._descriptor = descriptor

    @classmethod
    def open(cls, path: Path) -> Folder:
        """Open a folder by its path, which the caller has checked."""
        return cls(str(path), os.open(path, os.O_RDONLY | os.O_DIRECTORY) if _HELD else None)

    def close(self) -> None:
        """Close it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def enter(self, name: str, *, make: bool = False) -> Folder:
        """Open a folder inside, creating it if wanted; a link is refused."""
        if make:
            with contextlib.suppress(FileExistsError):
                os.mkdir(self._at(name), **self._in())  # noqa: PTH102 - relative to a descriptor
        path = f"{self.path}/{name}"
        if not _HELD:
            if not stat.S_ISDIR(os.lstat(path).st_mode):
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
            return Folder(path, None)
        return Folder(path, os.open(name, _LIST, dir_fd=self._descriptor))

    def read(self, name: str, limit: int) -> bytes | None:
        """Return a plain file's bytes up to a limit, or None for anything else."""
        with contextlib.suppress(OSError):
            descriptor = os.open(self._at(name), _READ, **self._in())
            with os.fdopen(descriptor, "rb") as file:
                if stat.S_ISREG(os.fstat(descriptor).st_mode):
                    return file.read(limit)
        return None

    def mode(self, name: str) -> int | None:
        """Return a plain file's permission bits, or None where there is no plain file."""
        with contextlib.suppress(OSError):
            found = os.stat(self._at(name), follow_symlinks=False, **self._in())  # noqa: PTH116
            return stat.S_IMODE(found.st_mode) if stat.S_ISREG(found.st_mode) else None
        return None

    def write(self, name: str, content: bytes, mode: int | None = None) -> None:
        """Write a new file, with the permission bits of another one if given."""
        descriptor = os.open(self._at(name), _MAKE, 0o666, **self._in())
        try:
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(descriptor, mode)
            left = content
            while left:  # a disk that fills up takes a part, and refuses only the next one
                left = left[os.write(descriptor, left) :]
        finally:
            os.close(descriptor)

    def exists(self, name: str) -> bool:
        """Whether anything of that name is there, including a broken link."""
        try:
            os.stat(self._at(name), follow_symlinks=False, **self._in())  # noqa: PTH116
        except (FileNotFoundError, NotADirectoryError):
            return False
        return True

    def move(self, name: str, other: Folder, new: str) -> None:
        """Move a file into another folder, replacing the one that is there."""
        if _HELD:
            ends = {"src_dir_fd": self._descriptor, "dst_dir_fd": other._descriptor}
            os.replace(name, new, **ends)  # noqa: PTH105
        else:
            os.replace(self._at(name), other._at(new))  # noqa: PTH105

    def remove(self, name: str) -> None:
        """Delete a file, a link, or a folder with its content, without following links."""
        try:
            inside = self.enter(name)
        except FileNotFoundError:
            return
        except OSError:
            os.unlink(self._at(name), **self._in())
            return
        try:
            for entry in os.listdir(inside._descriptor if _HELD else inside.path):  # noqa: PTH208, SLF001
                inside.remove(entry)
        finally:
            inside.close()
        os.rmdir(self._at(name), **self._in())

    def remove_if_empty(self, name: str) -> None:
        """Delete a folder if it is empty."""
        with contextlib.suppress(OSError):
            os.rmdir(self._at(name), **self._in())

    def lock(self) -> bool:
        """Lock the folder against other runs until it is closed; say whether that worked."""
        if self._descriptor is None:
            return True
        import fcntl

        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # a file system without locks
        return True

    def _at(self, name: str) -> str:
        return name if _HELD else f"{self.path}/{name}"

    def _in(self) -> dict[str, Any]:
        return {"dir_fd": self._descriptor} if _HELD else {}


class Project:
    """A project's folder and access to the files below it."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.folder = Folder.open(self.root)
        self._known: dict[str, str] = {"": ""}

    def close(self) -> None:
        """Close it."""
        self.folder.close()

    @contextlib.contextmanager
    def enter(self, path: str, *, make: bool = False) -> Iterator[Folder]:
        """Open the folder at a path inside the project for the block.

        Raises:
            ProjectError: the path leads out of the project, or a file or a link is in its way.
            OSError: it is not there, or can't be made.
        """
        folder, parts = self.folder, PurePosixPath(self._resolve(path)).parts
        with contextlib.ExitStack() as opened:
            for part in parts:
                try:
                    folder = folder.enter(part, make=make)
                except FileNotFoundError:
                    raise
                except OSError as error:
                    if error.errno in _BLOCKED:
                        raise _refuse(f"{folder.path}/{part}", "no folder") from None
                    raise
                opened.callback(folder.close)
            yield folder

    def read(self, path: str, limit: int = 64 * 1024 * 1024) -> bytes | None:
        """Return the bytes of a plain file, or None where there is none."""
        head, _, name = path.rpartition("/")
        try:
            with self.enter(head) as folder:
                return folder.read(name, limit)
        except FileNotFoundError:
            return None

    def exists(self, path: str) -> bool:
        """Whether anything is at a path."""
        head, _, name = path.rpartition("/")
        try:
            with self.enter(head) as folder:
                return folder.exists(name)
        except FileNotFoundError:
            return False

    def _resolve(self, path: str) -> str:
        """Resolve a folder's path; links in it may lead inside the project only.

        Raises:
            ProjectError: it is outside.
        """
        if path not in self._known:
            pure = PurePosixPath(path)
            if pure.is_absolute() or ".." in pure.parts:
                raise _refuse(path, "outside of the project")
            wanted = self.root.joinpath(*pure.parts)
            real = Path(os.path.realpath(wanted))
            if real != wanted:
                inside = real.parts[: len(self.root.parts)] == self.root.parts
                below = real.parts[len(self.root.parts) :]
                if (
                    not inside
                    or pure.parts[0] in _CLOSED
                    or not _CLOSED.isdisjoint(map(str.lower, below))
                ):
                    raise _refuse(path, "a link out of the project")
                pure = PurePosixPath(*below)
            self._known[path] = str(pure) if pure.parts else ""
        return self._known[path]


def _refuse(path: str, what: str) -> ProjectError:
    return ProjectError(
        f"{path} is {what}; nothing was written",
        hint="sfgen writes into the project's own folders only",
    )


def read_plain(root: Path, path: str, limit: int = 4 * 1024 * 1024) -> bytes | None:
    """Return the bytes of a plain, small file of a project that no link leads out to."""
    with contextlib.suppress(OSError, ProjectError):
        project = Project(root)
        try:
            found = project.read(path, limit + 1)
        finally:
            project.close()
        return found if found is not None and len(found) <= limit else None
    return None
