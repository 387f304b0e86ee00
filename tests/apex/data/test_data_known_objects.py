"""Objects of the platform that are not described here, and what a project adds to an org."""

from __future__ import annotations

import pytest

from sfgen.apex.opening import open_org
from sfgen.apex.runtime.exceptions import Unsupported
from sfgen.apex.schema.known_objects import is_known_object, refuse_unbuilt


@pytest.mark.parametrize("name", ["PlatformEventUsageMetric", "platformeventusagemetric"])
def test_an_object_of_the_platform_is_unsupported(name: str) -> None:
    with pytest.raises(Unsupported, match="of the platform"):
        refuse_unbuilt(name)


@pytest.mark.parametrize("name", ["Acount", "NoSuchObject", "Thing__c"])
def test_an_unknown_name_is_left_to_the_platform_s_own_message(name: str) -> None:
    refuse_unbuilt(name)
    assert not is_known_object(name)


def test_the_project_s_roles_report_to_each_other() -> None:
    text = b"<Role><name>Head of Tea</name><parentRole>CEO</parentRole></Role>"
    database = open_org({"roles/Head_of_Tea.role-meta.xml": text})
    owner = database.schema["UserRole"]
    (row,) = database.store.rows_where(owner, "\"developername\" = 'Head_of_Tea'", [])
    (top,) = database.store.rows_where(owner, "\"developername\" = 'CEO'", [])
    assert row["name"] == "Head of Tea"
    assert row["parentroleid"] == top["id"]


def test_the_project_s_cache_partitions_can_be_queried() -> None:
    text = (
        b"<PlatformCachePartition><isDefaultPartition>true</isDefaultPartition>"
        b"<masterLabel>Main</masterLabel></PlatformCachePartition>"
    )
    database = open_org({"cachePartitions/Main.cachePartition-meta.xml": text})
    (row,) = database.store.rows_where(database.schema["PlatformCachePartition"], "1", [])
    assert (row["developername"], row["isdefaultpartition"]) == ("Main", True)
