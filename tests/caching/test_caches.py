"""What is kept between runs is held to its digest: a damaged file is as good as none."""

from __future__ import annotations

import os
import random
import time
from typing import TYPE_CHECKING

import pytest
from fixtures.small_project import one_class

from sfgen import caching
from sfgen.caching import keep, prune, read_kept
from sfgen.cli import run
from sfgen.pack import find_packs_folder, load_pack
from sfgen.plan import plan_project
from sfgen.render import render_plan
from sfgen.tools import lwc_compiler as lwc
from sfgen.tools.lwc_compiler import LwcCompiler, Options

if TYPE_CHECKING:
    from pathlib import Path

FLIPS = 120
DAY = 86_400


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache/sfgen"


def flip(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    place = chance.randrange(len(data) * 8)
    data[place // 8] ^= 1 << place % 8
    path.write_bytes(data)


def fill_caches(tmp_path: Path) -> None:
    project = one_class(tmp_path / "p")
    load_pack(find_packs_folder() / "pusher")
    run(["test", str(project)])
    compiler = LwcCompiler()
    compiler.compile("export default class A {}", "a.js", Options("c", "a"))
    compiler.close()


def test_no_flipped_bit_of_any_cache_is_taken(tmp_path: Path, own_cache: Path) -> None:
    fill_caches(tmp_path)
    chance = random.Random(7)  # noqa: S311 - repeatable damage
    found = [path for path in own_cache.rglob("*") if path.is_file()]
    kinds = {path.suffix for path in found}
    assert kinds == {".pack", ".units", ".last", ".json"}
    for path in found:
        whole = path.read_bytes()
        assert read_kept(path) is not None
        for _ in range(FLIPS):
            flip(path, chance)
            assert read_kept(path) is None, path
            path.write_bytes(whole)


@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "zeros", "garbage", "folder", "old"])
def test_a_damaged_pack_writes_the_right_files(damage: str, own_cache: Path) -> None:
    def render() -> dict[str, bytes]:
        from sfgen.answers import complete_answers

        pack = load_pack(find_packs_folder() / "pusher")
        files = render_plan(plan_project(pack, complete_answers({}).as_dict()))
        return {file.path: file.content for file in files}

    right = render()
    (kept,) = (own_cache / "packs").glob("*.pack")
    whole = kept.read_bytes()
    if damage == "flip":
        flip(kept, random.Random(3))  # noqa: S311
    elif damage == "cut":
        kept.write_bytes(whole[: len(whole) // 2])
    elif damage == "folder":
        kept.unlink()
        kept.mkdir()
    elif damage == "old":
        kept.write_bytes(whole[16:])
    else:
        kept.write_bytes({"empty": b"", "zeros": bytes(len(whole)), "garbage": b"x" * 99}[damage])
    assert render() == right
    if damage != "folder":
        assert kept.read_bytes() == whole


def test_a_file_under_another_ones_name_is_not_taken(tmp_path: Path) -> None:
    keep(tmp_path / "a", b"one")
    (tmp_path / "a").rename(tmp_path / "b")
    assert read_kept(tmp_path / "b") is None


def test_a_full_disk_leaves_no_half_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(caching.os, "fsync", full)
    keep(tmp_path / "a", b"one")
    assert list(tmp_path.iterdir()) == []


def test_the_least_used_go_first(tmp_path: Path) -> None:
    for number in range(10):
        keep(tmp_path / f"{number}.x", bytes(100))
        os.utime(tmp_path / f"{number}.x", (time.time() - 9 * DAY + number,) * 2)
    assert read_kept(tmp_path / "0.x") is not None  # used now
    (tmp_path / ".new-old").touch()
    os.utime(tmp_path / ".new-old", (1, 1))
    (tmp_path / ".new-now").touch()
    prune(tmp_path, "*.x", files=4)
    assert {path.name for path in tmp_path.iterdir()} == {"0.x", "7.x", "8.x", "9.x", ".new-now"}
    prune(tmp_path, "*.x", files=4, size=250)
    assert len(list(tmp_path.glob("*.x"))) == 2


def test_compiled_components_do_not_pile_up(
    own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lwc, "KEPT_FILES", 3)
    compiler = LwcCompiler()
    for number in range(6):
        compiler.compile(f"export const a = {number};", "a.js", Options("c", "a"))
    compiler.close()
    assert len(list((own_cache / "lwc").iterdir())) == 3


def test_a_cache_that_cannot_be_made_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file is in the way")
    assert run(["init", str(tmp_path / "p"), "--defaults"]) == 0
    assert run(["check", "--fast", str(tmp_path / "p")]) == 0
