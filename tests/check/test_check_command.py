from __future__ import annotations

import base64
import hashlib
import json
import tarfile
from pathlib import Path

import pytest
from fixtures.json_documents import read_document
from fixtures.small_project import DEFAULT, EVERYTHING, class_meta, everything, write
from lxml import etree

from sfgen.cli import run
from sfgen.errors import ToolError
from sfgen.tools import apex_ls
from sfgen.tools.pinned import PinnedJars

CAPTURE = pytest.CaptureFixture[str]
ROOT = Path(__file__).resolve().parents[2]


def broken(root: Path) -> Path:
    everything(root)
    path = root / DEFAULT / "pages/Greeting.page"
    path.write_text(path.read_text().replace('"Greeter"', '"Gone"'))
    return root


def test_a_sound_project_passes_and_says_what_ran(capsys: CAPTURE) -> None:
    assert run(["check", str(EVERYTHING), "--fast"]) == 0
    out = capsys.readouterr().out
    assert "tier 0: schema (API 63.0) and references (Python): ran" in out
    assert "tier 1: Apex types (apex-ls on Java): did not run: --fast" in out
    assert "nobody executed Apex: it was parsed only" in out
    assert max(map(len, out.splitlines())) <= 80
    assert "0 errors, 0 warnings" in out


def test_a_finding_is_shown_with_place_rule_and_hint(tmp_path: Path, capsys: CAPTURE) -> None:
    assert run(["check", str(broken(tmp_path / "p")), "--fast"]) == 1
    out = capsys.readouterr().out
    assert f"{DEFAULT}/pages/Greeting.page:1:12: error: Apex class 'Gone' does not exist" in out
    assert "[visualforce-controller] add classes/Gone.cls" in out


def test_json_holds_everything(tmp_path: Path, capsys: CAPTURE) -> None:
    assert run(["check", str(broken(tmp_path / "p")), "--fast", "--json"]) == 1
    document = read_document(capsys.readouterr().out)
    shown = document["result"]
    assert (document["version"], document["success"], shown["errors"]) == (1, False, 1)
    (finding,) = shown["findings"]
    assert finding["rule"] == "visualforce-controller"
    assert [tier["ran"] for tier in shown["tiers"]] == [True, True, *[False] * 5]


def test_reports_for_pipelines(tmp_path: Path, capsys: CAPTURE) -> None:
    junit, sarif = tmp_path / "j.xml", tmp_path / "s.sarif"
    root = str(broken(tmp_path / "p"))
    code = run(["check", root, "--fast", "--junit", str(junit), "--sarif", str(sarif), "--github"])
    assert code == 1
    suite = etree.parse(str(junit)).find("testsuite")
    assert suite is not None
    assert (suite.get("failures"), suite.get("skipped")) == ("1", "5")
    document = json.loads(sarif.read_text())
    (result,) = document["runs"][0]["results"]
    assert document["version"] == "2.1.0"
    assert result["ruleId"] == "visualforce-controller"
    assert "::error file=" in capsys.readouterr().out


def test_annotations_escape_what_github_would_read(tmp_path: Path, capsys: CAPTURE) -> None:
    from sfgen.report.annotations import write_annotations
    from sfgen.report.places import Entry

    entry = Entry("a,b:c.cls", 1, 2, "r", "error", "50% of\nit")
    (line,) = write_annotations([entry])
    assert line == "::error file=a%2Cb%3Ac.cls,line=1,col=2,title=r::50%25 of%0Ait"


def test_a_component_that_does_not_compile_is_found(tmp_path: Path, capsys: CAPTURE) -> None:
    root = everything(tmp_path / "p")
    path = root / DEFAULT / "lwc/hello/hello.html"
    path.write_text(path.read_text().replace("{greeting.data}", "{greeting.data()}"))
    assert run(["check", str(root), "--fast"]) == 1
    out = capsys.readouterr().out
    assert "lwc/hello/hello.html:2:" in out
    assert "[lwc-compile]" in out


def test_missing_files_are_findings_too(tmp_path: Path, capsys: CAPTURE) -> None:
    root = write(tmp_path / "p", {"classes/A.cls": "public with sharing class A {}\n"})
    assert run(["check", str(root), "--fast"]) == 1
    assert "[missing-meta]" in capsys.readouterr().out


