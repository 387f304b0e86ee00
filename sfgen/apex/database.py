"""The org's data as the rest of the runtime sees it: `org_database()`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.access.permissions import Permissions
from sfgen.apex.conditions import OrgConditions
from sfgen.apex.dml.acting_user import acting_user
from sfgen.apex.dml.dml import run_dml
from sfgen.apex.dml.dml_faults import lock_rows
from sfgen.apex.dml.dml_org import DmlOrg
from sfgen.apex.dml.dml_triggers import Triggers
from sfgen.apex.dml.upsert import merge, upsert
from sfgen.apex.formulas.rules import Rules
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.setup.catalogue_rows import install_fillers
from sfgen.apex.setup.remote_sites import RemoteSites
from sfgen.apex.soql.binds import binds_by_name, binds_by_place
from sfgen.apex.soql.dynamic_queries import apex_query, parsed_query
from sfgen.apex.soql.record_access import fill_record_access
from sfgen.apex.soql.soql_access import check_readable, selects_long_text, write_mode
from sfgen.apex.soql.soql_run import QueryRun
from sfgen.apex.soql.soql_scope import query_problem
from sfgen.apex.store import records as record_rules
from sfgen.apex.store.org_data import OrgData
from sfgen.apex.store.savepoints import Savepoint, release, roll_back, set_savepoint
from sfgen.apex.store.store import Store
from sfgen.apex.syntax.soql_nodes import Bind, Query, Search, SoqlError
from sfgen.apex.syntax.sosl import parse_sosl
from sfgen.apex.terms.access_mode import SYSTEM, Access, DmlOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sfgen.apex.access.source_access import PermissionSources
    from sfgen.apex.org_faults import OrgFaults
    from sfgen.apex.runtime.values import ApexList, SObject
    from sfgen.apex.schema.schema import Schema
    from sfgen.apex.terms.dml_results import Result

__all__ = ["Database", "find_database", "org_database"]


class Database:
    """Queries, DML, savepoints, schema and settings of one org.

    Compiled code calls `query_nodes` for `[SELECT ...]` with the values of its binds in order of
    their offsets, `query` for dynamic text, and `insert` and kin for DML statements.
    """

    def __init__(
        self,
        schema: Schema,
        path: str = ":memory:",
        *,
        conditions: OrgConditions | None = None,
        access: PermissionSources | None = None,
    ) -> None:
        record_rules.install()
        self.schema = schema
        self.store = Store(schema, path)
        self.data = OrgData(schema, self.store, conditions or OrgConditions())
        self.triggers = Triggers()
        self.permissions = Permissions(self.data, access)
        self.rules = Rules(self.data, self.permissions)
        self.settings = self.rules.settings
        self.feature_parameters: Mapping[str, Any] = {}
        self.remote_sites = RemoteSites()
        self._dml = DmlOrg(self.data, self.permissions, self.rules, self.triggers)
        install_fillers(self.data, self.permissions)

    @property
    def user_id(self) -> str:
        """The running user's Id."""
        return self.data.user_id

    @property
    def organization_id(self) -> str:
        """The org's Id."""
        return self.data.organization_id

    @property
    def faults(self) -> OrgFaults:
        """What the org has run out of, and which rows are held."""
        return self.data.faults

    # -- queries ----------------------------------------------------------------------------

    def query(
        self, text: str, binds: Mapping[str, Any] | None = None, access: Access = SYSTEM
    ) -> ApexList:
        """Run SOQL text; `binds` by lower-case name. `SELECT COUNT()` gives a list of one row.

        Raises QueryException for text that is no SOQL or names what the schema doesn't have.
        """
        return _rows(self._run(apex_query(text, self.schema), binds_by_name(binds or {}), access))

    def query_of_host(self, text: str) -> ApexList:
        """Run SOQL of the host's own, which may ask for all fields as a REST client may."""
        return _rows(self._run(parsed_query(text), binds_by_name({}), SYSTEM))

    def query_nodes(
        self, query: Query, values: Sequence[Any] = (), access: Access = SYSTEM
    ) -> ApexList | int:
        """Run a parsed query with its binds' values; an int for `SELECT COUNT()`."""
        return self._run(query, binds_by_place(values), access)

    def count(
        self, text: str, binds: Mapping[str, Any] | None = None, access: Access = SYSTEM
    ) -> int:
        """`Database.countQuery`."""
        found = self._run(apex_query(text, self.schema), binds_by_name(binds or {}), access)
        if not isinstance(found, int):
            raise query_problem("countQuery() must be a SELECT COUNT() query")
        return found

    def _run(self, query: Query, bound: Callable[[Bind], Any], access: Access) -> ApexList | int:
        access = write_mode(query, access)
        source = self.schema.find(query.source)
        governor = current().governor
        if source is None or source.kind != "metadata" or selects_long_text(source, query):
            governor.count("queries")
            children = sum(isinstance(each, Query) for each in query.select)
            if children:
                governor.count("aggregate_queries", children)
        if query.source.lower() == "userrecordaccess":
            fill_record_access(self.data, self.permissions, query, bound)
        run = QueryRun(self.store, bound, access, self.permissions.visible_rows)
        found = run.run(query)
        check_readable(self.permissions, query, access, run.statement)
        governor.count("query_rows", run.row_count)
        if query.purpose == "UPDATE" and not isinstance(found, int):
            lock_rows(self.data, query.source, found)
        return found

    def search(
        self, text: str, binds: Mapping[str, Any] | None = None, access: Access = SYSTEM
    ) -> ApexList:
        """Run SOSL text: a list of lists of records."""
        try:
            search = parse_sosl(text)
        except SoqlError as problem:
            raise raise_apex("SearchException", problem.message) from None
        return self._search(search, binds_by_name(binds or {}), access)

    def search_nodes(
        self, search: Search, values: Sequence[Any] = (), access: Access = SYSTEM
    ) -> ApexList:
        """Run parsed SOSL."""
        return self._search(search, binds_by_place(values), access)

    def _search(self, search: Search, bound: Callable[[Bind], Any], access: Access) -> ApexList:
        from sfgen.apex.soql.sosl_run import run_search

        current().governor.count("sosl_queries")
        return run_search(self.data, self.permissions, search, bound, access)

    def only_row(self, rows: ApexList) -> SObject:
        """The record of a query assigned to a single SObject (EX03, EX04)."""
        if not rows:
            raise query_problem("List has no rows for assignment to SObject")
        if len(rows) > 1:
            raise query_problem("List has more than 1 row for assignment to SObject")
        found: SObject = rows[0]
        return found

    # -- DML --------------------------------------------------------------------------------

    def insert(self, records: Sequence[SObject], options: DmlOptions) -> list[Result]:
        """Insert; a result per record. All-or-none failures raise DmlException."""
        return run_dml(self._dml, "Insert", records, options)

    def update(self, records: Sequence[SObject], options: DmlOptions) -> list[Result]:
        """Update."""
        return run_dml(self._dml, "Update", records, options)

    def upsert(self, records: Sequence[SObject], options: DmlOptions) -> list[Result]:
        """Insert or update by Id or by `options.external_id`."""
        return upsert(self._dml, records, options)

    def delete(self, records: Sequence[SObject], options: DmlOptions) -> list[Result]:
        """Move to the recycle bin, with children as their relationship says."""
        return run_dml(self._dml, "Delete", records, options)

    def undelete(self, records: Sequence[SObject], options: DmlOptions) -> list[Result]:
        """Restore from the recycle bin."""
        return run_dml(self._dml, "Undelete", records, options)

    def merge(
        self, master: SObject, duplicates: Sequence[SObject], options: DmlOptions
    ) -> list[Result]:
        """Merge duplicates into the master."""
        return merge(self._dml, master, duplicates, options)

    # -- savepoints -------------------------------------------------------------------------

    def savepoint(self) -> Savepoint:
        """`Database.setSavepoint()`; counts as a DML statement (LM08)."""
        return set_savepoint(self.store)

    def rollback(self, savepoint: Savepoint) -> None:
        """`Database.rollback(savepoint)`: rows, queued jobs and events go back; Ids stay (DM14)."""
        roll_back(self.store, savepoint)
        self.permissions.forget()

    def release(self, savepoint: Savepoint) -> None:
        """`Database.releaseSavepoint(savepoint)`: it and later ones can't be used any more."""
        release(savepoint)

    def run_as(self, user: SObject) -> SObject:
        """The stored row of the user that `System.runAs` names; an unsaved user is saved first."""
        return acting_user(self._dml, user)


def find_database() -> Database | None:
    """The database of the org whose transaction runs; None for code that runs without an org."""
    found = current().database
    return found if isinstance(found, Database) else None


def org_database() -> Database:
    """The database of the org whose transaction runs. LookupError where there is no org."""
    found = find_database()
    if found is None:
        raise LookupError("the transaction has no org")
    return found


def _rows(found: ApexList | int) -> ApexList:
    if isinstance(found, int):
        raise query_problem("SELECT COUNT() is answered by Database.countQuery")
    return found
