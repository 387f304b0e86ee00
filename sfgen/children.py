"""Other programs that sfgen runs: they end with it, and leave nothing in the temporary folder."""

from __future__ import annotations

import contextlib
import locale
import os
import signal
import subprocess
import tempfile
import threading
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_POSIX: Final = os.name == "posix"
#: A name for a socket in it has to fit beside it (Linux, unix(7): 107 bytes).
_LONGEST: Final = 60


class _Crew:
    """The programs that run now, and whether more may start."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.running: set[subprocess.Popen[str]] = set()
        self.over = False


_CREW: Final = _Crew()


def run_child(
    command: Sequence[str | os.PathLike[str]],
    *,
    seconds: float,
    cwd: Path | str | None = None,
    extra: Mapping[str, str] | None = None,
    errors: str = "replace",
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, with no input and a temporary folder of its own.

    ``errors`` says what becomes of output that is no UTF-8, as in ``bytes.decode``.

    Raises:
        OSError: it could not start.
        subprocess.TimeoutExpired: it took too long; it was ended with all that it had started.
    """
    with (
        tempfile.TemporaryDirectory(prefix="sfgen-", ignore_cleanup_errors=True) as scratch,
        _start(command, cwd, {**child_environment(scratch), **(extra or {})}, errors) as child,
    ):
        try:
            out, err = child.communicate(timeout=seconds)
        except BaseException:
            _end(child)
            raise
        finally:
            _CREW.running.discard(child)
    return subprocess.CompletedProcess(list(command), child.returncode, out, err)


def show_child(command: Sequence[str], *, cwd: Path, quiet: bool) -> int:
    """Run a program whose output is the user's to see; return its exit code."""
    out = subprocess.DEVNULL if quiet else None
    with (
        tempfile.TemporaryDirectory(prefix="sfgen-", ignore_cleanup_errors=True) as scratch,
        subprocess.Popen(
            command,
            cwd=cwd,
            env=child_environment(scratch),
            stdin=subprocess.DEVNULL,
            stdout=out,
            start_new_session=_POSIX,
        ) as child,
    ):
        try:
            return child.wait()
        except BaseException:
            _end(child)
            raise


@contextlib.contextmanager
def children_end() -> Iterator[None]:
    """End every program that threads wait for when the block is broken off."""
    try:
        yield
    except BaseException:
        with _CREW.lock:
            _CREW.over = True
            running = list(_CREW.running)
        for child in running:
            _end(child)
        raise
    finally:
        _CREW.over = False


def child_environment(scratch: str | None = None) -> dict[str, str]:
    """Return the environment for a program: with UTF-8 for file names, whatever ours says."""
    environment = dict(os.environ)
    if locale.getpreferredencoding(False).lower().replace("-", "") != "utf8" or _is_plain():  # noqa: FBT003
        environment.update(LC_ALL="C.UTF-8", LANG="C.UTF-8")
    if scratch is not None and len(scratch) <= _LONGEST:
        environment.update(dict.fromkeys(("TMPDIR", "TMP", "TEMP"), scratch))
    return environment


def _is_plain() -> bool:
    """Whether the locale is C or POSIX: Python takes UTF-8 for it by itself, others don't."""
    said = (os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    return _POSIX and next(filter(None, said), "C") in {"C", "POSIX"}


def _start(
    command: Sequence[str | os.PathLike[str]],
    cwd: Path | str | None,
    env: Mapping[str, str],
    errors: str,
) -> subprocess.Popen[str]:
    with _CREW.lock:
        if _CREW.over:
            raise OSError(0, "sfgen is ending")
        child = subprocess.Popen(
            command,
            cwd=cwd,
            env=env,
            text=True,
            encoding="utf-8",
            errors=errors,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=_POSIX,  # so that what it starts can be ended with it
        )
        _CREW.running.add(child)
    return child


def _end(child: subprocess.Popen[Any]) -> None:
    """End a program and what it has started."""
    if not _POSIX:
        child.kill()
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.kill()
