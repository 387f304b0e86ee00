from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fixtures.json_documents import read_document, read_result
from fixtures.small_project import DEFAULT, class_meta, one_class, write

from sfgen.cli import run

if TYPE_CHECKING:
    from pathlib import Path

CAPTURE = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _local_org(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SFGEN_LOCAL_ORG", str(tmp_path / "org"))
    for name in ("SFGEN_ACCESS_TOKEN", "SFGEN_AUTH_URL", "SFGEN_CLIENT_ID"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("command", ["deploy", "check"])
def test_json_is_one_document_where_there_is_no_project(
    tmp_path: Path, capsys: CAPTURE, command: str
) -> None:
    target = ["--target-org", "local"] if command == "deploy" else ["--fast"]
    (tmp_path / "empty").mkdir()
    assert run([command, str(tmp_path / "empty"), "--json", *target]) == 2
    shown = capsys.readouterr()
    body = read_document(shown.out)
    assert (body["version"], body["success"]) == (1, False)
    assert "is not an SFDX project" in body["error"]
    assert body["error"] in shown.err


def test_json_is_one_document_for_wrong_usage(tmp_path: Path, capsys: CAPTURE) -> None:
    assert run(["deploy", str(one_class(tmp_path / "p")), "--json"]) == 2
    body = read_document(capsys.readouterr().out)
    assert body["error"] == "no org to deploy to"
    assert "--target-org" in body["hint"]


def test_json_is_one_document_for_a_manifest_that_is_not_there(
    tmp_path: Path, capsys: CAPTURE
) -> None:
    manifest = str(tmp_path / "gone.xml")
    root = str(one_class(tmp_path / "p"))
    assert run(["deploy", root, "-o", "local", "--json", "--pre-destructive", manifest]) == 2
    assert "gone.xml can't be read" in read_document(capsys.readouterr().out)["error"]


def test_json_is_one_document_when_it_is_interrupted(
    tmp_path: Path, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sfgen.deploy.delivery.build_package", stop)
    assert run(["deploy", str(one_class(tmp_path / "p")), "-o", "local", "--json"]) == 130
    assert read_document(capsys.readouterr().out)["error"] == "interrupted"


def test_two_hundred_problems_are_all_told(tmp_path: Path, capsys: CAPTURE) -> None:
    files: dict[str, str] = {}
    for number in range(200):
        name = f"C{number:03d}"
        files[f"classes/{name}.cls"] = (
            f"public with sharing class {name} {{\n    Gone__c gone;\n}}\n"
        )
        files[f"classes/{name}.cls-meta.xml"] = class_meta()
    root = str(write(tmp_path / "p", files))
    assert run(["deploy", root, "-o", "local"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert sum(f"{DEFAULT}/classes/C" in line and ":2:5: error: " in line for line in lines) == 200
    assert lines[-1].startswith("local: Failed: ")
    assert "200 failed" in lines[-1]
    assert run(["deploy", root, "-o", "local", "--json"]) == 1
    (deployed,) = read_result(capsys.readouterr().out)["deploys"]
    assert len(deployed["problems"]) == 200
