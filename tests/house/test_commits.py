"""The hooks of `.githooks`, as git runs them: golden trees in their template's commit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    clean = {key: text for key, text in os.environ.items() if not key.startswith("GIT_")}
    given = ["git", "-c", "user.name=sfgen", "-c", "user.email=sfgen@example.com", *words]
    return subprocess.run(given, cwd=folder, capture_output=True, text=True, check=False, env=clean)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of this work tree's files, with the hooks on and this Python in its `.venv`."""
    folder = tmp_path_factory.mktemp("hooks") / "clone"
    listed = git(ROOT, "ls-files", "-z").stdout
    packed = ["tar", "--null", "--files-from=-", "--create", "--file=-"]
    files = subprocess.run(packed, cwd=ROOT, input=listed.encode(), capture_output=True, check=True)
    folder.mkdir()
    subprocess.run(["tar", "--extract"], cwd=folder, input=files.stdout, check=True)
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    assert git(folder, "commit", "-q", "-m", "tests: what the hooks are tried on").returncode == 0
    git(folder, "config", "core.hooksPath", ".githooks")
    return folder


def test_a_template_without_its_golden_trees_is_refused(clone: Path) -> None:
    (readme,) = (clone / "templates" / "pusher").glob("*/README.md")
    before = readme.read_text(encoding="utf-8")
    readme.write_text(f"{before}\nMore.\n", encoding="utf-8")
    git(clone, "add", "-A")
    # What stands beside the index doesn't count: the commit would hold the changed one.
    readme.write_text(before, encoding="utf-8")
    refused = git(clone, "commit", "-m", "project: says more")
    assert refused.returncode != 0
    assert "golden trees are not what the staged templates give" in refused.stderr
    git(clone, "reset", "-q", "--hard")


def test_a_commit_beside_the_templates_is_not_held_up(clone: Path) -> None:
    (clone / "docs" / "aside.md").write_text("Aside.\n", encoding="utf-8")
    git(clone, "add", "-A")
    assert git(clone, "commit", "-q", "-m", "docs: an aside").returncode == 0


@pytest.mark.parametrize("subject", ["Fixed things", "docs:", "docs says more", "WIP"])
def test_a_subject_without_its_area_is_refused(clone: Path, subject: str) -> None:
    refused = git(clone, "commit", "--allow-empty", "-m", subject)
    assert refused.returncode != 0
    assert "area: what it does" in refused.stderr
