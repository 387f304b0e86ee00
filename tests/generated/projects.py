"""The examples, rendered once a session where the Node tools can see them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from sfgen.answers import complete_answers, parse_answers_file
from sfgen.pack import find_packs_folder, load_pack
from sfgen.plan import plan_project
from sfgen.render import render_plan

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/answers.toml"))
PLACE = ROOT / ".cache" / "generated"


def render_example(name: str) -> Path:
    """Render an example below the checkout, so that it finds the shared node_modules."""
    path = ROOT / "examples" / name / "answers.toml"
    given = parse_answers_file(path.read_text(encoding="utf-8"), path.name)
    return render_answers(given, f"{name}-{os.getpid()}")


def render_answers(given: dict[str, str], name: str) -> Path:
    """Render answers into a folder of that name below ``.cache/generated``."""
    answers = complete_answers(given).as_dict()
    folder = PLACE / name
    shutil.rmtree(folder, ignore_errors=True)
    for file in render_plan(plan_project(load_pack(find_packs_folder() / "pusher"), answers)):
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    return folder


def run_node(script: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a script of the shared node_modules."""
    return subprocess.run(
        ["node", str(ROOT / script), *arguments],
        cwd=cwd,
        text=True,
        capture_output=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1", "CI": "true"},
    )
