"""The org's data as the rest of the runtime sees it: `current().database`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.data.access_mode import SYSTEM, Access, DmlOptions, TriggerRunner

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sfgen.apex.data.schema import Schema
    from sfgen.apex.runtime.values import ApexList, SObject

__all__ = ["SYSTEM", "Access", "Database", "DmlOptions", "TriggerRunner"]


class Database:
    """Queries, DML, savepoints, schema and settings of one org.

    Compiled code calls `query_nodes` for `[SELECT ...]` with the values of its binds in order of
    their offsets, `query` for dynamic text, and `insert` and kin for DML statements.
    """

    schema: Schema
    trigger_runner: TriggerRunner | None = None

    def query(
        self, text: str, binds: Mapping[str, Any] | None = None, access: Access = SYSTEM
    ) -> ApexList:
        """Run SOQL text; `binds` by lower-case name. COUNT() is answered by `count`.

        Raises QueryException for text that is no SOQL or names what the schema doesn't have.
        """
        raise NotImplementedError

    def query_nodes(
        self, query: Any, values: Sequence[Any] = (), access: Access = SYSTEM
    ) -> ApexList | int:
        """Run a parsed query with its binds' values; an int for `SELECT COUNT()`."""
        raise NotImplementedError

    def count(
        self, text: str, binds: Mapping[str, Any] | None = None, access: Access = SYSTEM
    ) -> int:
        """`Database.countQuery`."""
        raise NotImplementedError

    def search(
        self, text: str, binds: Mapping[str, Any] | None = None, access: Access = SYSTEM
    ) -> ApexList:
        """Run SOSL text: a list of lists of records."""
        raise NotImplementedError

    def search_nodes(
        self, search: Any, values: Sequence[Any] = (), access: Access = SYSTEM
    ) -> ApexList:
        """Run parsed SOSL."""
        raise NotImplementedError

    def only_row(self, rows: ApexList) -> SObject:
        """The record of a query assigned to a single SObject (EX03, EX04)."""
        raise NotImplementedError

    def insert(self, records: Sequence[SObject], options: DmlOptions) -> list[Any]:
        """Insert; a result per record. All-or-none failures raise DmlException."""
        raise NotImplementedError

    def update(self, records: Sequence[SObject], options: DmlOptions) -> list[Any]:
        """Update."""
        raise NotImplementedError

    def upsert(self, records: Sequence[SObject], options: DmlOptions) -> list[Any]:
        """Insert or update by Id or by `options.external_id`."""
        raise NotImplementedError

    def delete(self, records: Sequence[SObject], options: DmlOptions) -> list[Any]:
        """Move to the recycle bin, with children as their relationship says."""
        raise NotImplementedError

    def undelete(self, records: Sequence[SObject], options: DmlOptions) -> list[Any]:
        """Restore from the recycle bin."""
        raise NotImplementedError

    def merge(
        self, master: SObject, duplicates: Sequence[SObject], options: DmlOptions
    ) -> list[Any]:
        """Merge duplicates into the master."""
        raise NotImplementedError

    def savepoint(self) -> Any:
        """`Database.setSavepoint()`."""
        raise NotImplementedError

    def rollback(self, savepoint: Any) -> None:
        """`Database.rollback(savepoint)`."""
        raise NotImplementedError

    def release(self, savepoint: Any) -> None:
        """`Database.releaseSavepoint(savepoint)`."""
        raise NotImplementedError
