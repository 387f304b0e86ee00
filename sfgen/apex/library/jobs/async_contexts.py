"""What asynchronous Apex implements and is handed (Apex Reference Guide, System and Database)."""

from __future__ import annotations

from sfgen.apex.library.declarations.data_objects import data_class
from sfgen.apex.library.declarations.registry import platform_enum, platform_interface

__all__ = [
    "BATCHABLE_CONTEXT",
    "FINALIZER_CONTEXT",
    "PARENT_JOB_RESULTS",
    "QUEUEABLE_CONTEXT",
    "SCHEDULABLE_CONTEXT",
]

platform_interface("Queueable", "void execute(QueueableContext context)")
platform_interface("QueueableContext", "Id getJobId()")
platform_interface("Schedulable", "void execute(SchedulableContext context)")
platform_interface("SchedulableContext", "Id getTriggerId()")
platform_interface("Finalizer", "void execute(FinalizerContext context)")
platform_interface(
    "FinalizerContext",
    "Id getAsyncApexJobId()",
    "String getRequestId()",
    "ParentJobResult getResult()",
    "Exception getException()",
)
platform_interface(
    "Database.Batchable<T>",
    "Object start(Database.BatchableContext context)",
    "void execute(Database.BatchableContext context, List<T> scope)",
    "void finish(Database.BatchableContext context)",
)
platform_interface("Database.BatchableContext", "Id getJobId()", "Id getChildJobId()")
platform_interface("Database.AllowsCallouts")
platform_interface("Database.Stateful")
platform_interface("Database.RaisesPlatformEvents")
platform_interface("Callable", "Object call(String action, Map<String, Object> args)")
platform_interface("InstallHandler", "void onInstall(InstallContext context)")
platform_interface("UninstallHandler", "void onUninstall(UninstallContext context)")
platform_interface("SandboxPostCopy", "void runApexClass(SandboxContext context)")

PARENT_JOB_RESULTS = platform_enum("ParentJobResult", "SUCCESS UNHANDLED_EXCEPTION")

QUEUEABLE_CONTEXT = data_class(
    "QueueableContextImpl", "Id jobId", "Id getJobId() = jobId", extends=("QueueableContext",)
)
SCHEDULABLE_CONTEXT = data_class(
    "SchedulableContextImpl",
    "Id triggerId",
    "Id getTriggerId() = triggerId",
    extends=("SchedulableContext",),
)
BATCHABLE_CONTEXT = data_class(
    "Database.BatchableContextImpl",
    "Id jobId; Id childJobId",
    "Id getJobId() = jobId; Id getChildJobId() = childJobId",
    extends=("Database.BatchableContext",),
)
FINALIZER_CONTEXT = data_class(
    "FinalizerContextImpl",
    "Id jobId; String requestId; ParentJobResult result; Exception failure",
    "Id getAsyncApexJobId() = jobId; String getRequestId() = requestId;"
    "ParentJobResult getResult() = result; Exception getException() = failure",
    extends=("FinalizerContext",),
)
data_class(
    "AsyncOptions",
    "Integer maximumQueueableStackDepth; Integer minimumQueueableDelayInMinutes;"
    "QueueableDuplicateSignature duplicateSignature",
)
