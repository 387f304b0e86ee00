"""The pages of reference and troubleshooting that are written by hand keep up with the code."""

from __future__ import annotations

import re
from typing import Final

from documents import DOCS, ROOT, read

from sfgen import cli

VARIABLE: Final = re.compile(r"\b(?:SFGEN_[A-Z_]*[A-Z]|GITHUB_[A-Z_]+|XDG_[A-Z_]+)\b")
#: An answer's variable is an example of a kind, which the page describes as such.
ANSWER: Final = "SFGEN_PREFIX"


def sources() -> str:
    return "\n".join(read(path) for path in sorted((ROOT / "sfgen").rglob("*.py")))


def test_every_variable_that_sfgen_reads_is_in_the_reference_and_no_other() -> None:
    page = read(DOCS / "reference" / "environment.md")
    literals = re.findall(r"\"([^\"\n]*)\"", sources())
    read_here = {each for text in literals for each in VARIABLE.findall(text)} - {ANSWER}
    assert read_here == set(VARIABLE.findall(page)) - {ANSWER}


def test_every_message_of_troubleshooting_exists() -> None:
    rows = re.findall(
        r"^\| ([^|]+?) \| ", read(DOCS / "how-to" / "troubleshooting.md"), re.MULTILINE
    )
    messages = [row for row in rows if row not in {"message", "---"}]
    assert len(messages) >= 30
    labels = "\n".join(read(path) for path in (ROOT / "templates").rglob("*.labels-meta.xml"))
    said = re.sub(r"\"\s*\n\s*f?\"", "", sources()) + labels
    assert [each for each in messages if each not in said] == []


def test_the_exit_codes_of_the_reference_are_those_of_the_code() -> None:
    page = read(DOCS / "reference" / "exit-codes.md")
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)}
    stated = {int(code) for code in re.findall(r"exit_code = (\d+)", sources())}
    assert {cli.BUG, cli.INTERRUPTED, 0, 1, 68, 69, 129, 143} | stated == codes
