"""The generated Apex and metadata hold for every pair of answers."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from answer_sets import cover_pairs, render

from sfgen.answers.questions import PREFIX_LIMIT
from sfgen.check import check_project
from sfgen.project import read_project

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.timeout(1200)

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / ".cache" / "templates"
JARS = ROOT / "node_modules/@salesforce/code-analyzer-pmd-engine/dist/java-lib"
ANSWERS = cover_pairs()
MINE = (".cls", ".trigger", ".cmp", "-meta.xml")
FOREIGN = ("/lwc/", "/staticresources/", "/pages/")
FORMATTED = (*MINE[:3], ".page", ".js", ".html", ".json", ".md", ".xml", ".yml")
PREFIX = "Qxjzvkwqxjzvk"
TYPED = ("/classes/", "/triggers/", "/objects/", "/labels/", "/pages/")
SHARING = re.compile(r"\b(?:with|inherited|without) sharing class\b")
QUERY = re.compile(r"\[\s*SELECT\b.*?\]", re.DOTALL)
DML = re.compile(
    r"^\s*(?:insert|update|upsert|delete|undelete)\b(?! as (?:user|system)\b).*;", re.MULTILINE
)


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """Give a folder that sees the shared Node tools."""
    folder = PLACE / str(os.getpid())
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def projects() -> list[dict[str, bytes]]:
    return [render(answers) for answers in ANSWERS]


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def apex_of(files: dict[str, bytes]) -> dict[str, str]:
    return {
        Path(path).name: content.decode()
        for path, content in files.items()
        if path.endswith((".cls", ".trigger"))
    }


def test_the_sweep_covers_every_access() -> None:
    access = {(each["authorization"], each["login"], each["store"]) for each in ANSWERS}
    assert len(access) == 12


def test_every_class_has_a_test_and_every_name_fits() -> None:
    for answers in ANSWERS:
        names = set(apex_of(render({**answers, "prefix": "Q" * PREFIX_LIMIT})))
        assert [name for name in names if len(name.partition(".")[0]) > 40] == []
        classes = {name.removesuffix(".cls") for name in names if name.endswith(".cls")}
        prefix = "Q" * PREFIX_LIMIT
        # What tests are made with, and an interface, have nothing to test.
        aids = {prefix + name for name in ("TestData", "CalloutMock", "CredentialMock")}
        aids.add(prefix + "ChannelAuthorizer")
        # What the set-up page sends and gets is tested through its controller.
        aids |= {prefix + "SetupModel", prefix + "SetupSettings"}
        tested = {name for name in classes if not name.endswith("Test")} - aids
        assert {f"{name}Test" for name in tested} <= classes


def test_sharing_and_mode_are_stated_everywhere(projects: list[dict[str, bytes]]) -> None:
    for files in projects:
        for name, text in apex_of(files).items():
            outer = next(line for line in text.splitlines() if re.match(r"\w.*\{|trigger", line))
            if "interface" not in outer and not outer.startswith(("private class", "trigger")):
                assert SHARING.search(outer), name
            if "without sharing" in outer:
                assert re.search(r"without\s+(\*\s+)?sharing", text[: text.index(outer)]), name
            for query in QUERY.findall(text):
                assert "WITH USER_MODE" in query or "WITH SYSTEM_MODE" in query, (name, query)
            assert DML.findall(text) == [], name


def describe_above(lines: list[str], number: int) -> str:
    """Return the comments of a declaration: above its annotations, or above its ApexDoc."""
    above = number
    while lines[above - 1].lstrip().startswith("@"):
        above -= 1
    if lines[above - 1].endswith("*/"):
        above = max(at for at in range(above) if lines[at].lstrip().startswith("/**"))
    return "\n".join(lines[max(0, above - 3) : number])


def test_system_mode_and_suppressions_say_why(projects: list[dict[str, bytes]]) -> None:
    for files in projects:
        for name, text in apex_of(files).items():
            if not name.endswith("Test.cls") and re.search(r"SYSTEM_MODE|as system", text):
                assert "ystem mode" in text, name
            lines = text.splitlines()
            for number, line in enumerate(lines):
                if "@SuppressWarnings" in line:
                    assert "//" in describe_above(lines, number), (name, line)


def each_access() -> list[dict[str, str]]:
    chosen = {(each["authorization"], each["login"], each["store"]): each for each in ANSWERS}
    return list(chosen.values())


def test_tier_0_finds_nothing_for_any_access(place: Path) -> None:
    check_sets(place, each_access())


@pytest.mark.slow
def test_tier_0_finds_nothing_for_any_pair(place: Path) -> None:
    check_sets(place, ANSWERS)


def check_sets(place: Path, sets: list[dict[str, str]]) -> None:
    for answers in sets:
        folder = place / "tier-0"
        write_files(folder, render(answers))
        assert list(check_project(read_project(folder))) == [], answers
        shutil.rmtree(folder)


@pytest.mark.java
@pytest.mark.parametrize(
    "namespace", ["", pytest.param("acme", marks=pytest.mark.slow)], ids=["source", "package"]
)
def test_apex_ls_finds_nothing_at_warning_level(place: Path, namespace: str) -> None:
    """Projects told apart by their prefix in one workspace: one start of Java.

    One for each access as source; every pair of answers, with all of Apex's visibilities, as a
    package.
    """
    folder = place / f"workspace-{namespace}"
    packages = []
    for number, answers in enumerate(ANSWERS if namespace else each_access()):
        # One workspace has one namespace and one version of the platform.
        files = render({**answers, "prefix": f"Push{number:02d}", "namespace": namespace})
        typed = {path: text for path, text in files.items() if any(part in path for part in TYPED)}
        write_files(folder, {f"p{number}/{path}": content for path, content in typed.items()})
        packages.append({"path": f"p{number}/force-app"})
    packages[0]["default"] = True  # type: ignore[assignment]
    project = {"packageDirectories": packages, "namespace": namespace, "sourceApiVersion": "66.0"}
    (folder / "sfdx-project.json").write_text(json.dumps(project), encoding="utf-8")
    command = ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", f"{JARS}/*"]
    main = "io.github.apexdevtools.apexls.CheckForIssues"
    done = subprocess.run(
        [*command, main, "-w", str(folder), "--nocache", "-d", "warnings", "-f", "text"],
        text=True,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stdout[:3000] + done.stderr[:1000]


def unformatted(place: Path, sets: list[dict[str, str]]) -> list[str]:
    """Name the files that Prettier would change, each different text tried once."""
    texts: dict[tuple[str, bytes], str] = {}
    for answers in sets:
        for path, content in render(answers).items():
            if path.endswith(FORMATTED) and "/staticresources/" not in path:
                texts.setdefault((path, content), f"{answers}: {path}")
    folder = place / "prefixes"
    folder.mkdir(exist_ok=True)
    (folder / ".prettierrc").write_bytes(render(sets[0])[".prettierrc"])
    asked = folder / "texts.json"
    listed = [{"path": path, "text": content.decode()} for path, content in texts]
    asked.write_text(json.dumps({"folder": str(folder), "texts": listed}), encoding="utf-8")
    done = subprocess.run(
        ["node", str(ROOT / "tests/tools/format_texts.mjs"), str(asked)],
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[:3000]
    assert len(texts) > 100
    changed = json.loads(done.stdout)
    return [name for name, text in zip(texts.values(), changed, strict=True) if text is not None]


@pytest.mark.node
def test_prefixes_of_any_length_leave_prettier_nothing_to_change(place: Path) -> None:
    """What depends on a length stands in its longest layout, in ``filter fit``."""
    assert unformatted(place, [{"prefix": PREFIX[:length]} for length in (1, 9)]) == []


@pytest.mark.slow
@pytest.mark.node
@pytest.mark.timeout(900)
def test_each_length_with_other_answers_leaves_prettier_nothing_to_change(place: Path) -> None:
    lengths = range(1, PREFIX_LIMIT + 1)
    sets = [{**ANSWERS[length % len(ANSWERS)], "prefix": PREFIX[:length]} for length in lengths]
    assert unformatted(place, sets) == []


@pytest.mark.node
def test_prettier_has_nothing_to_change(place: Path, projects: list[dict[str, bytes]]) -> None:
    """Every different text once; Prettier reads Apex with Salesforce's own parser."""
    folder = place / "texts"
    seen: dict[bytes, str] = {}
    for files in projects:
        for path, content in files.items():
            if path.endswith(MINE) and not any(part in path for part in FOREIGN):
                seen.setdefault(content, f"{len(seen)}/{Path(path).name}")
    write_files(folder, {path: content for content, path in seen.items()})
    (folder / ".prettierrc").write_bytes(projects[0][".prettierrc"])
    done = subprocess.run(
        ["node", str(ROOT / "node_modules/prettier/bin/prettier.cjs"), "--check", "."],
        cwd=folder,
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[:3000]


@pytest.mark.slow
@pytest.mark.java
@pytest.mark.node
def test_security_review_rules_find_nothing(place: Path) -> None:
    """PMD's Security and AppExchange rules over one project with each access."""
    folders = []
    for number, answers in enumerate(each_access()):
        folder = place / f"review-{number}"
        write_files(folder, render(answers))
        folders.append(str(folder))
    script = str(ROOT / "tests/tools/code_analyzer.mjs")
    done = subprocess.run(
        ["node", script, "pmd:Security,pmd:AppExchange", *folders],
        text=True,
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    rows = json.loads(done.stdout)
    assert [row for row in rows if "rules" not in row] == []
    assert sum("rules" in row for row in rows) == len(folders)
