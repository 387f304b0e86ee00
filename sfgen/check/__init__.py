"""Proof without an org: rules, one file per family, each from a subject to findings."""

from __future__ import annotations

from sfgen.check.findings import RULES, Finding, Severity
from sfgen.check.running import check_components, check_project
from sfgen.check.subject import Subject

__all__ = ["RULES", "Finding", "Severity", "Subject", "check_components", "check_project"]
