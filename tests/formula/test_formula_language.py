"""The formula language: the same for records and pages, but for what is named here."""

from __future__ import annotations

import contextlib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfgen.formula import (
    FormulaError,
    FormulaSyntaxError,
    Scope,
    as_text,
    evaluate,
    parse_formula,
    paths_of,
)
from sfgen.visualforce import PageContext, VisualforceError
from sfgen.visualforce.functions import FUNCTIONS as PAGE_FUNCTIONS
from sfgen.visualforce.page_scope import PageScope


def nothing(name: str) -> object:
    raise VisualforceError(f"no property {name}")


RECORD = Scope()
PAGE = PageScope(PageContext({}, nothing, lambda name, path: f"/{name}/{path}"))


def value(text: str, scope: Scope = RECORD) -> Any:
    return evaluate(parse_formula(text), scope)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3 - 4 / 2", "5"),
        ("2 - 1 - 1", "0"),
        ("2 ^ 3 ^ 2", "64"),
        ("-2 ^ 2", "4"),
        ("+5", "5"),
        (".5 + 1.", "1.5"),
        ("'a' & /* joined */ \"b\"", "ab"),
        ("'it\\'s' & '\\n'", "it's\n"),
        ("1 < 2 && 2 >= 2 || false", "true"),
        ("1 <> 2 = true", "true"),
        ("NOT(IF(1 > 2, true, false))", "true"),
        ("CASE(2, 1, 'one', 2, 'two', 'many')", "two"),
        ("LEFT('abc', 2) & RIGHT('abc', 1) & RIGHT('abc', 0)", "abc"),
        ("FIND('c', 'abc') + LEN('ab')", "5"),
        ("ROUND(2.5)", "3"),
        ("MID('abcd', 2, 2)", "bc"),
        ("10 ^ 3", "1000"),
        ("1234567890123456789012345678901234", "1234567890123456789012345678901234"),
        ("LPAD('7', 3, '0')", "007"),
        ("ISBLANK('') & ISBLANK(' ')", "truefalse"),
    ],
)
def test_records_and_pages_speak_one_language(text: str, expected: str) -> None:
    assert as_text(value(text)) == expected
    assert as_text(value(text, PAGE)) == expected


def test_a_line_break_is_html_in_a_field_and_a_character_in_a_page() -> None:
    assert value("'a' & BR() & 'b'") == "a<br>b"
    assert value("'a' & BR() & 'b'", PAGE) == "a\nb"


@pytest.mark.parametrize("text", ["VALUE('')", "VALUE('x')", "1 / 0", "SQRT(-1)", "DATE(1, 13, 1)"])
def test_what_has_no_value_is_null_in_a_field_and_an_error_in_a_page(text: str) -> None:
    assert value(text) is None
    with pytest.raises(VisualforceError):
        value(text, PAGE)


def test_an_empty_text_is_null_for_records_only() -> None:
    assert value("ISNULL('')") is True
    assert value("ISNULL('')", PAGE) is False
    assert value("NULLVALUE('', 'x')") == "x"
    assert value("NULLVALUE('', 'x')", PAGE) == ""


def test_encoding_is_for_pages_alone() -> None:
    assert value("JSENCODE('</x>')", PAGE) == "\\u003C\\/x\\u003E"
    assert value("HTMLENCODE('<')", PAGE) == "&lt;"
    for name in ("JSENCODE", "HTMLENCODE", "URLENCODE"):
        assert name in PAGE_FUNCTIONS
        with pytest.raises(FormulaError, match=f"{name} in a formula"):
            value(f"{name}('x')")


@pytest.mark.parametrize(
    "text",
    ["", "  ", "1 +", "(1", "f(1", "f(1,)", "f(,1)", "'x", "a b", "1 ? 2", "a.b(1)", "a.", "x[1"],
)
def test_what_is_no_formula_says_why(text: str) -> None:
    with pytest.raises(FormulaSyntaxError, match="Syntax error in formula: "):
        parse_formula(text)


@pytest.mark.parametrize("text", ["LEN()", "LEN(1, 2)", "IF(true)", "NOPE(1)", "x[1]", "'a' < 1"])
def test_what_cannot_be_evaluated_says_so(text: str) -> None:
    with pytest.raises(FormulaError):
        value(text)


def test_what_is_not_needed_is_not_looked_at() -> None:
    assert value("IF(true, 1, Missing__c)") == Decimal(1)
    assert value("false && Missing__c") is False
    assert value("OR(true, Missing__c)") is True


def test_long_chains_and_deep_nests_are_worked_out() -> None:
    assert value("1" + " + 1" * 1_900) == Decimal(1_901)
    assert value("IF(true, " * 80 + "1" + ", 2)" * 80) == Decimal(1)


def test_names_come_in_the_order_of_the_text() -> None:
    found = list(paths_of(parse_formula("IF(a.b = $User.Id, -c, LEN(d & e))")))
    assert [".".join(each) for each in found] == ["a.b", "$User.Id", "c", "d", "e"]


@given(st.text(alphabet=st.sampled_from("abIF$.,()[]'\"!&|=<>+-*/^ 01\\\n"), max_size=60))
def test_no_text_does_more_than_fail(text: str) -> None:
    for scope in (RECORD, PAGE):
        with contextlib.suppress(FormulaError, VisualforceError):
            value(text, scope)
