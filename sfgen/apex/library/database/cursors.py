"""Database.Cursor and Database.PaginationCursor (Apex Developer Guide, "Apex Cursors")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sfgen.apex.library.database.database_class import query, query_as, query_with_binds
from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.data_objects import data_class
from sfgen.apex.library.declarations.registry import method, platform_class, platform_members
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.values import ApexEnum, ApexList, ApexMap
from sfgen.apex.types.model import ApexType

if TYPE_CHECKING:
    from collections.abc import Callable

DATABASE = platform_members("Database")
PAGE = data_class(
    "Database.CursorFetchResult",
    "List<SObject> records; Integer nextIndex; Integer numDeletedRecords; Boolean done",
    "List<SObject> getRecords() = records; Integer getNextIndex() = nextIndex;"
    "Integer getNumDeletedRecords() = numDeletedRecords; Boolean isDone() = done",
    constructor=False,
)


@platform_class("Database.Cursor")
class Cursor:
    """The rows of a query, fetched from any place."""

    apex_type: ClassVar[ApexType] = ApexType("Database.Cursor")

    def __init__(self, rows: ApexList) -> None:
        self.rows = rows

    def slice(self, start: int | None, count: int | None) -> ApexList:
        """Rows from `start` on. InvalidParameterValueException outside of the rows."""
        first, wanted = required(start), required(count)
        if first < 0 or wanted < 0 or first + wanted > len(self.rows):
            raise raise_apex(
                "InvalidParameterValueException",
                f"Invalid offset or count: {first}, {wanted} of {len(self.rows)} rows",
            )
        current().governor.count("fetch_calls_on_apex_cursor")
        return ApexList(self.rows[first : first + wanted], self.rows.element_type)

    @method("Integer getNumRecords()")
    def get_num_records(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @method("List<SObject> fetch(Integer position, Integer count)")
    def fetch(self, start: int | None, count: int | None) -> ApexList:
        """Rows from a place on."""
        return self.slice(start, count)


@platform_class("Database.PaginationCursor")
class PaginationCursor(Cursor):
    """The rows of a query, page by page."""

    apex_type: ClassVar[ApexType] = ApexType("Database.PaginationCursor")

    @method("Integer getNumRecords()")
    def get_num_records(self) -> int:
        """How many rows there are."""
        return super().get_num_records()

    @method("Database.CursorFetchResult fetchPage(Integer position, Integer pageSize)")
    def fetch_page(self, start: int | None, size: int | None) -> Any:
        """A page of rows; the last may be shorter."""
        first = required(start)
        rows = self.slice(first, min(required(size), max(len(self.rows) - first, 0)))
        following = first + len(rows)
        return PAGE(
            records=rows,
            nextIndex=following,
            numDeletedRecords=0,
            done=following >= len(self.rows),
        )


_ROWS: dict[str, Callable[..., ApexList]] = {
    "(String query)": query,
    "(String query, AccessLevel accessLevel)": query_as,
}


def _declare(name: str, made: type[Cursor]) -> None:
    """`getCursor`, with binds too."""

    def opened(rows: Callable[..., ApexList]) -> Callable[..., Cursor]:
        def open_cursor(*arguments: Any) -> Cursor:
            found = rows(*arguments)
            current().governor.count("apex_cursors")
            current().governor.count("apex_cursor_rows", len(found))
            return made(found)

        return open_cursor

    kind = made.apex_type.name
    for parameters, rows in _ROWS.items():
        DATABASE.static(f"{kind} {name}{parameters}")(opened(rows))

    def with_binds(text: str | None, binds: ApexMap | None, level: ApexEnum | None) -> ApexList:
        return query_with_binds(text, binds, level)

    DATABASE.static(
        f"{kind} {name}WithBinds(String query, Map<String, Object> binds, AccessLevel accessLevel)"
    )(opened(with_binds))


_declare("getCursor", Cursor)
_declare("getPaginationCursor", PaginationCursor)
