"""The ground plan: sizes of folders, modules and functions, and no import circle between rooms."""

from __future__ import annotations

import ast
import functools
import os
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
FILES = 30
"""As many files of one folder a newcomer still takes in."""
MODULE, FUNCTION = 270, 60
"""Lines at most. Aim at 250 and 40, as CONTRIBUTING says."""
DATA = {"__pycache__", "assets", "fixtures", "node_modules", "trees"}
"""Folders of data: assets and examples, made trees."""


def folders() -> Iterator[tuple[str, int]]:
    for top in ("sfgen", "tests"):
        for folder, below, files in os.walk(ROOT / top):
            below[:] = [each for each in below if each not in DATA and not each.startswith(".")]
            yield Path(folder).relative_to(ROOT).as_posix(), len(files)


@functools.cache
def modules() -> dict[str, ast.Module]:
    """Every module of sfgen by its dotted name."""
    found = {}
    for path in sorted((ROOT / "sfgen").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text("utf-8"))
    return found


def imports(tree: ast.Module) -> Iterator[str]:
    """The modules of sfgen that a module imports anywhere, for type checking included."""
    known = modules()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module in known:
            for each in node.names:
                inner = f"{node.module}.{each.name}"
                yield inner if inner in known else node.module


def containers() -> list[str]:
    """Packages whose rooms are told apart: those that hold packages."""
    packages = {name.rpartition(".")[0] for name in modules()} - {""}
    return sorted({name.rpartition(".")[0] for name in packages} - {""})


def room(container: str, module: str) -> str | None:
    """The child of the container that a module belongs to; None outside of it."""
    if not module.startswith(f"{container}."):
        return None
    return module.removeprefix(f"{container}.").partition(".")[0]


def between_rooms(container: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, tree in modules().items():
        here = room(container, name)
        targets = {room(container, each) for each in imports(tree)} if here else set()
        found[here or ""] |= {each for each in targets if each and each != here}
    return found


def circle(edges: dict[str, set[str]]) -> list[str]:
    """A way through the rooms that comes back to where it began, or nothing."""
    done: set[str] = set()

    def walk(at: str, way: list[str]) -> list[str]:
        if at in way:
            return [*way[way.index(at) :], at]
        if at in done:
            return []
        found = next((w for each in sorted(edges[at]) if (w := walk(each, [*way, at]))), [])
        done.add(at)
        return found

    return next((found for each in sorted(edges) if (found := walk(each, []))), [])


def contracts() -> list[dict[str, Any]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    found: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return found


def test_a_circle_is_found_where_there_is_one() -> None:
    assert circle(defaultdict(set, {"a": {"b"}, "b": {"c"}, "c": {"b"}})) == ["b", "c", "b"]
    assert not circle(defaultdict(set, {"a": {"b", "c"}, "b": {"c"}}))


def test_no_folder_holds_too_many_files() -> None:
    assert {name: count for name, count in folders() if count > FILES} == {}


@pytest.mark.parametrize("container", containers())
def test_no_import_circle_is_between_rooms(container: str) -> None:
    edges = defaultdict(set, between_rooms(container))
    assert not circle(edges)


def test_no_module_is_too_long() -> None:
    lines = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8").count("\n")
        for path in (ROOT / "sfgen").rglob("*.py")
    }
    assert {name: count for name, count in lines.items() if count > MODULE} == {}


def test_no_function_is_too_long() -> None:
    long = [
        (name, node.name)
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= FUNCTION
    ]
    assert not long


def test_siblings_in_the_contracts_do_not_import_each_other() -> None:
    layers = [layer for each in contracts() for layer in each.get("layers", ())]
    assert layers
    assert not [layer for layer in layers if ":" in layer]
