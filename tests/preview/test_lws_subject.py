"""What of a project is put into Lightning Web Security, and what must be agreed to before."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from sfgen.cli import run
from sfgen.preview.lws import packages
from sfgen.preview.lws.subject import find_subject
from sfgen.preview.source import read_source

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
    assert "--accept-licence" in shown


def test_a_project_without_pusher_could_not_be_checked(project: Path) -> None:
    (project / SOURCE / "staticresources/FeedJs/pusher.min.js").write_text("1;")
    assert run(["lws-check", str(project)]) == 4
