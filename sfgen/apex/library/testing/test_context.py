"""Test: starting, stopping, mocks (Apex Reference Guide, Test Class)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.database import org_database
from sfgen.apex.library.declarations.arguments import required, type_error
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.jobs.async_jobs import run_jobs
from sfgen.apex.library.jobs.event_bus import TestBroker, deliver_events
from sfgen.apex.library.pages.apex_pages import PAGE_MESSAGES
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.execution import Governor, current
from sfgen.apex.runtime.values import ApexList, Id, SObject, id_of

if TYPE_CHECKING:
    import datetime as dt

    from sfgen.apex.types.model import ApexType

TEST = platform_members("Test")


@TEST.static("void startTest()")
def start_test() -> None:
    """Open a new limit context (TE06). FinalException the second time (TE05)."""
    execution = current()
    state = execution.test
    if state.started:
        raise raise_apex("FinalException", "Testing already started")
    state.started = True
    state.outer_governor = execution.governor
    execution.governor = Governor()


@TEST.static("void stopTest()")
def stop_test() -> None:
    """Run what was queued, deliver events, go back to the limits of before (TE07).

    What the test queued before startTest runs here too (public suites).
    """
    execution = current()
    state = execution.test
    if not state.started or state.stopped:
        raise raise_apex("FinalException", "Testing has not been started")
    state.stopped = True
    try:
        run_jobs()
        if execution.events:
            deliver_events()
            run_jobs()
    finally:
        if state.outer_governor is not None:
            execution.governor = state.outer_governor


@TEST.static("Boolean isRunningTest()")
def is_running_test() -> bool:
    """Whether a test is running."""
    return current().test.running


@TEST.static("void setMock(Type interfaceType, Object instance)")
def set_mock(kind: ApexType | None, mock: Any) -> None:
    """Answer callouts by `mock`."""
    name = required(kind).name.lower().removeprefix("system.")
    if name not in {"httpcalloutmock", "webservicemock"}:
        raise type_error(f"Invalid mock type: {required(kind).name}")
    current().test.mocks[name] = required(mock)


@TEST.static("void setFixedSearchResults(List<String> fixedSearchResults)")
def set_fixed_search_results(ids: ApexList | None) -> None:
    """What SOSL finds (SQ13)."""
    current().test.fixed_search_results = [str(id_of(each)) for each in required(ids)]


@TEST.static("EventBus.TestBroker getEventBus()")
def get_event_bus() -> TestBroker:
    """The bus, to deliver by hand (TE20)."""
    return TestBroker()


@TEST.static("Id getStandardPricebookId()")
def get_standard_pricebook_id() -> Id:
    """The standard price book's Id."""
    database = org_database()
    rows = database.store.rows_where(database.schema["Pricebook2"], '"isstandard"', [])
    return Id(rows[0]["id"])


@TEST.static("void setCreatedDate(Id recordId, Datetime createdDatetime)")
def set_created_date(record_id: Id | None, moment: dt.datetime | None) -> None:
    """Give a record another date of creation."""
    database = org_database()
    owner = database.schema.of_id(required(record_id))
    if owner is None:
        raise raise_apex("SObjectException", f"Invalid id: {record_id}")
    database.store.update(owner, str(record_id), {"createddate": required(moment)})


@TEST.static("void setCurrentPage(PageReference page)")
def set_current_page(page: Any) -> None:
    """What `ApexPages.currentPage()` answers."""
    current().test.current_page = page


TEST.static("void setCurrentPageReference(PageReference page)")(set_current_page)


@TEST.static("List<SObject> loadData(Schema.SObjectType sObjectToken, String resourceName)")
def load_data(token: Any, name: str | None) -> ApexList:
    """Insert the records of a static resource in CSV form."""
    from sfgen.apex.library.testing.test_data import records_of_csv

    records: list[SObject] = records_of_csv(required(token), required(name))
    from sfgen.apex.terms.access_mode import DmlOptions

    rows = ApexList(records, records[0].apex_type) if records else ApexList()
    org_database().insert(rows, DmlOptions())
    return rows


@TEST.static("Object createStub(Type parentType, StubProvider stubProvider)")
def create_stub(kind: ApexType | None, provider: Any) -> Any:
    """An object of the class whose methods all ask the provider."""
    from sfgen.apex.library.testing.stubs import stub_of

    return stub_of(required(kind), required(provider))


@TEST.static("void clearApexPageMessages()")
def clear_apex_page_messages() -> None:
    """Forget the messages of the page."""
    PAGE_MESSAGES.set([])


@TEST.static("void enableChangeDataCapture()")
def enable_change_data_capture() -> None:
    """Change events are not published here: nothing to turn on."""


@TEST.static("void calculatePermissionSetGroup(String psgId)")
def calculate_permission_set_group(group: str | None) -> None:
    """Permission set groups are worked out when they are read."""
    required(group)


@TEST.static("void calculatePermissionSetGroup(List<String> psgIds)")
def calculate_permission_set_groups(groups: ApexList | None) -> None:
    """Permission set groups are worked out when they are read."""
    required(groups)
