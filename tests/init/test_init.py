from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pexpect
import pytest
from fixtures.json_documents import read_result

from sfgen.cli import run

if TYPE_CHECKING:
    from pathlib import Path


def start(
    arguments: list[str], folder: Path, **options: object
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sfgen", *arguments],
        cwd=folder,
        text=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
        **options,  # type: ignore[call-overload]
    )


def list_files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("init")
    result = start(["init", "--defaults"], folder)
    assert result.returncode == 0, result.stderr
    return folder / "pusher-messaging"


def test_defaults_write_a_whole_project(project: Path) -> None:
    assert (project / "sfdx-project.json").exists()
    assert (project / ".sfgen" / "answers.toml").exists()
    assert [item.name for item in project.parent.iterdir()] == ["pusher-messaging"]


def test_the_summary_names_the_next_three_commands(tmp_path: Path) -> None:
    result = start(["init", "--defaults", "texting"], tmp_path)
    assert result.stdout == ""
    for line in ("sfgen check texting", "sfgen preview texting", "sfgen deploy texting"):
        assert line in result.stderr
    assert max(map(len, result.stderr.splitlines())) <= 80


def test_a_second_run_changes_nothing(project: Path) -> None:
    before = {path: (project / path).stat().st_mtime_ns for path in list_files(project)}
    result = start(["init", "--defaults", "--json"], project.parent)
    assert result.returncode == 0, result.stderr
    assert read_result(result.stdout)["created"] == []
    assert {path: (project / path).stat().st_mtime_ns for path in list_files(project)} == before


def test_an_edited_file_is_never_overwritten(tmp_path: Path) -> None:
    start(["init", "--defaults", "p"], tmp_path)
    edited = tmp_path / "p" / ".prettierrc"
    edited.write_text("{}")
    result = start(["init", "--defaults", "p"], tmp_path)
    assert result.returncode == 1
    assert result.stderr.startswith("error: .prettierrc would be overwritten")
    assert edited.read_text() == "{}"


def test_an_existing_project_keeps_its_own_tooling(tmp_path: Path) -> None:
    (tmp_path / "sfdx-project.json").write_text("{}")
    result = start(["init", "--defaults", "--json", ".", "--set", "project_name=theirs"], tmp_path)
    assert result.returncode == 0, result.stderr
    # What going live needs is added to the project's file, and nothing else.
    assert list(json.loads((tmp_path / "sfdx-project.json").read_text())) == ["replacements"]
    assert not (tmp_path / "package.json").exists()
    assert (tmp_path / "force-app").is_dir()


def test_a_folder_full_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    result = start(["init", "--defaults", "."], tmp_path)
    assert result.returncode == 2
    assert "is not empty" in result.stderr
    assert [item.name for item in tmp_path.iterdir()] == ["thesis.txt"]


def test_dry_run_lists_the_files_and_writes_nothing(tmp_path: Path) -> None:
    result = start(["init", "--defaults", "--dry-run", "p"], tmp_path)
    assert "sfdx-project.json" in result.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["init", "--defaults", "--set", "prefix=class"],
        ["init", "--defaults", "--set", "prefix=" + "A" * 41],
        ["init", "--defaults", "--set", "prefix=A__b"],
        ["init", "--defaults", "--set", "prefix=A_"],
        ["init", "--defaults", "--set", "prefix=Pushér"],
        ["init", "--defaults", "--set", "prefix={{ x }}"],
        ["init", "--defaults", "--set", "package_dir=../evil"],
        ["init", "--defaults", "a'b"],
        ["init", "--defaults", "--set", "prefix"],
        ["init", "--defaults", "--answers", "missing.toml"],
        ["init"],
        ["init", "--nonsense"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_error_and_leaves_nothing(arguments: list[str], tmp_path: Path) -> None:
    result = start(arguments, tmp_path)
    assert result.returncode == 2
    assert result.stderr.count("error:") == 1
    assert "hint:" in result.stderr or "can't read" in result.stderr
    assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_answers_come_from_flags_then_environment_then_file(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        'prefix = "File"\nrecord_object = "Lead"\npusher_cluster = "eu"'
    )
    environment = {**os.environ, "SFGEN_PREFIX": "Env", "SFGEN_RECORD_OBJECT": "Case"}
    arguments = ["init", "p", "--defaults", "--json", "--answers", "a.toml", "--set", "prefix=Flag"]
    result = start(arguments, tmp_path, env=environment)
    answers = read_result(result.stdout)["answers"]
    assert (answers["prefix"], answers["record_object"], answers["pusher_cluster"]) == (
        "Flag",
        "Case",
        "eu",
    )


def test_prompts_ask_again_until_the_answer_is_valid(tmp_path: Path) -> None:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "sfgen", "init", "--answers", "a.toml"],
        cwd=str(tmp_path),
        encoding="utf-8",
        timeout=120,
    )
    child.expect("can't read")
    child.close()
    from sfgen.answers import QUESTIONS

    known = "\n".join(f'{q.name} = "{q.default}"' for q in QUESTIONS if q.name != "prefix")
    (tmp_path / "a.toml").write_text(known)
    child = pexpect.spawn(
        sys.executable,
        ["-m", "sfgen", "init", "--answers", "a.toml"],
        cwd=str(tmp_path),
        encoding="utf-8",
        timeout=120,
    )
    child.expect("Prefix of classes and components")
    child.sendline("class")
    child.expect("reserved word")
    child.expect("Prefix of classes and components")
    child.sendline("Texting")
    child.expect("Next:")
    child.wait()
    assert 'prefix = "Texting"' in (tmp_path / "pusher-messaging/.sfgen/answers.toml").read_text()


