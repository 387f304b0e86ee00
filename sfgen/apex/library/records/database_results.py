"""What Database's methods answer and take (Apex Reference Guide, Database Namespace)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.declarations.data_objects import DataObject, data_class
from sfgen.apex.library.declarations.registry import platform_enum, platform_members
from sfgen.apex.library.records.status_codes import status_code
from sfgen.apex.runtime.values import ApexList
from sfgen.apex.types.model import STRING, ApexType

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ACCESS_LEVELS", "DmlError", "result_of"]

ERROR = data_class(
    "Database.Error",
    "List<String> fields; String message; StatusCode statusCode",
    "List<String> getFields() = fields; String getMessage() = message;"
    "StatusCode getStatusCode() = statusCode",
)
_ERRORS = "List<Database.Error> errors; Id id; Boolean success"
_READ = "List<Database.Error> getErrors() = errors; Id getId() = id; Boolean isSuccess() = success"
RESULTS = {
    "insert": data_class("Database.SaveResult", _ERRORS, _READ),
    "upsert": data_class(
        "Database.UpsertResult",
        f"{_ERRORS}; Boolean created",
        f"{_READ}; Boolean isCreated() = created",
    ),
    "delete": data_class("Database.DeleteResult", _ERRORS, _READ),
    "undelete": data_class("Database.UndeleteResult", _ERRORS, _READ),
    "emptyRecycleBin": data_class("Database.EmptyRecycleBinResult", _ERRORS, _READ),
    "merge": data_class(
        "Database.MergeResult",
        f"{_ERRORS}; List<Id> mergedRecordIds; List<Id> updatedRelatedIds",
        f"{_READ}; List<Id> getMergedRecordIds() = mergedRecordIds;"
        "List<Id> getUpdatedRelatedIds() = updatedRelatedIds",
    ),
}
RESULTS["update"] = RESULTS["insert"]
LEAD_CONVERT_RESULT = data_class(
    "Database.LeadConvertResult",
    "Id accountId; Id contactId; List<Database.Error> errors; Id leadId; Id opportunityId;"
    "Boolean success; Id relatedPersonAccountId",
    "Id getAccountId() = accountId; Id getContactId() = contactId; Id getLeadId() = leadId;"
    "List<Database.Error> getErrors() = errors; Id getOpportunityId() = opportunityId;"
    "Boolean isSuccess() = success; Id getRelatedPersonAccountId() = relatedPersonAccountId",
)
data_class(
    "Database.DuplicateError",
    "List<String> fields; String message; StatusCode statusCode; Object duplicateResult",
    "Object getDuplicateResult() = duplicateResult; List<String> getFields() = fields;"
    "String getMessage() = message; StatusCode getStatusCode() = statusCode",
    extends=("Database.Error",),
)
data_class(
    "Database.DMLOptions.AssignmentRuleHeader", "Id assignmentRuleId; Boolean useDefaultRule"
)
data_class(
    "Database.DMLOptions.DuplicateRuleHeader",
    "Boolean allowSave; Boolean includeRecordDetails; Boolean runAsCurrentUser",
)
data_class(
    "Database.DMLOptions.EmailHeader",
    "Boolean triggerAutoResponseEmail; Boolean triggerOtherEmail; Boolean triggerUserEmail",
)
_DML_OPTIONS = data_class(
    "Database.DMLOptions",
    "Boolean allowFieldTruncation; Database.DMLOptions.AssignmentRuleHeader assignmentRuleHeader;"
    "Database.DMLOptions.DuplicateRuleHeader duplicateRuleHeader;"
    "Database.DMLOptions.EmailHeader emailHeader; String localeOptions; Boolean optAllOrNone",
    constructor=False,
)
data_class(
    "Database.LeadConvert",
    "Id accountId; Id contactId; String convertedStatus; Boolean doNotCreateOpportunity;"
    "Id leadId; Id opportunityId; String opportunityName; Boolean overwriteLeadSource;"
    "Id ownerId; Boolean sendNotificationEmail",
    "Id getAccountId() = accountId; void setAccountId(Id value) = accountId;"
    "Id getContactId() = contactId; void setContactId(Id value) = contactId;"
    "String getConvertedStatus() = convertedStatus;"
    "void setConvertedStatus(String value) = convertedStatus;"
    "Id getLeadId() = leadId; void setLeadId(Id value) = leadId;"
    "Boolean isDoNotCreateOpportunity() = doNotCreateOpportunity;"
    "void setDoNotCreateOpportunity(Boolean value) = doNotCreateOpportunity;"
    "Id getOpportunityId() = opportunityId; void setOpportunityId(Id value) = opportunityId;"
    "String getOpportunityName() = opportunityName;"
    "void setOpportunityName(String value) = opportunityName; Id getOwnerId() = ownerId;"
    "void setOwnerId(Id value) = ownerId;"
    "void setOverwriteLeadSource(Boolean value) = overwriteLeadSource;"
    "void setSendNotificationEmail(Boolean value) = sendNotificationEmail",
)
ACCESS_LEVELS = platform_enum("AccessLevel", "USER_MODE SYSTEM_MODE")


def _new_options() -> DataObject:
    """DMLOptions with the headers that code fills in."""
    made = _DML_OPTIONS()
    for name in ("assignmentRuleHeader", "duplicateRuleHeader", "emailHeader"):
        declared = f"Database.DMLOptions.{name[0].upper()}{name[1:]}"
        header = type(name, (DataObject,), {"apex_type": ApexType(declared)})
        made.values[name.lower()] = header()
    return made


platform_members("Database.DMLOptions").constructor("DMLOptions()")(_new_options)


class DmlError:
    """Why a row failed: `status` is a StatusCode's name, `fields` are API names."""

    __slots__ = ("fields", "index", "message", "record_id", "status")

    def __init__(
        self,
        status: str,
        message: str,
        fields: Sequence[str] = (),
        index: int = 0,
        record_id: str | None = None,
    ) -> None:
        self.status = status
        self.message = message
        self.fields = tuple(fields)
        self.index = index
        self.record_id = record_id

    def apex_error(self) -> DataObject:
        """The same as a Database.Error."""
        return ERROR(
            fields=ApexList(self.fields, STRING),
            message=self.message,
            statusCode=status_code(self.status),
        )


def result_of(
    operation: str, record_id: Any, errors: Sequence[DmlError] = (), **more: Any
) -> DataObject:
    """The result of one row: `operation` is insert, update, upsert, delete, undelete or merge."""
    listed = ApexList((each.apex_error() for each in errors), ApexType("Database.Error"))
    return RESULTS[operation](id=record_id, success=not errors, errors=listed, **more)
