"""Database.QueryLocator and its iterator (Apex Reference Guide, QueryLocator Class)."""

from __future__ import annotations

from typing import Any, ClassVar

from sfgen.apex.library.collections.iterators import ListIterator
from sfgen.apex.library.declarations.registry import method, platform_class
from sfgen.apex.types.model import SOBJECT, ApexType

__all__ = ["QueryLocator"]


@platform_class("Database.QueryLocatorIterator", extends=("Iterator",))
class QueryLocatorIterator(ListIterator):
    """The records of a locator one by one."""

    apex_type = ApexType("Database.QueryLocatorIterator")

    def __init__(self, rows: list[Any]) -> None:
        self.values = rows
        self.place = 0

    @method("Boolean hasNext()")
    def has_next(self) -> bool:
        """Whether there is another record."""
        return super().has_next()

    @method("SObject next()")
    def next(self) -> Any:
        """The next record."""
        return super().next()


@platform_class("Database.QueryLocator", extends=("Iterable",))
class QueryLocator:
    """The rows of a query, and its text."""

    apex_type: ClassVar[ApexType] = ApexType("Database.QueryLocator")

    def __init__(self, text: str, rows: list[Any], element_type: ApexType = SOBJECT) -> None:
        self.text = text
        self.rows = rows
        self.element_type = element_type

    @method("String getQuery()")
    def get_query(self) -> str:
        """The query's text."""
        return self.text

    @method("Database.QueryLocatorIterator iterator()")
    def iterator(self) -> QueryLocatorIterator:
        """An iterator over the records."""
        return QueryLocatorIterator(list(self.rows))
