from __future__ import annotations

import io
import os
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest
from fixtures.small_project import EVERYTHING, everything, one_class, write, xml

from sfgen.errors import ProjectError
from sfgen.package import build_package, read_manifest, write_manifest, write_package
from sfgen.package.merging import collation_key
from sfgen.package.origins import locate
from sfgen.project import read_project

if TYPE_CHECKING:
    from pathlib import Path


def packed(root: Path) -> dict[str, bytes]:
    buffer = io.BytesIO()
    write_package(build_package(read_project(root)), buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_same_project_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write_package(build_package(read_project(EVERYTHING)), first)
    copy = everything(tmp_path / "copy")
    for path in copy.rglob("*"):
        os.utime(path, (1, 1))
    write_package(build_package(read_project(copy)), second)
    assert first.getvalue() == second.getvalue()


def test_the_manifest_comes_first_and_names_types_in_order() -> None:
    files = packed(EVERYTHING)
    assert next(iter(files)) == "package.xml"
    members, version = read_manifest(files["package.xml"], "package.xml")
    assert version == "67.0"
    assert list(members) == sorted(members)
    assert "CustomField" in members
    assert "Account.Tier__c" in members["CustomField"]
    assert "Account" not in members["CustomObject"]


def test_code_keeps_both_files_and_xml_types_lose_the_ending() -> None:
    names = set(packed(EVERYTHING))
    assert {"classes/Words.cls", "classes/Words.cls-meta.xml"} <= names
    assert "permissionsets/Billing.permissionset" in names
    assert "staticresources/toolkit.resource" in names
    assert not any("__tests__" in name for name in names)


def test_an_expanded_resource_becomes_a_zip_of_its_files() -> None:
    inner = zipfile.ZipFile(io.BytesIO(packed(EVERYTHING)["staticresources/parts.resource"]))
    assert {name: inner.read(name) for name in inner.namelist()} == {
        "inner/two.css": b"p {}\n",
        "one.js": b"1;\n",
    }


def test_an_expanded_resource_is_packed_a_file_at_a_time(tmp_path: Path) -> None:
    kind = "<cacheControl>Private</cacheControl>\n<contentType>application/zip</contentType>"
    root = write(
        tmp_path / "p", {"staticresources/Big.resource-meta.xml": xml("StaticResource", kind)}
    )
    folder = root / "force-app/main/default/staticresources/Big"
    folder.mkdir()
    for number in range(16):
        (folder / f"{number}.bin").write_bytes(os.urandom(1 << 20))
    project = read_project(root)
    tracemalloc.start()
    try:
        with (tmp_path / "package.zip").open("wb") as file:
            write_package(build_package(project), file)
        assert tracemalloc.get_traced_memory()[1] < 24 << 20
    finally:
        tracemalloc.stop()
    with zipfile.ZipFile(tmp_path / "package.zip") as archive:
        resource = zipfile.ZipFile(io.BytesIO(archive.read("staticresources/Big.resource")))
    assert resource.read("15.bin") == (folder / "15.bin").read_bytes()


def test_replacements_are_made_while_packaging() -> None:
    assert b"'build 7'" in packed(EVERYTHING)["classes/Stamp.cls"]


def test_a_replacement_from_an_unset_variable_is_refused(tmp_path: Path) -> None:
    one_class(tmp_path)
    (tmp_path / "sfdx-project.json").write_text(
        '{"packageDirectories": [{"path": "force-app"}], "replacements": [{"glob": "**/*.cls",'
        ' "stringToReplace": "Greeter", "replaceWithEnv": "NO_SUCH_VARIABLE"}]}'
    )
    with pytest.raises(ProjectError, match="NO_SUCH_VARIABLE"):
        packed(tmp_path)


def test_a_replacement_applies_only_under_its_condition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_class(tmp_path)
    (tmp_path / "sfdx-project.json").write_text(
        '{"packageDirectories": [{"path": "force-app"}], "replacements": [{"glob": "**/*.cls",'
        ' "stringToReplace": "sharing", "replaceWithEnv": "WORD",'
        ' "replaceWhenEnv": [{"env": "STAGE", "value": "prod"}]}]}'
    )
    monkeypatch.setenv("WORD", "caring")
    assert b"with sharing" in packed(tmp_path)["classes/Greeter.cls"]
    monkeypatch.setenv("STAGE", "prod")
    assert b"with caring" in packed(tmp_path)["classes/Greeter.cls"]


def test_malformed_xml_in_a_child_names_file_and_line(tmp_path: Path) -> None:
    write(tmp_path, {"objects/Account/fields/A__c.field-meta.xml": "<CustomField>\n  <label>\n"})
    with pytest.raises(ProjectError, match=r"A__c.field-meta.xml:\d+:\d+: malformed XML"):
        packed(tmp_path)


def test_an_empty_project_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {})
    with pytest.raises(ProjectError, match="nothing to deploy"):
        packed(tmp_path)


def test_destructive_manifests_travel_along(tmp_path: Path) -> None:
    one_class(tmp_path)
    manifest = tmp_path / "gone.xml"
    manifest.write_bytes(write_manifest({"ApexClass": {"Old"}}, "67.0"))
    package = build_package(read_project(tmp_path), destructive_after=manifest)
    assert package.read("destructiveChangesPost.xml") == manifest.read_bytes()
    manifest.write_text("<Package>")
    with pytest.raises(ProjectError, match="malformed XML"):
        build_package(read_project(tmp_path), destructive_after=manifest)


def test_a_line_of_a_merged_object_leads_back_to_its_source(tmp_path: Path) -> None:
    everything(tmp_path / "p")
    project = read_project(tmp_path / "p")
    package = build_package(project)
    merged = package.read("objects/Invoice__c.object").decode().splitlines()
    line = next(i for i, text in enumerate(merged, 1) if "<length>255</length>" in text)
    found = locate(package, "objects/Invoice__c.object", line)
    assert found is not None
    path, source_line = found
    assert path.endswith("fields/Note__c.field-meta.xml")
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - text paths
        assert "<length>" in file.read().splitlines()[source_line - 1]


@pytest.mark.parametrize(
    "names",
    [["a_b", "ab"], ["a1", "aa"], ["Amount__c", "AmountDue__c"], ["a", "A", "b"]],
)
def test_names_sort_as_in_javascript(names: list[str]) -> None:
    assert sorted(sorted(names), key=collation_key) == names


def test_quotes_in_member_names_are_escaped() -> None:
    text = write_manifest({"Layout": {'Account-Bob\'s "own" <x>'}}, "67.0").decode()
    assert "<members>Account-Bob&apos;s &quot;own&quot; &lt;x&gt;</members>" in text


def test_workflow_entries_are_named_one_by_one() -> None:
    members, _ = read_manifest(packed(EVERYTHING)["package.xml"], "package.xml")
    assert members["WorkflowFieldUpdate"] == {"Invoice__c.Clear_Note"}
    assert members["CustomLabel"] == {"Title", "Farewell"}


def test_labels_of_two_files_become_one(tmp_path: Path) -> None:
    label = "<labels>\n<fullName>{0}</fullName>\n<language>en_US</language>\n<protected>true</protected>\n<shortDescription>{0}</shortDescription>\n<value>{0}</value>\n</labels>"
    write(
        tmp_path,
        {
            "labels/CustomLabels.labels-meta.xml": xml("CustomLabels", label.format("B")),
            "labels/Other.labels-meta.xml": xml("CustomLabels", label.format("A")),
        },
    )
    text = packed(tmp_path)["labels/CustomLabels.labels"].decode()
    assert text.index("<fullName>A</fullName>") < text.index("<fullName>B</fullName>")
