"""Text that is no Apex is refused where it goes wrong; what only looks wrong is read."""

from __future__ import annotations

import pytest

from sfgen.apex.syntax import tree
from sfgen.apex.syntax.lexer import ApexSyntaxError, unescape
from sfgen.apex.syntax.parser import (
    parse_anonymous,
    parse_class,
    parse_expression,
    parse_trigger,
)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("class A {", 1, 10),
        ("class A { void f() { x = ; } }", 1, 26),
        ("class A {\n  Integer x\n}", 3, 1),
        ("class A { String s = 'open; }", 1, 22),
        ("class A { '''x''' }", 1, 11),
        ("class A { } class B { }", 1, 13),
        ("class A { void f() { try { } } }", 1, 30),
        ("class A { void f() { Integer[] x = [SELECT Id FROM A } }", 1, 36),
        ("nothing", 1, 1),
    ],
)
def test_a_syntax_error_says_where(text: str, line: int, column: int) -> None:
    with pytest.raises(ApexSyntaxError) as raised:
        parse_class(text)
    assert (raised.value.line, raised.value.column) == (line, column)


def test_generics_are_no_comparison_and_comparisons_no_generics() -> None:
    compared = parse_expression("a < b && c > d")
    assert isinstance(compared, tree.Binary)
    assert compared.operator == "&&"
    literal = parse_expression("Map<String, List<Integer>>.class")
    assert isinstance(literal, tree.TypeLiteral)
    assert str(literal.type) == "Map<String,List<Integer>>"


@pytest.mark.parametrize(
    "text", ["(Integer) -x", "(Foo) x", "(List<Foo>) x", "(Foo) (x)", "(A.B) [SELECT Id FROM C]"]
)
def test_a_cast_is_seen(text: str) -> None:
    assert isinstance(parse_expression(text), tree.Cast)


@pytest.mark.parametrize("text", ["(x) - y", "(x) + y", "(x) instanceof Foo", "(x) == y"])
def test_a_bracket_is_no_cast(text: str) -> None:
    assert not isinstance(parse_expression(text), tree.Cast)


def test_a_query_keeps_its_binds_apart() -> None:
    query = parse_expression(
        "[SELECT Id FROM A WHERE x IN :ids AND y = LAST_N_DAYS:3 AND z > 2024-01-01T10:20:30Z"
        " AND w = :a.b(c)[0]]"
    )
    assert isinstance(query, tree.Query)
    assert len(query.binds) == 2
    assert query.text.endswith("AND z > 2024-01-01T10:20:30Z AND w = :b1")
    assert "IN :b0" in query.text


def test_an_anonymous_block_holds_statements_and_methods() -> None:
    parsed = parse_anonymous("Integer x = f(1);\nInteger f(Integer a) { return a; }")
    assert len(parsed.statements) == 1
    assert len(parsed.members) == 1


def test_a_trigger_names_its_events() -> None:
    trigger = parse_trigger("trigger T on Account (before insert, after delete) { }").trigger
    assert trigger is not None
    assert trigger.events == ("before insert", "after delete")


def test_escapes_ignore_case() -> None:
    assert unescape(r"'\U0041\N\''") == "A\n'"


def test_deep_nesting_is_an_error_and_no_crash() -> None:
    with pytest.raises(ApexSyntaxError):
        parse_expression("(" * 50_000 + "1" + ")" * 50_000)
