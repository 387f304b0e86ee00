"""The Metadata namespace: what code fills in to deploy custom metadata; tests deploy nothing.

Apex Reference Guide, "Metadata Namespace"; Apex Developer Guide, "Metadata Operations".
"""

from __future__ import annotations

from typing import Any

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.data_objects import DataObject, data_class
from sfgen.apex.library.declarations.registry import (
    platform_enum,
    platform_interface,
    platform_members,
)
from sfgen.apex.library.records.status_codes import STATUS_CODES
from sfgen.apex.runtime.exceptions import Unsupported, raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.values import ApexList
from sfgen.apex.types.model import ApexType

__all__: list[str] = []

platform_enum(
    "Metadata.DeployStatus",
    "Canceled Canceling FinalizingDeploy FinalizingDeployFailed Failed InProgress Pending "
    "Succeeded SucceededPartial",
)
platform_enum("Metadata.DeployProblemType", "Error Info Warning")
platform_enum("Metadata.MetadataType", "CustomMetadata Layout")
platform_enum(
    "Metadata.LayoutSectionStyle", "TwoColumnsTopToBottom TwoColumnsLeftToRight OneColumn"
)
platform_enum("Metadata.UiBehavior", "Edit Required Readonly")
platform_enum("Metadata.SortOrder", "Asc Desc")
platform_enum(
    "Metadata.PlatformActionTypeEnum",
    "ActionLink AppAction CustomButton InvocableAction ProductivityAction QuickAction "
    "StandardButton",
)
platform_enum("Metadata.StatusCode", " ".join(sorted({*STATUS_CODES, "INTERNAL_ERROR"})))
platform_interface(
    "Metadata.DeployCallback",
    "void handleResult(Metadata.DeployResult result, Metadata.DeployCallbackContext context)",
)
data_class("Metadata.Metadata", "String fullName")

_LISTS = """
    CustomMetadata of Metadata.Metadata: String description; String label; Boolean protected_x;
        List<Metadata.CustomMetadataValue> values
    DeployDetails: List<Metadata.DeployMessage> componentFailures;
        List<Metadata.DeployMessage> componentSuccesses
    Layout of Metadata.Metadata: List<String> customButtons; Object customConsoleComponents;
        Boolean emailDefault; List<String> excludeButtons; Object feedLayout;
        List<Object> headers; List<Metadata.LayoutSection> layoutSections; Object miniLayout;
        List<String> multilineLayoutFields; Metadata.PlatformActionList platformActionList;
        Object quickActionList; Object relatedContent; List<String> relatedObjects;
        List<Metadata.RelatedListItem> relatedLists; Boolean runAssignmentRulesDefault;
        Boolean showEmailCheckbox; Boolean showHighlightsPanel; Boolean showInteractionLogPanel;
        Boolean showRunAssignmentRulesCheckbox; Boolean showSolutionSection; Object summaryLayout
    LayoutSection: Boolean customLabel; Boolean detailHeading; Boolean editHeading; String label;
        List<Metadata.LayoutColumn> layoutColumns; Metadata.LayoutSectionStyle style
    LayoutColumn: List<Metadata.LayoutItem> layoutItems; String reserved
    PlatformActionList: String actionListContext;
        List<Metadata.PlatformActionListItem> platformActionListItems; String relatedSourceEntity
    RelatedListItem: List<String> customButtons; List<String> excludeButtons;
        List<String> fields; List<Object> quickActions; String relatedList; String sortField;
        Metadata.SortOrder sortOrder
"""
_PLAIN = {
    "CustomMetadataValue": "String field; Object value",
    "LayoutItem": "Object analyticsCloudComponent; Metadata.UiBehavior behavior; String canvas;"
    "String component; String customLink; Boolean emptySpace; String field; Integer height;"
    "String page_x; Object reportChartComponent; Boolean showLabel; Boolean showScrollbars;"
    "String width",
    "PlatformActionListItem": "String actionName; Metadata.PlatformActionTypeEnum actionType;"
    "Integer sortOrder; List<Metadata.PlatformActionListItem> subtype",
    "DeployMessage": "Boolean changed; Integer columnNumber; String componentType; Boolean created;"
    "Datetime createdDate; Boolean deleted; String fileName; String fullName; Id id;"
    "Integer lineNumber; String problem; Metadata.DeployProblemType problemType; Boolean success",
    "DeployResult": "String canceledBy; String canceledByName; Boolean checkOnly;"
    "Datetime completedDate; String createdBy; String createdByName; Datetime createdDate;"
    "Metadata.DeployDetails details; Boolean done; String errorMessage;"
    "Metadata.StatusCode errorStatusCode; Id id; Boolean ignoreWarnings; Datetime lastModifiedDate;"
    "Integer numberComponentErrors; Integer numberComponentsDeployed;"
    "Integer numberComponentsTotal; Integer numberTestErrors; Integer numberTestsCompleted;"
    "Integer numberTestsTotal; Boolean rollbackOnError; Boolean runTestsEnabled;"
    "Datetime startDate; String stateDetail; Metadata.DeployStatus status; Boolean success",
}


