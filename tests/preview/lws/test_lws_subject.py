"""What of a project is put into Lightning Web Security, and what must be agreed to before."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from sfgen.cli import run
from sfgen.lws import packages
from sfgen.lwscheck.lws_subject import find_subject
from sfgen.preview.project.source import read_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOURCE = "force-app/main/default"


@pytest.fixture
def _nothing_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(packages, "_cache", lambda: tmp_path / "empty")
    yield
    assert not (tmp_path / "empty").exists()


def test_the_subject_is_the_projects_own(ticker: Path) -> None:
    subject = find_subject(read_source(ticker))
    assert (subject.mode, subject.version) == ("direct", "8.6.0")
    assert subject.pusher.place == f"{SOURCE}/staticresources/PusherJs/pusher.min.js"
    assert [one.place for one in subject.carriers] == [f"{SOURCE}/lwc/ticker/ticker.js:10"]
    assert subject.shim_place == f"{SOURCE}/lwc/ticker/ticker.js:11"
    assert subject.entries == ("ticker",)
    assert subject.asynchronous == ()


def test_a_frame_counts_only_when_a_page_holds_pusher_js(project: Path) -> None:
    subject = find_subject(read_source(project))
    assert [(one.bundle, one.mode) for one in subject.carriers] == [("feed", "visualforce")]
    (project / SOURCE / "pages/FeedBridge.page").write_text("<apex:page/>")
    subject = find_subject(read_source(project))
    assert (subject.mode, subject.carriers, subject.entries) == ("", (), ())


def test_pusher_js_is_found_in_a_zip(ticker: Path) -> None:
    folder = ticker / SOURCE / "staticresources"
    shutil.make_archive(str(folder / "PusherJs"), "zip", folder / "PusherJs")
    shutil.rmtree(folder / "PusherJs")
    (folder / "PusherJs.zip").rename(folder / "PusherJs.resource")
    subject = find_subject(read_source(ticker))
    assert subject.pusher.place == f"{SOURCE}/staticresources/PusherJs.resource!pusher.min.js"
    assert subject.version == "8.6.0"


@pytest.mark.usefixtures("_nothing_fetched")
@pytest.mark.parametrize("command", [["lws-check"], ["preview", "--lws", "--headless"]])
def test_nothing_is_fetched_unless_the_licence_is_accepted(
    project: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    assert run([*command, str(project)]) == 4
    shown = capsys.readouterr().err
    assert "indemnify Salesforce" in shown
    assert max(map(len, shown.splitlines())) <= 80
    assert "--accept-licence" in shown


def write_npm(folder: Path, status: int) -> Path:
    """A program in npm's place that fills half of what was wanted, and ends with a status."""
    folder.mkdir()
    program = folder / "npm"
    program.write_text(
        "#!/bin/sh\nmkdir -p node_modules/@locker/sandbox\n"
        f"echo 'npm error unreachable' >&2\nexit {status}\n"
    )
    program.chmod(0o755)
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="the double is a shell script")
@pytest.mark.parametrize("status", [0, 1])
def test_the_packages_are_there_as_a_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    cache = tmp_path / "cache"
    half = cache / packages.VERSION / "node_modules"
    half.mkdir(parents=True)
    monkeypatch.setattr(packages, "_cache", lambda: cache)
    monkeypatch.setenv("PATH", f"{write_npm(tmp_path / 'bin', status)}:/usr/bin:/bin")
    if status:
        with pytest.raises(packages.CouldNotRunError, match="npm error unreachable"):
            packages.fetch_lws()
        assert packages.locate_lws() is None
    else:
        assert packages.fetch_lws().folder == half
        assert (half / "@locker/sandbox").is_dir()
    assert [one.name for one in cache.iterdir()] == [packages.VERSION]


def test_a_project_without_pusher_could_not_be_checked(project: Path) -> None:
    (project / SOURCE / "staticresources/FeedJs/pusher.min.js").write_text("1;")
    assert run(["lws-check", str(project)]) == 4


@pytest.mark.parametrize(
    ("version", "known"),
    [
        ("4.4.0", False),
        ("7.0.6", False),
        ("7.1.0", True),
        ("7.2.0", True),
        ("8.6.0", True),
        ("10.0.1", True),
        ("of unknown version", True),
    ],
)
def test_an_option_that_this_pusher_js_does_not_know_is_named(
    version: str, ticker: Path, *, known: bool
) -> None:
    file = ticker / SOURCE / "staticresources/PusherJs/pusher.min.js"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("8.6.0", version), encoding="utf-8")
    script = ticker / SOURCE / "lwc/ticker/ticker.js"
    told = script.read_text(encoding="utf-8")
    script.write_text(f"{told}\nconst o = {{ channelAuthorization: {{}} }};\n", encoding="utf-8")
    unknown = find_subject(read_source(ticker)).unknown
    line = told.count("\n") + 2
    expected = f"pusher-js {version} knows no channelAuthorization: authorizer, or 7.1"
    assert unknown == (() if known else ((f"{SOURCE}/lwc/ticker/ticker.js:{line}", expected),))
