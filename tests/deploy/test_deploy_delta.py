from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fixtures.json_documents import read_result
from fixtures.small_project import DEFAULT, everything, one_class

from sfgen.cli import run

CAPTURE = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def local_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SFGEN_LOCAL_ORG", str(tmp_path / "local-org"))
    return tmp_path / "local-org"


def git(root: Path, *words: str) -> None:
    who = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    top = tmp_path / "repository"
    top.mkdir()
    root = everything(top / "project")
    git(top, "init", "-q")
    git(top, "add", ".")
    git(top, "commit", "-q", "-m", "all")
    return root


def deploy(root: Path, *more: str) -> int:
    return run(["deploy", str(root), "--target-org", "local", "--json", *more])


def test_only_what_changed_goes_and_what_is_gone_goes_too(
    repository: Path, local_folder: Path, capsys: CAPTURE
) -> None:
    assert deploy(repository) == 0
    source = repository / DEFAULT
    field = source / "objects/Invoice__c/fields/Note__c.field-meta.xml"
    field.write_text(field.read_text().replace("<label>Note", "<label>Remark"))
    (source / "classes/text/Words.cls").unlink()
    (source / "classes/text/Words.cls-meta.xml").unlink()
    (source / "objects/Account/fields/Tier__c.field-meta.xml").unlink()
    one_class_files = one_class(repository.parent / "other") / DEFAULT / "classes"
    for path in one_class_files.iterdir():
        path.rename(source / "classes" / path.name.replace("Greeter", "Fresh"))
    fresh = source / "classes/Fresh.cls"
    fresh.write_text(fresh.read_text().replace("Greeter", "Fresh"))
    capsys.readouterr()
    assert deploy(repository, "--since", "HEAD") == 0
    shown = read_result(capsys.readouterr().out)["deploys"][0]
    # The class, the object's field with its object's row, and two deletions.
    assert shown["components"]["total"] <= 5
    metadata = local_folder / "metadata"
    assert "<label>Remark" in (metadata / "objects/Invoice__c.object").read_text()
    assert "<pluralLabel>" in (metadata / "objects/Invoice__c.object").read_text()
    assert (metadata / "classes/Fresh.cls").exists()
    assert not (metadata / "classes/Words.cls").exists()
    assert "Tier__c" not in (metadata / "objects/Account.object").read_text()


def test_nothing_changed_is_said_and_nothing_is_sent(repository: Path, capsys: CAPTURE) -> None:
    assert deploy(repository, "--since", "HEAD") == 2
    assert "nothing to deploy" in capsys.readouterr().err


def test_a_revision_that_is_none_is_wrong_usage(repository: Path, capsys: CAPTURE) -> None:
    assert deploy(repository, "--since", "no-such-branch") == 2
    assert "--since" in capsys.readouterr().err


def test_outside_of_git_it_is_wrong_usage(tmp_path: Path, capsys: CAPTURE) -> None:
    assert deploy(one_class(tmp_path / "p"), "--since", "HEAD") == 2
    assert "git" in capsys.readouterr().err


def test_git_ends_with_the_command_that_waits_for_it(tmp_path: Path) -> None:
    root = one_class(tmp_path / "p")
    tools, told = tmp_path / "tools", tmp_path / "told"
    tools.mkdir()
    script = f'#!/bin/sh\nsleep 300 &\necho $! > "{told}.new"\nmv "{told}.new" "{told}"\nwait\n'
    (tools / "git").write_text(script)
    (tools / "git").chmod(0o755)
    process = subprocess.Popen(
        [sys.executable, "-m", "sfgen", "deploy", str(root), "-o", "local", "--since", "HEAD"],
        env={**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"},
        stderr=subprocess.PIPE,
        text=True,
    )
    while not told.exists():
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    _, shown = process.communicate(timeout=60)
    assert process.returncode == 128 + signal.SIGTERM, shown
    assert not is_running(int(told.read_text()))


def is_running(number: int) -> bool:
    """Say whether a process is there within two seconds still; a zombie is not."""
    stat = Path(f"/proc/{number}/stat")
    for _ in range(100):
        try:
            if stat.read_text().rpartition(")")[2].split()[0] == "Z":
                return False
        except OSError:
            return False
        time.sleep(0.02)
    return True


def test_names_that_are_no_utf_8_disturb_nothing(repository: Path, capsys: CAPTURE) -> None:
    os.close(os.open(os.fsencode(repository) + b"/caf\xe9.txt", os.O_CREAT))
    assert deploy(repository, "--since", "HEAD") == 2
    assert "nothing to deploy" in capsys.readouterr().err
