"""A project may be somebody else's repository: sfgen reads its ``.sfgen/`` as it reads any input."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sfgen import folders
from sfgen.cli import run
from sfgen.errors import ProjectError, SfgenError
from sfgen.render import RenderedFile
from sfgen.write import add_to_project, find_conflicts, finish_interrupted, pending_files, staging

PROJECT = json.dumps(
    {"packageDirectories": [{"path": "force-app", "default": True}], "sourceApiVersion": "68.0"}
)
Shell = tuple[Path, Path]


@pytest.fixture(autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


@pytest.fixture
def place(tmp_path: Path) -> Shell:
    """A hostile repository below a folder that holds what nobody may touch."""
    outside, victim = tmp_path / "outside", tmp_path / "a/b/victim"
    (outside / "stage").mkdir(parents=True)
    (outside / "stage/file").write_text("precious")
    (tmp_path / "payload").write_text("precious")
    (victim / "force-app").mkdir(parents=True)
    (victim / "sfdx-project.json").write_text(PROJECT)
    return victim, outside


def state_of(folder: Path) -> dict[str, tuple[str, bytes | str]]:
    """Every name below a folder, with what it is and what it holds."""
    found: dict[str, tuple[str, bytes | str]] = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = ("link", str(path.readlink()))
        elif path.is_file():
            found[name] = ("file", path.read_bytes())
        else:
            found[name] = ("folder", "")
    return found


def outside_of(victim: Path) -> dict[str, tuple[str, bytes | str]]:
    root = victim.parents[2]
    return {k: v for k, v in state_of(root).items() if not k.startswith("a/b/victim/")}


@pytest.mark.parametrize(
    "path",
    [
        "../../../payload",
        "/etc/sfgen-payload",
        "a/../../../../payload",
        "..",
        ".git/hooks/pre-push",
    ],
)
@pytest.mark.parametrize("arguments", [["--dry-run"], []])
def test_a_projects_own_journal_is_nobodys_word(
    place: Shell, path: str, arguments: list[str]
) -> None:
    victim, _ = place
    (victim / ".sfgen/stage/files").mkdir(parents=True)
    (victim / "payload").write_text("evil")
    (victim / ".sfgen/stage/journal.json").write_text(json.dumps([path]))
    before = outside_of(victim)
    assert run(["init", str(victim), "--defaults", *arguments]) == 0
    assert outside_of(victim) == before
    assert (victim / "payload").read_text() == "evil"
    assert not (victim / ".git").exists()


@pytest.mark.parametrize("arguments", [["--dry-run"], ["--dry-run", "--json"]])
def test_a_dry_run_changes_nothing_at_all(place: Shell, arguments: list[str]) -> None:
    victim, _ = place
    (victim / ".sfgen/stage/files").mkdir(parents=True)
    (victim / ".sfgen/stage/files/sfdx-project.json").write_text("{}")
    before = state_of(victim.parents[2])
    assert run(["init", str(victim), "--defaults", *arguments]) == 0
    assert state_of(victim.parents[2]) == before


def test_a_dry_run_through_a_link_changes_nothing_at_all(place: Shell) -> None:
    victim, _ = place
    (victim / ".sfgen").symlink_to("../../../outside")
    before = state_of(victim.parents[2])
    assert run(["init", str(victim), "--defaults", "--dry-run"]) == 1  # as the real run would
    assert state_of(victim.parents[2]) == before


@pytest.mark.parametrize(
    "link",
    [
        ".sfgen",
        "force-app",
        "force-app/main",
        "force-app/main/pusher/shared/classes",
        "force-app/main/pusher/conversations/lwc/pusherChat",
    ],
)
@pytest.mark.parametrize("to", ["outside", "nowhere", "inside/.git", "inside/.git/hooks"])
def test_a_link_out_of_the_project_is_refused(
    place: Shell, link: str, to: str, capsys: pytest.CaptureFixture[str]
) -> None:
    victim, outside = place
    (victim / ".git/hooks").mkdir(parents=True)
    goals = {"outside": outside, "nowhere": outside / "new", "inside/.git": victim / ".git"}
    shutil.rmtree(victim / link, ignore_errors=True)
    (victim / link).parent.mkdir(parents=True, exist_ok=True)
    (victim / link).symlink_to(goals.get(to, victim / ".git/hooks"))
    before = state_of(victim.parents[2])
    code = run(["init", str(victim), "--defaults"])
    after = state_of(victim.parents[2])
    assert code == 1
    assert "link out of the project" in capsys.readouterr().err
    assert after == before


@pytest.mark.parametrize("kind", ["link", "dangling", "fifo", "folder"])
@pytest.mark.parametrize("path", [".sfgen/lock.json", ".sfgen/answers.toml", "CLASS"])
def test_what_is_no_plain_file_is_not_written_over(
    place: Shell, kind: str, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    victim, outside = place
    path = path.replace("CLASS", "force-app/main/pusher/shared/classes/PusherSettings.cls")
    target = victim / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if kind == "fifo":
        os.mkfifo(target)
    elif kind == "folder":
        target.mkdir()
    else:
        target.symlink_to(outside / ("stage/file" if kind == "link" else "new"))
    before = outside_of(victim)
    assert run(["init", str(victim), "--defaults"]) == 1
    assert outside_of(victim) == before
    assert "nothing was written" in capsys.readouterr().err
    assert not (victim / "force-app/main/pusher/bridge").exists()


def test_a_link_inside_the_project_is_the_teams_own(place: Shell) -> None:
    victim, _ = place
    (victim / "force-app").rmdir()
    (victim / "packages/core").mkdir(parents=True)
    (victim / "force-app").symlink_to("packages/core")
    assert run(["init", str(victim), "--defaults"]) == 0
    assert (victim / "packages/core/main/pusher/shared/classes/PusherSettings.cls").is_file()
    assert (victim / "force-app").is_symlink()
    assert run(["init", str(victim), "--defaults"]) == 0


def test_the_pipeline_goes_through_no_link(place: Shell) -> None:
    victim, outside = place
    (victim / ".github").symlink_to(outside)
    before = outside_of(victim)
    assert run(["ci", "github", str(victim), "--install-from", "sfgen==1.2.0"]) == 1
    assert outside_of(victim) == before


@pytest.mark.parametrize(
    "saved", ["link", "fifo", b"\xff\xfe", b"[" * 100_000, b"prefix = 1", b"x"]
)
def test_the_answers_of_a_project_are_read_as_input(
    place: Shell, saved: str | bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    victim, outside = place
    (victim / ".sfgen").mkdir()
    answers = victim / ".sfgen/answers.toml"
    if isinstance(saved, bytes):
        answers.write_bytes(saved)
    elif saved == "fifo":
        os.mkfifo(answers)
    else:
        (outside / "answers.toml").write_text('prefix = "Stolen"')
        answers.symlink_to(outside / "answers.toml")
    code = run(["ci", "github", str(victim), "--install-from", "sfgen==1.2.0"])
    error = capsys.readouterr().err
    assert code == (0 if isinstance(saved, str) else code)
    assert code in {0, 1, 2}
    assert "Traceback" not in error
    assert "Stolen" not in (
        (victim / ".github/workflows/salesforce.yml").read_text() if not code else ""
    )


def test_a_folder_that_becomes_a_link_meanwhile_is_not_followed(
    place: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the write, as another user of a shared folder could do it."""
    victim, outside = place
    (victim / "force-app/main").mkdir()
    write = staging.write_journal

    def swap(root: Path, moves: object) -> None:
        write(root, moves)  # type: ignore[arg-type]
        shutil.rmtree(victim / "force-app")
        (victim / "force-app").symlink_to(outside)

    monkeypatch.setattr(staging, "write_journal", swap)
    with pytest.raises(ProjectError):
        add_to_project(victim, [RenderedFile("force-app/main/a.cls", b"x")])
    assert sorted(path.name for path in outside.iterdir()) == ["stage"]


