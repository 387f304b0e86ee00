from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pexpect
from fixtures.small_project import EVERYTHING

if TYPE_CHECKING:
    from pathlib import Path


def run_in_terminal(folder: Path, *words: str) -> tuple[int, str]:
    environment = {**os.environ, "SFGEN_LOCAL_ORG": str(folder), "TERM": "xterm-256color"}
    environment.pop("CI", None)
    process = pexpect.spawn(
        sys.executable,
        ["-m", "sfgen", "deploy", str(EVERYTHING), "-o", "local", *words],
        env=environment,
        dimensions=(30, 80),
        timeout=240,
        encoding="utf-8",
    )
    process.expect(pexpect.EOF)
    process.close()
    return process.exitstatus, process.before


def test_a_terminal_shows_a_bar_and_ends_with_one_line(tmp_path: Path) -> None:
    code, shown = run_in_terminal(tmp_path / "org")
    assert code == 0
    assert "━" in shown
    last = shown.rstrip().splitlines()[-1]
    assert "local: Succeeded: 68 of 68 components deployed" in last


def test_json_stays_free_of_bars(tmp_path: Path) -> None:
    code, shown = run_in_terminal(tmp_path / "org", "--json")
    assert code == 0
    assert shown.lstrip().startswith("{")
    assert "━" not in shown
