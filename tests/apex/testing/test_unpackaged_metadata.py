"""Metadata that a project's own pipeline deploys before the project."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sfgen.apex.host import ApexHost

if TYPE_CHECKING:
    from pathlib import Path

_CLASS = """
@IsTest
private class HouseholdTest {
    @IsTest static void recordTypeIsThere() {
        Assert.isTrue(
            Schema.SObjectType.Account.getRecordTypeInfosByDeveloperName().containsKey('Household')
        );
    }
}
"""
_RECORD_TYPE = """<?xml version="1.0" encoding="UTF-8"?>
<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">
    <recordTypes>
        <fullName>Household</fullName>
        <active>true</active>
        <label>Household</label>
    </recordTypes>
</CustomObject>
"""


@pytest.mark.parametrize(("pipeline", "outcome"), [(True, "passed"), (False, "failed")])
def test_what_cumulusci_deploys_before_is_there(
    tmp_path: Path, *, pipeline: bool, outcome: str
) -> None:
    (tmp_path / "sfdx-project.json").write_text(
        json.dumps({"packageDirectories": [{"path": "force-app"}], "sourceApiVersion": "68.0"})
    )
    classes = tmp_path / "force-app" / "classes"
    classes.mkdir(parents=True)
    (classes / "HouseholdTest.cls").write_text(_CLASS)
    objects = tmp_path / "unpackaged" / "pre" / "record_types" / "objects"
    objects.mkdir(parents=True)
    (objects / "Account.object").write_text(_RECORD_TYPE)
    if pipeline:
        (tmp_path / "cumulusci.yml").write_text("minimum_cumulusci_version: 4.0.0\n")

    run = ApexHost.open(tmp_path).run_tests([])

    assert [each.outcome for each in run.results] == [outcome]
