"""The kind of org that the local org plays: what it says of itself, what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rest_client import DATA, Client, archive_of

from sfgen.apex.conditions import KINDS
from sfgen.errors import UsageError
from sfgen.localorg import running
from sfgen.localorg.org_store import default_kind

if TYPE_CHECKING:
    from pathlib import Path

_SETTING = """<?xml version="1.0" encoding="UTF-8"?>
<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">
    <customSettingsType>Hierarchy</customSettingsType>
    <label>Conf</label>
    <visibility>{}</visibility>
</CustomObject>
"""
_REFUSED = (
    "You can't set the visibility for a Custom Setting to Protected unless you are in a "
    "developer, sandbox, or scratch org."
)


def _deploy(folder: Path, kind: str, visibility: str) -> list[str]:
    """Deploy a custom setting to an org of that kind; what it says of failures."""
    project = folder / "project"
    where = project / "force-app/objects/Conf__c"
    where.mkdir(parents=True)
    (project / "sfdx-project.json").write_text(
        '{"packageDirectories": [{"path": "force-app", "default": true}],'
        ' "sourceApiVersion": "67.0"}'
    )
    (where / "Conf__c.object-meta.xml").write_text(_SETTING.format(visibility))
    with running(folder / "org", kind=KINDS[kind]) as address:
        org = Client(address.url, address.token, folder)
        result = org.deploy(archive_of(project), checkOnly=True)
    return [row["problem"] for row in result["details"]["componentFailures"]]


def test_a_production_org_refuses_protected_settings(tmp_path: Path) -> None:
    assert _deploy(tmp_path, "production", "Protected") == [_REFUSED]


def test_a_production_org_takes_public_settings(tmp_path: Path) -> None:
    assert _deploy(tmp_path, "production", "Public") == []


@pytest.mark.parametrize("kind", ["developer", "scratch", "sandbox"])
def test_other_orgs_take_protected_settings(tmp_path: Path, kind: str) -> None:
    assert _deploy(tmp_path, kind, "Protected") == []


@pytest.mark.parametrize(
    ("kind", "edition", "sandbox", "expires"),
    [
        ("developer", "Developer Edition", False, False),
        ("scratch", "Developer Edition", True, True),
        ("sandbox", "Enterprise Edition", True, False),
        ("production", "Enterprise Edition", False, False),
    ],
)
def test_an_org_says_what_kind_it_is(
    tmp_path: Path, kind: str, edition: str, *, sandbox: bool, expires: bool
) -> None:
    query = "SELECT OrganizationType, IsSandbox, TrialExpirationDate FROM Organization"
    with running(tmp_path / "org", kind=KINDS[kind]) as address:
        org = Client(address.url, address.token, tmp_path)
        (row,) = org.call("GET", f"{DATA}/query", params={"q": query}).json()["records"]
    assert (row["OrganizationType"], row["IsSandbox"]) == (edition, sandbox)
    assert (row["TrialExpirationDate"] is not None) == expires


def test_the_environment_names_the_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SFGEN_LOCAL_ORG_KIND", "production")
    assert default_kind().name == "production"


def test_an_unknown_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SFGEN_LOCAL_ORG_KIND", "qa")
    with pytest.raises(UsageError, match="no kind of org is named qa"):
        default_kind()
