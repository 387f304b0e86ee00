"""Files of Apex compiled to units: code that marshals, with what the loader must know."""

from __future__ import annotations

import ast
import functools
import re
from pathlib import PurePosixPath
from threading import Lock
from typing import TYPE_CHECKING, Any

from sfgen.apex.checker.bodies import check_trigger, check_type
from sfgen.apex.compiler.classes import write_trigger, write_type
from sfgen.apex.compiler.compiled import TestClass, Unit
from sfgen.apex.compiler.dependencies import Dependencies, words_of
from sfgen.apex.compiler.file import FileCompiler
from sfgen.apex.compiler.writer import Writer
from sfgen.apex.names.declared_types import bind_parents, bind_signatures
from sfgen.apex.names.problems import Problem
from sfgen.apex.names.world import World
from sfgen.apex.runtime.stack import APEX_FILE
from sfgen.apex.syntax.lexer import ApexSyntaxError
from sfgen.apex.syntax.parser import parse_class, parse_trigger
from sfgen.apex.types.symbols import TypeSymbol, declare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sfgen.apex.syntax.tree import Trigger

__all__ = ["compile_sources"]

_PRIVATE_UNIT = re.compile(r"\W")
#: CPython 3.11 counts the depth of trees in one place for all threads and fails where two convert
#: one at a time ("AST constructor recursion depth mismatch", CPython issue 106905).
_SYNTAX_TREES = Lock()


def compile_sources(
    sources: Mapping[str, str],
    schema: Any = None,
    namespace: str = "",
    *,
    known: Mapping[str, Unit] | None = None,
    context: bytes = b"",
) -> list[Unit]:
    """Compile files (path -> text) as one project; problems are in the units.

    `known` are units by key, of an earlier state of the project: a file whose key is among them
    is not compiled again. `context` is a digest of what all code rests on but the files.
    """
    # Everything is read and declared before anything is compiled, as a name may mean what a later
    # file declares; and the digest of a file takes in the declarations that it reaches.
    reading = _Reading(World(schema, namespace))
    for file, text in sources.items():
        reading.take(file, text)
    world = reading.world
    for symbol, _ in reading.types:
        bind_parents(world, symbol)
    for symbol, _ in reading.types:
        bind_signatures(world, symbol)
    dependencies = Dependencies(world.types, context + namespace.encode())
    units = reading.refused
    for file, text, compiling in reading.jobs():
        words = words_of(text)
        key = dependencies.key(file, text, words)
        unit = (known or {}).get(key)
        if unit is None:
            unit = compiling()
            unit.key, unit.objects = key, _objects(words, schema)
        units.append(unit)
    return units


