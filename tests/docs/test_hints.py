"""Hints, errors and documents name commands and options that exist."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

import click
import pytest
from documents import ROOT, name, pages, read

from sfgen.cli import group
from sfgen.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMAND: Final = re.compile(r"\bsfgen ([a-z][a-z-]*)")
OPTION: Final = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
#: What stands after the program's name where no command is meant.
PROSE: Final = frozenset(
    "choose from in is knows looks that was wrote writes with works local of and or can has itself says "
    "reads keeps puts needs makes does runs takes to does then where which executes".split()
)


def options() -> dict[str, set[str]]:
    """Command -> its options, with those that every command has."""
    found = {}
    for command in COMMANDS:
        loaded = group.get_command(click.Context(group), command)
        assert loaded is not None
        found[command] = {"--help", "--version"}
        for parameter in loaded.params:
            found[command] |= {*parameter.opts, *parameter.secondary_opts}
    return found


OPTIONS: Final = options()
EVERY: Final = set().union(*OPTIONS.values())


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """The texts that a module may show: its literals with blanks, the docstrings of commands."""
    tree = ast.parse(read(path))
    inside, quiet = set(), set()
    shown = path.parent.name == "commands"
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            inside |= {id(each) for each in node.values}
        elif isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            first = node.body[0] if node.body else None
            decorated = shown and isinstance(node, ast.FunctionDef) and node.decorator_list
            if isinstance(first, ast.Expr) and not decorated:
                quiet.add(id(first.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (each.value if isinstance(each, ast.Constant) else "{}" for each in node.values)
            text = "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = "" if id(node) in inside | quiet else node.value
        else:
            continue
        if re.search(r"\s", text.strip()):
            yield node.lineno, text


def faults(text: str, speaker: str | None = None) -> list[str]:
    """What a text names wrongly: a command that isn't there, an option that it doesn't take.

    The speaker is the command whose own text it is.
    """
    named = COMMAND.findall(text)
    wrong = [f"sfgen {word}" for word in named if word not in OPTIONS and word not in PROSE]
    known = [OPTIONS[word] for word in named if word in OPTIONS]
    if known and speaker is not None:
        known.append(OPTIONS[speaker])
    allowed = set().union(*known) if known else EVERY
    return wrong + [option for option in OPTION.findall(text) if option not in allowed]


#: Options of other programs in texts that people read.
FOREIGN: Final = {"--allow-paths", "--unshallow", "--name", "--permsetname"}


def test_hints_and_errors_name_what_exists() -> None:
    wrong = []
    for path in sorted((ROOT / "sfgen").rglob("*.py")):
        if "assets" in path.parts:
            continue
        words = [
            part.replace("_", "-")
            for part in path.relative_to(ROOT / "sfgen").with_suffix("").parts
        ]
        speaker = next((word for word in words if word in OPTIONS), None)
        for line, text in literals(path):
            found = [each for each in faults(text, speaker) if each not in FOREIGN]
            wrong += [f"{name(path)}:{line}: {each}" for each in found]
    assert wrong == []


def calls(text: str) -> Iterator[str]:
    """The calls of sfgen in a page: lines of blocks, and code within a sentence."""
    joined = re.sub(r"\\\n\s*", " ", text)
    yield from re.findall(r"(?<!`)`((?:\w+=\S+ )*sfgen [^`\n]+)`", joined)
    prose = re.sub(r"^```.*?^```", "", joined, flags=re.DOTALL | re.MULTILINE)
    plain = set(re.findall(r"^\S.*$", prose, re.MULTILINE)) if "# " in joined[:2] else set()
    for line in joined.splitlines():
        found = re.match(
            r"\s*(?:- |\$ |run: |script: )*(?:\S+=\S+ )*(?:\S*/)?(sfgen [a-z].*)", line
        )
        if found is not None and line not in plain:
            yield found[1].partition(" # ")[0]


@pytest.mark.parametrize("page", pages(), ids=name)
def test_documents_call_commands_with_options_they_have(page: Path) -> None:
    if page.name == "CHANGELOG.md":
        return  # says what was true then
    for call in calls(read(page)):
        first = COMMAND.match(call)
        if first is not None and first[1] not in PROSE:
            assert faults(call) == [], call


def test_generated_pages_and_pipelines_call_commands_with_options_they_have() -> None:
    wrong, seen = [], 0
    folders = (ROOT / "examples", ROOT / "tests" / "golden" / "trees")
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        if path.suffix not in {".md", ".yml", ".yaml", ""} or not path.is_file():
            continue
        for call in calls(read(path)):
            seen += 1
            first = COMMAND.match(call)
            if first is not None and first[1] not in PROSE:
                wrong += [f"{name(path)}: {each} in {call}" for each in faults(call)]
    assert seen >= 20
    assert wrong == []
