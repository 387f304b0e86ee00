"""The checker finds what expressions mean and notes problems, before any code is written."""

from __future__ import annotations

from typing import Any

import pytest

from sfgen.apex.checker.bodies import check_trigger, check_type
from sfgen.apex.library import load_library
from sfgen.apex.names.call_meanings import Invocation, OwnCall, PlatformCall
from sfgen.apex.names.declared_types import bind_parents, bind_signatures
from sfgen.apex.names.meanings import Local, Missing, OwnField
from sfgen.apex.names.world import World
from sfgen.apex.syntax.parser import parse_class, parse_trigger
from sfgen.apex.types.symbols import TypeSymbol, declare


def _declared(text: str) -> tuple[World, TypeSymbol]:
    load_library()
    node = parse_class(text).type
    assert node is not None
    world, symbol = World(), declare(node, "C.cls")
    world.add(symbol)
    bind_parents(world, symbol)
    bind_signatures(world, symbol)
    return world, symbol


def _checked(expression: str) -> tuple[Any, list[str]]:
    """The meaning of what a method returns, and the messages of the problems."""
    world, symbol = _declared(
        "public class C { Integer size; static Integer twice(Integer n) { return n + n; }"
        f" Object run(String text, Unknown other) {{\n return {expression};\n }} }}"
    )
    meanings, problems = check_type(world, symbol)
    body = symbol.methods["run"][0].node.body
    assert body is not None
    value: Any = body.statements[0]
    return meanings.found[id(value.value)], [each.message for each in problems]


@pytest.mark.parametrize(
    ("expression", "form", "type_name"),
    [
        ("text", Local, "String"),
        ("size", OwnField, "Integer"),
        ("this.size", OwnField, "Integer"),
        ("twice(size)", OwnCall, "Integer"),
        ("text.length()", PlatformCall, "Integer"),
        ("other.anything()", Invocation, "ANY"),
    ],
)
def test_an_expression_means_what_its_names_say(
    expression: str, form: type, type_name: str
) -> None:
    meaning, problems = _checked(expression)
    assert (type(meaning), meaning.type.name, problems) == (form, type_name, [])


def test_what_is_refused_means_nothing_and_is_a_problem() -> None:
    meaning, problems = _checked("missing")
    assert problems == ["Variable does not exist: missing"]
    assert meaning == Missing(f"does not compile: {problems[0]}")


def test_what_is_only_noted_keeps_its_meaning() -> None:
    meaning, problems = _checked("text == 1")
    assert problems == ["Comparison arguments must be compatible types: String, Integer"]
    assert meaning.form == "equality"


def test_a_triggers_rows_are_of_its_object() -> None:
    load_library()
    trigger = parse_trigger("trigger T on Note__c (before insert) { Object o = Trigger.new; }")
    assert trigger.trigger is not None
    meanings, problems = check_trigger(World(), trigger.trigger, "T.trigger")
    local: Any = trigger.trigger.body.statements[0]
    assert str(meanings.found[id(local.names[0][1])].type) == "List<Note__c>"
    assert not problems
