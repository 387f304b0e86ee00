from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fixtures.small_project import EVERYTHING, class_meta, one_class, write, xml

from sfgen.errors import ProjectError
from sfgen.metadata import types
from sfgen.project import read_packaged, read_project
from sfgen.project.forceignore import ForceIgnore

if TYPE_CHECKING:
    from pathlib import Path


def test_the_fixture_has_components_of_more_than_forty_types() -> None:
    project = read_project(EVERYTHING)
    assert project.problems == ()
    assert len({component.type.name for component in project.components}) > 40


def test_a_bundle_leaves_its_ignored_files_at_home() -> None:
    project = read_project(EVERYTHING)
    bundle = next(c for c in project.components if c.type.name == "LightningComponentBundle")
    assert not any("__tests__" in path or "jsconfig" in path for path in bundle.files)


def test_children_of_an_object_stand_with_their_parent() -> None:
    project = read_project(EVERYTHING)
    invoice = next(c for c in project.components if c.name == "Invoice__c" and c.children)
    assert {"Note__c", "All", "Standard", "AmountIsPositive"} <= {c.name for c in invoice.children}


def test_only_the_default_package_directory_is_read_unless_told(tmp_path: Path) -> None:
    assert not any(c.type.name == "Settings" for c in read_project(EVERYTHING).components)
    project = read_project(EVERYTHING, [EVERYTHING / "admin"])
    assert [(c.type.name, c.name) for c in project.components] == [("Settings", "Security")]


def test_a_folder_inside_a_bundle_names_the_whole_bundle() -> None:
    folder = EVERYTHING / "force-app/main/default/lwc/hello"
    assert [c.name for c in read_project(EVERYTHING, [folder]).components] == ["hello"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "malformed JSON"),
        ("[]", "expected a JSON object"),
        ('{"packageDirectories": []}', "at least one folder"),
        ('{"packageDirectories": [{"path": "gone"}]}', "gone does not exist"),
        ('{"packageDirectories": [{"path": "."}], "sourceApiVersion": 67}', "not an API version"),
    ],
)
def test_a_broken_project_file_is_one_clear_error(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "sfdx-project.json").write_text(text)
    with pytest.raises(ProjectError, match=said):
        read_project(tmp_path)


def test_malformed_json_is_found_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "sfdx-project.json").write_text('{\n  "name": "x"\n  "oops": 1\n}')
    with pytest.raises(ProjectError, match=r"sfdx-project.json:3:3"):
        read_project(tmp_path)


def test_no_project_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as caught:
        read_project(tmp_path)
    assert "sfgen init" in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("lost", "rule"),
    [
        ("classes/Greeter.cls-meta.xml", "missing-meta"),
        ("classes/Greeter.cls", "missing-content"),
    ],
)
def test_half_a_class_is_a_problem(tmp_path: Path, lost: str, rule: str) -> None:
    one_class(tmp_path)
    (tmp_path / "force-app/main/default" / lost).unlink()
    problems = read_project(tmp_path).problems
    assert [problem.rule for problem in problems] == [rule]
    assert problems[0].path.endswith(("Greeter.cls", "Greeter.cls-meta.xml"))


def test_a_static_resource_without_its_descriptor_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, {"staticresources/lib.js": "1;\n"})
    assert [p.rule for p in read_project(tmp_path).problems] == ["missing-meta"]


def test_an_unknown_suffix_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, {"classes/A.clss-meta.xml": class_meta()})
    assert [p.rule for p in read_project(tmp_path).problems] == ["unknown-type"]


def test_fields_of_one_object_come_together_from_two_directories(tmp_path: Path) -> None:
    field = xml("CustomField", "<fullName>{}</fullName>\n<label>x</label>\n<type>Date</type>")
    write(tmp_path, {"objects/Account/fields/A__c.field-meta.xml": field.format("A__c")})
    other = tmp_path / "more/objects/Account/fields"
    other.mkdir(parents=True)
    (other / "B__c.field-meta.xml").write_text(field.format("B__c"))
    project = read_project(tmp_path, [tmp_path / "force-app", tmp_path / "more"])
    (account,) = project.components
    assert [child.name for child in account.children] == ["A__c", "B__c"]


def test_ignore_files_follow_gits_rules() -> None:
    ignore = ForceIgnore("*.log\n!keep.log\nbuild/\n/top.txt\n**/__tests__/**\n")
    assert ignore.denies("a/b.log", "b.log", folder=False)
    assert not ignore.denies("a/keep.log", "keep.log", folder=False)
    assert ignore.denies("x/build", "build", folder=True)
    assert not ignore.denies("x/build", "build", folder=False)
    assert ignore.denies("top.txt", "top.txt", folder=False)
    assert not ignore.denies("a/top.txt", "top.txt", folder=False)
    assert ignore.denies("lwc/x/__tests__", "__tests__", folder=True)
    assert ignore.denies(".git", ".git", folder=True)


def test_the_table_knows_the_types_of_a_generated_project() -> None:
    table = types()
    assert len(table.by_name) > 500
    assert table.by_suffix["cls"].name == "ApexClass"
    assert table.strict_folders["lwc"].kind == "bundle"
    assert {c.name for c in table.by_name["CustomObject"].children} >= {"CustomField", "ListView"}


def test_a_metadata_format_folder_reads_as_the_same_components(tmp_path: Path) -> None:
    (tmp_path / "classes").mkdir()
    (tmp_path / "classes/A.cls").write_text("class A {}")
    (tmp_path / "classes/A.cls-meta.xml").write_text(class_meta())
    (tmp_path / "classes/B.cls").write_text("class B {}")
    project = read_packaged(tmp_path)
    assert [(c.type.name, c.name) for c in project.components] == [("ApexClass", "A")]
    assert [p.rule for p in project.problems] == ["missing-meta"]
