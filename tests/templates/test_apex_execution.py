"""The generated Apex tests pass in sfgen's Apex runtime, and cover every class."""

from __future__ import annotations

from pathlib import Path

import pytest
from answer_sets import ACCESS, cover_pairs, render

from sfgen.answers import parse_answers_file
from sfgen.apex.conditions import OrgConditions
from sfgen.apex.host import ApexHost

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = {
    path.parent.name: parse_answers_file(path.read_text(encoding="utf-8"), path.name)
    for path in sorted((ROOT / "examples").glob("*/answers.toml"))
}
PAIRS = cover_pairs()
#: One set of answers for each way to get at the application, and the rest of the pairs.
ONE_EACH = {
    access: next(
        each for each in PAIRS if (each["authorization"], each["login"], each["store"]) == access
    )
    for access in sorted(ACCESS)
}
OTHERS = [each for each in PAIRS if each not in ONE_EACH.values()]
#: Percent of the lines of each class and trigger.
LEAST = 90.0


def run_tests(folder: Path, answers: dict[str, str], language: str = "en_US") -> None:
    for path, content in render(answers).items():
        if "/lwc/" not in path:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    conditions = OrgConditions(language=language)
    run = ApexHost.open(folder, conditions=conditions).run_tests(processes=1)
    wrong = [
        f"{each.class_name}.{each.method}: {each.outcome}: {each.message}"
        for each in run.results
        if each.outcome != "passed"
    ]
    assert wrong == []
    assert [str(problem) for problem in run.problems] == []
    assert len(run.results) > 30
    thin = {each.name: round(each.percent) for each in run.coverage if each.percent < LEAST}
    assert thin == {}


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_examples_apex_tests_pass_and_cover_it(example: str, tmp_path: Path) -> None:
    run_tests(tmp_path, EXAMPLES[example])


@pytest.mark.parametrize("access", ONE_EACH, ids="-".join)
def test_the_apex_tests_of_each_access_pass(access: tuple[str, str, str], tmp_path: Path) -> None:
    run_tests(tmp_path, ONE_EACH[access])


@pytest.mark.slow
@pytest.mark.parametrize("access", ONE_EACH, ids="-".join)
def test_the_apex_tests_of_each_access_pass_where_profiles_have_other_names(
    access: tuple[str, str, str], tmp_path: Path
) -> None:
    run_tests(tmp_path, ONE_EACH[access], "de")


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(OTHERS)))
def test_the_apex_tests_of_the_other_answers_pass(number: int, tmp_path: Path) -> None:
    run_tests(tmp_path, OTHERS[number])
