"""Where sfgen keeps what is the user's and no project's: the cache, the data, the state.

The folders are those of the XDG specification on Linux and the system's own elsewhere. Where
there is no home folder, or none that can be written, a folder of this user's below the one for
temporary files takes their place, so that no command depends on a home.
"""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path
from typing import Final

#: What a folder is for -> its variable, and its place below a home folder.
_PLACES: Final = {
    "cache": ("XDG_CACHE_HOME", ".cache"),
    "data": ("XDG_DATA_HOME", ".local/share"),
    "state": ("XDG_STATE_HOME", ".local/state"),
}


def cache() -> Path:
    """Where to keep what can be made again; it need not be there yet."""
    return _find("cache")


def data() -> Path:
    """Where to keep what a user made with sfgen; it need not be there yet."""
    return _find("data")


def state() -> Path:
    """Where to keep what one run leaves for the next; it need not be there yet."""
    return _find("state")


def runtime() -> Path:
    """Where to keep what other commands need while this one runs; it is this user's alone."""
    if sys.platform in ("win32", "darwin"):
        import platformdirs

        return Path(platformdirs.user_runtime_dir("sfgen", appauthor=False))
    given = os.environ.get("XDG_RUNTIME_DIR", "").strip()
    for folder in (given, f"/run/user/{os.getuid()}"):
        path = Path(folder)
        if folder and path.is_absolute() and _is_usable(path / "sfgen", reading=False):
            return path / "sfgen"
    return _private_folder() / "run"


def _find(kind: str) -> Path:
    folder = _locate(kind)
    if folder is not None and _is_usable(folder, reading=kind == "cache"):
        return folder
    return _private_folder() / kind


def _locate(kind: str) -> Path | None:
    """Return the folder that this system has for a kind, or nothing where there is no home."""
    if sys.platform in ("win32", "darwin"):
        import platformdirs

        locate = getattr(platformdirs, f"user_{kind}_dir")
        return Path(locate("sfgen", appauthor=False))
    variable, below = _PLACES[kind]
    given = os.environ.get(variable, "").strip()
    if given and Path(given).is_absolute():  # a relative one is to be ignored, says XDG
        return Path(given) / "sfgen"
    home = find_home()
    return home / below / "sfgen" if home else None


def find_home() -> Path | None:
    """Return the user's home folder, or nothing: a service or a container may have none."""
    given = os.environ.get("HOME", "")
    if Path(given).is_absolute():
        return Path(given)
    try:
        import pwd

        home = Path(pwd.getpwuid(os.getuid()).pw_dir)
    except (ImportError, KeyError):
        return None
    return home if home.is_absolute() else None


def _is_usable(folder: Path, *, reading: bool) -> bool:
    """Whether a folder can be written, or made; a cache is of use where it can be read."""
    try:
        if folder.is_dir():
            return os.access(folder, os.R_OK | os.X_OK if reading else os.W_OK | os.X_OK)
        there = next((parent for parent in folder.parents if parent.exists()), None)
        return there is not None and there.is_dir() and os.access(there, os.W_OK | os.X_OK)
    except (OSError, ValueError):
        return False


@functools.cache
def _private_folder() -> Path:
    """Return a folder of this user's alone among the temporary files.

    Its name is known, so that the next run finds what this one kept; whoever else has made a
    folder of that name gets nothing and gives nothing.
    """
    user = os.getuid() if hasattr(os, "getuid") else "user"
    known = Path(tempfile.gettempdir()) / f"sfgen-of-{user}"
    try:
        known.mkdir(mode=0o700, exist_ok=True)
        if _is_mine(known):
            return known
    except OSError:
        pass
    made = tempfile.mkdtemp(prefix="sfgen-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)


def _is_mine(folder: Path) -> bool:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        return False
    if not hasattr(os, "getuid"):
        return True
    return found.st_uid == os.getuid() and not stat.S_IMODE(found.st_mode) & 0o077