def _with_lists(declared: str, properties: str, extends: tuple[str, ...]) -> None:
    """A data class whose list properties begin as empty lists."""
    lists = [each.split() for each in properties.split(";") if each.strip().startswith("List<")]
    made = data_class(declared, properties, extends=extends, constructor=False)

    def new() -> DataObject:
        empty = {name: ApexList((), ApexType(kind[5:-1])) for kind, name in lists}
        return made(**empty)

    made.fixed = False
    members = platform_members(declared)
    members.constructor(f"{declared.rpartition('.')[2]}()")(new)


def _declare_lists() -> None:
    head = ""
    texts: dict[str, str] = {}
    for line in filter(None, map(str.strip, _LISTS.splitlines())):
        before, colon, after = line.partition(": ")
        if colon and "<" not in before:
            head = before
            texts[head] = after
        else:
            texts[head] += f" {line}"
    for name, properties in texts.items():
        own, _, parent = name.partition(" of ")
        _with_lists(f"Metadata.{own}", properties, (parent,) if parent else ())


for _name, _properties in _PLAIN.items():
    data_class(f"Metadata.{_name}", _properties)
_declare_lists()
_with_lists("Metadata.DeployContainer", "List<Metadata.Metadata> metadata", ())
CONTAINER = platform_members("Metadata.DeployContainer")
CONTEXT = data_class("Metadata.DeployCallbackContext", "Id callbackJobId")
platform_members("Metadata.DeployCallbackContext").method("Id getCallbackJobId()")(
    lambda context: context.get("callbackjobid")
)
OPERATIONS = platform_members("Metadata.Operations")


@CONTAINER.method("void addMetadata(Metadata.Metadata metadata)")
def add_metadata(container: DataObject, metadata: Any) -> None:
    """Put a component into the deployment."""
    container.get("metadata").append(required(metadata))


@CONTAINER.method("List<Metadata.Metadata> getMetadata()")
def get_metadata(container: DataObject) -> Any:
    """The components of the deployment."""
    return container.get("metadata")


@CONTAINER.method("Boolean removeMetadata(Metadata.Metadata metadata)")
def remove_metadata(container: DataObject, metadata: Any) -> bool:
    """Take a component out again; whether it was there."""
    items = container.get("metadata")
    found = metadata in items
    if found:
        items.remove(metadata)
    return found


@OPERATIONS.static(
    "Id enqueueDeployment(Metadata.DeployContainer container, Metadata.DeployCallback callback)"
)
def enqueue_deployment(container: DataObject | None, callback: Any) -> Any:
    """Deploy later. A test may not: the guide tells it to call the callback itself."""
    del container, callback
    if current().test.running:
        raise raise_apex("AsyncException", "Metadata cannot be deployed from within a test")
    raise Unsupported("Metadata.Operations.enqueueDeployment outside of a test")


@OPERATIONS.static(
    "List<Metadata.Metadata> retrieve(Metadata.MetadataType type, List<String> fullNames)"
)
def retrieve(kind: Any, names: ApexList | None) -> Any:
    """Components of the org: this one's are read by SOQL and describes only."""
    del kind, names
    raise Unsupported("Metadata.Operations.retrieve")
