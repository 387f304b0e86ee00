"""The controllers of a record's page and of a list of records (Apex Reference Guide, ApexPages)."""

from __future__ import annotations

from typing import Any, ClassVar

from sfgen.apex.database import org_database
from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import constructor, method, platform_class
from sfgen.apex.library.pages.pages import PageReference
from sfgen.apex.runtime.values import ApexList, Id, SObject
from sfgen.apex.terms.access_mode import DmlOptions
from sfgen.apex.types.model import SOBJECT, ApexType

__all__ = ["StandardController", "StandardSetController"]

_MOST_RECORDS = 10_000


@platform_class("ApexPages.StandardController")
class StandardController:
    """The controller of one record's page."""

    apex_type: ClassVar[ApexType] = ApexType("ApexPages.StandardController")

    def __init__(self, record: SObject) -> None:
        self.record = record

    @staticmethod
    @constructor("StandardController(SObject controllerSObject)")
    def new(record: SObject | None) -> StandardController:
        """The controller of a record."""
        return StandardController(required(record))

    def _page(self, suffix: str = "") -> PageReference:
        return PageReference(f"/{self.record.fields.get('id') or ''}{suffix}")

    @method("SObject getRecord()")
    def get_record(self) -> SObject:
        """The record."""
        return self.record

    @method("String getId()")
    def get_id(self) -> str | None:
        """The record's Id in its 15 characters, as a page's address has it (dlrs)."""
        found: Id | None = self.record.fields.get("id")
        return None if found is None else str(found)[:15]

    @method("PageReference view()")
    def view(self) -> PageReference:
        """The record's page."""
        return self._page()

    @method("PageReference edit()")
    def edit(self) -> PageReference:
        """The record's edit page."""
        return self._page("/e")

    @method("PageReference cancel()")
    def cancel(self) -> PageReference:
        """Back to the record."""
        return self._page()

    @method("PageReference save()")
    def save(self) -> PageReference:
        """Save the record and show it."""
        rows = ApexList([self.record], self.record.apex_type)
        org_database().upsert(rows, DmlOptions())
        return self._page()

    @method("PageReference delete()")
    def delete(self) -> PageReference:
        """Delete the record and show its list."""
        page = PageReference(f"/{str(self.record.fields.get('id') or '')[:3]}")
        rows = ApexList([self.record], self.record.apex_type)
        org_database().delete(rows, DmlOptions())
        return page

    @method("void addFields(List<String> fieldNames)")
    def add_fields(self, names: ApexList | None) -> None:
        """Tests set the record's fields themselves: nothing is loaded."""
        required(names)

    @method("void reset()")
    def reset(self) -> None:
        """Forget changes that were not saved."""
        self.record.errors.clear()


@platform_class("ApexPages.StandardSetController")
class StandardSetController:
    """The controller of a list of records, page by page."""

    apex_type: ClassVar[ApexType] = ApexType("ApexPages.StandardSetController")

    def __init__(self, records: list[SObject]) -> None:
        self.records = records
        self.selected: list[SObject] = []
        self.size = 20
        self.number = 1

    @staticmethod
    @constructor("StandardSetController(List<SObject> sObjectList)")
    @constructor("StandardSetController(Database.QueryLocator sObjectList)")
    def new(records: Any) -> StandardSetController:
        """The controller of a list or a query's rows."""
        return StandardSetController(list(getattr(records, "rows", required(records))))

    @method("PageReference cancel()")
    def cancel(self) -> PageReference:
        """Back to the object's list."""
        first = self.records[0] if self.records else None
        return PageReference(f"/{str(first.fields.get('id') or '')[:3]}" if first else "/")

    @method("PageReference save()")
    def save(self) -> PageReference:
        """Update the records that were chosen, then leave."""
        rows = self.selected or self.records
        org_database().update(ApexList(rows), DmlOptions())
        return self.cancel()

    @method("SObject getRecord()")
    def get_record(self) -> SObject | None:
        """The prototype of the list's records."""
        return SObject(self.records[0].type_name) if self.records else None

    @method("Boolean getCompleteResult()")
    def get_complete_result(self) -> bool:
        """Whether no record beyond the platform's 10,000 was left out."""
        return len(self.records) <= _MOST_RECORDS

    @method("List<SObject> getRecords()")
    def get_records(self) -> ApexList:
        """The records of this page."""
        start = (self.number - 1) * self.size
        return ApexList(self.records[start : start + self.size], SOBJECT)

    @method("List<SObject> getSelected()")
    def get_selected(self) -> ApexList:
        """The records that were chosen."""
        return ApexList(self.selected, SOBJECT)

    @method("void setSelected(List<SObject> selectedRecords)")
    def set_selected(self, records: ApexList | None) -> None:
        """Choose records."""
        self.selected = list(required(records))

    @method("Integer getResultSize()")
    def get_result_size(self) -> int:
        """How many records there are."""
        return len(self.records)

    @method("Integer getPageSize()")
    def get_page_size(self) -> int:
        """How many records a page shows."""
        return self.size

    @method("void setPageSize(Integer pageSize)")
    def set_page_size(self, size: int | None) -> None:
        """Say how many records a page shows."""
        self.size = max(required(size), 1)

    @method("Integer getPageNumber()")
    def get_page_number(self) -> int:
        """Which page it is, from 1."""
        return self.number

    @method("void setPageNumber(Integer pageNumber)")
    def set_page_number(self, number: int | None) -> None:
        """Go to a page."""
        self.number = max(required(number), 1)

    def _last(self) -> int:
        return max((len(self.records) + self.size - 1) // self.size, 1)

    @method("Boolean getHasNext()")
    def get_has_next(self) -> bool:
        """Whether another page follows."""
        return self.number < self._last()

    @method("Boolean getHasPrevious()")
    def get_has_previous(self) -> bool:
        """Whether a page precedes."""
        return self.number > 1

    @method("void next()")
    def next(self) -> None:
        """Go to the next page."""
        self.number = min(self.number + 1, self._last())

    @method("void previous()")
    def previous(self) -> None:
        """Go to the page before."""
        self.number = max(self.number - 1, 1)

    @method("void first()")
    def first(self) -> None:
        """Go to the first page."""
        self.number = 1

    @method("void last()")
    def last(self) -> None:
        """Go to the last page."""
        self.number = self._last()
