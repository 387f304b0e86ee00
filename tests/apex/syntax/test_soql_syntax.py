from __future__ import annotations

import datetime as dt

import pytest

from sfgen.apex.syntax.soql import parse_soql
from sfgen.apex.syntax.soql_nodes import (
    Comparison,
    DateLiteral,
    FieldPath,
    FieldsKeyword,
    FunctionCall,
    Literal,
    Logical,
    Negation,
    Query,
    SelectItem,
    SoqlError,
    TypeOf,
    binds_of,
)
from sfgen.apex.syntax.sosl import parse_sosl


def test_binds_are_whole_expressions_numbered_by_offset() -> None:
    text = (
        "SELECT Id, (SELECT Id FROM Contacts WHERE X = :a.b[0].c(1, 'AND') AND Y = 1) FROM Account "
        "WHERE Id IN :new Set<Id>{ x, y } AND Name = :name ORDER BY Name LIMIT :max + 1"
    )
    binds = list(binds_of(parse_soql(text)))
    assert [bind.text for bind in binds] == [
        "a.b[0].c(1, 'AND')",
        "new Set<Id>{ x, y }",
        "name",
        "max + 1",
    ]
    assert [bind.index for bind in binds] == [0, 1, 2, 3]
    assert all(text[bind.offset :].startswith(bind.text) for bind in binds)


def test_a_bind_may_be_named_like_a_clause_behind_a_dot() -> None:
    (bind,) = binds_of(parse_soql("SELECT Id FROM Account LIMIT :this.limit"))
    assert bind.text == "this.limit"


def test_like_keeps_the_backslash_of_escaped_wildcards_only() -> None:
    where = parse_soql(r"SELECT Id FROM Account WHERE Name LIKE 'a\_b\'c%'").where
    assert isinstance(where, Comparison)
    assert where.right == Literal("string", r"a\_b'c%")


def test_conditions_nest() -> None:
    where = parse_soql(
        "SELECT Id FROM Account WHERE (A = 1 OR B != null) AND NOT C INCLUDES ('x;y', 'z')"
    ).where
    assert isinstance(where, Logical)
    assert where.operator == "AND"
    assert isinstance(where.terms[0], Logical)
    assert where.terms[0].operator == "OR"
    assert isinstance(where.terms[1], Negation)


def test_and_and_or_do_not_mix_without_parentheses() -> None:
    with pytest.raises(SoqlError):
        parse_soql("SELECT Id FROM Account WHERE A = 1 AND B = 2 OR C = 3")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-01-02T03:04:05Z", dt.datetime(2024, 1, 2, 3, 4, 5, tzinfo=dt.timezone.utc)),
        (
            "2024-01-02T03:04:05.250Z",
            dt.datetime(2024, 1, 2, 3, 4, 5, 250000, tzinfo=dt.timezone.utc),
        ),
        ("2024-01-02T03:04:05+02:00", dt.datetime(2024, 1, 2, 1, 4, 5, tzinfo=dt.timezone.utc)),
        ("2024-01-02T03:04Z", dt.datetime(2024, 1, 2, 3, 4, tzinfo=dt.timezone.utc)),
    ],
)
def test_datetime_literals_are_utc(text: str, moment: dt.datetime) -> None:
    where = parse_soql("SELECT Id FROM Account WHERE CreatedDate > " + text).where  # noqa: S608 - SOQL, not SQL
    assert isinstance(where, Comparison)
    assert where.right == Literal("datetime", moment)


def test_date_literals_with_and_without_a_number() -> None:
    where = parse_soql("SELECT Id FROM A WHERE D = TODAY AND E > LAST_N_DAYS:30").where
    assert isinstance(where, Logical)
    assert [term.right for term in where.terms] == [
        DateLiteral("TODAY"),
        DateLiteral("LAST_N_DAYS", 30),
    ]


def test_the_clauses_of_a_long_query() -> None:
    query = parse_soql(
        "SELECT COUNT(Id) total, StageName FROM Opportunity WHERE Amount > 5 WITH USER_MODE "
        "GROUP BY ROLLUP(StageName) HAVING COUNT(Id) > 1 ORDER BY StageName DESC NULLS LAST "
        "LIMIT 5 OFFSET 2 ALL ROWS FOR UPDATE"
    )
    assert query.select[0] == SelectItem(
        FunctionCall("COUNT", (FieldPath(("Id",), 13),), 7), "total"
    )
    assert query.mode == "USER_MODE"
    assert query.group is not None
    assert query.group.kind == "ROLLUP"
    assert query.order[0].descending
    assert query.order[0].nulls_first is False
    assert query.all_rows
    assert query.purpose == "UPDATE"


def test_special_selections() -> None:
    query = parse_soql(
        "SELECT FIELDS(ALL), TYPEOF What WHEN Account THEN Phone ELSE Name END, "
        "(SELECT Id FROM Tasks) FROM Event"
    )
    assert query.select[0] == FieldsKeyword("ALL")
    assert isinstance(query.select[1], TypeOf)
    assert isinstance(query.select[2], Query)
    assert parse_soql("select count() from Account").count_only


@pytest.mark.parametrize(
    "text", ["SELECT FROM Account", "SELECT Id Account", "SELECT Id FROM Account WHERE", "Id"]
)
def test_what_is_no_soql_is_refused(text: str) -> None:
    with pytest.raises(SoqlError, match=r"unexpected token|expecting"):
        parse_soql(text)


def test_sosl_names_its_objects_and_rows() -> None:
    search = parse_sosl(
        "FIND 'acme*' IN NAME FIELDS RETURNING Account(Name WHERE X = 1 LIMIT 3), Lead LIMIT 9"
    )
    assert search.term == Literal("string", "acme*")
    assert search.scope == "NAME FIELDS"
    assert [each.source for each in search.returning] == ["Account", "Lead"]
    assert search.returning[0].query.limit == Literal("number", 3)
    assert search.limit == Literal("number", 9)
    assert parse_sosl("FIND {acme} RETURNING Account").term == Literal("string", "acme")
