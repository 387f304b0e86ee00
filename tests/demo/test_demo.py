from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fixtures.json_documents import read_result

from sfgen.commands.outputs import name_program


def start(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sfgen", "demo", *arguments],
        cwd=folder,
        text=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def test_the_demo_writes_and_deploys_an_example_with_no_account(tmp_path: Path) -> None:
    done = start("--directory", "texting", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "texting" / "sfdx-project.json").exists()
    assert "local: Succeeded" in done.stdout
    assert "complete and deploys" in done.stderr
    assert "sfgen preview texting" in done.stderr
    assert done.stderr.count("Next:") == 1


def test_the_next_commands_run_as_they_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setattr("sys.argv", [".venv/bin/sfgen", "demo"])
    assert name_program() == ".venv/bin/sfgen"
    monkeypatch.setattr("shutil.which", lambda _name: "/usr/bin/sfgen")
    assert name_program() == "sfgen"


def test_the_demo_tells_its_result_as_json(tmp_path: Path) -> None:
    done = start("--json", "--directory", "texting", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert read_result(done.stdout)["deployed"] is True


def test_a_demo_leaves_the_users_local_org_alone(tmp_path: Path) -> None:
    # The two examples' classes of one name don't go together in one org.
    for example in ("texting", "my-event"):
        done = start("--directory", example, "--example", example, folder=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
    assert not (Path(os.environ["XDG_DATA_HOME"]) / "sfgen" / "local-org" / "metadata").exists()


def test_an_example_that_does_not_exist_is_refused_with_the_names(tmp_path: Path) -> None:
    done = start("--example", "nothing", folder=tmp_path)
    assert done.returncode == 2
    assert "the examples are bridge-only, direct-lwc, encrypted" in done.stderr


@pytest.mark.browser
def test_the_demo_ends_in_a_picture_of_the_preview(tmp_path: Path) -> None:
    done = start("--directory", "texting", "--screenshot", "p.png", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "p.png").read_bytes().startswith(b"\x89PNG")