def broken_off(victim: Path, files: list[RenderedFile], monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop a write after its journal, as a kill does."""
    with monkeypatch.context() as patched:
        patched.setattr(staging, "_put_in_place", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            add_to_project(victim, files)


FILES = [RenderedFile("force-app/a.cls", b"ours"), RenderedFile("b.txt", b"ours too")]


def test_a_killed_write_is_finished_by_the_next(
    place: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim, _ = place
    broken_off(victim, FILES, monkeypatch)
    assert set(pending_files(victim)) == {"force-app/a.cls", "b.txt"}
    assert not (victim / "b.txt").exists()
    assert finish_interrupted(victim)
    assert (victim / "force-app/a.cls").read_bytes() == b"ours"
    assert not (victim / ".sfgen").exists()
    assert not finish_interrupted(victim)


def test_what_a_killed_write_staged_and_somebody_changed_is_not_moved(
    place: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim, outside = place
    broken_off(victim, FILES, monkeypatch)
    (victim / ".sfgen/stage/files/b.txt").write_bytes(b"evil")
    staged = victim / ".sfgen/stage/files/force-app/a.cls"
    staged.unlink()
    staged.symlink_to(outside / "stage/file")
    finish_interrupted(victim)
    assert not (victim / "b.txt").exists()
    assert not (victim / "force-app/a.cls").exists()


def test_what_the_user_made_since_a_kill_is_kept(
    place: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim, _ = place
    broken_off(victim, FILES, monkeypatch)
    (victim / "b.txt").write_text("mine")
    finish_interrupted(victim)
    assert (victim / "b.txt").read_text() == "mine"
    assert (victim / "force-app/a.cls").read_bytes() == b"ours"


def test_a_damaged_journal_is_as_good_as_none(
    place: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim, _ = place
    broken_off(victim, FILES, monkeypatch)
    (journal,) = (folders.state() / "writing").glob("*.json")
    data = bytearray(journal.read_bytes())
    data[len(data) // 2] ^= 1
    journal.write_bytes(data)
    assert pending_files(victim) == ()
    assert add_to_project(victim, FILES).created == ("force-app/a.cls", "b.txt")


def test_two_writes_into_one_project_do_not_mix(place: Shell) -> None:
    victim, _ = place
    script = (
        "import sys, pathlib\nfrom sfgen.write.folder import Project\n"
        "held = Project(pathlib.Path(sys.argv[1]))\nassert held.folder.lock()\n"
        "print('held', flush=True)\nsys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(victim)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(SfgenError, match="another sfgen is writing"):
            add_to_project(victim, FILES)
        assert state_of(victim).keys() == {"force-app", "sfdx-project.json"}
        other.communicate("")
    assert len(add_to_project(victim, FILES).created) == 2


def test_eight_inits_at_once_leave_one_whole_project(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sfgen", "init", "many", "--defaults"]
    runs = [
        subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    said = [(one.communicate()[1], one.returncode) for one in runs]
    assert any(code == 0 for _, code in said)
    for text, code in said:
        assert code in {0, 1}
        assert code == 0 or "another sfgen" in text, text
    assert [path.name for path in tmp_path.iterdir()] == ["many"]
    assert run(["check", "--fast", str(tmp_path / "many")]) == 0


def test_what_is_read_of_a_project_is_bounded(place: Shell) -> None:
    victim, _ = place
    (victim / "big").write_bytes(b"x" * 10)
    from sfgen.write import read_plain

    assert read_plain(victim, "big", 10) == b"x" * 10
    assert read_plain(victim, "big", 9) is None
    assert read_plain(victim, "../victim/big") is None
    assert find_conflicts(victim, [RenderedFile("big", b"x" * 10)]) == []


@pytest.mark.parametrize(
    "name", [".new.sfgen-99999999999999999999", ".new.sfgen-²", ".new.sfgen-0", ".new.sfgen-x"]
)
def test_strange_folders_beside_a_new_project_are_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    assert run(["init", str(tmp_path / "new"), "--defaults"]) == 0
    assert (tmp_path / name).is_dir()


def test_a_name_with_a_pattern_in_it_is_a_name(tmp_path: Path) -> None:
    stale = tmp_path / ".n.sfgen-4000000"
    stale.mkdir()
    add = ["--set", "project_name=n"]
    assert run(["init", str(tmp_path / "[mn]"), "--defaults", *add]) == 0
    assert stale.is_dir()
