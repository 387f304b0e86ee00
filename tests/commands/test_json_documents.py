"""``--json``: one document on stdout, on success and failure alike, as its schema says."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest
from fixtures.json_documents import SCHEMAS, read_document
from fixtures.small_project import one_class

from sfgen.cli import run
from sfgen.commands import COMMANDS
from sfgen.commands.outputs import Outputs
from sfgen.report.result import Result

if TYPE_CHECKING:
    from pathlib import Path

CAPTURE = pytest.CaptureFixture[str]
#: Arguments that each command takes besides its options.
REQUIRED = {"trigger": ["a", "b"], "ci": ["github"]}


def ask(capsys: CAPTURE, *arguments: str) -> tuple[int, dict[str, Any], str]:
    """Run a command with ``--json``; returns its exit code, its document, and stderr."""
    capsys.readouterr()
    code = run([*arguments, "--json"])
    shown = capsys.readouterr()
    return code, read_document(shown.out), shown.err


def test_every_command_has_a_schema_and_all_share_one_envelope() -> None:
    schemas = {path.stem: json.loads(path.read_text("utf-8")) for path in SCHEMAS.glob("*.json")}
    assert set(schemas) == {*COMMANDS, "sfgen"}
    shared = set()
    for name, schema in schemas.items():
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert schema["properties"].pop("command") == {"const": name}
        if name == "sfgen":
            continue
        schema.pop("title")
        schema.pop("$defs")
        shared.add(json.dumps(schema, sort_keys=True))
    assert len(shared) == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_option_is_told_in_a_document(command: str, capsys: CAPTURE) -> None:
    code, document, err = ask(capsys, command, *REQUIRED.get(command, []), "--no-such-option")
    assert (code, document["command"], document["success"]) == (2, command, False)
    assert document["error"] in err
    assert document["hint"] == f"see sfgen {command} --help"
    assert document["hint"] in err


@pytest.mark.parametrize("command", ["check", "test", "preview", "lws-check", "deploy", "ci"])
def test_a_folder_that_is_not_there_can_not_be_started_with(
    command: str, tmp_path: Path, capsys: CAPTURE
) -> None:
    target = ["--target-org", "local"] if command == "deploy" else []
    words = [*REQUIRED.get(command, []), str(tmp_path / "gone"), *target]
    code, document, err = ask(capsys, command, *words)
    assert (code, document["success"]) == (2, False)
    assert "gone" in document["error"]
    assert document["error"] in err


def test_no_such_command_is_told_in_a_document(capsys: CAPTURE) -> None:
    code, document, _ = ask(capsys, "no-such-command")
    assert (code, document["command"]) == (2, "sfgen")


def test_an_option_that_looks_like_json_is_no_wish_for_it(capsys: CAPTURE) -> None:
    assert run(["trigger", "a", "b", "--data", "--json"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "no preview runs" in shown.err


def test_a_bug_is_told_in_a_document(
    tmp_path: Path, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sfgen.commands.init.load_pack", lambda folder: 1 / 0)
    code, document, _ = ask(capsys, "init", str(tmp_path / "p"), "--defaults")
    assert code == 3
    assert document["error"] == "a bug in sfgen, not in your project"


def test_questions_and_plans_are_documents(tmp_path: Path, capsys: CAPTURE) -> None:
    code, document, _ = ask(capsys, "init", "--list-questions")
    assert code == 0
    assert "prefix" in {question["name"] for question in document["result"]["questions"]}
    code, document, _ = ask(capsys, "init", str(tmp_path / "p"), "--defaults", "--dry-run")
    assert (code, document["result"]["dryRun"]) == (0, True)
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize("fault", ["a: b", "prefix = 1.5"])
def test_a_file_of_answers_that_can_not_be_used_is_told_in_a_document(
    fault: str, tmp_path: Path, capsys: CAPTURE
) -> None:
    (tmp_path / "a.toml").write_text(fault)
    words = ["init", str(tmp_path / "p"), "--defaults", "--answers", str(tmp_path / "a.toml")]
    code, document, _ = ask(capsys, *words)
    assert (code, document["success"]) == (2, False)


def test_findings_are_a_result_and_no_error(tmp_path: Path, capsys: CAPTURE) -> None:
    root = one_class(tmp_path / "p")
    (root / "force-app/main/default/classes/Greeter.cls").write_text("public class Greeter {")
    for command in ("check", "test"):
        code, document, _ = ask(capsys, command, str(root))
        assert (code, document["success"]) == (1, False)
        assert document["result"]


def test_what_is_warned_of_is_in_the_document(
    tmp_path: Path, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    code, document, err = ask(capsys, "test", str(one_class(tmp_path / "p")), "--all")
    assert code == 1
    assert document["result"]["jest"] == {"ran": False, "passed": False}
    (warning,) = document["warnings"]
    assert warning in err


def test_a_hint_is_in_the_document(tmp_path: Path, capsys: CAPTURE) -> None:
    words = ["test", str(one_class(tmp_path / "p")), "--filter", "Nothing"]
    _, document, err = ask(capsys, *words)
    assert document["hint"] == "no Class.method of a test contains Nothing"
    assert f"hint: {document['hint']}" in err


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for sf is a shell script")
def test_an_org_that_sf_does_not_know_can_not_be_deployed_to(
    tmp_path: Path, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "sf"
    program.parent.mkdir()
    answer = json.dumps({"status": 1, "message": "No authorization information found for gone."})
    program.write_text(f"#!/bin/sh\necho '{answer}'\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    root = str(one_class(tmp_path / "p"))
    code, document, err = ask(capsys, "deploy", root, "--target-org", "gone")
    assert (code, document["success"]) == (2, False)
    assert document["error"] == "sf: No authorization information found for gone."
    assert document["error"] in err
    monkeypatch.setenv("SFGEN_LOCAL_ORG", str(tmp_path / "org"))
    code, document, _ = ask(capsys, "deploy", root, "-o", "gone", "-o", "local")
    assert code == 1
    deploys = document["result"]["deploys"]
    assert [deployed["success"] for deployed in deploys] == [False, True]


def test_a_failure_after_the_document_prints_no_second_one() -> None:
    stream = io.StringIO()
    outputs = Outputs(command="preview", as_json=True, stream=stream)
    outputs.show(Result({"address": "http://a", "pusher": "http://b"}, goes_on=True))
    outputs.fail("preview", "the server went away", None)
    assert read_document(stream.getvalue())["success"] is True
    assert stream.getvalue().count("\n") == 1
