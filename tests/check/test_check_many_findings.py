"""Thousands of findings in one file: told briefly, and in a time that grows no faster than they."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from fixtures.json_documents import read_document, read_result
from fixtures.small_project import one_class

from sfgen.check.lwc_rules import _IMPORT as CHECKED
from sfgen.check.subject import Subject
from sfgen.cli import run
from sfgen.preview.modules.component_modules import _IMPORT as SERVED
from sfgen.project import read_project
from sfgen.report.places import SHOWN, Entry, collapse

if TYPE_CHECKING:
    import re
    from pathlib import Path

ENTRY = (
    "    <fieldPermissions>\n        <editable>true</editable>\n"
    "        <field>Account.F{}__c</field>\n        <readable>true</readable>\n"
    "    </fieldPermissions>\n"
)


def with_profile(folder: Path, entries: int) -> Path:
    """A project whose profile names fields that are only in the org."""
    project = one_class(folder)
    profiles = project / "force-app/main/default/profiles"
    profiles.mkdir(parents=True)
    text = "".join(ENTRY.format(number) for number in range(entries))
    (profiles / "Admin.profile-meta.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Profile xmlns="http://soap.sforce.com/2006/04/metadata">\n{text}</Profile>\n'
    )
    return project


def seconds(folder: Path) -> float:
    began = time.process_time()
    assert run(["check", "--fast", str(folder)]) == 1
    return time.process_time() - began


def test_the_time_grows_as_the_findings_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few, many = with_profile(tmp_path / "few", 1500), with_profile(tmp_path / "many", 12_000)
    seconds(few)
    assert seconds(many) < 16 * seconds(few) + 1
    assert "12000 errors" in capsys.readouterr().out


def test_repeats_are_told_once_with_their_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = with_profile(tmp_path / "p", SHOWN + 100)
    assert run(["check", "--fast", "--github", str(project)]) == 1
    out = capsys.readouterr().out
    assert "and 100 more of this rule in this file" in out
    assert out.count("Admin.profile-meta.xml:") == SHOWN + 1
    assert out.count("::error ") == SHOWN + 1
    assert f"{SHOWN + 100} errors" in out
    assert run(["check", "--fast", "--json", str(project)]) == 1
    assert len(read_result(capsys.readouterr().out)["findings"]) == SHOWN + 100


def test_a_number_stands_behind_the_last_that_is_shown() -> None:
    def entry(path: str, line: int, rule: str = "r") -> Entry:
        return Entry(path, line, 1, rule, "error", "m")

    exactly = [entry("a", line) for line in range(SHOWN)]
    assert list(collapse(exactly)) == exactly
    found = list(collapse([*exactly, entry("a", 99), entry("a", 100, "other"), entry("b", 1)]))
    assert [each.message for each in found[SHOWN:]] == [
        "and 1 more of this rule in this file",
        "m",
        "m",
    ]


@pytest.mark.parametrize("command", ["check", "deploy"])
def test_json_on_stdout_is_json_beside_annotations(
    command: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    project = with_profile(tmp_path / "p", 2)
    words = ["check", "--fast"] if command == "check" else ["deploy", "--target-org", "local"]
    for on_github in ("", "true"):
        monkeypatch.setenv("GITHUB_ACTIONS", on_github)
        assert run([*words, "--json", "--github", str(project)]) == 1
        told = capsys.readouterr()
        assert read_document(told.out)["version"] == 1
        assert "::error " in told.err


def test_a_place_is_counted_as_an_editor_counts(tmp_path: Path) -> None:
    project = one_class(tmp_path / "p")
    path = next(str(each) for each in project.rglob("*.cls"))
    texts = ["a\nbc\n\nd", "a\r\nb", "x\u2028y\nz", "\x0b\n\x0cq", ""]
    for text in texts:
        subject = Subject(read_project(project), data={path: text.encode()})
        for offset in range(len(text) + 1):
            before = text[:offset]
            place = (before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)
            assert subject.place(path, offset) == place


@pytest.mark.parametrize(
    "text",
    [
        "\n",
        " \n",
        "import a\n",
        "import \n",
        "import {a,\n",
        "import {\n",
        "import * as ",
        "import '",
    ],
)
@pytest.mark.parametrize("pattern", [CHECKED, SERVED], ids=["check", "preview"])
def test_no_text_is_read_over_and_over(text: str, pattern: re.Pattern[str]) -> None:
    def spent(times: int) -> float:
        began = time.process_time()
        list(pattern.finditer(text * times))
        return time.process_time() - began

    assert spent(40_000) < 1.5


@pytest.mark.parametrize(
    "line",
    [
        "import x from 'm';",
        "import {a} from 'm'",
        'import {a,\n b as c} from "m"',
        "import 'm'",
        "import * as q from 'm'",
        "import d, {e} from 'm'",
        "import d, * as e from 'm'",
        "  import{a}from'm'",
    ],
)
def test_every_form_of_an_import_is_seen(line: str) -> None:
    checked, served = CHECKED.search(line), SERVED.search(line)
    assert checked is not None
    assert served is not None
    assert checked["path"] == served[1] == "m"
