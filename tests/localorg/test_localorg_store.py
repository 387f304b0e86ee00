"""What the local org finds again after it was killed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.localorg.org_store import OrgStore

if TYPE_CHECKING:
    from pathlib import Path


def test_a_kill_between_the_renames_leaves_what_was_deployed(tmp_path: Path) -> None:
    store = OrgStore(tmp_path / "org")
    (store.metadata / "classes").mkdir()
    (store.metadata / "classes/Kept.cls").write_text("public class Kept {}")
    store.metadata.rename(store.folder / "metadata-old")

    again = OrgStore(tmp_path / "org")

    assert (again.metadata / "classes/Kept.cls").exists()
    assert not (store.folder / "metadata-old").exists()


def test_what_was_replaced_is_gone_and_what_came_is_there(tmp_path: Path) -> None:
    store = OrgStore(tmp_path / "org")
    (store.metadata / "old").write_text("")
    staged = store.folder / "staged"
    staged.mkdir()
    (staged / "new").write_text("")
    store.replace_metadata(staged)
    store.drop_replaced()

    again = OrgStore(tmp_path / "org")

    assert [path.name for path in again.metadata.iterdir()] == ["new"]
