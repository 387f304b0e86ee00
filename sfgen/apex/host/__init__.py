"""The runtime's door: the names of it that the rest of sfgen may import.

Whoever reads Apex without running it imports the modules of `sfgen.apex.syntax`, the other door;
a contract in pyproject.toml keeps all else inside. A name is loaded when it is first asked for:
the command line shows the names of the faults without loading a runtime.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sfgen.apex.access.right_dependencies import BELONGS, missing_rights
    from sfgen.apex.calls import ApexCallError, UnsupportedCallError
    from sfgen.apex.conditions import (
        KINDS,
        RUNNER_FIELDS,
        OrgConditions,
        OrgKind,
        kind_named,
    )
    from sfgen.apex.host.apex_host import ApexHost
    from sfgen.apex.host.replies import RestReply
    from sfgen.apex.names.problems import Problem
    from sfgen.apex.org_faults import FAULTS
    from sfgen.apex.runner import read_runner
    from sfgen.apex.runtime.outside import CredentialHost, HttpReply
    from sfgen.apex.schema.fields import Field
    from sfgen.apex.schema.schema import ObjectType, Schema
    from sfgen.apex.soql.soql_refusals import SECURED, query_refusals
    from sfgen.apex.sources import watched_files
    from sfgen.apex.testing.names import WHO_RAN
    from sfgen.apex.testing.results import FileCoverage, TestResult, TestRun

__all__ = [
    "BELONGS",
    "FAULTS",
    "KINDS",
    "RUNNER_FIELDS",
    "SECURED",
    "WHO_RAN",
    "ApexCallError",
    "ApexHost",
    "CredentialHost",
    "Field",
    "FileCoverage",
    "HttpReply",
    "ObjectType",
    "OrgConditions",
    "OrgKind",
    "Problem",
    "RestReply",
    "Schema",
    "TestResult",
    "TestRun",
    "UnsupportedCallError",
    "kind_named",
    "missing_rights",
    "query_refusals",
    "read_runner",
    "watched_files",
]

_ROOMS: Final = {
    "access.right_dependencies": ("BELONGS", "missing_rights"),
    "calls": ("ApexCallError", "UnsupportedCallError"),
    "names.problems": ("Problem",),
    "conditions": ("KINDS", "RUNNER_FIELDS", "OrgConditions", "OrgKind", "kind_named"),
    "host.apex_host": ("ApexHost",),
    "host.replies": ("RestReply",),
    "org_faults": ("FAULTS",),
    "runner": ("read_runner",),
    "runtime.outside": ("CredentialHost", "HttpReply"),
    "schema.fields": ("Field",),
    "schema.schema": ("ObjectType", "Schema"),
    "soql.soql_refusals": ("SECURED", "query_refusals"),
    "sources": ("watched_files",),
    "testing.names": ("WHO_RAN",),
    "testing.results": ("FileCoverage", "TestResult", "TestRun"),
}
_HOMES: Final = {name: room for room, names in _ROOMS.items() for name in names}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Load a name of the door from the room that has it."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = getattr(import_module(f"sfgen.apex.{_HOMES[name]}"), name)
        globals()[name] = found
        return found
