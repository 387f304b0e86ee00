from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from sfgen.errors import OrgError, ToolError
from sfgen.org.sfdx import read_login

if TYPE_CHECKING:
    from pathlib import Path

HIDDEN = "[REDACTED] Use 'sf org auth show-access-token' to view"


def fake_sf(folder: Path, display: str, given: str = "{}", code: int = 0) -> None:
    script = folder / "sf"
    script.write_text(
        "#!/bin/sh\n"
        'case "$*" in\n'
        f"*show-access-token*) echo '{given}';;\n"
        f"*) echo '{display}';;\n"
        f"esac\nexit {code}\n"
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin{os.pathsep}/usr/bin")
    return tmp_path


def test_a_hidden_token_is_asked_for(path: Path) -> None:
    shown = HIDDEN.replace("'", "")
    display = f'{{"status":0,"result":{{"accessToken":"{shown}","instanceUrl":"https://a.b/","username":"u"}}}}'
    fake_sf(path, display, '{"status":0,"result":{"accessToken":"00D1!real"}}')
    url, token, username = read_login("dev")
    assert (url, token.reveal(), username) == ("https://a.b", "00D1!real", "u")


def test_older_versions_show_the_token_at_once(path: Path) -> None:
    display = '{"status":0,"result":{"accessToken":"00D1!old","instanceUrl":"https://a.b"}}'
    fake_sf(path, display)
    assert read_login("dev")[1].reveal() == "00D1!old"


def test_an_unknown_org_gives_sfs_own_reason(path: Path) -> None:
    fake_sf(path, '{"status":1,"message":"No authorization information found for dev."}', code=1)
    with pytest.raises(OrgError, match="No authorization information"):
        read_login("dev")


def test_without_sf_the_other_ways_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolError) as caught:
        read_login("dev")
    assert "SFGEN_ACCESS_TOKEN" in (caught.value.hint or "")
