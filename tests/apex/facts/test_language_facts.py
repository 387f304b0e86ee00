"""Small facts of the language, each a line of Apex with what the platform answers.

The tables are `language_*.txt`, in the form that test_library_facts.py describes; `classes/` holds
the Apex types that they use.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sfgen.apex.compiler.program import Program
from sfgen.apex.compiler.units import compile_sources
from sfgen.apex.intrinsics.faults import as_apex
from sfgen.apex.library import load_library
from sfgen.apex.runtime.execution import Execution, enter
from sfgen.apex.runtime.text import text_of
from sfgen.apex.watchdog import watched

_FOLDER = Path(__file__).parent
_LINE = re.compile(r"(?P<code>.+) => (?P<expected>.*?)\s?## (?P<page>.+)\Z")


def _facts() -> list[tuple[str, str, str, str]]:
    found = []
    for table in sorted(_FOLDER.glob("language_*.txt")):
        for number, line in enumerate(table.read_text("utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            match = _LINE.match(line)
            assert match, f"{table.name}:{number}: not a fact"
            name = f"{table.stem.removeprefix('language_')}_{number}"
            found.append((name, match["code"], match["expected"], match["page"]))
    return found


FACTS = _facts()


@pytest.fixture(scope="module")
def program() -> Program:
    load_library()
    sources = {path.name: path.read_text("utf-8") for path in (_FOLDER / "classes").iterdir()}
    methods = []
    for name, code, _, _ in FACTS:
        body = code if re.search(r"\breturn\b", code) else f"return {code};"
        methods.append(f"public static Object {name}() {{ {body} }}")
    head, mark, tail = sources["LanguageFacts.cls"].partition("// facts\n")
    sources["LanguageFacts.cls"] = head + mark + "\n".join(methods) + tail
    loaded = Program(compile_sources(sources))
    assert not loaded.problems, loaded.problems
    return loaded


@pytest.mark.parametrize(("name", "code", "expected", "page"), FACTS, ids=[f[0] for f in FACTS])
def test_the_language_means_what_the_platform_means(
    program: Program, name: str, code: str, expected: str, page: str
) -> None:
    program.begin()
    with enter(Execution(program=program)), watched(5):
        try:
            answer = text_of(program.namespace[f"languagefacts__m_{name}"]())
        except Exception as raised:  # noqa: BLE001 - as_apex decides what it is
            answer = f"!{as_apex(raised)}"
    assert answer.replace("\n", "\\n") == expected, f"{code}  ({page})"


def test_enough_facts_are_pinned() -> None:
    assert len(FACTS) >= 150
