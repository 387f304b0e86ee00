"""Lightning Web Security itself; its packages come from npm into the tools' cache."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from fixtures.json_documents import read_result
from running_site import HERE, find_source

from sfgen.cli import run
from sfgen.lws import form, packages

EXAMPLES = sorted((HERE.parents[1] / "examples").glob("*/answers.toml"))
ENCRYPTED = HERE / "direct-encrypted.toml"
FAILURE = "Cannot read properties of null (reading 'protocol')"
SHIM = "window.Pusher.Runtime.getProtocol = () => window.location.protocol;"
SOURCE = "force-app/main/default"
STEPS = [
    "loadScript",
    "new Pusher",
    "connection",
    "public channel",
    "private channel",
    "presence channel",
    "reconnection",
    "the project's scripts",
    "disconnection",
]
ALL = ["mounted", "connection", "subscription", "event", "shown", "no error"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.node,
    pytest.mark.usefixtures("_tools"),
]


@pytest.fixture
def _tools(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(os.environ["SFGEN_TEST_TOOLS"]) / "lws"
    monkeypatch.setattr(packages, "_cache", lambda: folder)


def rewrite(root: Path, file: str, old: str, new: str) -> Path:
    path = find_source(root, Path(file).name)
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return root


def mend_chimes(root: Path) -> Path:
    return rewrite(root, "staticresources/Chimes/chimes.js", "owner.location", "document.location")


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    code = run(["lws-check", *arguments, "--accept-licence", "--json"])
    return code, read_result(capsys.readouterr().out)


def names(outcome: Any) -> list[str]:
    return [step["name"] for step in outcome["steps"]]


def test_pusher_js_fails_as_shipped_and_the_shim_and_a_frame_work(
    ticker: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found = check(capsys, str(mend_chimes(ticker)), "--debug")
    pair = found["pairs"][0]
    assert code == 0
    assert (found["mode"], found["form"], found["works"]) == ("direct", "production", True)
    assert FAILURE in pair["asShipped"]["reason"]
    assert pair["withShim"]["passed"]
    assert names(pair["withShim"]) == STEPS
    assert pair["visualforce"]["passed"]
    assert pair["debug"]["passed"], "the debug form is said to hide the failure"
    assert pair["components"]["passed"]
    assert names(pair["components"]) == names(found["control"]) == ALL


def test_without_its_shim_the_projects_component_fails(
    ticker: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = rewrite(mend_chimes(ticker), "lwc/ticker/ticker.js", SHIM, "")
    code, found = check(capsys, str(root))
    pair = found["pairs"][0]
    assert (code, found["works"], found["shim"]) == (1, False, None)
    assert found["control"]["passed"]
    assert FAILURE in pair["components"]["reason"]
    assert pair["blamed"][0] == "connection"


def test_another_library_that_the_sandbox_breaks_is_told_in_80_columns(
    ticker: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["lws-check", str(ticker), "--accept-licence"]) == 1
    lines = capsys.readouterr().out.splitlines()
    text = " ".join(" ".join(lines).split())
    assert max(map(len, lines)) <= 80
    assert "fails in the sandbox connection: TypeError: Cannot read properties of null" in text
    assert "(reading 'host')" in text
    assert "works with its shim" in text
    assert "direct: does not work; this is how the project does it" in text


@pytest.mark.parametrize("components", [True, False])
def test_the_debug_form_is_never_taken_for_the_production_form(
    ticker: Path, monkeypatch: pytest.MonkeyPatch, *, components: bool
) -> None:
    monkeypatch.setattr(form, "PRODUCTION_FLAG", form.FLAG)
    if not components:
        shutil.rmtree(ticker / SOURCE / "lwc")
    assert run(["lws-check", str(ticker), "--accept-licence"]) == 4


def name_answers(path: Path) -> str:
    return path.parent.name if path.name == "answers.toml" else path.stem


@pytest.mark.slow
@pytest.mark.parametrize("answers", [*EXAMPLES, ENCRYPTED], ids=name_answers)
def test_every_example_works_in_the_sandbox(
    answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "project"
    assert run(["init", str(root), "--defaults", "--answers", str(answers)]) == 0
    capsys.readouterr()
    code, found = check(capsys, str(root))
    pair = found["pairs"][0]
    assert names(pair["components"]) == names(found["control"]) == ALL
    assert pair["components"]["passed"], pair["components"]["reason"]
    assert (code, pair["blamed"]) == (0, [])
    assert not pair["asShipped"]["passed"]
    assert answers.parent.name != "direct-lwc" or found["mode"] == "direct"


OLD = ("4.4.0", "7.0.6", "7.6.0")


@pytest.mark.slow
@pytest.mark.parametrize("version", OLD)
def test_every_line_of_pusher_js_is_judged_by_what_it_knows(
    version: str, ticker: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before 7.1 a client hands over `authorizer`; the check called those versions broken."""
    file = packages.fetch_pusher(version)
    shutil.copy(file, mend_chimes(ticker) / SOURCE / "staticresources/PusherJs/pusher.min.js")
    code, found = check(capsys, str(ticker))
    pair = found["pairs"][0]
    assert pair["pusher"] == version
    assert FAILURE in pair["asShipped"]["reason"]
    assert pair["withShim"]["passed"], pair["withShim"]["reason"]
    assert names(pair["withShim"]) == STEPS
    assert pair["visualforce"]["passed"]
    assert (code, found["works"]) == (0, True)


def test_the_matrix_holds_each_line_that_public_snippets_use() -> None:
    lines = {tuple(map(int, version.split(".")[:2])) for version in packages.PUSHER_MATRIX}
    assert {(4, 4), (7, 0)} < lines
    assert len({line[0] for line in lines}) == 3
