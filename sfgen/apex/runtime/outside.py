"""What stands around a transaction: the project, its program, the org, and who runs it all.

The ground knows no more of them than this; the rooms that make them say the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "CompiledProject",
    "CredentialHost",
    "HttpReply",
    "OrgDatabase",
    "ProjectFacts",
    "TriggerState",
]


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What the library reads of a project: labels and static resources by name, API versions.

    `versions` are those of classes and triggers, by file name.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    resources: Mapping[str, bytes] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    namespace: str = ""


class OrgDatabase(Protocol):
    """The org that a transaction works on: `store.org_data` and `database` know its type."""

    @property
    def data(self) -> Any:
        """Its `OrgData`."""


class CompiledProject(Protocol):
    """The project's Apex as Python: `compiler.program.Program`."""

    @property
    def namespace(self) -> Mapping[str, Any]:
        """The functions and the values of its enums by their Python names."""

    @property
    def started(self) -> Sequence[Any]:
        """The static fields of the classes that this transaction has used."""

    def find_class(self, name: str) -> Any:
        """The Python class of a type of the project, or None."""

    def construct(self, python_class: Any, *arguments: Any) -> Any:
        """A new object by the constructor that takes the arguments."""


class TriggerState(Protocol):
    """The values of the `Trigger` class while a trigger runs; others by lower-case name."""

    operation: str

    @property
    def new(self) -> Sequence[Any] | None:
        """The rows of `Trigger.new`."""

    @property
    def old(self) -> Sequence[Any] | None:
        """The rows of `Trigger.old`."""


@dataclass(frozen=True, slots=True)
class HttpReply:
    """What the host answers to a callout."""

    status: int
    body: str = ""
    headers: Mapping[str, str] | None = None
    reason: str = ""


class CredentialHost(Protocol):
    """Keeps what the users' principals of external credentials hold."""

    def is_configured(self, external: str, principal: str) -> bool:
        """Whether the running user has authenticated."""

    def authentication_url(self, external: str) -> str:
        """Where the running user authenticates."""

    def remove(self, external: str, principal: str) -> None:
        """Forget the running user's credential."""
