"""A production org is recognized before it is sent what it would refuse (Salesforce Help, cs_schema_settings)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from fixtures.json_documents import read_result
from tools.sf import client

from sfgen.apex.conditions import KINDS
from sfgen.cli import run
from sfgen.localorg import running

if TYPE_CHECKING:
    from pathlib import Path

CAPTURE = pytest.CaptureFixture[str]
SETTING = """<?xml version="1.0" encoding="UTF-8"?>
<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">
    <customSettingsType>Hierarchy</customSettingsType>
    <label>Keys</label>
    <visibility>{}</visibility>
</CustomObject>
"""


@pytest.fixture(autouse=True)
def _local_org(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SFGEN_LOCAL_ORG", str(tmp_path / "org"))
    monkeypatch.delenv("CUSTOM_SETTING_VISIBILITY", raising=False)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("production") / "texting"
    assert run(["init", str(folder), "--defaults", "--json"]) == 0
    return folder


def write_project(folder: Path, visibility: str, **settings: object) -> Path:
    place = folder / "force-app/main/default/objects/Keys__c"
    place.mkdir(parents=True)
    (place / "Keys__c.object-meta.xml").write_text(SETTING.format(visibility))
    data = {"packageDirectories": [{"path": "force-app", "default": True}], **settings}
    (folder / "sfdx-project.json").write_text(json.dumps(data))
    return folder


@pytest.mark.parametrize("how", [[], ["--dry-run"], ["--dry-run", "-l", "RunLocalTests"]])
def test_production_is_sent_no_protected_setting(
    generated: Path, how: list[str], monkeypatch: pytest.MonkeyPatch, capsys: CAPTURE
) -> None:
    monkeypatch.setenv("SFGEN_LOCAL_ORG_KIND", "production")
    assert run(["deploy", str(generated), "-o", "local", "--json", *how]) == 1
    (shown,) = read_result(capsys.readouterr().out)["deploys"]
    assert (shown["status"], shown["id"]) == ("NotStarted", None)
    assert "PusherSettings__c, PusherToken__c are protected custom settings" in shown["error"]
    assert "set CUSTOM_SETTING_VISIBILITY=Public" in shown["hint"]


def test_the_switch_lets_production_take_the_project(
    generated: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SFGEN_LOCAL_ORG_KIND", "production")
    monkeypatch.setenv("CUSTOM_SETTING_VISIBILITY", "Public")
    assert run(["deploy", str(generated), "-o", "local"]) == 0
    kept = (tmp_path / "org").rglob("PusherSettings__c.object")
    assert "<visibility>Public</visibility>" in next(kept).read_text()


@pytest.mark.parametrize("kind", ["developer", "sandbox", "scratch"])
def test_other_orgs_take_protected_settings(
    kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SFGEN_LOCAL_ORG_KIND", kind)
    assert run(["deploy", str(write_project(tmp_path / "p", "Protected")), "-o", "local"]) == 0


@pytest.mark.parametrize(
    ("settings", "hint"),
    [
        ({}, "make their visibility Public, by a replacement"),
        ({"namespace": "acme"}, "install the managed package there"),
    ],
)
def test_a_project_without_a_switch_is_told_another_way(
    settings: dict[str, str],
    hint: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: CAPTURE,
) -> None:
    monkeypatch.setenv("SFGEN_LOCAL_ORG_KIND", "production")
    project = write_project(tmp_path / "p", "Protected", **settings)
    assert run(["deploy", str(project), "-o", "local"]) == 1
    shown = capsys.readouterr().out
    assert "Keys__c is a protected custom setting, which a production org refuses" in shown
    assert f"hint: {hint}" in shown


def test_a_public_setting_costs_no_question(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SFGEN_LOCAL_ORG_KIND", "production")
    assert run(["deploy", str(write_project(tmp_path / "p", "Public")), "-o", "local"]) == 0


def test_a_condition_in_json_reads_as_sf_reads_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: CAPTURE
) -> None:
    """``"value": true`` is met by the text true, as in sf; not by Python's True."""
    entry = {
        "filename": "Keys__c.object-meta.xml",
        "stringToReplace": "Protected",
        "replaceWithEnv": "VISIBILITY",
        "replaceWhenEnv": [{"env": "GO_LIVE", "value": True}],
    }
    project = write_project(tmp_path / "p", "Protected", replacements=[entry])
    monkeypatch.setenv("SFGEN_LOCAL_ORG_KIND", "production")
    monkeypatch.setenv("VISIBILITY", "Public")
    assert run(["deploy", str(project), "-o", "local"]) == 1
    assert "set GO_LIVE=true in the environment" in capsys.readouterr().out
    monkeypatch.setenv("GO_LIVE", "true")
    assert run(["deploy", str(project), "-o", "local"]) == 0


@pytest.mark.sf
@pytest.mark.parametrize(
    ("source", "switch", "exit_code"),
    [
        (("--source-dir", "force-app"), {}, 1),
        (("--source-dir", "force-app"), {"CUSTOM_SETTING_VISIBILITY": "Public"}, 0),
        (("--manifest", "manifest/package.xml"), {"CUSTOM_SETTING_VISIBILITY": "Public"}, 0),
        (("--source-dir", "admin"), {}, 0),
    ],
)
def test_sf_deploys_as_readme_says_it(
    source: tuple[str, str], switch: dict[str, str], exit_code: int, tmp_path: Path
) -> None:
    """The folder, the manifest and admin/, which is no package directory, into production."""
    project = tmp_path / "texting"
    answers = ["--set", "lightning_web_security=on"]
    assert run(["init", str(project), "--defaults", "--json", *answers]) == 0
    with running(tmp_path / "org", kind=KINDS["production"]) as org:
        done = client.run(
            *("project", "deploy", "start", "--target-org", org.token, *source),
            cwd=project,
            home=tmp_path,
            SF_ORG_INSTANCE_URL=org.url,
            **switch,
        )
    assert done["exit"] == exit_code, done
    if exit_code:
        assert "unless you are in a developer, sandbox, or scratch org" in json.dumps(done)
