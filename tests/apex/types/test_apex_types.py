"""Type names, the cost of conversions and the choice of overloads."""

from __future__ import annotations

import pytest

from sfgen.apex.compiler.units import compile_sources
from sfgen.apex.library import load_library
from sfgen.apex.names.overloads import choose, cost
from sfgen.apex.names.query_rows import row_type
from sfgen.apex.names.world import World
from sfgen.apex.types.model import ApexType, type_named
from sfgen.apex.types.symbols import mangle

load_library()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("string", "String"),
        ("map<string, list<account>>", "Map<String,List<account>>"),
        ("Account[]", "List<Account>"),
        ("Integer[][]", "List<List<Integer>>"),
        ("Outer.Inner", "Outer.Inner"),
    ],
)
def test_a_type_is_read_from_its_name(text: str, name: str) -> None:
    assert str(type_named(text)) == name


def test_types_are_the_same_whatever_their_case() -> None:
    assert type_named("LIST<Foo>").key == type_named("List<foo>").key


@pytest.mark.parametrize(
    ("source", "target", "converts"),
    [
        ("Integer", "Long", True),
        ("Integer", "Decimal", True),
        ("Long", "Integer", False),
        ("String", "Integer", False),
        ("Id", "String", True),
        ("String", "Id", True),
        ("Date", "Datetime", True),
        ("Datetime", "Date", False),
        ("List<Integer>", "Iterable<Integer>", True),
        ("List<String>", "List<Integer>", False),
        ("Set<String>", "List<String>", False),
        ("Integer", "Object", True),
    ],
)
def test_conversions(source: str, target: str, *, converts: bool) -> None:
    found = cost(World(), type_named(source), type_named(target))
    assert (found is not None) is converts


@pytest.mark.parametrize(
    ("candidates", "arguments", "chosen"),
    [
        (["Object", "String"], ["String"], 1),
        (["Long", "Double"], ["Integer"], 0),
        (["Decimal", "Object"], ["Integer"], 0),
        (["Object", "String"], ["null"], 1),
        (["List<Object>", "Set<Object>"], ["Set<Object>"], 1),
        (["String"], ["Integer"], None),
    ],
)
def test_the_most_specific_overload_is_chosen(
    candidates: list[str], arguments: list[str], chosen: int | None
) -> None:
    lists = [(type_named(each),) for each in candidates]
    assert choose(World(), lists, [type_named(each) for each in arguments]) == chosen


def test_overloads_have_attributes_of_their_own() -> None:
    one, two = mangle("Save", (type_named("String"),)), mangle("save", (type_named("Id"),))
    assert one != two
    assert one == mangle("SAVE", (type_named("string"),))


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("SELECT Id FROM Account", "Account"),
        ("SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Name = 'from x'", "Account"),
        ("SELECT COUNT() FROM Account", "Integer"),
        ("SELECT COUNT(Id) n FROM Account", "AggregateResult"),
        ("SELECT Name FROM Account GROUP BY Name", "AggregateResult"),
        ("FIND 'x' RETURNING Account", "List<List<SObject>>"),
    ],
)
def test_a_query_says_what_its_rows_are(text: str, row: str) -> None:
    assert str(row_type(text)) == row


def test_a_projects_class_hides_the_platforms_and_system_reaches_it() -> None:
    world = World()
    units = compile_sources(
        {
            "Assert.cls": "public class Assert { public static String areEqual() { return ''; } }",
            "User.cls": """public class User {
                static void run() { Assert.areEqual(); System.Assert.areEqual(1, 1); }
            }""",
        }
    )
    assert not [problem for unit in units for problem in unit.problems]
    assert world.type_name("Assert", None) == "Assert"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("nope = 1;", "Variable does not exist: nope"),
        ("Integer x = nope;", "Variable does not exist: nope"),
        (
            "nope();",
            "Method does not exist or incorrect signature: void nope() from the type Odd",
        ),
        (
            "Own.nope();",
            "Method does not exist or incorrect signature: void nope() from the type Own",
        ),
        ("Object o = new Own(1);", "Constructor not defined: [Own].<Constructor>(Integer)"),
        ("Object o = new Bare();", "Abstract classes cannot be constructed: Bare"),
    ],
)
def test_a_misspelt_name_of_the_project_is_a_problem(body: str, message: str) -> None:
    sources = {
        "Own.cls": "public class Own { public Own() { } }",
        "Bare.cls": "public abstract class Bare { }",
        "Odd.cls": f"public class Odd {{ static void run() {{\n{body} }} }}",
    }
    problems = [problem for unit in compile_sources(sources) for problem in unit.problems]
    assert [(each.file, each.line, each.message) for each in problems] == [("Odd.cls", 2, message)]


def test_an_unknown_platform_member_compiles() -> None:
    text = "public class A { void f() { Beyond.reach(); Object o = new Beyond.Thing(); } }"
    assert not compile_sources({"A.cls": text})[0].problems


def test_a_second_type_of_a_name_is_a_problem() -> None:
    units = compile_sources({"one/a/A.cls": "class A { }", "one/b/A.cls": "class A { }"})
    assert [problem.message for unit in units for problem in unit.problems] == [
        "Duplicate type, as in one/a/A.cls"
    ]


def test_generic_arguments_print_without_blanks() -> None:
    assert str(ApexType("Map", (ApexType("Id"), ApexType("Id")))) == "Map<Id,Id>"
