"""Tier 2: the Node engines find defects, and their own failures are never silence."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fixtures.json_documents import read_result
from fixtures.small_project import DEFAULT, class_meta, write, xml

from sfgen.check.tiers import engines
from sfgen.cli import run
from sfgen.errors import ToolError
from sfgen.project import read_project
from sfgen.tools import code_analyzer, eslint, jest, prettier
from sfgen.tools.node import fetch_packages

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.timeout(1800)

CAPTURE = pytest.CaptureFixture[str]
#: Below the checkout, so that the engines are found in its node_modules.
PLACE = Path(__file__).resolve().parents[2] / ".cache" / "engines"

SOUND = {
    "classes/Words.cls": (
        "public with sharing class Words {\n"
        "    public static Integer count(String text) {\n"
        "        return text.split(' ').size();\n"
        "    }\n"
        "}\n"
    ),
    "classes/Words.cls-meta.xml": class_meta(),
    "lwc/hello/hello.js": (
        "import { LightningElement } from 'lwc';\n\n"
        "export default class Hello extends LightningElement {\n"
        "    greeting = 'Hello';\n"
        "}\n"
    ),
    "lwc/hello/hello.html": "<template>\n    <p>{greeting}</p>\n</template>\n",
    "lwc/hello/hello.js-meta.xml": xml(
        "LightningComponentBundle", "<apiVersion>67.0</apiVersion>\n<isExposed>false</isExposed>"
    ),
    "lwc/hello/__tests__/hello.test.js": (
        "import { createElement } from 'lwc';\n"
        "import Hello from 'c/hello';\n\n"
        "test('it greets', () => {\n"
        "    const element = createElement('c-hello', { is: Hello });\n"
        "    document.body.appendChild(element);\n"
        "    expect(element.shadowRoot.textContent).toBe('Hello');\n"
        "});\n"
    ),
}
TOOLING = {
    ".prettierrc": '{ "tabWidth": 4, "singleQuote": true, "plugins": ["prettier-plugin-apex"] }\n',
    "eslint.config.js": (
        "const lwc = require('@salesforce/eslint-config-lwc/recommended');\n"
        "module.exports = [...lwc, { languageOptions: { globals: { test: true, expect: true, "
        "document: true } } }];\n"
    ),
    "jest.config.js": (
        "const { jestConfig } = require('@salesforce/sfdx-lwc-jest/config');\n"
        "module.exports = { ...jestConfig };\n"
    ),
}


@pytest.fixture
def root() -> Iterator[Path]:
    folder = PLACE / str(os.getpid())
    shutil.rmtree(folder, ignore_errors=True)
    write(folder, SOUND)
    for name, text in TOOLING.items():
        (folder / name).write_text(text)
    yield folder
    shutil.rmtree(folder)


def change(root: Path, file: str, old: str, new: str) -> None:
    path = root / DEFAULT / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def checked(root: Path, capsys: CAPTURE) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = run(["check", str(root), "--json"])
    shown: dict[str, Any] = read_result(capsys.readouterr().out)
    return code, shown


@pytest.mark.node
@pytest.mark.java
@pytest.mark.slow
def test_a_sound_project_passes_every_engine_and_each_finds_its_defect(
    root: Path, capsys: CAPTURE
) -> None:
    code, shown = checked(root, capsys)
    assert (code, shown["findings"]) == (0, [])
    ran = {tier["name"] for tier in shown["tiers"] if tier["ran"]}
    assert {f"2: {engine.name}" for engine in engines.ENGINES} <= ran

    change(root, "lwc/hello/hello.html", "    <p>", "      <p>")
    change(root, "lwc/hello/hello.js", "greeting = 'Hello'", "greeting = eval(\"'Good day'\")")
    change(
        root,
        "classes/Words.cls",
        "return text.split(' ').size();",
        "return Database.query('SELECT Id FROM Account WHERE Name = ' + text).size();",
    )
    code, shown = checked(root, capsys)
    assert code == 1
    found = {
        (f["rule"], f["file"].removeprefix(f"{DEFAULT}/"), f["line"]) for f in shown["findings"]
    }
    assert ("prettier/format", "lwc/hello/hello.html", 1) in found
    assert ("eslint/no-eval", "lwc/hello/hello.js", 4) in found
    assert ("jest/test", "lwc/hello/__tests__/hello.test.js", 4) in found
    assert ("pmd/ApexSOQLInjection", "classes/Words.cls", 3) in found


@pytest.mark.node
@pytest.mark.java
@pytest.mark.slow
def test_a_file_that_an_engine_cannot_process_is_a_finding(root: Path) -> None:
    change(root, "classes/Words.cls", "count(String text)", "count(")
    change(root, "lwc/hello/hello.js", "class Hello", "class")
    change(root, "lwc/hello/hello.js", "greeting = ", "greeting = = ")
    folders = [root / "force-app"]
    words, hello = f"{root / DEFAULT}/classes/Words.cls", f"{root / DEFAULT}/lwc/hello/hello.js"
    assert (words, "pmd/failure", "error") in {
        (p.path, p.rule, p.severity) for p in code_analyzer.analyze(root, folders)
    }
    assert {(p.path, p.rule, p.severity) for p in prettier.check_format(root, folders)} == {
        (words, "prettier/syntax", "error"),
        (hello, "prettier/syntax", "error"),
    }
    assert [(p.path, p.rule, p.line) for p in eslint.lint(root, folders)] == [
        (hello, "eslint/syntax", 4)
    ]
    tests, problems = jest.run_tests(root)
    assert (tests, [p.rule for p in problems]) == (0, ["jest/suite"])


@pytest.mark.node
def test_a_broken_configuration_is_a_failure_of_the_tool(root: Path) -> None:
    (root / ".prettierrc").write_text('{ "plugins": ["prettier-plugin-gone"] }')
    (root / "eslint.config.js").write_text("module.exports = [{ rules: { 'gone/rule': 2 } }];\n")
    (root / "jest.config.js").write_text("module.exports = { preset: 'gone' };\n")
    ran = engines.run_engines(read_project(root))
    tiers = [tier for tier, _ in ran]
    findings = [finding for _, found in ran for finding in found]
    broken = {"2: ESLint", f"2: {prettier.NAME}", "2: jest"}
    assert {tier.name for tier in tiers if not tier.ran} >= broken
    messages = [f.message for f in findings if f.rule == "tool-failure"]
    assert sum(m.startswith(("ESLint failed", "Prettier", "jest failed")) for m in messages) == 3


def test_an_engine_that_is_not_there_is_named_with_the_way_to_get_it(
    tmp_path: Path, capsys: CAPTURE
) -> None:
    write(tmp_path / "p", SOUND)
    for name, text in TOOLING.items():
        (tmp_path / "p" / name).write_text(text)
    code, shown = checked(tmp_path / "p", capsys)
    reasons = {tier["name"]: tier["reason"] for tier in shown["tiers"] if not tier["ran"]}
    assert code == 0
    assert "sfgen check --fetch" in reasons["2: Code Analyzer"]
    assert "npm install" in reasons["2: ESLint"]
    assert "npm install" in reasons["2: jest"]
    assert "npm install" in reasons[f"2: {prettier.NAME}"]


def fake_node(folder: Path, body: str) -> None:
    (folder / "node").write_text(f"#!/bin/sh\n{body}\n")
    (folder / "node").chmod(0o755)


@pytest.mark.parametrize("body", ["exit 0", "echo '{ broken'; exit 0", "echo boom >&2; exit 7"])
def test_an_engine_that_says_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    root = write(tmp_path / "p", SOUND)
    for name in ("eslint", "prettier", "@salesforce/sfdx-lwc-jest"):
        package = root / "node_modules" / name
        package.mkdir(parents=True)
        (package / "package.json").write_text("{}")
    cached = tmp_path / "cache/sfgen/code-analyzer-0.52.0/node_modules"
    (cached / "@salesforce/code-analyzer-core").mkdir(parents=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    fake_node(tmp_path, body)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(ToolError, match="Code Analyzer failed"):
        code_analyzer.analyze(root, [root / "force-app"])
    with pytest.raises(ToolError, match="jest failed"):
        jest.run_tests(root)
    if body != "exit 0":
        with pytest.raises(ToolError, match="ESLint failed"):
            eslint.lint(root, [root / "force-app"])
    if body.endswith("exit 7"):
        with pytest.raises(ToolError, match=r"Prettier.* failed \(exit code 7\): boom"):
            prettier.check_format(root, [root / "force-app"])


def test_a_fetch_that_breaks_off_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\nmkdir node_modules\necho 'npm error EINTEGRITY' >&2\nexit 1\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assets = Path(code_analyzer.__file__).parent / "assets" / "code-analyzer"
    with pytest.raises(ToolError, match="could not fetch there: npm error EINTEGRITY"):
        fetch_packages(assets, tmp_path / "cache" / "there")
    assert list((tmp_path / "cache").iterdir()) == []


def test_the_lock_pins_every_package_by_its_hash() -> None:
    assets = Path(code_analyzer.__file__).parent / "assets" / "code-analyzer"
    lock = json.loads((assets / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert lock["packages"][""]["dependencies"] == {
        name.removeprefix("node_modules/"): entry["version"]
        for name, entry in packages.items()
        if "code-analyzer-" in name and "engine-api" not in name
    }
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())


@pytest.mark.node
@pytest.mark.java
@pytest.mark.slow
def test_what_is_fetched_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: CAPTURE
) -> None:
    """Fetch into an empty cache as a user does, and check a project that has no node_modules."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = write(tmp_path / "p", SOUND)
    change(root, "classes/Words.cls", "text.split(' ').size();", "'one';")
    capsys.readouterr()
    assert run(["check", str(root), "--fetch", "--json"]) == 1
    shown = read_result(capsys.readouterr().out)
    ran = [tier["name"] for tier in shown["tiers"] if tier["ran"]]
    assert "1: Apex types (apex-ls on Java)" in ran
    assert "2: Code Analyzer" in ran
    assert [(f["rule"], f["line"]) for f in shown["findings"]] == [("apex-types", 3)]
