"""Files of Apex compiled to units: code that marshals, with what the loader must know."""

from __future__ import annotations

import ast
import re
from pathlib import PurePosixPath
from threading import Lock
from typing import TYPE_CHECKING, Any

from sfgen.apex.compiler.classes import (
    bind_members,
    bind_signatures,
    write_trigger,
    write_type,
)
from sfgen.apex.compiler.compiled import TestClass, Unit
from sfgen.apex.compiler.declaration_checks import check_declarations
from sfgen.apex.compiler.world import World
from sfgen.apex.compiler.writer import Problem, Writer
from sfgen.apex.runtime.stack import APEX_FILE
from sfgen.apex.syntax.lexer import ApexSyntaxError
from sfgen.apex.syntax.parser import parse_class, parse_trigger
from sfgen.apex.types.symbols import TypeSymbol, declare

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sfgen.apex.syntax.tree import Trigger

__all__ = ["compile_sources"]

_PRIVATE_UNIT = re.compile(r"\W")
_WORD = re.compile(r"\w+")
#: CPython 3.11 counts the depth of trees in one place for all threads and fails where two convert
#: one at a time ("AST constructor recursion depth mismatch", CPython issue 106905).
_SYNTAX_TREES = Lock()


def compile_sources(
    sources: Mapping[str, str], schema: Any = None, namespace: str = ""
) -> list[Unit]:
    """Compile files (path -> text) as one project; problems are in the units."""
    world = World(schema, namespace)
    units: list[Unit] = []
    types: list[tuple[TypeSymbol, str]] = []
    triggers: list[tuple[Trigger, str, str]] = []
    for file, text in sources.items():
        name = PurePosixPath(file).name.partition(".")[0]
        try:
            if file.endswith(".trigger"):
                trigger = parse_trigger(text).trigger
                if trigger is not None:
                    triggers.append((trigger, file, text))
                continue
            node = parse_class(text).type
        except ApexSyntaxError as error:
            problem = Problem(file, error.line, error.column, error.message)
            units.append(Unit(file, name, _stem(name), problems=(problem,)))
            continue
        if node is not None and node.name.lower() in world.types:
            known = world.types[node.name.lower()].file
            problem = Problem(file, node.line, node.column, f"Duplicate type, as in {known}")
            units.append(Unit(file, name, _stem(name), problems=(problem,)))
        elif node is not None:
            symbol = declare(node, file)
            world.add(symbol)
            types.append((symbol, text))
    for symbol, _ in types:
        bind_members(world, symbol)
    for symbol, _ in types:
        bind_signatures(world, symbol)
    units.extend(_compile_type(world, symbol, text) for symbol, text in types)
    units.extend(_compile_trigger(world, node, file, text) for node, file, text in triggers)
    for unit in units:
        unit.objects = _objects(sources[unit.file], schema)
    return units


def _objects(text: str, schema: Any) -> tuple[str, ...]:
    """The objects of the schema that a text names."""
    if schema is None:
        return ()
    return tuple(sorted(schema.objects.keys() & set(_WORD.findall(text.lower()))))


def _stem(name: str) -> str:
    return _PRIVATE_UNIT.sub("_", name.lower())


def _compile_type(world: World, symbol: TypeSymbol, text: str) -> Unit:
    writer = Writer(symbol.python)
    write_type(world, symbol, writer)
    for node, message in check_declarations(world, symbol):
        writer.problem(symbol.file, node.line, node.column, message)
    unit = _finish(Unit(symbol.file, symbol.name, symbol.python), writer, text)
    unit.tests = tuple(_tests(symbol))
    unit.is_test = symbol.annotated("istest") or bool(unit.tests)
    return unit


def _compile_trigger(world: World, node: Trigger, file: str, text: str) -> Unit:
    stem = f"trigger__{node.name.lower()}"
    writer = Writer(stem)
    write_trigger(world, node, file, writer)
    return _finish(Unit(file, node.name, stem), writer, text)


def _finish(unit: Unit, writer: Writer, text: str) -> Unit:
    """Turn the writer's text into code whose lines are the Apex file's."""
    python, lines = writer.text()
    with _SYNTAX_TREES:
        try:
            tree = ast.parse(python)
        except (SyntaxError, RecursionError, MemoryError) as error:
            at = error.lineno if isinstance(error, SyntaxError) and error.lineno else 1
            writer.problem(
                unit.file,
                lines[min(at, len(lines)) - 1],
                1,
                f"Nested too deeply for sfgen's runtime: {error}",
            )
            unit.problems = tuple(writer.problems)
            return unit
        for node in ast.walk(tree):
            line = getattr(node, "lineno", None)
            if line is not None:
                node.lineno = lines[line - 1]  # type: ignore[attr-defined]
                node.end_lineno = node.lineno  # type: ignore[attr-defined]
                node.end_col_offset = node.col_offset  # type: ignore[attr-defined]
        unit.code = compile(tree, f"{APEX_FILE}{unit.file}", "exec", dont_inherit=True)
    unit.executable = tuple(sorted(writer.executable))
    unit.size = max([text.count("\n") + 1, *writer.executable]) + 1
    unit.places = writer.places
    unit.problems = tuple(sorted(set(writer.problems), key=lambda each: (each.line, each.column)))
    return unit


def _tests(symbol: TypeSymbol) -> Iterable[TestClass]:
    """The test class that a top-level type is."""
    methods: list[tuple[str, int]] = []
    setups: list[str] = []
    see_all_data = _sees_all_data(symbol.node.annotations)
    for group in symbol.methods.values():
        for method in group:
            names = {each.name.lower() for each in method.node.annotations}
            if "testsetup" in names:
                setups.append(method.function)
            elif "istest" in names or "testmethod" in method.node.modifiers:
                methods.append((method.node.name, method.node.line))
                see_all_data = see_all_data or _sees_all_data(method.node.annotations)
    if methods and (symbol.annotated("istest") or symbol.kind == "class"):
        ordered = tuple(sorted(methods, key=lambda each: each[1]))
        yield TestClass(symbol.name, symbol.python, ordered, tuple(setups), see_all_data)


def _sees_all_data(annotations: Iterable[Any]) -> bool:
    return any(
        each.values.get("seealldata", "").lower() == "true"
        for each in annotations
        if each.name.lower() == "istest"
    )
