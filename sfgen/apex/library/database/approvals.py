"""Approval: record locks; processes themselves are not run here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.data_objects import data_class
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.runtime.per_transaction import PerTransaction
from sfgen.apex.runtime.values import ApexList, ApexMap, Id, SObject
from sfgen.apex.types.model import BOOLEAN, ID, ApexType

if TYPE_CHECKING:
    from collections.abc import Callable

APPROVAL = platform_members("Approval")
_RESULT = (
    "List<Database.Error> errors; Id id; Boolean success",
    "List<Database.Error> getErrors() = errors; Id getId() = id; Boolean isSuccess() = success",
)
LOCK = data_class("Approval.LockResult", *_RESULT, constructor=False)
UNLOCK = data_class("Approval.UnlockResult", *_RESULT, constructor=False)
data_class(
    "Approval.ProcessRequest",
    "String comments; List<Id> nextApproverIds",
    "String getComments() = comments; void setComments(String value) = comments;"
    "List<Id> getNextApproverIds() = nextApproverIds;"
    "void setNextApproverIds(List<Id> value) = nextApproverIds",
)
data_class(
    "Approval.ProcessSubmitRequest",
    "Id objectId; String processDefinitionNameOrId; Boolean skipEntryCriteria; Id submitterId",
    "Id getObjectId() = objectId; void setObjectId(Id value) = objectId;"
    "String getProcessDefinitionNameOrId() = processDefinitionNameOrId;"
    "void setProcessDefinitionNameOrId(String value) = processDefinitionNameOrId;"
    "Boolean getSkipEntryCriteria() = skipEntryCriteria;"
    "void setSkipEntryCriteria(Boolean value) = skipEntryCriteria;"
    "Id getSubmitterId() = submitterId; void setSubmitterId(Id value) = submitterId",
    extends=("Approval.ProcessRequest",),
)
data_class(
    "Approval.ProcessWorkitemRequest",
    "String action; Id workitemId",
    "String getAction() = action; void setAction(String value) = action;"
    "Id getWorkitemId() = workitemId; void setWorkitemId(Id value) = workitemId",
    extends=("Approval.ProcessRequest",),
)
data_class(
    "Approval.ProcessResult",
    "List<Id> actorIds; Id entityId; List<Database.Error> errors; Id instanceId;"
    "String instanceStatus; List<Id> newWorkitemIds; Boolean success",
    "List<Id> getActorIds() = actorIds; Id getEntityId() = entityId;"
    "List<Database.Error> getErrors() = errors; Id getInstanceId() = instanceId;"
    "String getInstanceStatus() = instanceStatus; List<Id> getNewWorkitemIds() = newWorkitemIds;"
    "Boolean isSuccess() = success",
    constructor=False,
)


_LOCKED: PerTransaction[set[str]] = PerTransaction(set)
"""Ids of the records that the transaction has locked."""


def _id_of(value: Any) -> Id:
    known = required(value)
    found: Id = known.fields["id"] if isinstance(known, SObject) else known
    return found


def _set(lock: bool, made: Any) -> Callable[..., Any]:  # noqa: FBT001 - private
    def one(value: Any, *_: Any) -> Any:
        record_id = _id_of(value)
        (_LOCKED.get().add if lock else _LOCKED.get().discard)(str(record_id))
        return made(id=record_id, success=True, errors=ApexList((), ApexType("Database.Error")))

    def run(value: Any, *rest: Any) -> Any:
        if isinstance(value, ApexList):
            return ApexList((one(each, *rest) for each in value), made.apex_type)
        return one(value, *rest)

    return run


for _name, _lock, _made in (("lock", True, LOCK), ("unlock", False, UNLOCK)):
    for _argument in ("SObject record", "Id id", "List<SObject> records", "List<Id> ids"):
        _kind = _made.apex_type.name
        _kind = f"List<{_kind}>" if _argument.startswith("List<") else _kind
        for _more in ("", ", Boolean allOrNothing"):
            APPROVAL.static(f"{_kind} {_name}({_argument}{_more})")(_set(_lock, _made))


@APPROVAL.static("Boolean isLocked(Id id)")
@APPROVAL.static("Boolean isLocked(SObject record)")
def is_locked(value: Any) -> bool:
    """Whether the record is locked."""
    return str(_id_of(value)) in _LOCKED.get()


@APPROVAL.static("Map<Id, Boolean> isLocked(List<Id> ids)")
@APPROVAL.static("Map<Id, Boolean> isLocked(List<SObject> records)")
def are_locked(values: ApexList | None) -> ApexMap:
    """Which records are locked."""
    pairs = ((_id_of(each), is_locked(each)) for each in required(values))
    return ApexMap(pairs, ID, BOOLEAN)
