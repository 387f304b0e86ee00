from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sfgen.cli import run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def make_project(folder: Path, **settings: object) -> Path:
    directories = [{"path": "legacy"}, {"path": "./src-app/", "default": True}]
    data = {"packageDirectories": directories, "sourceApiVersion": "64.0", **settings}
    (folder / "sfdx-project.json").write_text(json.dumps(data))
    for name in ("legacy", "src-app"):
        (folder / name).mkdir()
    return folder


def read_answers(folder: Path) -> str:
    return (folder / ".sfgen" / "answers.toml").read_text()


def test_the_integration_goes_where_the_project_keeps_its_source(tmp_path: Path) -> None:
    project = make_project(tmp_path, namespace="acme")
    assert run(["init", "--defaults", str(project), "--set", "project_name=theirs"]) == 0
    assert (project / "src-app/main/pusher/shared/classes/PusherSettings.cls").exists()
    assert not (project / "force-app").exists()
    for line in ('package_dir = "src-app"', 'api_version = "64.0"', 'namespace = "acme"'):
        assert line in read_answers(project)
    assert run(["check", "--fast", str(project)]) == 0


def test_what_is_answered_wins_over_what_the_project_says(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    pairs = ("project_name=theirs", "package_dir=legacy", "api_version=62.0")
    arguments = [part for pair in pairs for part in ("--set", pair)]
    assert run(["init", "--defaults", str(project), *arguments]) == 0
    assert 'api_version = "62.0"' in read_answers(project)
    assert (project / "legacy/main").is_dir()


def test_a_second_run_in_somebodys_project_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = make_project(tmp_path)
    arguments = ["init", "--defaults", "--json", str(project), "--set", "project_name=theirs"]
    assert run(arguments) == 0
    capsys.readouterr()
    assert run(arguments) == 0
    assert json.loads(capsys.readouterr().out)["created"] == []
    assert not (project / "package.json").exists()


def test_a_folder_that_is_no_package_directory_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = make_project(tmp_path)
    assert run(["init", "--defaults", str(project), "--set", "package_dir=force-app"]) == 2
    assert "it has src-app, legacy" in capsys.readouterr().err


def test_a_project_of_an_older_api_version_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = make_project(tmp_path, sourceApiVersion="55.0")
    assert run(["init", "--defaults", str(project)]) == 2
    assert "61.0 is the least" in capsys.readouterr().err
    assert not (project / ".sfgen").exists()
