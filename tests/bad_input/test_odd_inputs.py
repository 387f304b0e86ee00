"""Input that somebody made, however odd, is answered with one clear line: never exit code 3."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from fixtures.json_documents import read_result
from fixtures.small_project import one_class

from sfgen.cli import run

if TYPE_CHECKING:
    from pathlib import Path

SOUND = {
    "packageDirectories": [{"path": "force-app", "default": True}],
    "sourceApiVersion": "66.0",
    "name": "p",
    "namespace": "",
    "replacements": [{"filename": "a.cls", "stringToReplace": "x", "replaceWithEnv": "Y"}],
}
ODD = [
    "[" * 100_000,
    '{"a":' * 100_000,
    '{"packageDirectories": [{"path": "force\\u0000app"}]}',
    '{"packageDirectories": [{"path": "force-app\\ud800"}]}',
    '{"packageDirectories": [{"path": "force-app"}], "name": "\\udfff"}',
    '{"packageDirectories": [{"path": "force-app"}], "sourceApiVersion": "٦٦.0"}',
    '{"packageDirectories": [{"path": "force-app"}], "sourceApiVersion": "' + "6" * 9999 + '.0"}',
    '{"packageDirectories": [{"path": "force-app"}], "sourceApiVersion": ' + "6" * 9999 + "}",
    '{"packageDirectories": [{"path": ' + "6" * 99 + "}]}",
    '{"packageDirectories": [{"path": "' + "a" * 9999 + '"}]}',
    '{"packageDirectories": [{"path": ["force-app"]}]}',
    '{"packageDirectories": [{"path": "loop"}]}',
    '{"packageDirectories": [{"path": "loop/a"}]}',
    '{"packageDirectories": [{"path": "fifo"}]}',
    '{"packageDirectories": "force-app"}',
    '{"packageDirectories": {"path": "force-app"}}',
    '{"packageDirectories": [null]}',
    "null",
    "[]",
    '"text"',
    "NaN",
    "",
    "\ufeff",
    '{"packageDirectories": [{"path": "force-app"}], "replacements": [{"filename": 5, "stringToReplace": "x"}]}',
    '{"packageDirectories": [{"path": "force-app"}], "replacements": [{"glob": [], "stringToReplace": "x"}]}',
    '{"packageDirectories": [{"path": "force-app"}], "replacements": [{"filename": "a", "stringToReplace": "x", "replaceWithEnv": 7}]}',
    '{"packageDirectories": [{"path": "force-app"}], "replacements": [{"filename": "a", "regexToReplace": "("}]}',
    '{"packageDirectories": [{"path": "force-app"}], "replacements": {"a": 1}}',
    '{"packageDirectories": [{"path": "force-app"}], "namespace": {"a": 1}}',
    '{"packageDirectories": [{"path": "force-app"}, {"path": "force-app"}, {"path": "force-app/main"}]}',
    '{"packageDirectories": [{"path": "."}]}',
]
COMMANDS = [
    ["check", "--fast"],
    ["test", "--no-coverage"],
    ["deploy", "--target-org", "local"],
    ["init", "--defaults", "--dry-run"],
    ["ci", "github", "--install-from", "sfgen==1.2.0"],
]


def call(words: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    code = run([*words, str(folder)])
    error = capsys.readouterr().err
    assert code in {0, 1, 2}, error
    assert "Traceback" not in error
    assert code == 0 or len([line for line in error.splitlines() if "error:" in line]) <= 1
    return error


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_project_file_of_any_kind_is_one_clear_line(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = one_class(tmp_path / "p")
    (project / "loop").symlink_to("loop")
    os.mkfifo(project / "fifo")
    for text in ODD:
        (project / "sfdx-project.json").write_text(text, encoding="utf-8")
        call(words, project, capsys)


def mutate(value: Any, chance: random.Random) -> Any:
    """Change one place of a JSON value into something odd."""
    odd = [
        None,
        True,
        0,
        -1,
        1e999,
        "",
        " ",
        "..",
        "/",
        "\u0000",
        "\ud800",
        "é",
        [],
        {},
        [[]],
        "a" * 300,
    ]
    if isinstance(value, dict) and value and chance.random() < 0.8:
        key = chance.choice(list(value))
        return {**value, key: mutate(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.8:
        place = chance.randrange(len(value))
        return [*value[:place], mutate(value[place], chance), *value[place + 1 :]]
    return chance.choice(odd)


def test_mutants_of_a_project_file_are_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(11)  # noqa: S311 - mutants, not secrets
    project = one_class(tmp_path / "p")
    for number in range(120):
        text = json.dumps(mutate(SOUND, chance))
        if chance.random() < 0.2:
            place = chance.randrange(len(text))
            text = text[:place] + chance.choice('"{}[],:\\0') + text[place + 1 :]
        (project / "sfdx-project.json").write_text(text, encoding="utf-8")
        call(COMMANDS[number % len(COMMANDS)], project, capsys)


ANSWERS = [
    b"a = " + b"[" * 100_000,
    b"a = " + b"{a=" * 100_000,
    b"prefix = " + b"9" * 9999,
    b'prefix = "A\x00B"',
    b'prefix = "\xff"',
    b"\xff\xfep\x00r\x00e\x00f\x00i\x00x\x00",
    b"prefix = 'A'\nprefix = 'B'",
    b'prefix = "\\uD800"',
    b'prefix = """\n\n"""',
    b"[prefix]\na = 1",
    b"prefix = 1979-05-27",
    b"prefix = nan",
    b'prefix = "' + b"A" * 100_000 + b'"',
    b'"" = "x"',
    b"\x00",
]


@pytest.mark.parametrize("text", ANSWERS, ids=range(len(ANSWERS)))
def test_an_answers_file_of_any_kind_is_one_clear_line(
    text: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.toml").write_bytes(text)
    words = ["init", "--defaults", "--dry-run", "--answers", str(tmp_path / "a.toml")]
    assert call(words, tmp_path / "p", capsys).startswith("error: ")


def test_an_answers_file_with_a_mark_in_front_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.toml").write_bytes(b'\xef\xbb\xbfprefix = "Chat"\r\n')
    words = ["init", "--defaults", "--json", "--answers", str(tmp_path / "a.toml")]
    assert run([*words, str(tmp_path / "p")]) == 0
    assert read_result(capsys.readouterr().out)["answers"]["prefix"] == "Chat"
    saved = tmp_path / "p/.sfgen/answers.toml"
    saved.write_bytes(b"\xef\xbb\xbf" + saved.read_bytes())
    assert run(["ci", "gitlab", str(tmp_path / "p"), "--install-from", "sfgen==1.2.0"]) == 0


@pytest.mark.parametrize(
    "below", ["", "staticresources/A", "lwc/a", "objects/A__c", "classes", "aura/a"]
)
@pytest.mark.parametrize("words", COMMANDS[:3], ids=lambda words: words[0])
def test_folders_deeper_than_the_stack_are_walked(
    words: list[str], below: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = one_class(tmp_path / "p")
    top = project / "force-app/main/default" / below
    top.mkdir(parents=True, exist_ok=True)
    here = os.open(top, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=here)
        deeper = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    try:
        call(words, project, capsys)
    finally:
        subprocess.run(["rm", "-rf", str(tmp_path / "p")], check=True)


def test_links_in_circles_are_walked_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = one_class(tmp_path / "p")
    for name in ("one", "two", "three"):
        (project / "force-app/main/default" / name).symlink_to("..")
    for words in COMMANDS[:2]:
        call(words, project, capsys)


def start(words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    line = words.replace("sfgen", f"{sys.executable} -m sfgen", 1)  # the program, no argument
    return subprocess.run(
        ["sh", "-c", line], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.parametrize("closed", ["2>&-", ">&-", "<&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    "words",
    [
        "--version",
        "init x --defaults",
        "check p --fast",
        "test p",
        "deploy p -o local",
        "ci github p --install-from sfgen==1.2.0 --stdout",
    ],
)
def test_closed_streams_are_no_bug(words: str, closed: str, tmp_path: Path) -> None:
    one_class(tmp_path / "p")
    done = start(f"sfgen {words} {closed}; echo $? > code", tmp_path)
    expected = {"0\n", "1\n"} if words == "test p" else {"0\n"}  # it has no tests
    assert (tmp_path / "code").read_text() in expected, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert sorted(path.name for path in tmp_path.iterdir() if path.name not in "xp") == ["code"]


@pytest.mark.parametrize(
    "words",
    [
        "--version",
        "check p --fast",
        "test p",
        "--help",
        "ci github p --install-from sfgen==1.2.0 --stdout",
    ],
)
def test_a_full_device_is_one_line(words: str, tmp_path: Path) -> None:
    one_class(tmp_path / "p")
    done = start(f"sfgen {words} > /dev/full", tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len([line for line in done.stderr.splitlines() if line.startswith("error: ")]) == 1


@pytest.mark.parametrize("words", ["--version", "--help", "check p --fast"])
def test_a_reader_that_leaves_is_no_error(words: str, tmp_path: Path) -> None:
    one_class(tmp_path / "p")
    done = start(f"sfgen {words} | true", tmp_path)
    assert done.stderr == ""


def test_digits_of_other_scripts_are_no_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = one_class(tmp_path / "p")
    (meta,) = project.rglob("*.cls-meta.xml")
    text = meta.read_text()
    version = text[text.index("<apiVersion>") + 12 : text.index("</apiVersion>")]
    meta.write_text(text.replace(version, "٦٦.0"), encoding="utf-8")
    assert run(["check", "--fast", str(project)]) == 1
    assert "xsd:double" in capsys.readouterr().out
