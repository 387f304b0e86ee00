"""Words that every report of a run carries."""

from __future__ import annotations

__all__ = ["WHO_RAN"]

WHO_RAN = "run by sfgen's Apex runtime, not by Salesforce"
