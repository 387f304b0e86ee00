"""Database: queries, savepoints and batches (Apex Reference Guide, Database Class)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sfgen.apex.access.caller_access import access_named, caller_access
from sfgen.apex.database import org_database
from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import platform_class, platform_members
from sfgen.apex.library.jobs.batch_jobs import execute_batch
from sfgen.apex.library.records.query_locators import QueryLocator
from sfgen.apex.soql.binds import CALLING_NAMES
from sfgen.apex.types.model import ApexType

if TYPE_CHECKING:
    from sfgen.apex.runtime.values import ApexEnum, ApexList, ApexMap, Id
    from sfgen.apex.terms.access_mode import Access

__all__ = ["access_of"]

DATABASE = platform_members("Database")


@platform_class("Savepoint")
class Savepoint:
    """Where a transaction can go back to."""

    apex_type: ClassVar[ApexType] = ApexType("Savepoint")


def access_of(level: ApexEnum | None) -> Access:
    """How a call reaches data: by its AccessLevel, else as its class does."""
    if level is not None:
        return access_named(level.name)
    return caller_access()


def _binds(values: ApexMap) -> dict[str, Any]:
    return {str(key).lower(): value for key, value in values.pairs()}


def _query(text: str | None, binds: dict[str, Any] | None, level: ApexEnum | None) -> ApexList:
    # Compiled code leaves the calling method's names here around a dynamic query.
    known = binds if binds is not None else CALLING_NAMES.get()
    found: ApexList = org_database().query(required(text), known, access_of(level))
    return found


@DATABASE.static("List<SObject> query(String queryString)")
def query(text: str | None) -> ApexList:
    """Run SOQL text; binds are names of the calling method."""
    return _query(text, None, None)


@DATABASE.static("List<SObject> query(String queryString, AccessLevel accessLevel)")
def query_as(text: str | None, level: ApexEnum | None) -> ApexList:
    """Run SOQL text in user or system mode."""
    return _query(text, None, required(level))


@DATABASE.static("List<SObject> queryWithBinds(String queryString, Map<String, Object> bindMap, AccessLevel accessLevel)")  # fmt: skip # noqa: E501 - one signature
def query_with_binds(text: str | None, binds: ApexMap | None, level: ApexEnum | None) -> ApexList:
    """Run SOQL text with binds from a map."""
    return _query(text, _binds(required(binds)), required(level))


@DATABASE.static("Integer countQuery(String query)")
def count_query(text: str | None) -> int:
    """How many rows a `SELECT COUNT()` finds."""
    return int(org_database().count(required(text), CALLING_NAMES.get(), access_of(None)))


@DATABASE.static("Integer countQuery(String query, AccessLevel accessLevel)")
def count_query_as(text: str | None, level: ApexEnum | None) -> int:
    """How many rows a `SELECT COUNT()` finds in user or system mode."""
    return int(
        org_database().count(required(text), CALLING_NAMES.get(), access_of(required(level)))
    )


@DATABASE.static("Integer countQueryWithBinds(String query, Map<String, Object> bindMap, AccessLevel accessLevel)")  # fmt: skip # noqa: E501 - one signature
def count_query_with_binds(text: str | None, binds: ApexMap | None, level: ApexEnum | None) -> int:
    """How many rows a `SELECT COUNT()` finds, with binds from a map."""
    access = access_of(required(level))
    return int(org_database().count(required(text), _binds(required(binds)), access))


def _locator(text: str | None, rows: ApexList) -> QueryLocator:
    return QueryLocator(required(text), list(rows), rows.element_type)


@DATABASE.static("Database.QueryLocator getQueryLocator(String query)")
def get_query_locator(text: str | None) -> QueryLocator:
    """The rows of a query for a batch."""
    return _locator(text, _query(text, None, None))


@DATABASE.static("Database.QueryLocator getQueryLocator(String query, AccessLevel accessLevel)")
def get_query_locator_as(text: str | None, level: ApexEnum | None) -> QueryLocator:
    """The rows of a query in user or system mode."""
    return _locator(text, _query(text, None, required(level)))


@DATABASE.static("Database.QueryLocator getQueryLocator(List<SObject> listOfQueries)")
def get_query_locator_of(rows: ApexList | None) -> QueryLocator:
    """The rows of an inline query."""
    known = required(rows)
    return QueryLocator("", list(known), known.element_type)


@DATABASE.static("Database.QueryLocator getQueryLocator(List<SObject> rows, AccessLevel level)")
def get_query_locator_of_as(rows: ApexList | None, level: ApexEnum | None) -> QueryLocator:
    """The rows of an inline query, which has said itself how it reaches data."""
    required(level)
    return get_query_locator_of(rows)


@DATABASE.static("Database.QueryLocator getQueryLocatorWithBinds(String query, Map<String, Object> bindMap, AccessLevel accessLevel)")  # fmt: skip # noqa: E501 - one signature
def get_query_locator_with_binds(
    text: str | None, binds: ApexMap | None, level: ApexEnum | None
) -> QueryLocator:
    """The rows of a query with binds from a map."""
    return _locator(text, query_with_binds(text, binds, level))


@DATABASE.static("Savepoint setSavepoint()")
def set_savepoint() -> Any:
    """Remember where the transaction stands."""
    return org_database().savepoint()


@DATABASE.static("void rollback(Savepoint databaseSavepoint)")
def rollback(savepoint: Any) -> None:
    """Go back to a savepoint."""
    org_database().rollback(required(savepoint))


@DATABASE.static("void releaseSavepoint(Savepoint databaseSavepoint)")
def release_savepoint(savepoint: Any) -> None:
    """Forget a savepoint."""
    org_database().release(required(savepoint))


@DATABASE.static("Id executeBatch(Object batchClassObject)")
def execute_batch_default(target: Any) -> Id:
    """Queue a batch in chunks of 200."""
    return execute_batch(target)


@DATABASE.static("Id executeBatch(Object batchClassObject, Integer scope)")
def execute_batch_sized(target: Any, scope: int | None) -> Id:
    """Queue a batch in chunks of `scope`."""
    return execute_batch(target, required(scope))


@platform_members("Search").static("List<List<SObject>> query(String searchQuery)")
def search(text: str | None) -> ApexList:
    """Run SOSL text (SQ13)."""
    found: ApexList = org_database().search(required(text), CALLING_NAMES.get(), access_of(None))
    return found


@platform_members("Search").static("List<List<SObject>> query(String searchQuery, AccessLevel accessLevel)")  # fmt: skip # noqa: E501 - one signature
def search_as(text: str | None, level: ApexEnum | None) -> ApexList:
    """Run SOSL text in user or system mode."""
    found: ApexList = org_database().search(
        required(text), CALLING_NAMES.get(), access_of(required(level))
    )
    return found
