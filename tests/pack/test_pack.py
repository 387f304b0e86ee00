from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from templates.answer_sets import cover_pairs

from sfgen.answers import complete_answers
from sfgen.errors import TemplateError
from sfgen.pack import find_packs_folder, load_pack
from sfgen.package.manifest import read_manifest
from sfgen.plan import plan_project
from sfgen.project import read_project
from sfgen.render import render_plan

PACK = find_packs_folder() / "pusher"
MARKS = {
    "variable_start_string": "%[",
    "variable_end_string": "]%",
    "block_start_string": "%{",
    "block_end_string": "}%",
    "trim_blocks": True,
    "lstrip_blocks": True,
}


def make_pack(folder: Path, files: dict[str, str], **manifest: object) -> Path:
    for path, text in files.items():
        target = folder / "%[cookiecutter.project_name]%" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    data = {"project_name": "x", "prefix": "P", "_jinja2_env_vars": MARKS, **manifest}
    (folder / "cookiecutter.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


def render(folder: Path, **answers: str) -> dict[str, bytes]:
    given = {"project_name": "x", "prefix": "P", **answers}
    return {f.path: f.content for f in render_plan(plan_project(load_pack(folder), given))}


def read_tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


COMBINATIONS = [
    {},
    {"bridge": "direct", "container": "both", "channels": "private,presence"},
    {"channels": "public", "authorization": "none", "login": "none", "prefix": "Chat"},
    {
        "namespace": "acme",
        "channels": "private-encrypted",
        "authorization": "apex",
        "login": "none",
        "lightning_web_security": "on",
        "beams": "yes",
    },
    {"store": "external", "container": "aura", "widgets": "record", "record_object": "Lead"},
    {
        "authorization": "named-credential",
        "login": "named-credential",
        "pusher_host": "ws.example.com",
        "ci": "github",
        "install_from": "sfgen==1.0",
    },
]


@pytest.mark.parametrize(
    "given", COMBINATIONS, ids=lambda given: "-".join(given.values()) or "defaults"
)
def test_plain_cookiecutter_writes_the_same_bytes(given: dict[str, str], tmp_path: Path) -> None:
    answers = complete_answers(given).as_dict()
    ours = {f.path: f.content for f in render_plan(plan_project(load_pack(PACK), answers))}
    assert bake(answers, tmp_path) == ours


def bake(answers: dict[str, str], scratch: Path) -> dict[str, bytes]:
    """Have plain cookiecutter write a project, and return its files."""
    config = scratch / "config.yaml"
    config.write_text(f"replay_dir: {scratch}/replay\ncookiecutters_dir: {scratch}/packs\n")
    subprocess.run(
        [sys.executable, "-m", "cookiecutter", "--no-input", "--config-file", str(config)]
        + ["-o", str(scratch / "out"), str(PACK)]
        + [f"{name}={value}" for name, value in answers.items()],
        check=True,
        capture_output=True,
    )
    return read_tree(scratch / "out" / answers["project_name"])


def test_a_pack_is_compiled_again_when_a_template_changes(tmp_path: Path) -> None:
    pack = make_pack(tmp_path, {"a.txt": "one %[ cookiecutter.prefix ]%"})
    assert render(pack)["a.txt"] == b"one P"
    make_pack(tmp_path, {"a.txt": "three %[ cookiecutter.prefix|lower ]%"})
    assert render(pack)["a.txt"] == b"three p"


def test_the_language_has_conditions_filters_and_escapes(tmp_path: Path) -> None:
    text = (
        "%{ if cookiecutter.prefix == 'A' }%a%{ elif cookiecutter.prefix in ('<&>', 'C') }%"
        "%[ cookiecutter.prefix|e ]%%[ cookiecutter.prefix|tojson ]%%{ else }%none%{ endif }%"
    )
    pack = make_pack(tmp_path, {"a": text})
    assert render(pack, prefix="A")["a"] == b"a"
    assert render(pack, prefix="<&>")["a"] == b'&lt;&amp;&gt;"\\u003c\\u0026\\u003e"'
    assert render(pack, prefix="Z")["a"] == b"none"


def test_a_block_is_joined_where_the_answers_leave_it_short_enough(tmp_path: Path) -> None:
    text = "%{ filter fit }%\nstart(\n    %[ cookiecutter.prefix ]%\n);\n%{ endfilter }%\n"
    pack = make_pack(tmp_path, {"a": text})
    assert render(pack, prefix="A")["a"] == b"start(A);\n"
    assert render(pack, prefix="A" * 80)["a"] == b"start(\n    " + b"A" * 80 + b"\n);\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("%{ if cookiecutter.prefix }%", "a.cls:1: "),
        ("x\n%{ for i in cookiecutter.prefix }%%{ endfor }%", "a.cls:2: For is outside"),
        ("x\n%{ filter upper }%a%{ endfilter }%", "a.cls:2: only fit takes a block"),
        ("%{ filter fit|upper }%a%{ endfilter }%", "a.cls:1: only fit takes a block"),
        ("%[ other ]%", "Name is outside"),
        ("%[ cookiecutter.prefix|length ]%", "filter length"),
        ("%[ cookiecutter.prefix.format(1) ]%", "only split and replace"),
        ("%[ cookiecutter.prefix.__class__ ]%", "only cookiecutter.<answer>"),
    ],
)
def test_a_template_outside_the_language_names_file_and_line(
    text: str, reason: str, tmp_path: Path
) -> None:
    pack = make_pack(tmp_path, {"a.cls": text})
    with pytest.raises(TemplateError) as caught:
        load_pack(pack)
    assert reason in caught.value.message


