"""The map of a generated project names what is there, and every area that is there."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import pytest
from rendered import SOURCE, Rendered, all_projects

PAGES = ("README.md", "AGENTS.md", "docs/bridge.md")
#: In backticks, of the letters of a path, and with a folder or an ending.
NAMED = re.compile(r"`([\w.-]+/?(?:[\w.-]+/)*[\w.-]*)`|\]\(([\w./-]+)\)")
AREAS = ("bridge/", "conversations/", "listener/", "login/", "setup/", "shared/")
ENDINGS = (".js", ".json", ".md", ".cls", ".page", ".xml", ".yml", ".prettierrc")
#: What a person or npm makes.
LATER = ("admin/main/default/iframeWhiteListUrlSettings/",)

each_project = pytest.mark.parametrize(
    "project", all_projects(), ids=lambda project: str(all_projects().index(project))
)


def list_places(project: Rendered) -> set[str]:
    """Every file and folder of a project, and those of its source by area."""
    places: set[str] = set()
    for path in project.files:
        places.update({path, *map(str, PurePosixPath(path).parents)})
    inner = f"{SOURCE}{project.prefix.lower()}/"
    return places | {path.removeprefix(inner) for path in places if path.startswith(inner)}


def list_named(text: str) -> set[str]:
    """The paths that a page names: in an area, with folders, or with the ending of a file."""
    found = {code or link for code, link in NAMED.findall(text)}
    return {
        path
        for path in found
        if path.startswith((*AREAS, "admin/", "config/", "docs/", "force-app/", "manifest/"))
        or ("/" not in path and path.endswith(ENDINGS))
    }


@each_project
def test_every_path_that_a_page_names_is_there(project: Rendered) -> None:
    places = list_places(project)
    names = {PurePosixPath(place).name for place in places}
    for page in PAGES:
        named = list_named(project.text(page))
        assert named, page
        for path in named:
            # A page may call a file of a folder that it has named by its name alone.
            there = path.rstrip("/") in places or ("/" not in path and path in names)
            assert there or path.startswith(LATER), f"{page}: {path}"


@each_project
def test_every_area_is_on_the_map(project: Rendered) -> None:
    inner = f"{SOURCE}{project.prefix.lower()}/"
    areas = {
        path.removeprefix(inner).split("/")[0] for path in project.files if path.startswith(inner)
    }
    assert areas <= {area.rstrip("/") for area in AREAS}
    for page in ("README.md", "AGENTS.md"):
        text = project.text(page)
        for area in AREAS:
            assert (f"`{area}`" in text) == (area.rstrip("/") in areas), f"{page}: {area}"


@each_project
def test_every_component_that_is_shown_is_on_the_map(project: Rendered) -> None:
    text = project.text("README.md")
    shown = {
        PurePosixPath(path).parent
        for path, content in project.files.items()
        if path.endswith(".js-meta.xml") and b"<isExposed>true" in content
    }
    for folder in shown:
        assert f"/{folder.name}`" in text, folder.name
