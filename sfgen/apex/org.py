"""A project loaded and ready to run: compiled program, schema, database, running user."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sfgen.apex.compiler.cache import context_of, load_last, load_units, store_units
from sfgen.apex.compiler.program import Program
from sfgen.apex.library import load_library
from sfgen.apex.opening import admin_user
from sfgen.apex.opening import open_org as open_database
from sfgen.apex.runtime.execution import Execution
from sfgen.apex.runtime.ids import id_of, is_id
from sfgen.apex.runtime.outside import ProjectFacts
from sfgen.apex.runtime.values import SObject
from sfgen.apex.triggers import ProjectTriggers
from sfgen.errors import SfgenError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.apex.conditions import OrgConditions
    from sfgen.apex.database import Database
    from sfgen.apex.org_faults import OrgFaults
    from sfgen.apex.runtime.outside import CredentialHost, HttpReply
    from sfgen.apex.sources import ApexSources

__all__ = ["Org", "open_org", "user_named"]


@dataclass
class Org:
    """What transactions share."""

    sources: ApexSources
    program: Program
    database: Database
    callout: Callable[[Any], HttpReply] | None = None
    files: dict[str, str] = field(default_factory=dict)
    credentials: CredentialHost | None = None

    @property
    def faults(self) -> OrgFaults:
        """What the org has run out of, and which rows are held."""
        return self.database.faults

    def execution(self, user: SObject | None = None) -> Execution:
        """A new transaction as `user`, or as the administrator who runs tests."""
        project = ProjectFacts(
            labels=self.sources.labels,
            resources=self.sources.resources,
            versions=self.sources.versions,
            namespace=self.sources.namespace,
        )
        return Execution(
            database=self.database,
            user=user if user is not None else admin_user(self.database),
            program=self.program,
            project=project,
            callout=self.callout,
            credentials=self.credentials,
        )

    def file_of(self, class_name: str) -> str:
        """The file that declares a top-level class."""
        return self.files.get(class_name.lower(), "")


def open_org(
    sources: ApexSources,
    *,
    database_path: str = ":memory:",
    callout: Callable[[Any], HttpReply] | None = None,
    credentials: CredentialHost | None = None,
    conditions: OrgConditions | None = None,
) -> Org:
    """Compile (or take from the cache) and load a project, over a new or kept database file."""
    load_library()
    database = open_database(sources.metadata, sources.namespace, database_path, conditions)
    key = sources.key
    units = load_units(key)
    if units is None:
        from sfgen.apex.compiler.units import compile_sources

        units = compile_sources(
            sources.apex,
            database.schema,
            sources.namespace,
            known=load_last(sources.root),
            context=context_of(sources.metadata.items()),
        )
        store_units(key, units, sources.root)
    program = Program(units)
    database.triggers.runner = ProjectTriggers(program)
    files = {unit.name.lower(): unit.file for unit in units}
    return Org(sources, program, database, callout, files, credentials)


def user_named(org: Org, name: str) -> SObject:
    """The user with that username or Id. Raises SfgenError when there is none."""
    database = org.database
    key = "id" if is_id(name) else "username"
    wanted = str(id_of(name)) if key == "id" else name
    rows = database.store.rows_where(database.schema["User"], f'"{key}" = ?', [wanted])
    if not rows:
        raise SfgenError(f"no user is named {name}")
    return SObject("User", rows[0].items())