def test_an_answer_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    pack = make_pack(tmp_path, {"a.cls": "%[ cookiecutter.nothing ]%"})
    with pytest.raises(TemplateError, match=r"a\.cls: no answer is called 'nothing'"):
        render(pack)


@pytest.mark.parametrize("prefix", ["../../../evil", "/etc/x", "a\\b", "con", "a:b", "x/../../y"])
def test_a_path_never_leaves_the_project(prefix: str, tmp_path: Path) -> None:
    pack = make_pack(tmp_path, {"d/%[cookiecutter.prefix]%": "x"})
    with pytest.raises(TemplateError, match="a template's path"):
        render(pack, prefix=prefix)


def test_two_files_that_differ_in_case_only_are_refused(tmp_path: Path) -> None:
    pack = make_pack(tmp_path, {"%[cookiecutter.prefix]%.txt": "x", "A.txt": "y"})
    with pytest.raises(TemplateError, match="one file where case does not count"):
        render(pack, prefix="a")


def test_a_class_name_over_40_characters_is_refused(tmp_path: Path) -> None:
    pack = make_pack(tmp_path, {"%[cookiecutter.prefix]%Controller.cls": "x"})
    with pytest.raises(TemplateError, match="longer than 40"):
        render(pack, prefix="A" * 31)


def test_a_file_is_left_out_when_its_condition_does_not_hold(tmp_path: Path) -> None:
    pack = make_pack(
        tmp_path, {"a/x": "1", "a/y": "2"}, _only_when=[["a/x", "prefix"], ["a/y", "!prefix"]]
    )
    assert set(render(pack, prefix="P")) == {"a/x"}
    assert set(render(pack, prefix="")) == {"a/y"}


def test_the_longest_prefix_keeps_every_name_within_its_limit() -> None:
    from sfgen.answers.questions import PREFIX_LIMIT

    stems = [
        Path(path).name.split(".")[0]
        for given in COMBINATIONS
        for path in render_names(
            complete_answers({**given, "prefix": "Q" * PREFIX_LIMIT}).as_dict()
        )
        if path.endswith((".cls", ".page"))
    ]
    assert stems
    assert max(map(len, stems)) <= 40


def render_names(answers: dict[str, str]) -> list[str]:
    return [file.path for file in plan_project(load_pack(PACK), answers).files]


#: Folders that met a pattern of the conditions while they were held against rendered paths.
SWALLOWING = ("store/lwc/pusherBridge", "admin.d/main", "a/main/pusher/shared", "x/permissions")


@pytest.mark.parametrize("folder", SWALLOWING)
def test_a_package_directory_swallows_no_template(folder: str, tmp_path: Path) -> None:
    plain = complete_answers({"login": "none", "authorization": "apex", "bridge": "direct"})
    answers = {**plain.as_dict(), "package_dir": folder, "store": "objects"}
    usual = {f.path for f in plan_project(load_pack(PACK), plain.as_dict()).files}
    moved = {f.path for f in plan_project(load_pack(PACK), answers).files}
    assert {path.replace(f"{folder}/", "force-app/", 1) for path in moved} == usual
    written = bake(answers, tmp_path)
    ours = {f.path: f.content for f in render_plan(plan_project(load_pack(PACK), answers))}
    assert written == ours


def test_the_manifest_names_every_type_that_is_rendered(tmp_path: Path) -> None:
    for number, answers in enumerate(cover_pairs()[::6]):
        plan = plan_project(load_pack(PACK), complete_answers(answers).as_dict())
        files = {file.path: file.content for file in render_plan(plan)}
        project = tmp_path / str(number)
        for path, content in files.items():
            (project / path).parent.mkdir(parents=True, exist_ok=True)
            (project / path).write_bytes(content)
        named, version = read_manifest(files["manifest/package.xml"], "package.xml")
        held = {component.type.name for component in read_project(project).components}
        assert set(named) == held
        assert all(members == {"*"} for members in named.values())
        assert version == answers["api_version"]


def test_a_file_where_another_path_has_a_folder_is_refused(tmp_path: Path) -> None:
    pack = make_pack(tmp_path, {"%[cookiecutter.prefix]%/x.txt": "x", "readme.md": "y"})
    with pytest.raises(TemplateError, match="a file and the folder"):
        render(pack, prefix="README.md")


def test_a_folder_without_a_type_is_a_fault_of_the_pack(tmp_path: Path) -> None:
    pack = make_pack(
        tmp_path, {"%[cookiecutter.package_dir]%/main/own/area/new/a": "x"}, _metadata={"a": "B"}
    )
    with pytest.raises(TemplateError, match="_metadata has no type for new"):
        render(pack, package_dir="app", api_version="68.0")