class _Reading:
    """The files of a project parsed: its types, its triggers, and what can't be read."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.refused: list[Unit] = []
        self.types: list[tuple[TypeSymbol, str]] = []
        self.triggers: list[tuple[Trigger, str, str]] = []

    def take(self, file: str, text: str) -> None:
        """Parse one file and declare what it holds."""
        try:
            if file.endswith(".trigger"):
                trigger = parse_trigger(text).trigger
                if trigger is not None:
                    self.triggers.append((trigger, file, text))
                return
            node = parse_class(text).type
        except ApexSyntaxError as error:
            self._refuse(Problem(file, error.line, error.column, error.message))
            return
        if node is None:
            return
        known = self.world.types.get(node.name.lower())
        if known is not None and known.file.partition("/")[0] != file.partition("/")[0]:
            return  # another package directory's edition of it: the first is the one that runs
        if known is not None:
            message = f"Duplicate type, as in {known.file}"
            self._refuse(Problem(file, node.line, node.column, message))
            return
        symbol = declare(node, file)
        self.world.add(symbol)
        self.types.append((symbol, text))

    def _refuse(self, problem: Problem) -> None:
        name = PurePosixPath(problem.file).name.partition(".")[0]
        self.refused.append(Unit(problem.file, name, _stem(name), problems=(problem,)))

    def jobs(self) -> Iterator[tuple[str, str, Callable[[], Unit]]]:
        """Every file that can be compiled: its path, its text, and what compiles it."""
        for symbol, text in self.types:
            yield symbol.file, text, functools.partial(_compile_type, self.world, symbol, text)
        for trigger, file, text in self.triggers:
            compiling = functools.partial(_compile_trigger, self.world, trigger, file, text)
            yield file, text, compiling


def _objects(words: frozenset[str], schema: Any) -> tuple[str, ...]:
    """The objects of the schema that a text names."""
    return tuple(sorted(schema.objects.keys() & words)) if schema is not None else ()


def _stem(name: str) -> str:
    return _PRIVATE_UNIT.sub("_", name.lower())


def _compile_type(world: World, symbol: TypeSymbol, text: str) -> Unit:
    # The meanings hold nodes by `id`: they are good as long as `symbol` holds the syntax tree.
    meanings, problems = check_type(world, symbol)
    writer = Writer(symbol.python)
    write_type(FileCompiler(world, meanings, writer), symbol)
    unit = _finish(Unit(symbol.file, symbol.name, symbol.python), writer, problems, text)
    unit.tests = tuple(_tests(symbol))
    unit.is_test = symbol.annotated("istest") or bool(unit.tests)
    return unit


def _compile_trigger(world: World, node: Trigger, file: str, text: str) -> Unit:
    stem = f"trigger__{node.name.lower()}"
    meanings, problems = check_trigger(world, node, file)
    writer = Writer(stem)
    write_trigger(FileCompiler(world, meanings, writer), node)
    return _finish(Unit(file, node.name, stem), writer, problems, text)


def _finish(unit: Unit, writer: Writer, problems: list[Problem], text: str) -> Unit:
    """Turn the writer's text into code whose lines are the Apex file's."""
    python, lines = writer.text()
    unit.problems = _in_order(problems)
    with _SYNTAX_TREES:
        try:
            tree = ast.parse(python)
        except (SyntaxError, RecursionError, MemoryError) as error:
            at = error.lineno if isinstance(error, SyntaxError) and error.lineno else 1
            place = lines[min(at, len(lines)) - 1]
            message = f"Nested too deeply for sfgen's runtime: {error}"
            unit.problems = _in_order([*problems, Problem(unit.file, place, 1, message)])
            return unit
        for node in ast.walk(tree):
            # Python's own tracebacks then name Apex lines, so its frames are the Apex stack.
            line = getattr(node, "lineno", None)
            if line is not None:
                node.lineno = lines[line - 1]  # type: ignore[attr-defined]
                node.end_lineno = node.lineno  # type: ignore[attr-defined]
                node.end_col_offset = node.col_offset  # type: ignore[attr-defined]
        unit.code = compile(tree, f"{APEX_FILE}{unit.file}", "exec", dont_inherit=True)
    unit.executable = tuple(sorted(writer.executable))
    unit.size = max([text.count("\n") + 1, *writer.executable]) + 1
    unit.places = writer.places
    return unit


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems in the order of the text, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda each: (each.line, each.column)))


def _tests(symbol: TypeSymbol) -> Iterable[TestClass]:
    """The test class that a top-level type is."""
    methods: list[tuple[str, int]] = []
    setups: list[str] = []
    whole = _sees_all_data(symbol.node.annotations)
    seeing: set[str] = set()
    for group in symbol.methods.values():
        for method in group:
            names = {each.name.lower() for each in method.node.annotations}
            if "testsetup" in names:
                setups.append(method.function)
            elif "istest" in names or "testmethod" in method.node.modifiers:
                methods.append((method.node.name, method.node.line))
                if whole or _sees_all_data(method.node.annotations):
                    seeing.add(method.node.name.lower())
    if methods and (symbol.annotated("istest") or symbol.kind == "class"):
        ordered = tuple(sorted(methods, key=lambda each: each[1]))
        yield TestClass(
            symbol.name, symbol.python, ordered, tuple(setups), bool(seeing), frozenset(seeing)
        )


def _sees_all_data(annotations: Iterable[Any]) -> bool:
    return any(
        each.values.get("seealldata", "").lower() == "true"
        for each in annotations
        if each.name.lower() == "istest"
    )
