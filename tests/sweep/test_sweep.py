"""Random valid answers render, parse and deploy to the local org.

`SWEEP=200 pytest tests/sweep` tries more of them.
"""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from combinations import ANSWERS
from hypothesis import HealthCheck, given, settings

from sfgen.answers import complete_answers
from sfgen.cli import run
from sfgen.localorg import running
from sfgen.pack import find_packs_folder, load_pack
from sfgen.plan import plan_project
from sfgen.render import render_plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACK = load_pack(find_packs_folder() / "pusher")
MANY = int(os.environ.get("SWEEP", "60"))
MARKS = (b"%[", b"]%", b"%{", b"}%", b"%#")

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def _org() -> Iterator[None]:
    with running():
        yield


def deploy_answers(
    answers: dict[str, str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for file in render_plan(plan_project(PACK, complete_answers(answers).as_dict())):
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
        if not file.path.endswith(".min.js"):
            assert not [mark for mark in MARKS if mark in file.content], file.path
            assert file.content.strip(), f"{file.path} is empty"
            assert b"\n\n\n" not in file.content, file.path
    code = run(["deploy", str(folder), "--target-org", "local", "--dry-run", "--json"])
    out = capsys.readouterr().out
    assert code == 0, f"{answers}\n{json.dumps(json.loads(out), indent=1)[:4000]}"


def sweep(number: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(ANSWERS)
    def each(answers: dict[str, str]) -> None:
        deploy_answers(answers, folder, capsys)

    each()


@pytest.mark.usefixtures("_org")
def test_a_few_random_answers_deploy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sweep(8, tmp_path / "project", capsys)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.usefixtures("_org")
def test_many_random_answers_deploy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sweep(MANY, tmp_path / "project", capsys)
