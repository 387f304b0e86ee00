from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from fixtures.json_documents import read_document, read_result
from fixtures.small_project import EVERYTHING, class_meta, everything, one_class, write, xml
from lxml import etree

from sfgen.cli import run
from sfgen.localorg import OrgStore, running

if TYPE_CHECKING:
    from pathlib import Path

CAPTURE = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def local_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "local-org"
    monkeypatch.setenv("SFGEN_LOCAL_ORG", str(folder))
    return folder


def deploy(root: Path, *more: str) -> int:
    return run(["deploy", str(root), "--target-org", "local", *more])


def test_a_project_deploys_to_the_local_org(local_folder: Path, capsys: CAPTURE) -> None:
    assert deploy(EVERYTHING) == 0
    assert "Succeeded" in capsys.readouterr().out
    assert (local_folder / "metadata/classes/Greeter.cls").exists()


def test_a_class_that_an_earlier_deploy_left_is_named_with_the_way_out(
    tmp_path: Path, local_folder: Path, capsys: CAPTURE
) -> None:
    own = {"classes/A.cls": "public class A {\n    public static void go() {}\n}\n"}
    user = {"classes/B.cls": "public class B {\n    void run() {\n        A.go();\n    }\n}\n"}
    metas = {"classes/A.cls-meta.xml": class_meta(), "classes/B.cls-meta.xml": class_meta()}
    assert deploy(write(tmp_path / "one", own | user | metas)) == 0
    changed = {"classes/A.cls": "public class A {}\n", "classes/A.cls-meta.xml": class_meta()}
    assert deploy(write(tmp_path / "two", changed)) == 1
    shown = capsys.readouterr().out
    assert "ApexClass B: Dependent class is invalid and needs recompilation" in shown
    assert "hint: the local org keeps what was deployed before" in shown
    assert f"delete {local_folder}" in shown


def test_a_dry_run_changes_nothing(local_folder: Path, capsys: CAPTURE) -> None:
    assert deploy(EVERYTHING, "--dry-run", "--json") == 0
    shown = read_document(capsys.readouterr().out)
    assert (shown["version"], shown["success"]) == (1, True)
    (only,) = shown["result"]["deploys"]
    assert (only["target"], only["checkOnly"], only["status"]) == ("local", True, "Succeeded")
    assert not (local_folder / "metadata/classes").exists()


def field(body: str) -> str:
    return xml("CustomField", f"<fullName>Note__c</fullName>\n{body}")


