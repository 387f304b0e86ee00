"""Under which conditions a project's Apex runs: the kind of org, its language, the runner's rights.

Sources: Object Reference, Organization (OrganizationType, IsSandbox, TrialExpirationDate);
Metadata API Developer Guide, ProfileFieldLevelSecurity.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from sfgen.errors import UsageError

__all__ = ["KINDS", "RUNNER_FIELDS", "OrgConditions", "OrgKind", "kind_named"]


@dataclass(frozen=True, slots=True)
class OrgKind:
    """What an org says of itself in its Organization row."""

    name: str
    organization_type: str
    sandbox: bool
    expires: bool = False

    @property
    def takes_protected_settings(self) -> bool:
        """Whether custom settings may be Protected outside of a managed package."""
        return self.name != "production"


KINDS: Final = {
    each.name: each
    for each in (
        OrgKind("developer", "Developer Edition", sandbox=False),
        OrgKind("scratch", "Developer Edition", sandbox=True, expires=True),
        OrgKind("sandbox", "Enterprise Edition", sandbox=True),
        OrgKind("production", "Enterprise Edition", sandbox=False),
    )
}

RUNNER_FIELDS: Final = ("granted", "all")
"""Which fields the user who runs tests may reach: those granted, as after a deploy, or all."""


@dataclass(frozen=True, slots=True)
class OrgConditions:
    """The org that the runtime plays.

    `runner_fields`: `granted` gives the administrator who runs tests the custom fields that the
    project's Admin profile or an assigned permission set grants; `all` gives every field.
    `language` is the administrator's and the org's LanguageLocaleKey: standard profiles are
    named in it. `permission_sets` are assigned to the administrator from the start.
    """

    kind: OrgKind = field(default_factory=lambda: KINDS["developer"])
    language: str = "en_US"
    runner_fields: str = "granted"
    permission_sets: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what nobody would understand."""
        if self.runner_fields not in RUNNER_FIELDS:
            known = " or ".join(RUNNER_FIELDS)
            raise UsageError(f"runner_fields is {known}, not {self.runner_fields}")


def kind_named(name: str) -> OrgKind:
    """The kind of that name. Raises UsageError for another."""
    found = KINDS.get(name)
    if found is None:
        raise UsageError(f"no kind of org is named {name}", hint=f"one of {', '.join(KINDS)}")
    return found
