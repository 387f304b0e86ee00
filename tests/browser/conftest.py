from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Workers come and go by themselves, so each has a folder of its own.
PLACE = HERE.parents[1] / ".cache" / "browser" / str(os.getpid())


@pytest.fixture(scope="session")
def rendered() -> Iterator[Callable[..., tuple[Path, Path]]]:
    """Render a project and compile its components; returns main/default and the bundle."""
    from org_hosts import bundle_widgets
    from projects_of_answers import render_answers

    done: dict[str, tuple[Path, Path]] = {}

    def render(**answers: str) -> tuple[Path, Path]:
        name = "-".join([*answers.values(), "project"]).replace(",", "-")
        if name not in done:
            source = render_answers(answers, PLACE / name)
            bundle = PLACE / f"{name}.js"
            bundle_widgets(source, bundle)
            done[name] = source, bundle
        return done[name]

    yield render
    shutil.rmtree(PLACE, ignore_errors=True)


@pytest.fixture(scope="session")
def render_only() -> Iterator[Callable[..., Path]]:
    """Render a project without compiling it; returns main/default."""
    from projects_of_answers import render_answers

    folder = PLACE.with_name(f"{PLACE.name}-rendered")

    done: dict[str, Path] = {}

    def render(**answers: str) -> Path:
        name = "-".join([*answers.values(), "project"]).replace(",", "-")
        if name not in done:
            done[name] = render_answers(answers, folder / name)
        return done[name]

    yield render
    shutil.rmtree(folder, ignore_errors=True)
