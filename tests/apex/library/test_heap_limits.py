"""A heap that grows past its limit ends the transaction, and nothing loses that end.

Apex Developer Guide, "Execution Governors and Limits": 6 MB of heap in synchronous Apex; "Exceptions
that Can't be Caught".
"""

from __future__ import annotations

import pytest

from sfgen.apex.compiler.program import Program
from sfgen.apex.compiler.units import compile_sources
from sfgen.apex.intrinsics.faults import as_apex
from sfgen.apex.library import load_library
from sfgen.apex.runtime.execution import Execution, enter
from sfgen.apex.watchdog import watched

TOO_LARGE = "System.LimitException: Apex heap size too large: "
TOO_DEEP = "System.LimitException: Maximum stack depth reached: 1001"

_CLASS = """
public class Growing {{
    public class Node {{ public Node next; public String text; }}
    static List<String> kept = new List<String>();
    static Integer deep(Integer n) {{ try {{ return deep(n + 1); }} finally {{ return 7; }} }}
    static Integer large() {{
        try {{ List<Integer> a = new List<Integer>(9000000); return a.size(); }}
        finally {{ return 1; }}
    }}
    public static Object f() {{ {body} }}
}}"""


def outcome(body: str) -> str:
    load_library()
    program = Program(compile_sources({"Growing.cls": _CLASS.format(body=body)}))
    assert not program.problems, program.problems
    program.begin()
    try:
        with enter(Execution(program=program)), watched(60):
            return repr(program.namespace["growing__m_f"]())
    except Exception as raised:  # noqa: BLE001 - as_apex decides what it is
        return str(as_apex(raised))


@pytest.mark.parametrize(
    "body",
    [
        "List<Integer> l = new List<Integer>(); while (true) { l.add(1); } return null;",
        "Set<Integer> s = new Set<Integer>(); Integer i = 0; while (true) { s.add(i++); } return null;",
        "Map<Integer, Long> m = new Map<Integer, Long>(); Integer i = 0; while (true) { m.put(i++, 1L); } return null;",
        "List<Integer> l = new List<Integer>{ 1 }; while (true) { l.addAll(l); } return null;",
        "List<String> l = new List<String>(); while (true) { l.add('x'.repeat(100000) + l.size()); } return null;",
        "Integer i = 0; while (true) { kept.add('k'.repeat(5000) + i++); } return null;",
        "List<Object> l = new List<Object>(); while (true) { l.add(new Integer[10000]); } return null;",
        "String s = 'x'; while (true) { s += s; } return null;",
        "return 'x'.repeat(2000000).getChars();",
        (
            "Node first; while (true) { Node n = new Node(); n.next = first; "
            "n.text = 'abcdefgh'.repeat(400); first = n; } return null;"
        ),
    ],
)
def test_what_grows_without_end_is_too_large(body: str) -> None:
    assert outcome(body).startswith(TOO_LARGE)


def test_the_message_tells_the_size() -> None:
    assert outcome("return new List<Integer>(2000000);") == f"{TOO_LARGE}8000000"


def test_asynchronous_apex_may_hold_twice_as_much() -> None:
    body = "return new List<Integer>(2000000).size();"
    load_library()
    program = Program(compile_sources({"Growing.cls": _CLASS.format(body=body)}))
    program.begin()
    execution = Execution(program=program)
    execution.governor.allowed["heap_size"] = 12_000_000
    with enter(execution), watched(60):
        assert program.namespace["growing__m_f"]() == 2_000_000


@pytest.mark.parametrize(
    "body",
    [
        # What is let go of doesn't count.
        (
            "Integer n = 0; for (Integer i = 0; i < 300; i++) { String s = 'x'.repeat(200000) + i; "
            "n += s.length(); } return n > 0;"
        ),
        (
            "for (Integer i = 0; i < 40; i++) { List<Integer> l = new List<Integer>(); "
            "for (Integer j = 0; j < 6000; j++) { l.add(j); } } return true;"
        ),
        "List<Integer> l = new List<Integer>(1000000); List<Integer> k = l; return k.size() > 0;",
    ],
)
def test_what_fits_is_not_refused(body: str) -> None:
    assert outcome(body) == "True"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return large();", f"{TOO_LARGE}36000000"),
        ("return deep(0);", TOO_DEEP),
        (
            (
                "try { try { large(); } finally { throw new IllegalArgumentException('x'); } } "
                "catch (Exception e) { return 'caught'; } return null;"
            ),
            f"{TOO_LARGE}36000000",
        ),
        (
            "for (Integer i = 0; i < 2; i++) { try { large(); } finally { continue; } } return 1;",
            f"{TOO_LARGE}36000000",
        ),
    ],
)
def test_no_finally_loses_a_limit(body: str, expected: str) -> None:
    assert outcome(body) == expected


def test_a_finally_still_loses_what_can_be_caught() -> None:
    body = "try { Integer i = 1 / 0; } catch (ListException e) { } finally { return 'kept'; }"
    assert outcome(body) == "'kept'"


def test_a_finally_inside_a_catch_runs() -> None:
    body = (
        "String s = ''; try { throw new IllegalArgumentException('x'); } catch (Exception e) { "
        "try { s += 'a'; } finally { s += 'b'; } } return s;"
    )
    assert outcome(body) == "'ab'"
