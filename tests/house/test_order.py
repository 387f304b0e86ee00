"""The files that tests begin with are there, each once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from longest_files import LONGEST

TESTS = Path(__file__).resolve().parents[1]


def test_each_of_the_longest_files_is_one_of_the_tests() -> None:
    found = Counter(path.stem for path in TESTS.rglob("test_*.py"))
    assert {name: found[name] for name in LONGEST} == dict.fromkeys(LONGEST, 1)
