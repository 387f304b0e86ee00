"""Golden trees of the examples: `pytest tests/golden --update-golden` rewrites them for review."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from sfgen.answers import complete_answers, parse_answers_file
from sfgen.pack import find_packs_folder, load_pack
from sfgen.plan import plan_project
from sfgen.render import render_plan

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/answers.toml"))
TREES = Path(__file__).parent / "trees"


def render_example(example: Path) -> dict[str, bytes]:
    given = parse_answers_file((example / "answers.toml").read_text(encoding="utf-8"), example.name)
    answers = complete_answers(given).as_dict()
    plan = plan_project(load_pack(find_packs_folder() / "pusher"), answers)
    files = {file.path: file.content for file in render_plan(plan)}
    # Vendored files stand in the pack byte for byte; their hash is enough here.
    return {
        path: f"sha256 {hashlib.sha256(content).hexdigest()}\n".encode()
        if path.endswith(".min.js")
        else content
        for path, content in files.items()
    }


def read_tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_renders_its_golden_tree(example: Path, request: pytest.FixtureRequest) -> None:
    rendered = render_example(example)
    tree = TREES / example.name
    if request.config.getoption("--update-golden"):
        shutil.rmtree(tree, ignore_errors=True)
        for path, content in rendered.items():
            (tree / path).parent.mkdir(parents=True, exist_ok=True)
            (tree / path).write_bytes(content)
    golden = read_tree(tree)
    assert sorted(rendered) == sorted(golden)
    changed = [path for path in rendered if rendered[path] != golden[path]]
    assert changed == []


def test_there_are_seven_examples() -> None:
    names = "bridge-only direct-lwc encrypted managed-package my-event presence-aura texting"
    assert " ".join(path.name for path in EXAMPLES) == names


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_says_what_it_shows(example: Path) -> None:
    text = (example / "README.md").read_text(encoding="utf-8")
    assert "sfgen init" in text
    assert example.name in text
