"""Small facts of the platform library, each a line of Apex with what the platform answers.

The tables are `library_*.txt`: `expression => text of the value`, an exception as
`!Type: message`, a text with blanks at its ends in `[ ]`, and behind `##` the page of the Apex Reference Guide (or the row of
apex-semantics) that says so. A body with `return` is a method's body.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from sfgen.apex.compiler.program import Program
from sfgen.apex.compiler.units import compile_sources
from sfgen.apex.intrinsics.faults import as_apex
from sfgen.apex.library import load_library
from sfgen.apex.runtime.exceptions import ApexException
from sfgen.apex.runtime.execution import Clock, Execution, enter
from sfgen.apex.runtime.text import text_of

_LINE = re.compile(r"(?P<code>.+) => (?P<expected>.*?)\s+## (?P<page>.+)\Z")
_HELPERS = """
    class Season {}
    class Person { public String name; public Integer age; public transient String secret; }
    class Pair implements Comparable {
        public Integer n;
        public Pair(Integer n) { this.n = n; }
        public Integer compareTo(Object other) { return n - ((Pair) other).n; }
        public override String toString() { return 'P' + n; }
    }
    class Down implements Comparator<Integer> {
        public Integer compare(Integer a, Integer b) { return b - a; }
    }
    enum Colour { RED, GREEN, BLUE }
    class OddException extends Exception {}
"""


def _facts() -> list[tuple[str, str, str, str]]:
    found = []
    for table in sorted(Path(__file__).parent.glob("library_*.txt")):
        for number, line in enumerate(table.read_text("utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            match = _LINE.match(line)
            assert match, f"{table.name}:{number}: not a fact"
            name = f"{table.stem.removeprefix('library_')}_{number}"
            found.append((name, match["code"], match["expected"], match["page"]))
    return found


FACTS = _facts()


@pytest.fixture(scope="module")
def program() -> Program:
    load_library()
    methods = []
    for name, code, _, _ in FACTS:
        body = code if re.search(r"\breturn\b", code) else f"return {code};"
        methods.append(f"public static Object {name}() {{ {body} }}")
    text = "public class LibraryFacts {\n" + _HELPERS + "\n".join(methods) + "\n}"
    loaded = Program(compile_sources({"LibraryFacts.cls": text}))
    assert not loaded.problems, loaded.problems
    return loaded


@pytest.mark.parametrize(("name", "code", "expected", "page"), FACTS, ids=[f[0] for f in FACTS])
def test_the_library_answers_as_the_platform(
    program: Program, name: str, code: str, expected: str, page: str
) -> None:
    clock = Clock(dt.datetime(2026, 11, 23, 14, 5, 6, 789000, tzinfo=dt.timezone.utc))
    program.begin()
    with enter(Execution(program=program, clock=clock)):
        try:
            answer = text_of(program.namespace[f"libraryfacts__m_{name}"]())
        except (ApexException, AttributeError, TypeError, ArithmeticError) as raised:
            failure = as_apex(raised)
            answer = f"!{failure}"
    shown = answer.replace("\n", "\\n")
    assert expected in {shown, f"[{shown}]"}, f"{code}  ({page}): {shown}"


def test_enough_facts_are_pinned() -> None:
    assert len(FACTS) >= 120
