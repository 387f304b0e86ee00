"""Recognizes a production org that would refuse a package, before anything is sent to it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from sfgen.errors import OrgError
from sfgen.metadata.visibility import holds_protected_setting
from sfgen.package.replacing import concerns_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sfgen.org import Session
    from sfgen.package import Package
    from sfgen.project import Project
    from sfgen.project.configuration import Replacement

_FACTS: Final = "SELECT IsSandbox, OrganizationType, TrialExpirationDate FROM Organization"


def list_protected_settings(package: Package) -> list[str]:
    """Return the custom settings that are Protected after all replacements."""
    names = [name for name in (*package.made, *package.files) if name.endswith(".object")]
    return sorted(
        PurePosixPath(name).stem for name in names if holds_protected_setting(package.read(name))
    )


def refuse_in_production(session: Session, settings: list[str], project: Project) -> None:
    """Stop before a production org is sent protected custom settings, which it would refuse.

    Raises:
        OrgError: the org is one; the hint names the switch that the project has, if any.
    """
    if not settings or not _is_production(session):
        return
    verb = (
        "is a protected custom setting" if len(settings) == 1 else "are protected custom settings"
    )
    raise OrgError(
        f"{', '.join(settings)} {verb}, which a production org refuses; nothing was sent",
        hint=_explain_switch(settings, project),
    )


def _is_production(session: Session) -> bool:
    """Tell production from sandboxes, scratch orgs, trials and Developer Edition."""
    try:
        answer = session.get(f"{session.data}/query", params={"q": _FACTS})
        facts = answer["records"][0]
        return not (
            facts["IsSandbox"]
            or facts["TrialExpirationDate"]
            or facts["OrganizationType"] == "Developer Edition"
        )
    except (OrgError, KeyError, IndexError, TypeError):
        return False  # an org that doesn't say what it is says itself what it refuses


def _explain_switch(settings: Iterable[str], project: Project) -> str:
    switches = {
        switch
        for entry in project.configuration.replacements
        for name in settings
        for switch in _switch_of(entry, name)
    }
    if switches:
        return (
            f"set {' '.join(sorted(switches))} in the environment to deploy them as Public: "
            "anybody who can view custom settings can then read them"
        )
    if project.configuration.namespace:
        return "install the managed package there; its source belongs in the packaging org"
    return (
        "make their visibility Public, by a replacement in sfdx-project.json for production "
        "alone: anybody who can view custom settings can then read them"
    )


def _switch_of(entry: Replacement, setting: str) -> list[str]:
    """Return the variables that turn on a replacement of the setting's visibility."""
    path = f"/objects/{setting}/{setting}.object-meta.xml"
    if entry.applies() or not concerns_file(entry, path):
        return []
    return [f"{variable}={value}" for variable, value in entry.conditions]