BROKEN = {
    "unknown-field": (
        {
            "classes/A.cls": "public class A {\n    Object x = Setting__c.Missing__c;\n}\n",
            "classes/A.cls-meta.xml": class_meta(),
        },
        "classes/A.cls:2:",
        "Setting__c",
    ),
    "page-without-controller": (
        {
            "pages/P.page": '<apex:page\n    controller="Gone">\n</apex:page>\n',
            "pages/P.page-meta.xml": xml(
                "ApexPage", "<apiVersion>67.0</apiVersion>\n<label>P</label>"
            ),
        },
        "pages/P.page:2:",
        "Apex class 'Gone' does not exist",
    ),
    "malformed-xml": (
        {"permissionsets/P.permissionset-meta.xml": "<PermissionSet>\n  <label>P</lable>\n"},
        "permissionsets/P.permissionset-meta.xml:2:",
        "Error parsing file",
    ),
    "malformed-child": (
        {"objects/Account/fields/Note__c.field-meta.xml": "<CustomField>\n  <label>P</lable>\n"},
        "fields/Note__c.field-meta.xml:2:",
        "malformed XML",
    ),
    "class-without-meta": (
        {"classes/A.cls": "public class A {}\n"},
        "classes/A.cls:1:",
        "has no A.cls-meta.xml",
    ),
    "unknown-element": (
        {
            "objects/Account/fields/Note__c.field-meta.xml": field(
                "<lable>x</lable>\n<type>Date</type>"
            )
        },
        "fields/Note__c.field-meta.xml:4:",
        "lable invalid at this location in type CustomField",
    ),
    "field-without-length": (
        {
            "objects/Account/fields/Note__c.field-meta.xml": field(
                "<label>x</label>\n<type>Text</type>"
            )
        },
        "fields/Note__c.field-meta.xml:",
        "Required field is missing: length",
    ),
    "permission-to-nothing": (
        {
            "permissionsets/P.permissionset-meta.xml": xml(
                "PermissionSet",
                "<classAccesses>\n    <apexClass>Gone</apexClass>\n    <enabled>true</enabled>\n"
                "</classAccesses>\n<label>P</label>",
            )
        },
        "permissionsets/P.permissionset-meta.xml:3:",
        "no ApexClass named Gone found",
    ),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_project_fails_with_file_line_and_reason(
    tmp_path: Path, capsys: CAPTURE, name: str
) -> None:
    files, place, reason = BROKEN[name]
    code = deploy(write(tmp_path / "p", files))
    shown = capsys.readouterr()
    # A file that can't be put into the package stops the deploy before an org sees anything.
    assert code == (2 if "error:" in shown.err else 1)
    said = shown.out + shown.err
    assert f"force-app/main/default/{place}" in said or place in said
    assert reason in said


def test_reports_are_written_for_pipelines(tmp_path: Path, capsys: CAPTURE) -> None:
    files, _, _ = BROKEN["page-without-controller"]
    root = write(tmp_path / "p", files)
    junit, sarif = tmp_path / "junit.xml", tmp_path / "out.sarif"
    assert deploy(root, "--junit", str(junit), "--sarif", str(sarif), "--github") == 1
    annotation = next(
        line for line in capsys.readouterr().out.splitlines() if line.startswith("::")
    )
    assert annotation.startswith("::error file=force-app/main/default/pages/P.page,line=2,col=")
    suite = etree.parse(str(junit)).find("testsuite")
    assert suite is not None
    assert suite.get("failures") == "1"
    (result,) = json.loads(sarif.read_text())["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "force-app/main/default/pages/P.page"
    assert place["region"]["startLine"] == 2


def test_a_success_has_no_failures_in_junit(tmp_path: Path) -> None:
    junit = tmp_path / "junit.xml"
    assert deploy(one_class(tmp_path / "p"), "--junit", str(junit)) == 0
    suite = etree.parse(str(junit)).find("testsuite")
    assert suite is not None
    assert (suite.get("failures"), suite.get("tests")) == ("0", "2")


def test_keeping_what_succeeds_exits_with_68(tmp_path: Path, local_folder: Path) -> None:
    root = one_class(tmp_path / "p")
    write(root, {"classes/Bad.cls": "class {", "classes/Bad.cls-meta.xml": class_meta()})
    assert deploy(root, "--ignore-errors") == 68
    assert (local_folder / "metadata/classes/Greeter.cls").exists()


def test_the_same_deploy_by_its_id_from_elsewhere(tmp_path: Path, capsys: CAPTURE) -> None:
    with running():
        assert deploy(EVERYTHING, "--dry-run", "--json") == 0
        job = read_result(capsys.readouterr().out)["deploys"][0]["id"]
        common = ["--job-id", job, "--target-org", "local", "--json"]
        assert run(["deploy", "report", *common]) == 0
        assert run(["deploy", "resume", *common]) == 0
        capsys.readouterr()
        assert run(["deploy", "quick", *common]) == 0
        assert read_result(capsys.readouterr().out)["deploys"][0]["checkOnly"] is False
        assert run(["deploy", "cancel", *common]) == 1


def test_a_job_id_alone_is_wrong_usage() -> None:
    assert run(["deploy", "resume", "--target-org", "local"]) == 2
    assert run(["deploy", str(EVERYTHING), "--job-id", "0Af1"]) == 2


def test_several_targets_deploy_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: CAPTURE
) -> None:
    with running(tmp_path / "second") as second:
        monkeypatch.setenv("SFGEN_ACCESS_TOKEN", second.token)
        monkeypatch.setenv("SFGEN_INSTANCE_URL", second.url)
        assert deploy(EVERYTHING, "--target-org", "env", "--json") == 0
    rows = read_result(capsys.readouterr().out)["deploys"]
    assert [(row["target"], row["success"]) for row in rows] == [("local", True), ("env", True)]
    assert (tmp_path / "second/metadata/classes/Greeter.cls").exists()


def test_one_unreachable_target_fails_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: CAPTURE, tmp_path: Path
) -> None:
    monkeypatch.setenv("SFGEN_ACCESS_TOKEN", "00D000000000001!nobody")
    monkeypatch.setenv("SFGEN_INSTANCE_URL", "http://127.0.0.1:9")
    assert deploy(one_class(tmp_path / "p"), "--target-org", "env", "--json") == 1
    rows = read_result(capsys.readouterr().out)["deploys"]
    assert [row["success"] for row in rows] == [True, False]
    assert "can't be reached" in rows[1]["error"]


