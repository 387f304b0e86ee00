"""What an `unsupported` says: the platform's but not built, or perhaps a typo."""

from __future__ import annotations

import pytest

from sfgen.apex.compiler.program import Program
from sfgen.apex.compiler.units import compile_sources
from sfgen.apex.library import load_library
from sfgen.apex.library.declarations.known import explain
from sfgen.apex.runtime.exceptions import Unsupported
from sfgen.apex.runtime.execution import Execution, enter

UNBUILT = "of the platform, not built in sfgen's Apex runtime"


@pytest.mark.parametrize(
    ("what", "note"),
    [
        ("ConnectApi.Communities.getCommunity", UNBUILT),
        ("new Wave.QueryBuilder()", UNBUILT),
        ("Approval.process", UNBUILT),
        ("System.Test.createSoqlStub", UNBUILT),
        ("new ConnectApi.Nope()", "sfgen knows no such class of the namespace connectapi: a typo?"),
        ("String.lenght", "sfgen knows no such member of String: a typo?"),
        ("List<String>.foo(1 arguments)", "sfgen knows no such member of List: a typo?"),
        (
            "otherns.Thing.run",
            "neither in the project nor known of the platform: a missing package, or a typo?",
        ),
    ],
)
def test_an_unsupported_member_is_told_from_a_typo(what: str, note: str) -> None:
    load_library()
    assert explain(what) == f"{what} ({note})"


@pytest.mark.parametrize(
    "what", ["running the flow X, which this save starts", "Page.Foo", "System.Label.X"]
)
def test_other_messages_stay_as_they_are(what: str) -> None:
    assert explain(what) == what


def test_the_project_s_own_class_is_no_missing_package() -> None:
    load_library()
    text = "public class Own { public static Object f() { Object o = new Own(); return o; } }"
    program = Program(compile_sources({"Own.cls": text}))
    with enter(Execution(program=program)):
        assert explain("Own.missing(1 arguments)") == "Own.missing(1 arguments)"


def test_executing_an_unbuilt_member_says_so() -> None:
    load_library()
    text = (
        "public class Own { public static void f() { ConnectApi.Communities.getCommunity('x'); } }"
    )
    program = Program(compile_sources({"Own.cls": text}))
    assert not program.problems
    program.begin()
    with enter(Execution(program=program)), pytest.raises(Unsupported, match="not built in sfgen"):
        program.namespace["own__m_f"]()
