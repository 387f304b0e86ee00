"""Whatever a project or a machine is like: one error line, an exit code, never a trace."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from fixtures.small_project import DEFAULT, class_meta, one_class

from sfgen.cli import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CAPTURE = pytest.CaptureFixture[str]
CLASSES = f"{DEFAULT}/classes"


def configure(root: Path, **changed: object) -> None:
    path = root / "sfdx-project.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changed}))


def replace(root: Path, **entry: object) -> None:
    configure(root, replacements=[{"filename": "a", "replaceWithEnv": "B", **entry}])


def add_class(root: Path, name: str) -> Path:
    (root / CLASSES / f"{name}.cls-meta.xml").write_text(class_meta())
    return root / CLASSES / f"{name}.cls"


def swap_for_folder(root: Path) -> None:
    (root / CLASSES / "Greeter.cls").unlink()
    (root / CLASSES / "Greeter.cls").mkdir()


def swap_for_file(root: Path) -> None:
    shutil.rmtree(root / "force-app")
    (root / "force-app").write_text("x")


#: What is done to a sound project of one class, and a part of what is then said.
BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "no project": (lambda root: (root / "sfdx-project.json").unlink(), "is not an SFDX project"),
    "a folder for the project file": (
        lambda root: ((root / "sfdx-project.json").unlink(), (root / "sfdx-project.json").mkdir()),
        "can't be read",
    ),
    "bytes": (lambda root: (root / "sfdx-project.json").write_bytes(b"\xff\xfe"), "can't be read"),
    "half a file": (lambda root: (root / "sfdx-project.json").write_text("{"), "malformed JSON"),
    "a list": (lambda root: (root / "sfdx-project.json").write_text("[]"), "a JSON object"),
    "a number for the version": (lambda root: configure(root, sourceApiVersion=68.0), "as text"),
    "no directories": (lambda root: configure(root, packageDirectories={}), "packageDirectories"),
    "a file for the directory": (swap_for_file, "does not exist"),
    "a text for replacements": (lambda root: configure(root, replacements="x"), "replacements"),
    "a malformed expression": (lambda root: replace(root, regexToReplace="("), "regexToReplace"),
    "odd conditions": (
        lambda root: replace(root, stringToReplace="a", replaceWhenEnv=["x"]),
        "replaceWhenEnv",
    ),
    "ignore bytes": (lambda root: (root / ".forceignore").write_bytes(b"\xff["), "can't be read"),
    "a dangling link": (
        lambda root: add_class(root, "Gone").symlink_to(root / "nowhere"),
        "the link leads nowhere",
    ),
    "a link to itself": (
        lambda root: (root / CLASSES / "up").symlink_to(root / CLASSES / "up"),
        "the link leads nowhere",
    ),
    "a link to a folder above": (
        lambda root: (root / CLASSES / "up").symlink_to(root / "force-app"),
        "leads back to a folder above",
    ),
    "a pipe": (lambda root: os.mkfifo(add_class(root, "Pipe")), "neither a file nor a folder"),
    "a name in no alphabet": (
        lambda root: open(os.fsencode(root / CLASSES) + b"/a\xff.cls", "w").close(),  # noqa: PTH123 - no Path has such a name
        "not UTF-8",
    ),
    "a folder for a class": (swap_for_folder, "missing"),
    "an Apex file of bytes": (
        lambda root: (root / CLASSES / "Greeter.cls").write_bytes(b"\xff\xfeclass"),
        "Greeter.cls",
    ),
}


@pytest.mark.parametrize("command", ["check", "deploy"])
@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_project_is_told_in_words(
    tmp_path: Path, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch, name: str, command: str
) -> None:
    monkeypatch.setenv("SFGEN_LOCAL_ORG", str(tmp_path / "org"))
    root = one_class(tmp_path / "p")
    act, said = BROKEN[name]
    act(root)
    options = ["--fast"] if command == "check" else ["-o", "local", "--dry-run"]
    code = run([command, str(root), *options])
    shown = capsys.readouterr()
    assert said in shown.out + shown.err
    assert shown.err.count("error:") <= 1
    # A file that can't be used is a finding; a project that can't be read is not started with.
    assert code == (2 if "error:" in shown.err else 1)
    assert "a bug in sfgen" not in shown.err


def test_a_test_run_names_a_file_whose_name_is_no_text(tmp_path: Path, capsys: CAPTURE) -> None:
    root = one_class(tmp_path / "p")
    act, said = BROKEN["a name in no alphabet"]
    act(root)
    assert run(["test", str(root)]) == 2
    shown = capsys.readouterr().err
    assert said in shown
    assert shown.count("error:") == 1
    assert "a bug in sfgen" not in shown


@pytest.mark.parametrize("command", ["check", "deploy"])
@pytest.mark.parametrize("report", ["--junit", "--sarif"])
def test_a_report_that_cannot_be_written_is_known_before_the_work(
    tmp_path: Path, capsys: CAPTURE, command: str, report: str
) -> None:
    root = one_class(tmp_path / "p")
    for path in (tmp_path / "nowhere" / "x.xml", tmp_path):
        assert run([command, str(root), report, str(path)]) == 2
        assert capsys.readouterr().err.count("error:") == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a disk that is full")  # noqa: PTH110 - a device
def test_a_full_disk_is_no_bug(tmp_path: Path, capsys: CAPTURE) -> None:
    root = one_class(tmp_path / "p")
    assert run(["check", str(root), "--fast", "--junit", "/dev/full"]) == 1
    assert "error: the disk is full" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["{", "{}", "[]", '{"organization": 1}'])
def test_a_local_org_of_other_make_is_told(
    tmp_path: Path, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("SFGEN_LOCAL_ORG", str(tmp_path))
    (tmp_path / "org.json").write_text(text)
    root = one_class(tmp_path / "p")
    assert run(["deploy", str(root), "-o", "local"]) == 2
    shown = capsys.readouterr().err
    assert "error: the local org in" in shown
    assert "hint: delete" in shown


def test_a_bug_is_told_even_where_no_trace_can_be_written(
    tmp_path: Path, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sfgen.project.read_project", lambda *_: 1 / 0)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    assert run(["check", str(tmp_path), "--fast"]) == 3
    assert "no trace could be written: ZeroDivisionError" in capsys.readouterr().err


def test_a_check_that_is_interrupted_says_so(tmp_path: Path) -> None:
    root = one_class(tmp_path / "p")
    java = tmp_path / "java"
    java.write_text(
        '#!/bin/sh\n[ "$1" = -version ] && echo \'openjdk version "17.0.1"\' >&2 && exit 0\n'
        f"touch '{tmp_path}/started'\nexec sleep 60\n"
    )
    java.chmod(0o755)
    (tmp_path / "apex-ls_2.13-6.0.2.jar").touch()
    environment = {
        **{name: value for name, value in os.environ.items() if name != "JAVA_HOME"},
        "PATH": f"{tmp_path}:/usr/bin:/bin",
        "SFGEN_APEX_LS": str(tmp_path),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "sfgen", "check", str(root)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    end = time.monotonic() + 120
    while not (tmp_path / "started").exists() and time.monotonic() < end:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert (process.returncode, said.strip()) == (130, "interrupted")