def test_destructive_changes_undo_a_deploy(tmp_path: Path, local_folder: Path) -> None:
    root = one_class(tmp_path / "p")
    assert deploy(root) == 0
    manifest = tmp_path / "gone.xml"
    manifest.write_text(
        xml("Package", "<types><members>Greeter</members><name>ApexClass</name></types>")
    )
    other = one_class(tmp_path / "q", "Other")
    assert deploy(other, "--post-destructive", str(manifest)) == 0
    left = sorted(p.name for p in (local_folder / "metadata/classes").glob("*.cls"))
    assert left == ["Other.cls"]


def test_only_the_named_folder_is_deployed(local_folder: Path) -> None:
    assert deploy(EVERYTHING, "-d", "force-app/main/default/labels") == 0
    assert [p.name for p in (local_folder / "metadata").iterdir()] == ["labels"]


def test_no_target_is_wrong_usage_and_names_the_ways(tmp_path: Path, capsys: CAPTURE) -> None:
    assert run(["deploy", str(one_class(tmp_path / "p"))]) == 2
    assert "--target-org" in capsys.readouterr().err


def test_apex_tests_not_run_are_said_not_to_have_run(tmp_path: Path, capsys: CAPTURE) -> None:
    assert deploy(one_class(tmp_path / "p"), "--test-level", "RunLocalTests") == 0
    assert "not run" in capsys.readouterr().out


def test_the_token_reaches_neither_output_nor_files(
    tmp_path: Path, local_folder: Path, capsys: CAPTURE
) -> None:
    assert deploy(EVERYTHING, "--json", "--junit", str(tmp_path / "j.xml")) == 0
    token = OrgStore(local_folder).token
    shown = capsys.readouterr()
    assert token not in shown.out + shown.err + (tmp_path / "j.xml").read_text()


def test_ctrl_c_cancels_in_the_org_and_exits_130(tmp_path: Path) -> None:
    from test_deploy_interrupt import slow_org

    with slow_org() as (url, seen):
        process = start_deploy_process(one_class(tmp_path / "p"), url)
        wait_for(lambda: any(method == "GET" for method, _, _ in seen))
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    assert process.returncode == 130, out + err
    assert ("PATCH", b'"Canceling"') in [
        (m, b'"Canceling"') for m, _, body in seen if b"Canceling" in body
    ]
    assert "canceling 0Af" in err


def start_deploy_process(root: Path, url: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "SFGEN_ACCESS_TOKEN": "00D1!x", "SFGEN_INSTANCE_URL": url}
    return subprocess.Popen(
        [sys.executable, "-m", "sfgen", "deploy", str(root)],
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def wait_for(true: Any) -> None:
    end = time.monotonic() + 120
    while not true():
        assert time.monotonic() < end, "waited two minutes in vain"
        time.sleep(0.02)


def test_a_line_in_an_object_is_reported_at_the_fields_file(
    tmp_path: Path, capsys: CAPTURE
) -> None:
    root = everything(tmp_path / "p")
    path = root / "force-app/main/default/objects/Invoice__c/fields/Amount__c.field-meta.xml"
    path.write_text(path.read_text().replace("<scale>2</scale>", "<scale>two</scale>"))
    line = next(i for i, t in enumerate(path.read_text().splitlines(), 1) if "two" in t)
    assert deploy(root) == 1
    assert f"fields/Amount__c.field-meta.xml:{line}:" in capsys.readouterr().out
