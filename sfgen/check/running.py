"""Runs the families of rules over a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sfgen.check.access_rules import check_access
from sfgen.check.apex_rules import check_apex, check_sharing
from sfgen.check.aura_rules import check_aura
from sfgen.check.binding_rules import check_bindings
from sfgen.check.findings import Finding
from sfgen.check.lightning_rules import check_lightning
from sfgen.check.lwc_rules import check_lwc
from sfgen.check.object_rules import check_objects
from sfgen.check.page_rules import check_pages
from sfgen.check.permission_rules import check_dependencies, check_visibility
from sfgen.check.pusher_rules import check_pusher_names
from sfgen.check.schema_rules import check_schema
from sfgen.check.secret_rules import check_endpoints, check_secrets
from sfgen.check.soql_rules import check_profile_names, check_queries
from sfgen.check.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sfgen.project import Project

#: What an org itself would refuse at deploy time.
ORG_FAMILIES: Final[tuple[Callable[[Subject], Iterator[Finding]], ...]] = (
    check_schema,
    check_apex,
    check_access,
    check_dependencies,
    check_queries,
    check_pages,
    check_bindings,
    check_lightning,
    check_lwc,
    check_aura,
    check_objects,
)
#: Defects that an org deploys, and that show when somebody clicks.
_ONLY_AT_RUN_TIME: Final = frozenset({"lwc-apex-parameter", "aura-action", "soql-fields-dynamic"})
#: What an org takes, and a team shouldn't.
TEAM_FAMILIES: Final[tuple[Callable[[Subject], Iterator[Finding]], ...]] = (
    check_sharing,
    check_profile_names,
    check_visibility,
    check_secrets,
    check_endpoints,
    check_pusher_names,
)


def check_components(subject: Subject) -> list[Finding]:
    """Find what an org would refuse, given that the project's surroundings are deployed already."""
    return _in_order(
        finding
        for family in ORG_FAMILIES
        for finding in family(subject)
        if finding.rule not in _ONLY_AT_RUN_TIME
    )


def check_project(project: Project) -> list[Finding]:
    """Run every family of rules over a project, after reporting its unusable files."""
    subject = Subject(project)
    findings = [
        Finding(p.path, p.line, 1, p.rule, p.message, hint=p.hint) for p in project.problems
    ]
    for family in (*ORG_FAMILIES, *TEAM_FAMILIES):
        findings.extend(family(subject))
    return _in_order(findings)


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: finding.place)
