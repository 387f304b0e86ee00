from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from patience import SECONDS

from sfgen.preview import reloading
from sfgen.preview.modules import component_modules as module
from sfgen.preview.modules.component_modules import LIGHTNING, Modules, lightning_modules
from sfgen.preview.project.layout import read_layout
from sfgen.preview.project.source import read_source
from sfgen.preview.workspace import Workspace
from sfgen.tools.lwc_compiler import Compiled, Diagnosis, LwcCompiler, Options

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def compiler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LwcCompiler]:
    one = LwcCompiler(tmp_path_factory.mktemp("lwc"))
    yield one
    one.close()


def test_the_platforms_compiler_compiles_and_explains(compiler: LwcCompiler) -> None:
    options = Options("c", "app")
    good = "import { LightningElement } from 'lwc'; export default class App extends LightningElement {}"
    assert "registerComponent" in compiler.compile(good, "app.js", options).code
    error = compiler.compile("<template>\n<div></template>", "app.html", options).error
    assert error is not None
    assert "LWC1058" in error.message
    assert error.line == 2


def test_a_second_compilation_comes_from_the_cache(tmp_path: Path) -> None:
    first = LwcCompiler(tmp_path)
    options = Options("c", "app")
    made = first.compile("<template>{x}</template>", "app.html", options)
    first.close()
    second = LwcCompiler(tmp_path)
    assert second.compile("<template>{x}</template>", "app.html", options) == made
    assert second._engine is None, "V8 was started though nothing was new"


def test_source_that_hangs_the_compiler_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sfgen.errors import ToolError
    from sfgen.tools import lwc_compiler as room

    one = LwcCompiler(tmp_path)
    one.compile("<template></template>", "a.html", Options("c", "a"))
    assert one._engine is not None
    one._engine.eval("compileLwc = () => { for (;;) {} }")
    monkeypatch.setattr(room, "TIME_LIMIT", 0.2)
    with pytest.raises(ToolError, match=r"gave up on a\.html"):
        one.compile("<template><p></p></template>", "a.html", Options("c", "a"))
    monkeypatch.setattr(room, "TIME_LIMIT", float(SECONDS))
    assert one.compile("<template><p></p></template>", "a.html", Options("c", "a")).code
    one.close()


def test_every_component_of_the_preview_compiles(compiler: LwcCompiler) -> None:
    for name in lightning_modules():
        for path in sorted((LIGHTNING / name).iterdir()):
            found: Compiled = compiler.compile(
                path.read_text(), path.name, Options("lightning", name)
            )
            assert found.error is None, (path.name, found.error)


def test_missing_things_are_named_with_the_file_that_wants_them(
    project: Path, compiler: LwcCompiler
) -> None:
    source = read_source(project)
    problems = Modules(source, compiler).problems("c/broken")
    assert [(one.file.rpartition("/")[2], one.message) for one in sorted(problems, key=str)] == [
        ("broken.html", "lightning/map is not in the preview (the org has it)"),
        ("broken.js", "FeedController.nothing is not an @AuraEnabled method"),
    ]
    assert Modules(source, compiler).problems("c/feed") == []


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("label/c.FeedTitle", 'export default "Live feed";'),
        ("resourceUrl/FeedBridge", 'export default "/resource/1/FeedBridge";'),
        ("schema/Contact.Name", '{"objectApiName": "Contact", "fieldApiName": "Name"}'),
        ("i18n/locale", 'export default "en-US";'),
        ("apex/FeedController.getBridge", 'invoker("FeedController", "getBridge", true)'),
        ("apex/FeedController.shout", 'invoker("FeedController", "shout", false)'),
    ],
)
def test_salesforce_modules_are_made_from_the_project(
    project: Path, compiler: LwcCompiler, path: str, expected: str
) -> None:
    text = Modules(read_source(project), compiler).read("salesforce", path)
    assert isinstance(text, str)
    assert expected in text


@pytest.mark.parametrize(
    "path",
    [
        "label/c.Other",
        "resourceUrl/Other",
        "schema/Other__c",
        "messageChannel/Other__c",
        "apex/Other.x",
        "site/Id",
        "customPermission/Other",
    ],
)
def test_what_the_project_lacks_is_a_reason_never_an_empty_value(
    project: Path, compiler: LwcCompiler, path: str
) -> None:
    assert isinstance(Modules(read_source(project), compiler).read("salesforce", path), Diagnosis)


def test_no_path_leads_out_of_a_bundle(project: Path, compiler: LwcCompiler) -> None:
    modules = Modules(read_source(project), compiler)
    assert isinstance(modules.read("c", "feed/../../classes/FeedController.cls"), Diagnosis)
    assert isinstance(modules.read("lightning", "button/../../browser/shell.js"), Diagnosis)
    assert module.error_module('"</script>').startswith("throw new Error(")


def test_pages_are_laid_out_from_the_flexipages(project: Path) -> None:
    layout = read_layout(read_source(project))
    assert [(page.label, page.address) for page in layout.pages] == [
        ("Home", "/lightning/page/home")
    ]
    regions = layout.pages[0].regions
    assert [(one.name, one.width, one.components[0].name) for one in regions] == [
        ("top", 12, "feed"),
        ("bottomLeft", 6, "broken"),
    ]


def test_a_project_without_pages_shows_its_exposed_components(project: Path) -> None:
    for file in project.rglob("*.flexipage-meta.xml"):
        file.unlink()
    layout = read_layout(read_source(project))
    assert [one.name for one in layout.pages[0].regions[0].components] == ["broken", "feed"]


def test_what_editors_leave_beside_a_file_changes_nothing(
    project: Path, compiler: LwcCompiler
) -> None:
    workspace = Workspace(project, compiler)
    folder = project / "force-app/main/default/lwc/feed"
    for name in (".feed.html.swp", "feed.html~"):
        (folder / name).write_text("x")
    assert workspace.fingerprint() == workspace.seen
    (folder / "feed.html").write_text("<template></template>")
    assert workspace.fingerprint() != workspace.seen


def test_a_file_that_is_written_in_pieces_is_read_when_it_is_whole() -> None:
    looks = [{"a": (1, 1)}, {"a": (2, 0)}, {"a": (3, 9)}, {"a": (3, 9)}, {"a": (4, 9)}]
    left = iter(looks)
    workspace = SimpleNamespace(fingerprint=lambda: next(left))
    seen = asyncio.run(reloading._settle(workspace, next(left)))  # type: ignore[arg-type]
    assert seen == {"a": (3, 9)}
    assert list(left) == looks[-1:]


def test_a_bundles_own_modules_are_imported_with_and_without_extension(
    project: Path, compiler: LwcCompiler
) -> None:
    [bundle] = list(project.rglob("lwc/feed"))
    (bundle / "words.js").write_text("export const hello = 'hello';\n", encoding="utf-8")
    modules = Modules(read_source(project), compiler)
    for path in ("feed/words", "feed/words.js"):
        assert "hello" in str(modules.read("c", path))
    assert "hello" in modules.read_function("feed/words").code  # type: ignore[union-attr]
    assert isinstance(modules.read("c", "feed/other"), Diagnosis)
