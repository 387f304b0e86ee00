"""What the runtime answers to a host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["RestReply"]


@dataclass(frozen=True, slots=True)
class RestReply:
    """What an Apex REST resource answered."""

    status: int
    body: str
    headers: Mapping[str, str]
