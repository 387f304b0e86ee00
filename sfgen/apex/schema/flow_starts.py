"""Which saves start the project's record-triggered flows, which the runtime doesn't run."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sfgen.apex.schema.source_files import parse_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FlowStarts", "read_flow_starts"]

FlowStarts = dict[tuple[str, str], str]
_SUFFIX = ".flow-meta.xml"
_STEPS = {"RecordBeforeSave": "BEFORE", "RecordAfterSave": "AFTER", "RecordBeforeDelete": "BEFORE"}
_OPERATIONS = {
    "Create": ("INSERT",), "Update": ("UPDATE",), "CreateAndUpdate": ("INSERT", "UPDATE"),
    "Delete": ("DELETE",),
}  # fmt: skip


def read_flow_starts(files: Mapping[str, bytes]) -> FlowStarts:
    """The name of an active flow by lower-case object and operation, such as `AFTER_INSERT`.

    Source: Metadata API Developer Guide, Flow (FlowStart). Raises ProjectError for a flow that
    isn't XML.
    """
    found: FlowStarts = {}
    for path, data in files.items():
        if not path.endswith(_SUFFIX):
            continue
        flow = parse_xml(path, data)
        start = flow.first("start")
        if start is None or flow.text("status") != "Active":
            continue
        if start.text("triggerType") == "PlatformEvent":
            name = PurePosixPath(path).name.removesuffix(_SUFFIX)
            found.setdefault((start.text("object").lower(), "AFTER_INSERT"), name)
            continue
        step = _STEPS.get(start.text("triggerType"))
        for each in _OPERATIONS.get(start.text("recordTriggerType"), ()) if step else ():
            name = PurePosixPath(path).name.removesuffix(_SUFFIX)
            found.setdefault((start.text("object").lower(), f"{step}_{each}"), name)
    return found
