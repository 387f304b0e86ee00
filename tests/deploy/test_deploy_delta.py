from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from fixtures.small_project import DEFAULT, everything, one_class

from sfgen.cli import run

if TYPE_CHECKING:
    from pathlib import Path

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
    shown = json.loads(capsys.readouterr().out)["deploys"][0]
    # The class, the object's field with its object's row, and two deletions.
    assert shown["components"]["total"] <= 5
    metadata = local_folder / "metadata"
    assert "<label>Remark" in (metadata / "objects/Invoice__c.object").read_text()
    assert "<pluralLabel>" in (metadata / "objects/Invoice__c.object").read_text()
    assert (metadata / "classes/Fresh.cls").exists()
    assert not (metadata / "classes/Words.cls").exists()
    assert "Tier__c" not in (metadata / "objects/Account.object").read_text()


def test_nothing_changed_is_said_and_nothing_is_sent(repository: Path, capsys: CAPTURE) -> None:
    assert deploy(repository, "--since", "HEAD") == 1
    assert "nothing to deploy" in capsys.readouterr().err


def test_a_revision_that_is_none_is_wrong_usage(repository: Path, capsys: CAPTURE) -> None:
    assert deploy(repository, "--since", "no-such-branch") == 2
    assert "--since" in capsys.readouterr().err


def test_outside_of_git_it_is_wrong_usage(tmp_path: Path, capsys: CAPTURE) -> None:
    assert deploy(one_class(tmp_path / "p"), "--since", "HEAD") == 2
    assert "git" in capsys.readouterr().err
