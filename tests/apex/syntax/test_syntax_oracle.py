"""Our parser counts what the maintained Apex parser counts."""

from __future__ import annotations

import dataclasses
import json
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sfgen.apex.syntax import tree
from sfgen.apex.syntax.parser import parse_class, parse_trigger

_FOLDER = Path(__file__).parent
_PACKAGE = _FOLDER.parents[2] / "node_modules" / "@apexdevtools" / "apex-parser"
_FILES = sorted(
    [*(_FOLDER / "fixtures").iterdir(), *(_FOLDER.parent / "facts" / "classes").iterdir()]
)
_KINDS: dict[type, str] = {
    tree.Method: "methods",
    tree.Constructor: "constructors",
    tree.Property: "properties",
    tree.If: "ifs",
    tree.For: "fors",
    tree.ForEach: "fors",
    tree.While: "whiles",
    tree.DoWhile: "dos",
    tree.Try: "tries",
    tree.Catch: "catches",
    tree.Switch: "switches",
    tree.When: "whens",
    tree.Query: "queries",
    tree.Dml: "dml",
    tree.Cast: "casts",
    tree.Ternary: "ternaries",
    tree.InstanceOf: "instanceofs",
}
_DECLARATIONS = {"class": "classes", "interface": "interfaces", "enum": "enums"}


def _count(node: Any, counts: Counter[str]) -> None:
    if isinstance(node, (tuple, list)):
        for each in node:
            _count(each, counts)
        return
    if not isinstance(node, (tree.Node, tree.ApexFile)):
        return
    if isinstance(node, tree.Declaration):
        counts[_DECLARATIONS[node.kind]] += 1
    elif type(node) in _KINDS:
        counts[_KINDS[type(node)]] += 1
    for field in dataclasses.fields(node):
        _count(getattr(node, field.name), counts)


@pytest.fixture(scope="module")
def judged() -> dict[str, Any]:
    if not _PACKAGE.is_dir():
        pytest.skip("the Node tools are not installed")
    done = subprocess.run(
        ["node", _FOLDER / "count_oracle.mjs", _PACKAGE, *_FILES],
        capture_output=True,
        text=True,
        check=True,
        timeout=280,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.mark.node
@pytest.mark.parametrize("file", _FILES, ids=[file.name for file in _FILES])
def test_counts_agree_with_the_maintained_parser(judged: dict[str, Any], file: Path) -> None:
    text = file.read_text("utf-8")
    parsed = parse_trigger(text) if file.suffix == ".trigger" else parse_class(text)
    counts: Counter[str] = Counter()
    _count(parsed, counts)
    assert judged[str(file)]["errors"] == 0
    assert dict(counts) == judged[str(file)]["counts"]
