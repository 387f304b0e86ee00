from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from fixtures.small_project import EVERYTHING
from tools.sf import client

from sfgen.package import build_package, write_package
from sfgen.project import read_project

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.sf


def ours(root: Path) -> dict[str, bytes]:
    buffer = io.BytesIO()
    write_package(build_package(read_project(root)), buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: opened(name, archive.read(name)) for name in archive.namelist()}


def theirs(root: Path, scratch: Path, **environment: str) -> dict[str, bytes]:
    out = scratch / "out"
    answer = client.run(
        *("project", "convert", "source", "-d", str(out)),
        cwd=root,
        home=scratch,
        SF_APPLY_REPLACEMENTS_ON_CONVERT="true",
        **environment,
    )
    assert answer["exit"] == 0, answer
    files = [path for path in out.rglob("*") if path.is_file()]
    return {
        path.relative_to(out).as_posix(): opened(path.name, path.read_bytes()) for path in files
    }


def opened(name: str, data: bytes) -> bytes:
    """Expanded resources are compared by their files: sf stamps its zips with the time of day."""
    if not name.endswith(".resource") or not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = sorted(n for n in archive.namelist() if not n.endswith("/"))
        return repr([(n, archive.read(n)) for n in names]).encode()


def differing(left: dict[str, bytes], right: dict[str, bytes]) -> list[str]:
    return sorted(n for n in left.keys() | right.keys() if left.get(n) != right.get(n))


def test_more_than_forty_types_make_the_same_package_as_sf(tmp_path: Path) -> None:
    assert differing(ours(EVERYTHING), theirs(EVERYTHING, tmp_path)) == []


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param([], id="defaults"),
        pytest.param(
            ["--set", "container=both", "--set", "bridge=direct", "--set", "beams=yes"],
            id="both",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_the_generated_project_makes_the_same_package_as_sf(
    tmp_path: Path, answers: list[str]
) -> None:
    from sfgen.cli import run

    project = tmp_path / "project"
    assert run(["init", str(project), "--defaults", *answers]) == 0
    assert differing(ours(project), theirs(project, tmp_path)) == []


@pytest.mark.parametrize("namespace", ["", "acme"])
@pytest.mark.parametrize("value", ["Public", "public", "true"])
def test_the_switch_to_public_settings_makes_the_same_bytes_in_sf_and_here(
    tmp_path: Path, namespace: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sfgen.cli import run

    project = tmp_path / "project"
    answers = ["--set", f"namespace={namespace}"]
    assert run(["init", str(project), "--defaults", *answers]) == 0
    switch = {"CUSTOM_SETTING_VISIBILITY": value}
    monkeypatch.setenv(*next(iter(switch.items())))
    mine, sf = ours(project), theirs(project, tmp_path, **switch)
    assert differing(mine, sf) == []
    public = value == "Public" and not namespace
    for name in ("PusherSettings__c", "PusherToken__c"):
        expected = b"<visibility>Public" if public else b"<visibility>Protected"
        assert expected in sf[f"objects/{name}.object"]