def test_version_loads_nothing_heavy() -> None:
    result = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "sfgen", "--version"],
        text=True,
        capture_output=True,
        check=True,
    )
    heavy = ("click", "jinja2", "lxml", "cookiecutter", "simple_salesforce", "requests", "rich")
    for module in heavy:
        assert f" {module}" not in result.stderr


def test_init_runs_without_jinja_once_the_pack_is_compiled(project: Path, tmp_path: Path) -> None:
    del project
    result = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "sfgen", "init", "--defaults"],
        cwd=tmp_path,
        text=True,
        capture_output=True,
        check=True,
    )
    for module in ("jinja2", "lxml", "cookiecutter", "simple_salesforce", "requests", "rich"):
        assert f" {module}" not in result.stderr


def test_a_bug_is_told_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sfgen.commands.init.load_pack", lambda folder: 1 / 0)
    assert run(["init", "--defaults", "/tmp/sfgen-never"]) == 3
    error = capsys.readouterr().err
    assert error.startswith("error: a bug in sfgen")
    assert "Traceback" not in error


def test_a_disk_that_takes_a_part_of_a_file_leaves_nothing(tmp_path: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    result = start(["init", "--defaults"], tmp_path, preexec_fn=limit)
    assert result.returncode == 1
    assert result.stderr.startswith("error: can't write")
    assert list(tmp_path.iterdir()) == []


def kill_after(delay: float, folder: Path, *target: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "sfgen", "init", "--defaults", *target],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait()


def run_timed(folder: Path, *target: str) -> float:
    """Run to the end; return the seconds it took, which the machine's load decides."""
    began = time.perf_counter()
    assert start(["init", "--defaults", *target], folder).returncode == 0
    return time.perf_counter() - began


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("place", ["new", "working-directory"])
def test_a_kill_leaves_a_whole_project_or_none(place: str, project: Path, tmp_path: Path) -> None:
    """100 kills between the start and the end of a run, half for each kind of target.

    A run is as long as the one before it; where that misleads, more kills follow until both
    outcomes have been seen.
    """
    whole = list_files(project)
    length = run_timed(tmp_path)
    chance = random.Random(7)  # noqa: S311 - a repeatable choice of moments
    outcomes = set()
    for number in range(200):
        if number >= 50 and len(outcomes) == 2:
            break
        folder = tmp_path / f"{place}{number}"
        target = folder / "pusher-messaging"
        delay = chance.uniform(0.3, 1.1 + max(0, number - 50) / 50) * length
        if place == "new":
            folder.mkdir()
            kill_after(delay, folder)
            outcomes.add(target.exists())
            if target.exists():
                assert list_files(target) == whole
            # A later run is not disturbed, and clears what the killed one left.
            length = run_timed(folder)
            assert [item.name for item in folder.iterdir()] == ["pusher-messaging"]
        else:
            target.mkdir(parents=True)
            kill_after(delay, target, ".")
            found = {path for path in list_files(target) if not path.startswith(".sfgen/stage")}
            outcomes.add(bool(found))
            length = run_timed(target, ".")
        assert list_files(target) == whole
        shutil.rmtree(folder)
    assert outcomes == {True, False}
