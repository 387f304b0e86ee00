"""One tier of proof, and the rule that a tier's own failure breaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sfgen.check.findings import rule

TOOL: Final = rule("tool-failure", "Every engine that was started finished")


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier of proof.

    Attributes:
        reason: why it did not run.
        types_apex: whether it holds Apex to its types.
    """

    name: str
    ran: bool
    reason: str | None = None
    types_apex: bool = False
