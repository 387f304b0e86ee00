"""OrgLimits and OrgLimit (Apex Reference Guide): the org's own limits and what of them is used."""

from __future__ import annotations

from dataclasses import dataclass

from sfgen.apex.library.declarations.registry import method, platform_class, platform_members
from sfgen.apex.org_faults import ASYNC_LIMIT, OrgFaults
from sfgen.apex.runtime.values import ApexList, ApexMap
from sfgen.apex.store.org_data import find_data
from sfgen.apex.types.model import STRING, ApexType

LIMITS = platform_members("OrgLimits")
_KIND = ApexType("OrgLimit")

# Salesforce Developer Limits and Allocations Quick Reference, Developer Edition.
_ALLOWED = {
    "ConcurrentAsyncGetReportInstances": 200,
    "DailyApiRequests": 15_000,
    "DailyAsyncApexExecutions": 250_000,
    "DailyBulkApiBatches": 15_000,
    "DailyDurableStreamingApiEvents": 10_000,
    "DailyStreamingApiEvents": 10_000,
    "DailyWorkflowEmails": 1_000,
    "DataStorageMB": 5,
    "FileStorageMB": 20,
    "HourlyODataCallout": 1_000,
    "HourlyPublishedPlatformEvents": 50_000,
    "HourlyTimeBasedWorkflow": 50,
    "MassEmail": 10,
    "SingleEmail": 15,
    "StreamingApiConcurrentClients": 20,
}

# Limits that a fault spends.
_SPENT = {"DailyAsyncApexExecutions": ASYNC_LIMIT}


@platform_class("OrgLimit")
@dataclass(frozen=True, slots=True)
class OrgLimit:
    """One limit; nothing of it is used here, unless a fault says that all of it is."""

    name: str
    allowed: int
    used: int = 0

    @method("String getName()")
    def get_name(self) -> str:
        """The limit's name."""
        return self.name

    @method("Integer getLimit()")
    def get_limit(self) -> int:
        """How much is allowed."""
        return self.allowed

    @method("Integer getValue()")
    def get_value(self) -> int:
        """How much is used."""
        return self.used


def _limits() -> list[OrgLimit]:
    """Every limit, by name, as the org stands."""
    data = find_data()
    faults = data.faults if data is not None else OrgFaults()
    spent = {name for name, fault in _SPENT.items() if faults.is_set(fault)}
    return [
        OrgLimit(name, allowed, allowed if name in spent else 0)
        for name, allowed in sorted(_ALLOWED.items())
    ]


@LIMITS.static("List<OrgLimit> getAll()")
def get_all() -> ApexList:
    """All limits, by name."""
    return ApexList(_limits(), _KIND)


@LIMITS.static("Map<String, OrgLimit> getMap()")
def get_map() -> ApexMap:
    """All limits by name."""
    return ApexMap(((each.name, each) for each in _limits()), STRING, _KIND)
