"""Every command ends on a signal, at whatever moment it comes, and leaves nothing behind.

pytest tests/signals --signals 20     twenty moments for each command and signal
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import pytest

SIGNALS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
#: Names below the temporary folder that are kept on purpose: the system's, and the private folder.
KEPT = ("hsperfdata_", "node-compile-cache", ".com.google", "dconf")

LONG_TEST = """@IsTest
private class LongTest%s {
    @IsTest
    static void takesLong() {
        Integer total = 0;
        for (Integer i = 0; i < 3000000; i++) {
            total += i;
        }
        System.assert(total != 0);
    }
}
"""
META = (
    '<?xml version="1.0" encoding="UTF-8"?><ApexClass xmlns="http://soap.sforce.com/2006/04/metadata">'
    "<apiVersion>66.0</apiVersion><status>Active</status></ApexClass>"
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("signals") / "p"
    command = [sys.executable, "-m", "sfgen", "init", str(folder), "--defaults"]
    subprocess.run(command, check=True, capture_output=True)
    classes = folder / "force-app/main/pusher/shared/classes"
    for number in range(4):
        (classes / f"LongTest{number}.cls").write_text(LONG_TEST % number)
        (classes / f"LongTest{number}.cls-meta.xml").write_text(META)
    (folder / "node_modules").symlink_to(Path(__file__).parents[2] / "node_modules")
    return folder


def commands(project: Path, scratch: Path) -> dict[str, tuple[list[str], float]]:
    """Each command with the seconds within which a signal shall come."""
    return {
        "init": (["init", str(scratch / "new"), "--defaults"], 1.0),
        "check": (["check", str(project)], 12.0),
        "test": (["test", str(project), "--processes", "3"], 5.0),
        "preview": (["preview", str(project), "--port", "0", "--no-open"], 6.0),
        "headless": (["preview", str(project), "--headless"], 12.0),
        "deploy": (["deploy", str(project), "--target-org", "local"], 5.0),
    }


NAMES = ("init", "check", "test", "preview", "headless", "deploy")


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("number", SIGNALS, ids=lambda each: signal.Signals(each).name)
@pytest.mark.parametrize("name", NAMES)
def test_a_signal_ends_a_command_and_all_that_it_made(
    project: Path, name: str, number: signal.Signals, request: pytest.FixtureRequest
) -> None:
    chance = random.Random(f"{name}{number}")  # noqa: S311 - repeatable moments
    for _ in range(request.config.getoption("--signals")):
        scratch = Path(tempfile.mkdtemp(prefix="sg-", dir="/tmp"))
        try:
            words, seconds = commands(project, scratch)[name]
            check_one(words, number, chance.uniform(0.25, seconds), scratch, name)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def check_one(words: list[str], number: int, delay: float, scratch: Path, name: str) -> None:
    mark = uuid.uuid4().hex
    temporary, runtime = scratch / "t", scratch / "r"
    temporary.mkdir()
    runtime.mkdir()
    environment = {
        **os.environ,
        "SFGEN_TEST_MARK": mark,
        "TMPDIR": str(temporary),
        "SFGEN_RUNTIME_DIR": str(runtime),
        "SFGEN_LOCAL_ORG": str(scratch / "org"),
        "XDG_DATA_HOME": str(scratch / "data"),
        "XDG_STATE_HOME": str(scratch / "state"),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "sfgen", *words],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    time.sleep(delay)
    process.send_signal(number)
    out, _ = process.communicate(timeout=60)  # whoever holds its output keeps us waiting
    told = f"{name}, {signal.Signals(number).name} after {delay:.2f} s: {process.returncode}\n{out}"
    # One that was done before, or had not begun, is no failure; Ctrl-C is a server's usual end.
    assert process.returncode in {128 + number, -number, 0, 1}, told
    if process.returncode in {0, 1}:
        assert "interrupted" not in out, told
    assert "Traceback" not in out, told
    assert "bug in sfgen" not in out, told
    assert wait_for_end(mark) == [], told
    left = [path.name for path in temporary.iterdir() if not path.name.startswith(KEPT)]
    assert left == [], told
    assert list(runtime.iterdir()) == [], told


def wait_for_end(mark: str) -> list[str]:
    """Name the processes of a run that are still there after two seconds."""
    deadline = time.monotonic() + 2
    while (found := marked(mark)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def marked(mark: str) -> list[str]:
    return [told for folder in Path("/proc").glob("[0-9]*") if (told := describe(folder, mark))]


def describe(folder: Path, mark: str) -> str:
    """Return a running process's command line, if it has the mark in its environment."""
    try:
        mine = mark.encode() in (folder / "environ").read_bytes()
        state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
        line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()[:120]
    except OSError:
        return ""
    return line if mine and state != "Z" else ""


def test_workers_end_when_their_parent_is_killed(project: Path) -> None:
    """Nobody can heed SIGKILL: the workers have to see that the parent is gone."""
    mark = uuid.uuid4().hex
    process = subprocess.Popen(
        [sys.executable, "-m", "sfgen", "test", str(project), "--processes", "3"],
        env={**os.environ, "SFGEN_TEST_MARK": mark},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    deadline = time.monotonic() + 60
    while len(marked(mark)) < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(marked(mark)) == 3
    process.kill()
    process.communicate(timeout=20)
    deadline = time.monotonic() + 10
    while marked(mark) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert marked(mark) == []


def test_a_signal_that_is_ignored_stays_so(project: Path) -> None:
    """nohup is a promise."""
    words = ["nohup", sys.executable, "-m", "sfgen", "check", "--fast", str(project)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    time.sleep(1)
    process.send_signal(signal.SIGHUP)
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0, out
