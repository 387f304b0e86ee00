"""Small facts of records, queries and DML, each a method's body with what the platform answers.

The tables are `data_*.txt`: `code => text of what it returns`, an exception as `!Type: message`
(its text may end in `...`), and behind `##` the page of Salesforce's documentation or the row of
apex-semantics that says so. A body without `return` is an expression.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sfgen.apex.compiler.program import Program
from sfgen.apex.compiler.units import compile_sources
from sfgen.apex.intrinsics.faults import as_apex
from sfgen.apex.library import load_library
from sfgen.apex.opening import admin_user, open_org
from sfgen.apex.runtime.execution import Clock, Execution, TestState, enter
from sfgen.apex.runtime.text import text_of
from sfgen.apex.schema.source_files import files_below
from sfgen.apex.triggers import ProjectTriggers

_LINE = re.compile(r"(?P<code>.+) => (?P<expected>.*?)\s+## (?P<page>.+)\Z")
_PROJECT = Path(__file__).parent / "project"
_VERSIONS = {str(path): "68.0" for path in (_PROJECT / "classes").glob("Modern*.cls")}
_HELPERS = """
    static User minimal() {
        Profile p = [SELECT Id FROM Profile WHERE Name = 'Minimum Access - Salesforce'];
        User u = new User(LastName='Min', Alias='min', Email='min@example.com', ProfileId=p.Id,
            Username='min@example.com.facts', TimeZoneSidKey='GMT', LocaleSidKey='en_US',
            LanguageLocaleKey='en_US', EmailEncodingKey='UTF-8');
        insert u;
        return u;
    }
    static String names(List<Account> rows) {
        List<String> found = new List<String>();
        for (Account a : rows) { found.add(a.Name); }
        return String.join(found, ',');
    }
    static void three() {
        insert new List<Account>{
            new Account(Name='beta', Phone='2', AnnualRevenue=20, Industry='Energy'),
            new Account(Name='Alpha', AnnualRevenue=10, Industry='Banking'),
            new Account(Name='gamma', Phone='1', AnnualRevenue=30, Industry='Energy')
        };
    }
"""


def _facts() -> list[tuple[str, str, str, str]]:
    found = []
    for table in sorted(Path(__file__).parent.glob("data_*.txt")):
        for number, line in enumerate(table.read_text("utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            match = _LINE.match(line)
            assert match, f"{table.name}:{number}: not a fact"
            name = f"{table.stem.removeprefix('data_')}_{number}"
            found.append((name, match["code"], match["expected"], match["page"]))
    return found


FACTS = _facts()


@pytest.fixture(scope="module")
def org() -> tuple[Program, Any]:
    load_library()
    files = files_below([_PROJECT])
    database = open_org(files)
    methods = []
    for name, code, _, _ in FACTS:
        body = f"{code};" if re.search(r"\breturn\b", code) else f"return {code};"
        body = re.sub(r"\};\Z", "}", body) + (" return null;" if body.endswith("};") else "")
        methods.append(f"public static Object {name}() {{ {body} }}")
    text = "public with sharing class DataFacts {\n" + _HELPERS + "\n".join(methods) + "\n}"
    sources = {"DataFacts.cls": text}
    sources |= {p: d.decode() for p, d in files.items() if p.endswith((".cls", ".trigger"))}
    program = Program(compile_sources(sources, database.schema))
    lines = text.splitlines()
    assert not program.problems, [(p, lines[p.line - 1]) for p in program.problems]
    database.triggers.runner = ProjectTriggers(program)
    database.schema.code["DataFacts.cls"] = text
    return program, database


@pytest.mark.parametrize(("name", "code", "expected", "page"), FACTS, ids=[f[0] for f in FACTS])
def test_data_behaves_as_on_the_platform(
    org: tuple[Program, Any], name: str, code: str, expected: str, page: str
) -> None:
    program, database = org
    point = database.store.savepoint()
    execution = Execution(
        database=database,
        program=program,
        project=SimpleNamespace(labels={}, resources={}, namespace="", versions=_VERSIONS),
        user=admin_user(database),
        clock=Clock(dt.datetime(2026, 11, 23, 14, 5, 6, tzinfo=dt.timezone.utc)),
        test=TestState(running=True),
    )
    program.begin()
    with enter(execution):
        try:
            answer = text_of(program.namespace[f"datafacts__m_{name}"]())
        except Exception as raised:  # noqa: BLE001 - the fact may be an exception
            answer = f"!{text_of(as_apex(raised))}"
        finally:
            database.store.rollback(point)
            database.store.release(point)
    if expected.endswith("..."):
        assert answer.startswith(expected.removesuffix("...")), f"{code} ({page})"
    else:
        assert answer == expected, f"{code} ({page})"
