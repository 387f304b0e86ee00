"""Every block of commands in the documents is run, or says why it can't be.

A comment stands before each ``sh`` block: ``<!-- run -->``, or ``<!-- not run: the reason -->``. The
blocks of a page that are run make one script, in their order, in an empty folder that has examples/.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from documents import ROOT, name, pages, read

BLOCK: Final = re.compile(
    r"(?:^[ ]*<!-- (?P<mark>.*?) -->\n\s*)?^(?P<indent>[ ]*)```(?P<language>sh|bash|shell|console|powershell)\n"
    r"(?P<text>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
#: Commands that stand in the text as an indented block would not be found: a fence is wanted.
INDENTED: Final = re.compile(
    r"^(?: {4}|\t)(?:\$ )?(?:\w+=\S+ )*(?:sfgen|sf|npm|pytest|pip|python3?) ", re.MULTILINE
)
DOCUMENTS: Final = [page for page in pages() if page.name != "CHANGELOG.md"]


def runnable(page: Path) -> list[str]:
    return [found["text"] for found in BLOCK.finditer(read(page)) if found["mark"] == "run"]


@pytest.mark.parametrize("page", DOCUMENTS, ids=name)
def test_every_block_of_commands_says_whether_it_is_run(page: Path) -> None:
    for found in BLOCK.finditer(read(page)):
        mark = found["mark"] or ""
        reason = re.fullmatch(r"not run: \w.{5,}", mark)
        assert mark == "run" or reason, f"{name(page)}: {found['text'].strip().splitlines()[0]}"


@pytest.mark.parametrize("page", DOCUMENTS, ids=name)
def test_commands_stand_in_fenced_blocks(page: Path) -> None:
    outside = re.sub(r"^ *```.*?^ *```$", "", read(page), flags=re.DOTALL | re.MULTILINE)
    assert INDENTED.findall(outside) == []


def test_enough_pages_are_run() -> None:
    assert sum(bool(runnable(page)) for page in DOCUMENTS) >= 6


@pytest.mark.parametrize("page", [page for page in DOCUMENTS if runnable(page)], ids=name)
def test_the_blocks_of_a_page_run(page: Path, tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    binaries = Path(sys.executable).parent
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("SFGEN_")},
        "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
        "SFGEN_LOCAL_ORG": str(tmp_path / "org"),
    }
    script = "set -euo pipefail\n" + "\n".join(f"(\n{text})" for text in runnable(page))
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
