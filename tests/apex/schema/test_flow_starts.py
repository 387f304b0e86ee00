"""A save that starts one of the project's flows, and what a metadata relationship leads to."""

from __future__ import annotations

from sfgen.apex.schema.flow_starts import read_flow_starts

_FLOW = """<Flow xmlns="http://soap.sforce.com/2006/04/metadata"><start><object>Case</object>
<recordTriggerType>{kind}</recordTriggerType><triggerType>{step}</triggerType></start>
<status>{status}</status></Flow>"""


def _starts(kind: str, step: str, status: str = "Active") -> dict[tuple[str, str], str]:
    text = _FLOW.format(kind=kind, step=step, status=status)
    return read_flow_starts({"flows/Tell.flow-meta.xml": text.encode()})


def test_an_active_flow_starts_at_its_saves() -> None:
    assert _starts("CreateAndUpdate", "RecordAfterSave") == {
        ("case", "AFTER_INSERT"): "Tell",
        ("case", "AFTER_UPDATE"): "Tell",
    }
    assert _starts("Delete", "RecordBeforeDelete") == {("case", "BEFORE_DELETE"): "Tell"}


def test_other_flows_start_at_no_save() -> None:
    assert _starts("Create", "RecordAfterSave", "Draft") == {}
    assert _starts("Create", "Scheduled") == {}
