"""A project rendered from answers, where the Node tools can see it."""

from __future__ import annotations

import shutil
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sfgen.answers import complete_answers
from sfgen.pack import find_packs_folder, load_pack
from sfgen.plan import plan_project
from sfgen.render import render_plan

if TYPE_CHECKING:
    from pathlib import Path


def render_answers(given: dict[str, str], folder: Path) -> Path:
    """Render into a folder and return its main/default.

    The source lies there as an org has it, by types and without areas.
    """
    answers = complete_answers(given).as_dict()
    shutil.rmtree(folder, ignore_errors=True)
    for file in render_plan(plan_project(load_pack(find_packs_folder() / "pusher"), answers)):
        target = folder / _leave_area(file.path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    return folder / "force-app" / "main" / "default"


def _leave_area(path: str) -> str:
    parts = PurePosixPath(path).parts
    if parts[:2] != ("force-app", "main"):
        return path
    return "/".join(["force-app", "main", "default", *parts[4:]])
