"""A new org for a project: its schema, and the rows that every org has from the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.access.source_access import read_permissions
from sfgen.apex.database import Database
from sfgen.apex.runtime.values import SObject
from sfgen.apex.schema.feature_parameters import read_feature_parameters
from sfgen.apex.schema.flow_starts import read_flow_starts
from sfgen.apex.schema.source_objects import read_schema
from sfgen.apex.setup.org_caches import write_cache_partitions
from sfgen.apex.setup.org_roles import write_roles
from sfgen.apex.setup.org_setup import write_setup
from sfgen.apex.setup.org_sources import (
    write_apps,
    write_code,
    write_metadata,
    write_permissions,
    write_record_types,
)
from sfgen.apex.setup.org_users import write_users
from sfgen.apex.setup.remote_sites import read_remote_sites
from sfgen.apex.store.org_rows import OrgRows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sfgen.apex.conditions import OrgConditions

__all__ = ["admin_user", "open_org"]

_UNFILLED = {"flow": ("flowdefinitionview", "flowversionview")}


def open_org(
    files: Mapping[str, bytes],
    namespace: str = "",
    path: str = ":memory:",
    conditions: OrgConditions | None = None,
) -> Database:
    """The database of an org into which the project was deployed.

    `files` maps paths to contents (`source_files.files_below` reads them). With a `path` to an
    existing file the rows in it are kept. Raises ProjectError for metadata that isn't XML.
    """
    access = read_permissions(files)
    database = Database(read_schema(files, namespace), path, conditions=conditions, access=access)
    database.remote_sites = read_remote_sites(files)
    database.triggers.flows = read_flow_starts(files)
    database.feature_parameters = read_feature_parameters(files)
    database.store.unfilled = _unfilled(files)
    database.schema.code = {
        name: data.decode("utf-8", "replace")
        for name, data in files.items()
        if name.endswith(".cls")
    }
    rows = OrgRows(database.data)
    if database.store.rows_where(database.schema["Organization"], "1", []):
        database.data.admin_id = str(rows.found("User", "alias", "admin")["id"])
        return database
    write_users(rows, namespace, access.profiles)
    write_permissions(rows, access)
    write_record_types(rows)
    write_code(rows, files)
    write_apps(rows, files)
    write_roles(rows, files)
    write_cache_partitions(rows, files)
    write_setup(rows, files)
    write_metadata(rows, files)
    return database


def _unfilled(files: Mapping[str, bytes]) -> frozenset[str]:
    """Tables whose rows the runtime doesn't have: sites, and the flows of the project."""
    kinds = {path.removesuffix("-meta.xml").rpartition(".")[2] for path in files}
    keys = [key for kind, found in _UNFILLED.items() if kind in kinds for key in found]
    return frozenset(["network", *keys])


def admin_user(database: Database) -> SObject:
    """The running user of tests: a System Administrator."""
    row = database.store.row(database.schema["User"], database.data.admin_id) or {}
    return SObject("User", row.items())
