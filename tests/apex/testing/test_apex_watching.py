"""`sfgen test --watch`: a real process, real changes; what they reach is run again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
from typing import TYPE_CHECKING

import pytest

from sfgen.apex.host import ApexHost
from sfgen.apex.testing.affected import affected_tests

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.timeout(900)

_FILES = {
    "Engine.cls": "public class Engine { public static Integer power() { return 2; } }",
    "Car.cls": "public class Car { public static Integer speed() { return Engine.power() * 10; } }",
    "Alone.cls": "public class Alone { public static String name() { return 'alone'; } }",
    "CarTest.cls": """
        @IsTest private class CarTest {
            @IsTest static void drives() { Assert.areEqual(20, Car.speed()); }
        }""",
    "AloneTest.cls": """
        @IsTest private class AloneTest {
            @IsTest static void isNamed() { Assert.areEqual('alone', Alone.name()); }
        }""",
    "AccountTest.cls": """
        @IsTest private class AccountTest {
            @IsTest static void saves() { insert new Account(Name = 'a'); }
        }""",
    "OnAccount.trigger": "trigger OnAccount on Account (before insert) { Alone.name(); }",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    folder = root / "force-app" / "main" / "default" / "classes"
    folder.mkdir(parents=True)
    (root / "sfdx-project.json").write_text('{"packageDirectories": [{"path": "force-app"}]}')
    for name, text in _FILES.items():
        (folder / name).write_text(textwrap.dedent(text))
    return root


def _classes(project: Path) -> Path:
    return project / "force-app" / "main" / "default" / "classes"


def _change(file: Path, text: str) -> None:
    """Put a new text in a file's place at once: half of one would be a change of its own."""
    new = file.parents[5] / "new"
    new.write_text(text)
    new.replace(file)


@pytest.mark.parametrize(
    ("changed", "reached"),
    [
        ("classes/Engine.cls", {"CarTest"}),
        ("classes/Alone.cls", {"AloneTest", "AccountTest"}),
        ("classes/AloneTest.cls", {"AloneTest"}),
        ("classes/OnAccount.trigger", {"AccountTest"}),
        ("objects/Account/fields/X__c.field-meta.xml", None),
        ("classes/Gone.cls", None),
    ],
)
def test_a_change_reaches_the_tests_that_rest_on_it(
    project: Path, monkeypatch: pytest.MonkeyPatch, changed: str, reached: set[str] | None
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(project.parent / "cache"))
    host = ApexHost.open(project)
    found = affected_tests(
        host.org.program, host.sources.apex, [f"force-app/main/default/{changed}"]
    )
    assert found == reached


class _Watching:
    """A running `sfgen test --watch`, read line by line; it is ended if nothing comes."""

    def __init__(self, project: Path) -> None:
        environment = {**os.environ, "XDG_CACHE_HOME": str(project.parent / "cache")}
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "sfgen", "test", str(project), "--watch"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
        )
        self.guard = threading.Timer(600, self.process.kill)
        self.guard.start()

    def until_waiting(self) -> str:
        """What it prints up to its next wait."""
        assert self.process.stdout is not None
        lines = []
        for line in self.process.stdout:
            if line.startswith("Waiting for changes"):
                return "".join(lines)
            lines.append(line)
        raise AssertionError("it ended: " + "".join(lines))


@pytest.fixture
def watching(project: Path) -> Iterator[_Watching]:
    running = _Watching(project)
    yield running
    running.guard.cancel()
    running.process.kill()
    running.process.wait()
    assert running.process.stdout is not None
    running.process.stdout.close()


def test_a_change_runs_what_it_reaches_and_what_had_failed(
    project: Path, watching: _Watching
) -> None:
    assert "3 passed, 0 failed" in watching.until_waiting()
    engine = _classes(project) / "Engine.cls"
    _change(engine, _FILES["Engine.cls"].replace("2", "33"))
    broken = watching.until_waiting()
    assert "0 passed, 1 failed" in broken
    assert "FAILED  CarTest.drives" in broken
    _change(_classes(project) / "Alone.cls", _FILES["Alone.cls"] + "\n")
    assert "2 passed, 1 failed" in watching.until_waiting()
    _change(engine, _FILES["Engine.cls"])
    assert "1 passed, 0 failed" in watching.until_waiting()


def test_a_class_that_does_not_compile_is_reported_and_the_watching_goes_on(
    project: Path, watching: _Watching
) -> None:
    watching.until_waiting()
    engine = _classes(project) / "Engine.cls"
    _change(engine, "public class Engine { public static Integer power() { return 'x'; } }")
    assert "Illegal conversion from String to Integer" in watching.until_waiting()
    _change(engine, "public class Engine {")
    assert "PROBLEM" in watching.until_waiting()
    _change(engine, _FILES["Engine.cls"])
    assert "1 passed, 0 failed" in watching.until_waiting()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_an_interrupt_ends_the_watching(watching: _Watching) -> None:
    watching.until_waiting()
    watching.process.send_signal(signal.SIGINT)
    assert watching.process.wait(timeout=240) == 130