@pytest.mark.java
def test_java_finds_what_the_parser_cannot(
    tmp_path: Path, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch
) -> None:
    jars = apex_ls.find_jars(EVERYTHING)
    assert jars is not None, "node_modules has it: run tests/run.py --setup"
    monkeypatch.setenv("SFGEN_APEX_LS", str(jars))
    body = "public with sharing class A {\n    Integer one() {\n        return 'one';\n    }\n}\n"
    root = write(tmp_path / "p", {"classes/A.cls": body, "classes/A.cls-meta.xml": class_meta()})
    assert run(["check", str(root)]) == 1
    out = capsys.readouterr().out
    assert "classes/A.cls:3:" in out
    assert "[apex-types]" in out
    assert "tier 1: Apex types (apex-ls on Java): ran" in out
    assert "it was parsed and type-checked only" in out
    assert "\n1 error, " in out


def test_without_java_the_output_says_so(
    tmp_path: Path, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert run(["check", str(EVERYTHING)]) == 0
    assert "did not run: no Java" in capsys.readouterr().out


def fake_java(folder: Path, version: str, body: str) -> None:
    script = folder / "java"
    script.write_text(
        f'#!/bin/sh\nif [ "$1" = "-version" ]; then echo \'openjdk version "{version}"\' >&2; '
        f"exit 0; fi\n{body}\n"
    )
    script.chmod(0o755)


@pytest.mark.parametrize("body", ["echo boom >&2; exit 3", "echo '{ broken'; exit 4"])
def test_a_crash_of_the_checker_fails_and_is_never_silence(
    tmp_path: Path, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    jars = tmp_path / "jars"
    jars.mkdir()
    (jars / "apex-ls_2.13-6.0.2.jar").write_bytes(b"")
    fake_java(tmp_path, "17.0.1", body)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("SFGEN_APEX_LS", str(jars))
    assert run(["check", str(everything(tmp_path / "p"))]) == 1
    assert "[tool-failure]" in capsys.readouterr().out


def test_an_old_java_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_java(tmp_path, "1.8.0_402", "exit 0")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert apex_ls.why_not(tmp_path) == "Java 8 is too old: install 11 or later"


def test_a_package_with_other_bytes_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    npm = tmp_path / "npm"
    npm.write_text('#!/bin/sh\nfor last; do :; done\necho forged > "$last/package.tgz"\n')
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(ToolError, match="is not the package that sfgen was built with"):
        apex_ls.fetch_jars()
    assert not list((tmp_path / "cache").rglob("*.jar"))


def test_jars_that_were_damaged_since_are_fetched_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "package/dist/java-lib").mkdir(parents=True)
    jar = b"".join(bytes([number % 251]) for number in range(5_000))
    (tmp_path / "package/dist/java-lib/apex-ls_2.13-6.0.2.jar").write_bytes(jar)
    with tarfile.open(tmp_path / "package.tgz", "w:gz") as archive:
        archive.add(tmp_path / "package", "package")
    digest = hashlib.sha512((tmp_path / "package.tgz").read_bytes()).digest()
    npm = tmp_path / "npm"
    npm.write_text(f'#!/bin/sh\nfor last; do :; done\ncp "{tmp_path}/package.tgz" "$last"\n')
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    pinned = PinnedJars("some-1.0", "it", "some", "1.0", base64.b64encode(digest).decode())
    assert not pinned.is_whole()
    kept = pinned.fetch() / "apex-ls_2.13-6.0.2.jar"
    assert pinned.is_whole()
    for place in (0, 2_500, 4_999):
        damaged = bytearray(jar)
        damaged[place] ^= 1
        kept.write_bytes(damaged)
        assert not pinned.is_whole()
    kept.unlink()
    assert not pinned.is_whole()
    assert (pinned.fetch() / kept.name).read_bytes() == jar
    assert pinned.is_whole()


def test_every_package_that_npm_fetches_for_sfgen_is_pinned_by_a_hash() -> None:
    locks = list((ROOT / "sfgen").rglob("package-lock.json"))
    assert len(locks) == 2
    for lock in locks:
        packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
        assert len(packages) > 1
        bare = [name for name, held in packages.items() if name and not held.get("integrity")]
        assert bare == []
