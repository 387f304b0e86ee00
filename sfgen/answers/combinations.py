"""Which answers go together, and which can't."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from sfgen.answers.questions import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping

#: (authorization, login, store) that work together; see docs/answers.md for the reasons.
ACCESS = frozenset(
    {
        ("none", "none", "objects"),
        ("none", "oauth", "external"),
        ("none", "named-credential", "external"),
        ("proxy", "oauth", "objects"),
        ("proxy", "oauth", "external"),
        ("external", "oauth", "objects"),
        ("external", "oauth", "external"),
        ("named-credential", "named-credential", "objects"),
        ("named-credential", "named-credential", "external"),
        ("apex", "none", "objects"),
        ("apex", "oauth", "external"),
        ("apex", "named-credential", "external"),
    }
)
#: What follows the prefix in the names of the components, in lower case; a test keeps it true. An
#: org takes a bundle in a project folder of its own name for broken (forcedotcom/cli, issue 138).
COMPONENT_STEMS = frozenset(
    """bridge bridgeaura catchup channels chat chatactionaura chataura composer composeraura
    configuration conversation conversations conversationsaura desk directory errors frame history
    inbox labels login messagelist messagelistaura news notifications notificationsaura outbox setup
    status store timeline timer""".split()
)

#: The questions whose answers stand or fall together.
_ACCESS_QUESTIONS = ("channels", "authorization", "login", "store")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two answers that can't go together."""

    question: str
    reason: str
    hint: str


def explain_combination(answers: Mapping[str, str]) -> Conflict | None:
    """Name the first two answers that can't go together, or return None."""
    return (
        _explain_channels(answers)
        or _explain_login(answers)
        or _explain_access(answers)
        or _explain_project_name(answers)
        or _explain_package_dir(answers)
    )


def explain_partial(answers: Mapping[str, str]) -> Conflict | None:
    """Say why some answers can't become a full set, or return None where they can."""
    if "package_dir" in answers and (conflict := _explain_package_dir(answers)):
        return conflict
    if {"project_name", "prefix"} <= answers.keys() and (
        conflict := _explain_project_name(answers)
    ):
        return conflict
    missing = [name for name in _ACCESS_QUESTIONS if name not in answers]
    first: Conflict | None = None
    for values in product(*(BY_NAME[name].choices for name in missing)):
        full = {**answers, **dict(zip(missing, values, strict=True))}
        conflict = _explain_channels(full) or _explain_login(full) or _explain_access(full)
        if conflict is None:
            return None
        first = first or conflict
    return first


def _explain_channels(answers: Mapping[str, str]) -> Conflict | None:
    restricted = answers["channels"] != "public"
    if restricted and answers["authorization"] == "none":
        return Conflict(
            "authorization",
            f"none serves public channels only, and channels is {answers['channels']}",
            "choose an authorization, or set channels=public",
        )
    if not restricted and answers["authorization"] != "none":
        return Conflict(
            "authorization",
            f"public channels need none, and authorization is {answers['authorization']}",
            "set authorization=none, or add private to channels",
        )
    return None


def _explain_login(answers: Mapping[str, str]) -> Conflict | None:
    if (answers["authorization"] == "named-credential") and answers["login"] != "named-credential":
        return Conflict(
            "login",
            "authorization named-credential needs login named-credential",
            "set login=named-credential",
        )
    if answers["authorization"] in ("proxy", "external") and answers["login"] != "oauth":
        return Conflict(
            "login",
            f"authorization {answers['authorization']} spends the advisor's token: it needs oauth",
            "set login=oauth, or authorization=named-credential",
        )
    return None


def _explain_access(answers: Mapping[str, str]) -> Conflict | None:
    chosen = (answers["authorization"], answers["login"], answers["store"])
    if chosen in ACCESS:
        return None
    if answers["store"] == "external" and answers["login"] == "none":
        return Conflict(
            "login",
            "store external calls the application for the advisor, so it needs a login",
            "set login=oauth or login=named-credential",
        )
    return Conflict(
        "login",
        f"nothing would use the login: authorization {chosen[0]} and store {chosen[2]} need none",
        "set login=none",
    )


def _explain_project_name(answers: Mapping[str, str]) -> Conflict | None:
    prefix, name = answers["prefix"].lower(), answers["project_name"]
    if name.lower().startswith(prefix) and name.lower()[len(prefix) :] in COMPONENT_STEMS:
        return Conflict(
            "project_name",
            "a project folder named like a component breaks the component's name in an org",
            f"choose a name that no component has, such as {name}-app",
        )
    return None


def _explain_package_dir(answers: Mapping[str, str]) -> Conflict | None:
    if answers["package_dir"].split("/")[0] in (
        "admin",
        "config",
        "manifest",
        "node_modules",
        "scripts",
    ):
        return Conflict(
            "package_dir",
            f"{answers['package_dir'].split('/')[0]} is a folder of the project itself",
            "the usual package directory is force-app",
        )
    return None
