"""Checks a project without an org: families of rules, each turning a subject into findings."""

from __future__ import annotations

from sfgen.check.findings import RULES, Finding, Severity
from sfgen.check.running import check_components, check_project
from sfgen.check.subject import Subject

__all__ = ["RULES", "Finding", "Severity", "Subject", "check_components", "check_project"]
