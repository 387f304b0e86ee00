"""The integration joins projects that others have made, and their own tools stay green."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tools.sf import client

from sfgen.cli import run
from sfgen.render.matchers import drop_accessibility

ROOT = Path(__file__).resolve().parents[2]
CAPTURE = pytest.CaptureFixture[str]
LABELS = """<?xml version="1.0" encoding="UTF-8"?>
<CustomLabels xmlns="http://soap.sforce.com/2006/04/metadata">
    <labels>
        <fullName>{}</fullName>
        <language>en_US</language>
        <protected>false</protected>
        <shortDescription>Theirs</shortDescription>
        <value>Theirs</value>
    </labels>
</CustomLabels>
"""
SOURCE = "force-app/main/default"
OURS = "force-app/main/pusher"
BUNDLE = """<?xml version="1.0" encoding="UTF-8"?>
<AuraDefinitionBundle xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>66.0</apiVersion>
    <description>Theirs</description>
</AuraDefinitionBundle>
"""


def make_host(folder: Path, files: dict[str, str], *directories: str) -> Path:
    """Write an SFDX project with these files and package directories."""
    paths = directories or ("force-app",)
    entries = [{"path": path, "default": path == paths[0]} for path in paths]
    data = {"packageDirectories": entries, "sourceApiVersion": "66.0"}
    for path in paths:
        (folder / path).mkdir(parents=True, exist_ok=True)
    for path, text in {"sfdx-project.json": json.dumps(data), **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def join(project: Path, *pairs: str) -> int:
    given = [part for pair in ("project_name=theirs", *pairs) for part in ("--set", pair)]
    return run(["init", str(project), "--defaults", "--json", *given])


def read_tree(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def class_files(path: str, name: str) -> dict[str, str]:
    meta = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata">\n'
        "    <apiVersion>66.0</apiVersion>\n    <status>Active</status>\n</ApexClass>\n"
    )
    text = f"public with sharing class {name} {{\n}}\n"
    return {f"{path}/{name}.cls": text, f"{path}/{name}.cls-meta.xml": meta}


@pytest.mark.parametrize("place", [SOURCE, "force-app/labels-of-ours", "more/main/default"])
def test_a_project_with_labels_keeps_its_file(place: str, tmp_path: Path) -> None:
    path = f"{place}/labels/CustomLabels.labels-meta.xml"
    host = make_host(tmp_path / "p", {path: LABELS.format("Theirs")}, "force-app", "more")
    assert join(host) == 0
    assert (host / path).read_text() == LABELS.format("Theirs")
    assert run(["check", "--fast", str(host)]) == 0
    assert (host / OURS / "shared/labels/CustomLabels.labels-meta.xml").is_file()


@pytest.mark.sf
def test_labels_of_two_files_are_one_package_in_sf_and_here(tmp_path: Path) -> None:
    from package.test_package_equals_sf import differing, ours, theirs

    path = f"{SOURCE}/labels/CustomLabels.labels-meta.xml"
    host = make_host(tmp_path / "p", {path: LABELS.format("Theirs")})
    assert join(host) == 0
    mine = ours(host)
    assert differing(mine, theirs(host, tmp_path)) == []
    assert b"<fullName>Theirs</fullName>" in mine["labels/CustomLabels.labels"]
    assert b"<fullName>Pusher" in mine["labels/CustomLabels.labels"]


@pytest.mark.parametrize(
    ("files", "named"),
    [
        (class_files("force-app/other/classes", "PusherSettings"), "ApexClass PusherSettings"),
        (
            class_files("more/main/default/classes", "pusherchannelnames"),
            "ApexClass pusherchannelnames",
        ),
        (
            {
                f"{SOURCE}/aura/pusherSetup/pusherSetup.cmp": "<aura:component />\n",
                f"{SOURCE}/aura/pusherSetup/pusherSetup.cmp-meta.xml": BUNDLE,
            },
            "AuraDefinitionBundle pusherSetup",
        ),
        (
            {f"{SOURCE}/labels/CustomLabels.labels-meta.xml": LABELS.format("PusherSend")},
            "CustomLabel PusherSend",
        ),
        (
            class_files("force-app/other/classes", "PusherSettings")
            | class_files("more/classes", "PusherChannelNames"),
            "PusherChannelNames",
        ),
    ],
)
def test_components_of_the_same_names_are_named_before_anything_is_written(
    files: dict[str, str], named: str, tmp_path: Path, capsys: CAPTURE
) -> None:
    host = make_host(tmp_path / "p", files, "force-app", "more")
    before = read_tree(host)
    assert join(host) == 1
    shown = capsys.readouterr().err
    assert "error: the project has " in shown
    assert named in shown
    assert "already; nothing was written" in shown
    assert "hint: choose another prefix" in shown
    assert read_tree(host) == before
    assert join(host, "prefix=Chat") == 0


def test_a_dry_run_names_clashes_too(tmp_path: Path, capsys: CAPTURE) -> None:
    files = class_files("force-app/other/classes", "PusherSettings")
    host = make_host(tmp_path / "p", files)
    assert run(["init", str(host), "--defaults", "--dry-run"]) == 1
    assert "ApexClass PusherSettings" in capsys.readouterr().err


def test_a_second_integration_and_a_second_run_disturb_nothing(
    tmp_path: Path, capsys: CAPTURE
) -> None:
    host = make_host(tmp_path / "p", {".prettierrc": "{}\n"})
    assert join(host) == 0
    first = read_tree(host)
    capsys.readouterr()
    assert join(host) == 0
    assert json.loads(capsys.readouterr().out)["created"] == []
    assert read_tree(host) == first
    ignored = first[".prettierignore"].decode()
    assert ignored.count("written by sfgen") == 1
    assert f"{OURS}/" in ignored.splitlines()


def test_what_the_project_ignores_stays_ignored(tmp_path: Path) -> None:
    host = make_host(tmp_path / "p", {".prettierrc": "{}\n", ".prettierignore": "coverage/"})
    assert join(host) == 0
    lines = (host / ".prettierignore").read_text().splitlines()
    assert lines[:3] == ["coverage/", "", "# Pusher: written by sfgen in a style of its own"]


def test_a_project_without_prettier_is_told_nothing_about_it(tmp_path: Path) -> None:
    host = make_host(tmp_path / "p", {"package.json": "{}"})
    assert join(host) == 0
    assert not (host / ".prettierignore").exists()


def test_the_page_in_docs_says_what_the_project_has_to_do(tmp_path: Path) -> None:
    host = make_host(tmp_path / "p", {"README.md": "# Mine\n"})
    assert join(host, "prefix=Chat") == 0
    assert (host / "README.md").read_text() == "# Mine\n"
    page = (host / "docs/chat.md").read_text()
    assert (host / "docs/chat-bridge.md").is_file()
    for told in (
        "(chat-bridge.md)",
        "## Where to change what",
        "CUSTOM_SETTING_VISIBILITY=Public",
        '"replacements"',
        "objects/*/Chat*.object-meta.xml",
    ):
        assert told in page


def test_the_switch_of_the_page_works_in_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = make_host(tmp_path / "p", {})
    assert join(host) == 0
    page = (host / "docs/pusher.md").read_text()
    shown = json.loads(page.partition("```json\n")[2].partition("```")[0])
    data = json.loads((host / "sfdx-project.json").read_text())
    (host / "sfdx-project.json").write_text(json.dumps(data | shown))
    monkeypatch.setenv("SFGEN_LOCAL_ORG", str(tmp_path / "org"))
    monkeypatch.setenv("SFGEN_LOCAL_ORG_KIND", "production")
    assert run(["deploy", str(host), "-o", "local", "--dry-run"]) == 1
    monkeypatch.setenv("CUSTOM_SETTING_VISIBILITY", "Public")
    assert run(["deploy", str(host), "-o", "local", "--dry-run"]) == 0


def test_a_folder_may_be_called_what_no_project_could_be(tmp_path: Path) -> None:
    host = make_host(tmp_path / "Привет мир", {})
    assert run(["init", str(host), "--defaults", "--json"]) == 0


def test_a_test_that_asks_for_accessibility_alone_goes() -> None:
    text = """describe('x', () => {
    it('works', () => {
        expect(1).toBe(1);
    });

    it('is accessible', async () => {
        await expect(
            await createChat({ a: 1 })
        ).toBeAccessible();
    });

    it('does both', async () => {
        const element = createChat();
        expect(element).toBeTruthy();
        await expect(element).toBeAccessible();
    });
});
"""
    kept = drop_accessibility(text)
    assert "is accessible" not in kept
    assert "toBeAccessible" not in kept
    assert "expect(element).toBeTruthy();\n    });\n});\n" in kept
    assert kept.count("it(") == 2
    assert drop_accessibility("it('x', () => {});\n") == "it('x', () => {});\n"


def run_node(script: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["node", str(ROOT / "node_modules" / script), *arguments],
        cwd=cwd,
        text=True,
        capture_output=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1", "CI": "true"},
    )


@pytest.mark.sf
@pytest.mark.node
@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("container", ["lwc", "both"])
def test_the_project_that_sf_makes_stays_green(
    container: str, tmp_path: Path, capsys: CAPTURE
) -> None:
    """Its Prettier, its ESLint, its Jest and ``sfgen check``, as the newest sf sets them up."""
    place = ROOT / ".cache" / "generated"
    place.mkdir(parents=True, exist_ok=True)
    name = f"host-{container}-{os.getpid()}"
    made = client.run(
        *("template", "generate", "project", "--name", name, "--output-dir", str(place)),
        cwd=tmp_path,
        home=tmp_path,
    )
    assert made["exit"] == 0, made
    host = place / name
    try:
        before = list_unformatted(host)
        assert join(host, f"container={container}") == 0
        assert list_unformatted(host) == before
        linted = run_node("eslint/bin/eslint.js", "**/{aura,lwc}/**/*.js", cwd=host)
        assert linted.returncode == 0, linted.stdout
        tested = run_node("@salesforce/sfdx-lwc-jest/bin/sfdx-lwc-jest", "--", "--ci", cwd=host)
        assert tested.returncode == 0, tested.stderr[-3000:]
        capsys.readouterr()
        assert run(["check", str(host), "--json"]) == 0
        shown = json.loads(capsys.readouterr().out)
        assert [f for f in shown["findings"] if f["severity"] != "info"] == []
    finally:
        shutil.rmtree(host, ignore_errors=True)


def list_unformatted(host: Path) -> set[str]:
    pattern = "**/*.{cls,cmp,component,css,html,js,json,md,page,trigger,xml,yaml,yml}"
    done = run_node("prettier/bin/prettier.cjs", "--check", pattern, cwd=host)
    return {line for line in done.stderr.splitlines() if line.startswith("[warn] ")} - {
        "[warn] Code style issues found in 4 files. Run Prettier with --write to fix."
    }
