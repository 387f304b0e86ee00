"""ApexPages: the current page, its messages, the standard controller, SelectOption."""

from __future__ import annotations

from typing import Any, ClassVar

from sfgen.apex.library.arguments import required
from sfgen.apex.library.data_objects import DataObject, data_class
from sfgen.apex.library.pages import PageReference
from sfgen.apex.library.registry import (
    constructor,
    method,
    platform_class,
    platform_enum,
    platform_members,
)
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.values import ApexEnum, ApexException, ApexList, Id, SObject
from sfgen.apex.types.model import SOBJECT, ApexType

__all__ = ["StandardController"]

PAGES = platform_members("ApexPages")
SEVERITY = platform_enum("ApexPages.Severity", "CONFIRM ERROR FATAL INFO WARNING")
MESSAGE = data_class(
    "ApexPages.Message",
    "String componentLabel; String detail; String summary; ApexPages.Severity severity",
    "String getComponentLabel() = componentLabel; String getDetail() = detail;"
    "String getSummary() = summary; ApexPages.Severity getSeverity() = severity",
    constructor=False,
)
SELECT_OPTION = data_class(
    "SelectOption",
    "String value; String label; Boolean disabled; Boolean escapeItem",
    "String getValue() = value; void setValue(String value) = value; String getLabel() = label;"
    "void setLabel(String value) = label; Boolean getDisabled() = disabled;"
    "void setDisabled(Boolean value) = disabled; Boolean getEscapeItem() = escapeItem;"
    "void setEscapeItem(Boolean value) = escapeItem",
    constructor=False,
)


@platform_members("SelectOption").constructor("SelectOption(String value, String label)")
def new_option(value: str | None, label: str | None) -> DataObject:
    """An entry of a select list."""
    return new_option_disabled(value, label, disabled=False)


@platform_members("SelectOption").constructor("SelectOption(String value, String label, Boolean isDisabled)")  # fmt: skip # noqa: E501 - one signature
def new_option_disabled(value: str | None, label: str | None, disabled: bool | None) -> DataObject:  # noqa: FBT001 - Apex's parameter
    """An entry of a select list that may be disabled."""
    return SELECT_OPTION(value=value, label=label, disabled=bool(disabled), escapeItem=True)


def _new_message(
    severity: ApexEnum | None,
    summary: str | None,
    detail: str | None = None,
    component: str | None = None,
) -> DataObject:
    return MESSAGE(
        severity=required(severity),
        summary=summary,
        detail=summary if detail is None else detail,
        componentLabel=component,
    )


_PARTS = ("ApexPages.Severity severity", "String summary", "String detail", "String id")
for _count in (2, 3, 4):
    platform_members("ApexPages.Message").constructor(f"Message({', '.join(_PARTS[:_count])})")(
        _new_message
    )


@PAGES.static("PageReference currentPage()")
def current_page() -> PageReference | None:
    """The page that is shown; null outside of one, and in tests without setCurrentPage."""
    found: PageReference | None = current().test.current_page
    return found


@platform_members("System").static("PageReference currentPageReference()")
def current_page_reference() -> PageReference | None:
    """The page that is shown."""
    return current_page()


def _messages() -> list[DataObject]:
    found: list[DataObject] = current().caches.setdefault("page messages", [])
    return found


@PAGES.static("void addMessage(ApexPages.Message message)")
def add_message(message: DataObject | None) -> None:
    """Show a message; the same one is shown once."""
    known = required(message)
    if all(each.values != known.values for each in _messages()):
        _messages().append(known)


@PAGES.static("void addMessages(Exception exceptionThrown)")
def add_messages(failure: ApexException | None) -> None:
    """Show an exception's message."""
    add_message(_new_message(SEVERITY["ERROR"], required(failure).text))


@PAGES.static("List<ApexPages.Message> getMessages()")
def get_messages() -> ApexList:
    """The messages."""
    return ApexList(_messages(), MESSAGE.apex_type)


@PAGES.static("Boolean hasMessages()")
def has_messages() -> bool:
    """Whether there are messages."""
    return bool(_messages())


@PAGES.static("Boolean hasMessages(ApexPages.Severity severity)")
def has_messages_of(severity: ApexEnum | None) -> bool:
    """Whether there are messages of that severity."""
    return any(each.get("severity") is severity for each in _messages())


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
    def get_id(self) -> Id | None:
        """The record's Id."""
        found: Id | None = self.record.fields.get("id")
        return found

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
        from sfgen.apex.data.access_mode import DmlOptions

        rows = ApexList([self.record], self.record.apex_type)
        current().database.upsert(rows, DmlOptions())
        return self._page()

    @method("PageReference delete()")
    def delete(self) -> PageReference:
        """Delete the record and show its list."""
        from sfgen.apex.data.access_mode import DmlOptions

        page = PageReference(f"/{str(self.record.fields.get('id') or '')[:3]}")
        rows = ApexList([self.record], self.record.apex_type)
        current().database.delete(rows, DmlOptions())
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
