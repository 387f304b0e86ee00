"""Rows that a project's metadata adds to an org: roles, cache partitions."""

from __future__ import annotations

from sfgen.apex.opening import open_org


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
