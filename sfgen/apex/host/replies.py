"""What a host and the runtime hand each other: answers, and the keeper of credentials."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CredentialHost", "HttpReply", "RestReply"]


@dataclass(frozen=True, slots=True)
class HttpReply:
    """What the host answers to a callout."""

    status: int
    body: str = ""
    headers: Mapping[str, str] | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RestReply:
    """What an Apex REST resource answered."""

    status: int
    body: str
    headers: Mapping[str, str]


class CredentialHost(Protocol):
    """Keeps what the users' principals of external credentials hold."""

    def is_configured(self, external: str, principal: str) -> bool:
        """Whether the running user has authenticated."""

    def authentication_url(self, external: str) -> str:
        """Where the running user authenticates."""

    def remove(self, external: str, principal: str) -> None:
        """Forget the running user's credential."""
