"""ApexPages: the current page, its messages, SelectOption."""

from __future__ import annotations

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.data_objects import DataObject, data_class
from sfgen.apex.library.declarations.registry import (
    platform_enum,
    platform_members,
)
from sfgen.apex.library.pages.pages import PageReference
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.per_transaction import PerTransaction
from sfgen.apex.runtime.values import ApexEnum, ApexException, ApexList

__all__: list[str] = []

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
    """The page that is shown; null outside of one. A test has an empty one until it sets its own.

    Public suites read its headers and parameters without `Test.setCurrentPage`.
    """
    state = current().test
    if state.current_page is None and state.running:
        state.current_page = PageReference("")
    found: PageReference | None = state.current_page
    return found


@platform_members("System").static("PageReference currentPageReference()")
def current_page_reference() -> PageReference | None:
    """The page that is shown."""
    return current_page()


PAGE_MESSAGES: PerTransaction[list[DataObject]] = PerTransaction(list)
"""The messages of the page, oldest first."""


@PAGES.static("void addMessage(ApexPages.Message message)")
def add_message(message: DataObject | None) -> None:
    """Show a message; the same one is shown once."""
    known = required(message)
    if all(each.values != known.values for each in PAGE_MESSAGES.get()):
        PAGE_MESSAGES.get().append(known)


@PAGES.static("void addMessages(Exception exceptionThrown)")
def add_messages(failure: ApexException | None) -> None:
    """Show an exception's message."""
    add_message(_new_message(SEVERITY["ERROR"], required(failure).text))


@PAGES.static("List<ApexPages.Message> getMessages()")
def get_messages() -> ApexList:
    """The messages."""
    return ApexList(PAGE_MESSAGES.get(), MESSAGE.apex_type)


@PAGES.static("Boolean hasMessages()")
def has_messages() -> bool:
    """Whether there are messages."""
    return bool(PAGE_MESSAGES.get())


@PAGES.static("Boolean hasMessages(ApexPages.Severity severity)")
def has_messages_of(severity: ApexEnum | None) -> bool:
    """Whether there are messages of that severity."""
    return any(each.get("severity") is severity for each in PAGE_MESSAGES.get())
