"""Lightning Web Security itself; its packages come from npm into the tools' cache."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sfgen.cli import run
from sfgen.preview.lws import packages
from sfgen.preview.lws.subject import find_subject
from sfgen.preview.source import read_source

if TYPE_CHECKING:
    from collections.abc import Iterator

FAILURE = "Cannot read properties of null (reading 'protocol')"
BRIDGE = """import { LightningElement } from 'lwc';
import { loadScript } from 'lightning/platformResourceLoader';
import PUSHER_JS from '@salesforce/resourceUrl/FeedJs';

export default class Direct extends LightningElement {
    async connectedCallback() {
        await loadScript(this, `${PUSHER_JS}/pusher.min.js`);
        SHIM
        this.pusher = new window.Pusher('key', { cluster: 'eu' });
    }
}
"""
META = """<?xml version="1.0" encoding="UTF-8"?>
<LightningComponentBundle xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>68.0</apiVersion>
</LightningComponentBundle>
"""


@pytest.fixture
def _tools(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(os.environ["SFGEN_TEST_TOOLS"]) / "lws"
    monkeypatch.setattr(packages, "_cache", lambda: folder)


@pytest.fixture
def _nothing_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(packages, "_cache", lambda: tmp_path / "empty")
    yield
    assert not (tmp_path / "empty").exists()


def make_direct(project: Path, shim: str) -> Path:
    bundle = project / "force-app/main/default/lwc/direct"
    bundle.mkdir()
    (bundle / "direct.js").write_text(BRIDGE.replace("SHIM", shim))
    (bundle / "direct.js-meta.xml").write_text(META)
    return project


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    code = run(["lws-check", *arguments, "--accept-licence", "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_subject_is_the_projects_own(project: Path) -> None:
    make_direct(project, "window.Pusher.Runtime.getProtocol = () => window.location.protocol;")
    subject = find_subject(read_source(project))
    assert (subject.mode, subject.version) == ("direct", "8.6.0")
    assert subject.shim_place == "force-app/main/default/lwc/direct/direct.js:8"
    assert subject.asynchronous == ()


@pytest.mark.usefixtures("_nothing_fetched")
def test_nothing_is_fetched_unless_the_licence_is_accepted(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["lws-check", str(project)]) == 4
    shown = capsys.readouterr().err
    assert "indemnify Salesforce" in shown
    assert "--accept-licence" in shown


def test_a_project_without_pusher_could_not_be_checked(project: Path) -> None:
    (project / "force-app/main/default/staticresources/FeedJs/pusher.min.js").write_text("1;")
    assert run(["lws-check", str(project)]) == 4


@pytest.mark.browser
@pytest.mark.node
@pytest.mark.usefixtures("_tools")
def test_as_shipped_fails_and_the_frame_works_in_the_production_form(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found = check(capsys, str(project), "--debug")
    pair = found["pairs"][0]
    assert code == 0
    assert (found["mode"], found["form"], found["works"]) == ("visualforce", "production", True)
    assert FAILURE in pair["asShipped"]["reason"]
    assert pair["withShim"]["passed"]
    assert [step["name"] for step in pair["withShim"]["steps"]][:2] == ["loadScript", "new Pusher"]
    assert pair["visualforce"]["passed"]
    assert pair["debug"]["passed"], "the debug form is said to hide the failure"


@pytest.mark.browser
@pytest.mark.node
@pytest.mark.usefixtures("_tools")
@pytest.mark.parametrize(
    ("shim", "expected"),
    [("", 1), ("window.Pusher.Runtime.getProtocol = () => window.location.protocol;", 0)],
)
def test_a_direct_project_needs_its_shim(
    project: Path, capsys: pytest.CaptureFixture[str], shim: str, expected: int
) -> None:
    code, found = check(capsys, str(make_direct(project, shim)))
    assert (code, found["works"]) == (expected, not expected)


@pytest.mark.browser
@pytest.mark.node
@pytest.mark.usefixtures("_tools")
def test_the_debug_form_is_never_taken_for_the_production_form(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sfgen.preview.lws import form

    monkeypatch.setattr(form, "PRODUCTION_FLAG", form.FLAG)
    assert run(["lws-check", str(project), "--accept-licence"]) == 4
