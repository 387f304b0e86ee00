"""Ctrl-C at any point: all of it ends, and nothing stays behind."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Seconds.
PATIENCE = 120
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or ""


@contextlib.contextmanager
def start(folder: Path, *arguments: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    """Start sfgen in a session of its own, with a folder of its own for temporary files."""
    folder.mkdir(exist_ok=True)
    own = {"TMPDIR": str(folder), "SFGEN_RUNTIME_DIR": str(folder.parent / "run")}
    with subprocess.Popen(
        [sys.executable, "-m", "sfgen", *arguments],
        cwd=folder.parent,
        env={**os.environ, **own, **more},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def wait_for(process: subprocess.Popen[str], words: str) -> None:
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(line)
        if words in line:
            return
    raise AssertionError("".join(said))


def interrupt(process: subprocess.Popen[str]) -> int:
    """Press Ctrl-C: each process at the terminal gets the signal."""
    os.killpg(process.pid, signal.SIGINT)
    rest, _ = process.communicate(timeout=PATIENCE)
    assert "Traceback" not in rest, rest
    return process.returncode


def list_session(leader: int) -> list[str]:
    """The command lines of the processes of a session that still live."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError):
            fields = (folder / "stat").read_text("utf-8").rpartition(")")[2].split()
            if int(fields[3]) == leader and fields[0] != "Z":
                found.append((folder / "cmdline").read_text("utf-8").replace("\0", " "))
    return found


def is_over(process: subprocess.Popen[str], folder: Path) -> None:
    """Assert that no process and no temporary file is left, once the browser's have ended."""
    end = time.monotonic() + PATIENCE
    while (left := list_session(process.pid)) and time.monotonic() < end:
        time.sleep(0.1)
    assert left == []
    ours = [path.name for path in folder.iterdir() if not path.name.startswith("org.chromium")]
    assert ours == []


@pytest.mark.skipif(not Path("/proc").exists(), reason="needs /proc")
def test_a_demo_that_shows_the_preview_ends_with_everything(tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    with start(folder, "demo", "--preview") as process:
        wait_for(process, "Ctrl-C ends it\n")
        assert any(path.name.startswith("sfgen-demo-") for path in folder.iterdir())
        assert interrupt(process) == 0
        is_over(process, folder)
    assert not list((tmp_path / "run").glob("*"))


@pytest.mark.browser
@pytest.mark.skipif(not Path("/proc").exists(), reason="needs /proc")
def test_a_look_without_a_window_ends_with_its_browser(tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(PATIENCE)
        browser = write_browser(tmp_path / "browser", silent.getsockname()[1])
        with start(folder, "demo", "--screenshot", "p.png", SFGEN_BROWSER=browser) as process:
            wait_for(process, "3. Open the preview")
            asking, _ = silent.accept()
            with asking:
                assert any("--headless" in line for line in list_session(process.pid))
                assert interrupt(process) == 130
            is_over(process, folder)
    assert not (tmp_path / "p.png").exists()


def write_browser(path: Path, port: int) -> str:
    """A browser that asks for its pages where nobody answers, so that the look never ends."""
    path.write_text(
        f'#!/bin/sh\nexec "{CHROMIUM}" --proxy-server=http://127.0.0.1:{port}'
        " '--proxy-bypass-list=<-loopback>' \"$@\"\n"
    )
    path.chmod(0o755)
    return str(path)
