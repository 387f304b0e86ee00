"""Hostile Apex ends by Apex's own limits: no giant texts, numbers or patterns, no files, no Python.

Apex Developer Guide, "Execution Governors and Limits".
"""

from __future__ import annotations

import pytest

from sfgen.apex.compiler.program import Program
from sfgen.apex.compiler.units import compile_sources
from sfgen.apex.intrinsics.faults import as_apex
from sfgen.apex.library import load_library
from sfgen.apex.library.text.regex_size import too_large
from sfgen.apex.runtime.exceptions import Unsupported
from sfgen.apex.runtime.execution import Execution, enter
from sfgen.apex.watchdog import watched

TOO_LONG = "System.LimitException: String is too long."
TOO_COMPLICATED = "System.LimitException: Regex too complicated"
TOO_DEEP = "System.LimitException: Maximum stack depth reached: 1001"
CYCLE = "System.JSONException: Direct self-reference leading to cycle"


def outcome(body: str, seconds: float = 20) -> str:
    load_library()
    text = (
        "public class Hostile { static Object deep(Integer n) { return deep(n + 1); }"
        f" public static Object f() {{ {body} }} }}"
    )
    program = Program(compile_sources({"Hostile.cls": text}))
    assert not program.problems, program.problems
    program.begin()
    try:
        with enter(Execution(program=program)), watched(seconds):
            return repr(program.namespace["hostile__m_f"]())
    except Exception as raised:  # noqa: BLE001 - as_apex decides what it is
        return str(as_apex(raised))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return 'x'.repeat(2147483647);", TOO_LONG),
        ("return 'x'.rightPad(2000000000);", TOO_LONG),
        ("return 'x'.repeat(900000).replace('x', 'yyyyyyyyyy');", TOO_LONG),
        ("return 'x'.repeat(700000).replaceAll('x', 'yyyyyyyyyy');", TOO_LONG),
        ("return String.format('{0}{0}', new List<String>{ 'x'.repeat(5000000) });", TOO_LONG),
        ("String s = 'x'.repeat(4000000); return String.join(new List<String>{ s, s }, '');", TOO_LONG),
        ("return Pattern.compile('a{1000000000}');", TOO_COMPLICATED),
        ("return Pattern.compile('((a{1,1000}){1,1000}){1,1000}');", TOO_COMPLICATED),
        ("return Pattern.compile('('.repeat(20000) + ')'.repeat(20000));", TOO_COMPLICATED),
        ("return Pattern.matches('a', 'a'.repeat(1000001));", TOO_COMPLICATED),
        (("Map<String, Object> m = new Map<String, Object>(); m.put('m', m);"
         " return JSON.serialize(m);"), CYCLE),
        ("List<Object> l = new List<Object>(); l.add(l); return JSON.serialize(l);", CYCLE),
        ("Map<String, Object> m = new Map<String, Object>(); m.put('m', m); return m.hashCode();",
         TOO_DEEP),
        (("List<Object> a = new List<Object>(); a.add(a); List<Object> b = new List<Object>();"
         " b.add(b); return a == b;"), TOO_DEEP),
        ("return JSON.deserializeUntyped('{\"a\":'.repeat(20000) + '1' + '}'.repeat(20000));",
         TOO_DEEP),
        ("return JSON.deserializeUntyped('1E999999999');",
         "System.TypeException: Invalid decimal: 1E999999999"),
        ("return Decimal.valueOf('1E999999');", "System.TypeException: Invalid decimal: 1E999999"),
        ("Decimal d = 9; for (Integer i = 0; i < 40; i++) { d = d * d; } return d;",
         "System.MathException: Number out of range"),
        ("return Date.newInstance(2026, 1, 1) + 2147483647;", "System.TypeException: Invalid date"),
        ("return Datetime.newInstance(0) + 99999999999999.0;",
         "System.TypeException: Invalid date"),
        ("return Math.roundToLong(Math.pow(10, 400));", "9223372036854775807"),
        ("return (2.0).pow(2147483647);",
         "System.MathException: Invalid value for exponent: 2147483647"),
        ("try { return deep(0); } catch (Exception e) { return 'caught'; }", TOO_DEEP),
    ],
)  # fmt: skip
def test_a_limit_of_apex_stops_it(body: str, expected: str) -> None:
    assert outcome(body) == expected


def test_a_giant_array_is_refused() -> None:
    answer = outcome("return new Integer[2000000000];")
    assert answer.startswith("System.LimitException: Apex heap size too large")


@pytest.mark.parametrize(
    "body",
    [
        "return Pattern.matches('(a+)+b', 'a'.repeat(40) + 'c');",
        "return Pattern.matches('^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(60));",
    ],
)
def test_backtracking_ends(body: str) -> None:
    assert outcome(body) in {"False", TOO_COMPLICATED}


@pytest.mark.parametrize(
    "body",
    [
        "while (true) { } return null;",
        "try { while (true) { } } catch (Exception e) { return 'caught'; } return null;",
        (
            "for (Integer i = 0; i < 3; i++) { try { while (true) { } } finally { continue; } }"
            " return 'escaped';"
        ),
    ],
)
def test_an_endless_loop_is_stopped_whatever_is_around_it(body: str) -> None:
    answer = outcome(body, seconds=0.3)
    assert answer == "System.LimitException: Apex CPU time limit exceeded"


@pytest.mark.parametrize("name", ["os", "builtins.open", "sfgen.apex.host.ApexHost", "__import__"])
def test_no_python_name_is_a_type(name: str) -> None:
    assert outcome(f"return Type.forName('{name}');") == "None"


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:22"])
def test_a_callout_reaches_nothing(address: str) -> None:
    body = f"HttpRequest r = new HttpRequest(); r.setEndpoint('{address}'); new Http().send(r);"
    with pytest.raises(Unsupported):
        outcome(f"{body} return null;")


def test_an_external_entity_is_not_read() -> None:
    body = (
        "Dom.Document d = new Dom.Document();"
        " d.load('<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><a>&b;</a>');"
        " return d.getRootElement().getText();"
    )
    assert outcome(body) == "System.XmlException: DOCTYPE is not allowed in XML"


@pytest.mark.parametrize(
    "pattern", ["[A-Z]{1,200}(\\d{3}-){2,50}\\w{2,255}@[a-z]{1,63}", "a{5000}"]
)
def test_usual_repeats_are_not_refused(pattern: str) -> None:
    assert not too_large(pattern)
