"""A changed file is compiled again, and those that reach what it declares; no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sfgen.apex.compiler.units import compile_sources
from sfgen.apex.host import ApexHost
from sfgen.apex.library import load_library

if TYPE_CHECKING:
    from pathlib import Path

    from sfgen.apex.compiler.compiled import Unit

_FILES = {
    "Engine.cls": "public class Engine { public Integer power() { return 1; } }",
    "Car.cls": "public class Car { public Engine engine = new Engine(); }",
    "Trip.cls": "public class Trip { Integer cost() { return new Car().engine.power(); } }",
    "Alone.cls": "public class Alone { public String name; }",
    "OnCar.trigger": "trigger OnCar on Account (before insert) { Object o = new Car(); }",
}


@pytest.fixture(autouse=True)
def library() -> None:
    load_library()


def _units(files: dict[str, str], known: list[Unit], context: bytes = b"") -> list[Unit]:
    return compile_sources(files, known={each.key: each for each in known}, context=context)


def _recompiled(change: dict[str, str], context: bytes = b"") -> set[str]:
    first = _units(_FILES, [])
    again = _units({**_FILES, **change}, first, context)
    kept = {id(each) for each in first}
    return {each.file for each in again if id(each) not in kept}


def test_nothing_is_compiled_again_when_nothing_changes() -> None:
    assert _recompiled({}) == set()


def test_a_changed_body_is_compiled_alone() -> None:
    body = "public class Engine { public Integer power() { return 2; } }"
    assert _recompiled({"Engine.cls": body}) == {"Engine.cls"}


def test_a_changed_signature_reaches_those_that_see_it_through_others() -> None:
    body = "public class Engine { public Long power() { return 2; } }"
    assert _recompiled({"Engine.cls": body}) == {
        "Engine.cls",
        "Car.cls",
        "Trip.cls",
        "OnCar.trigger",
    }


def test_a_class_that_appears_reaches_those_that_name_it() -> None:
    assert _recompiled({"Account.cls": "public class Account { }"}) == {
        "Account.cls",
        "OnCar.trigger",
    }


def test_a_changed_schema_reaches_everything() -> None:
    assert _recompiled({}, context=b"another") == set(_FILES)


def test_a_project_finds_its_earlier_units_in_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sfdx-project.json").write_text('{"packageDirectories": [{"path": "force-app"}]}')
    folder = tmp_path / "force-app" / "classes"
    folder.mkdir(parents=True)
    for name, text in _FILES.items():
        (folder / name).write_text(text)
    ApexHost.open(tmp_path)
    (folder / "Alone.cls").write_text("public class Alone { public Integer name; }")
    compiled: list[str] = []
    from sfgen.apex.compiler import units

    finish = units._finish

    def watched(unit: Unit, *rest: object) -> Unit:
        compiled.append(unit.name)
        return finish(unit, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(units, "_finish", watched)
    host = ApexHost.open(tmp_path)
    assert compiled == ["Alone"]
    assert not host.problems
