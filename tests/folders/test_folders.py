"""Where sfgen keeps its own things: in any environment that a service or a container gives it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from sfgen import folders

KINDS = ("cache", "data", "state", "runtime")
NAMES = ("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "HOME")


#: A user without an entry in the system's list, who may write below the working directory only.
STRANGER = """
import os, pwd
def unknown(user):
    raise KeyError(user)
pwd.getpwuid = unknown
ask, here = os.access, os.getcwd()
os.access = lambda path, mode: os.path.abspath(path).startswith(here) and ask(path, mode)
"""


def find_folders(environment: dict[str, str], cwd: Path, *, strange: bool = False) -> list[Path]:
    """Ask another process, and let it try to write."""
    script = (STRANGER if strange else "") + (
        "from sfgen import folders\n"
        "for kind in ('cache', 'data', 'state', 'runtime'):\n"
        "    folder = getattr(folders, kind)()\n"
        "    folder.mkdir(parents=True, exist_ok=True)\n"
        "    (folder / 'try').write_text('x')\n"
        "    print(folder)\n"
    )
    known = {name: value for name, value in os.environ.items() if name not in NAMES}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**known, **environment},
        cwd=cwd,
        check=True,
        capture_output=True,
        text=True,
    )
    return [Path(line) for line in done.stdout.splitlines()]


@pytest.fixture
def temporary() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="sg-", dir="/tmp"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"HOME": ""},
        {"HOME": "relative"},
        {"HOME": "~"},
        {"HOME": "/nonexistent"},
        {"HOME": "/"},
    ],
    ids=str,
)
def test_without_a_home_a_private_folder_takes_its_place(
    environment: dict[str, str], temporary: Path
) -> None:
    found = find_folders({**environment, "TMPDIR": str(temporary)}, temporary, strange=True)
    for folder in found:
        assert folder.is_relative_to(temporary), folder
        assert folder.is_dir()
    assert not (temporary / "~").exists()
    private = temporary / f"sfgen-of-{os.getuid()}"
    assert private.stat().st_mode & 0o777 == 0o700
    assert found == find_folders({**environment, "TMPDIR": str(temporary)}, temporary, strange=True)


def test_a_relative_xdg_folder_is_ignored(temporary: Path) -> None:
    relative = dict.fromkeys(NAMES[:4], "rel")
    found = find_folders({**relative, "HOME": str(temporary / "home")}, temporary)
    assert found[:3] == [
        temporary / f"home/{name}/sfgen" for name in (".cache", ".local/share", ".local/state")
    ]
    assert not (temporary / "rel").exists()


def test_absolute_xdg_folders_are_taken(temporary: Path) -> None:
    wanted = {name: str(temporary / name.lower()) for name in NAMES[:4]}
    (temporary / "xdg_runtime_dir").mkdir()
    found = find_folders({**wanted, "HOME": str(temporary)}, temporary)
    assert found == [temporary / name.lower() / "sfgen" for name in NAMES[:4]]


@pytest.mark.parametrize("kind", ["link", "open", "file", "foreign"])
def test_somebody_elses_folder_of_that_name_gets_nothing(
    kind: str, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = temporary / f"sfgen-of-{os.getuid()}"
    if kind == "link":
        (temporary / "trap").mkdir()
        known.symlink_to("trap")
    elif kind == "file":
        known.touch()
    else:
        known.mkdir(mode=0o700)
        if kind == "open":
            known.chmod(0o777)
        elif os.getuid() == 0:
            os.chown(known, 12345, 12345)
        else:
            pytest.skip("only root may give a folder away")
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    folders._private_folder.cache_clear()
    monkeypatch.setattr(folders, "find_home", lambda: None)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    found = folders.data()
    assert found.parent != known
    assert found.parent.stat().st_mode & 0o777 == 0o700
    folders._private_folder.cache_clear()
    shutil.rmtree(found.parent, ignore_errors=True)


@pytest.mark.parametrize(
    "words",
    [["init", "x", "--defaults"], ["check", "x"], ["test", "x"], ["deploy", "x", "-o", "local"]],
    ids=lambda words: words[0],
)
def test_commands_work_without_a_home(words: list[str], temporary: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "TMPDIR": str(temporary),
        "PYTHONDONTWRITEBYTECODE": "1",
    }

    def run(arguments: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [
                sys.executable,
                "-c",
                f"{STRANGER}\nfrom sfgen.cli import run\nraise SystemExit(run({arguments!r}))",
            ],
            env=environment,
            cwd=temporary,
            capture_output=True,
            text=True,
            check=False,
        )

    if words[0] != "init":
        assert run(["init", "x", "--defaults"]).returncode == 0
    done = run(words)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "bug in sfgen" not in done.stderr
