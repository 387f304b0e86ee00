from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from fixtures.small_project import EVERYTHING

from sfgen.cli import run
from sfgen.errors import OrgError
from sfgen.localorg import running
from sfgen.org.records import Records, quote
from sfgen.org.session import Session
from sfgen.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Records]:
    monkeypatch.setenv("SFGEN_LOCAL_ORG", str(tmp_path / "org"))
    with running() as address:
        assert run(["deploy", str(EVERYTHING), "--target-org", "local", "--json"]) == 0
        session = Session("local", address.url, Secret(address.token), "67.0")
        with contextlib.closing(session), contextlib.closing(Records(session)) as opened:
            yield opened


def test_records_are_made_changed_and_found(records: Records) -> None:
    made = records.create("Setting__c", {"Host__c": "it's"})
    records.update("Setting__c", made, {"Host__c": "other"})
    found = records.query(f"SELECT Id, Host__c FROM Setting__c WHERE Id = '{made}'")  # noqa: S608
    assert found == [{"Id": made, "Host__c": "other"}]


def test_a_permission_set_is_assigned_once(records: Records) -> None:
    assert records.assign_permission_set("Billing") is True
    assert records.assign_permission_set("Billing") is False
    with pytest.raises(OrgError, match="no permission set is called Gone"):
        records.assign_permission_set("Gone")


def test_a_refusal_gives_the_orgs_reason_and_no_token(records: Records) -> None:
    with pytest.raises(OrgError, match="INVALID_TYPE") as caught:
        records.query("SELECT Id FROM Nothing")
    assert "00D" not in caught.value.message


def test_quotes_end_no_literal() -> None:
    assert quote("O'Brien \\") == "O\\'Brien \\\\"


def test_deploy_assigns_permission_sets_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SFGEN_LOCAL_ORG", str(tmp_path / "org"))
    more = ["--target-org", "local", "--assign-permission-set", "Billing"]
    assert run(["deploy", str(EVERYTHING), *more]) == 0
    assert "local: permission set Billing assigned" in capsys.readouterr().err
    assert run(["deploy", str(EVERYTHING), *more[:-1], "Gone"]) == 1
