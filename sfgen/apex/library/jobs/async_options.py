"""QueueableDuplicateSignature, AsyncInfo and install handlers' contexts."""

from __future__ import annotations

from typing import Any, ClassVar

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.data_objects import data_class
from sfgen.apex.library.declarations.registry import (
    method,
    platform_class,
    platform_interface,
    platform_members,
    static,
)
from sfgen.apex.library.jobs.async_jobs import running_job
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.per_transaction import PerTransaction
from sfgen.apex.runtime.values import find_method
from sfgen.apex.types.model import ApexType

__all__ = ["DuplicateSignature", "refuse_duplicate"]

INFO = platform_members("AsyncInfo")


@platform_class("QueueableDuplicateSignature")
class DuplicateSignature:
    """What makes two queued jobs the same."""

    apex_type: ClassVar[ApexType] = ApexType("QueueableDuplicateSignature")

    def __init__(self, parts: tuple[Any, ...]) -> None:
        self.parts = parts

    @staticmethod
    @static("QueueableDuplicateSignature.Builder Builder()")
    def builder() -> SignatureBuilder:
        """A builder."""
        return SignatureBuilder()

    @method("String toString()")
    def apex_text(self) -> str:
        """The parts."""
        return "".join(map(str, self.parts))


@platform_class("QueueableDuplicateSignature.Builder")
class SignatureBuilder:
    """Collects the parts of a signature."""

    apex_type: ClassVar[ApexType] = ApexType("QueueableDuplicateSignature.Builder")

    def __init__(self) -> None:
        self.parts: list[Any] = []

    @method("QueueableDuplicateSignature.Builder addId(Id value)")
    @method("QueueableDuplicateSignature.Builder addInteger(Integer value)")
    @method("QueueableDuplicateSignature.Builder addString(String value)")
    def add(self, value: Any) -> SignatureBuilder:
        """Add a part."""
        self.parts.append(required(value))
        return self

    @method("QueueableDuplicateSignature build()")
    def build(self) -> DuplicateSignature:
        """The signature."""
        return DuplicateSignature(tuple(self.parts))


@INFO.static("Integer getCurrentQueueableStackDepth()")
def get_current_queueable_stack_depth() -> int:
    """How deep the running Queueable is in its chain, from 1."""
    job = running_job()
    if job is None:
        raise raise_apex("AsyncException", "Not in a Queueable context")
    return job.depth


@INFO.static("Integer getMaximumQueueableStackDepth()")
def get_maximum_queueable_stack_depth() -> int:
    """The chain's limit. AsyncException when it has none."""
    job = running_job()
    if job is None or job.max_depth is None:
        raise raise_apex("AsyncException", "Maximum stack depth is not set")
    return job.max_depth


@INFO.static("Integer getMinimumQueueableDelayInMinutes()")
def get_minimum_queueable_delay() -> int:
    """The chain's delay."""
    job = running_job()
    return job.delay if job is not None else 0


@INFO.static("Boolean hasMaxStackDepth()")
def has_max_stack_depth() -> bool:
    """Whether the chain has a limit."""
    job = running_job()
    return job is not None and job.max_depth is not None


platform_interface(
    "InstallContext",
    "Id organizationId()",
    "Id installerId()",
    "Boolean isUpgrade()",
    "Boolean isPush()",
    "Version previousVersion()",
)
INSTALL = data_class(
    "InstallContextImpl",
    "Id organization; Id installer; Boolean upgrade; Boolean push; Version version",
    "Id organizationId() = organization; Id installerId() = installer;"
    "Boolean isUpgrade() = upgrade; Boolean isPush() = push; Version previousVersion() = version",
    extends=("InstallContext",),
)
platform_interface("UninstallContext", "Id organizationId()", "Id uninstallerId()")
UNINSTALL = data_class(
    "UninstallContextImpl",
    "Id organization; Id uninstaller",
    "Id organizationId() = organization; Id uninstallerId() = uninstaller",
    extends=("UninstallContext",),
)
TEST = platform_members("Test")


def _installer() -> tuple[Any, Any]:
    from sfgen.apex.library.security.user_info import get_organization_id, get_user_id

    return get_organization_id(), get_user_id()


@TEST.static("void testInstall(Object installImplementation, Version ver)")
def test_install(handler: Any, version: Any) -> None:
    """Run an install handler: a first install if `ver` is null, else an upgrade."""
    test_install_push(handler, version, push=False)


@TEST.static("void testInstall(Object installImplementation, Version ver, Boolean isPush)")
def test_install_push(handler: Any, version: Any, push: bool | None) -> None:  # noqa: FBT001 - Apex's parameter
    """Run an install handler, as a push upgrade if `isPush`."""
    run = find_method(required(handler), "onInstall", 1)
    if run is None:
        raise raise_apex("TypeException", "Argument must implement InstallHandler")
    organization, installer = _installer()
    run(
        INSTALL(
            organization=organization,
            installer=installer,
            upgrade=version is not None,
            push=bool(push),
            version=version,
        )
    )


@TEST.static("void testUninstall(Object uninstallImplementation)")
def test_uninstall(handler: Any) -> None:
    """Run an uninstall handler."""
    run = find_method(required(handler), "onUninstall", 1)
    if run is None:
        raise raise_apex("TypeException", "Argument must implement UninstallHandler")
    organization, installer = _installer()
    run(UNINSTALL(organization=organization, uninstaller=installer))


_SIGNATURES: PerTransaction[set[tuple[Any, ...]]] = PerTransaction(set)


def refuse_duplicate(signature: Any) -> None:
    """Refuse a job whose signature is queued already. DuplicateMessageException."""
    queued = _SIGNATURES.get()
    if signature.parts in queued:
        raise raise_apex(
            "DuplicateMessageException", "Attempt to enqueue job with duplicate queueable signature"
        )
    queued.add(signature.parts)
