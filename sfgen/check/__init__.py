"""Proof without an org: rules, one file per family, each from a subject to findings."""

from __future__ import annotations

from sfgen.check.findings import RULES, Finding, Severity
from sfgen.check.running import check_components, check_project

__all__ = ["RULES", "Finding", "Severity", "check_components", "check_project"]
