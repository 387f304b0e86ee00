"""Checks which answers can be combined."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from sfgen.answers.questions import BY_NAME
from sfgen.answers.requirements import PLACES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: (authorization, login, store) that work together; see docs/reference/answers.md for the reasons.
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
    """bridge bridgeaura bridgeclient catchupservice channelservice chat chatactionaura
    chataura chatmodel chatpanel chatpanelaura composer composeraura composermodel
    configurationservice connectionstatus conversationclient conversationlist
    conversationlistaura conversationlistmodel conversationmodel conversationrows
    conversationrowsaura draftstore errors eventlistener eventlisteneraura eventlistenermodel
    historymodel inboxmodel labels loginprompt markermodel messagelist messagelistaura
    notifications notificationsaura notificationsmodel outboxmodel previewmodel scrollservice
    setup timelinemodel timer turn unsentstore visibilityservice""".split()
)

#: What stands at the top of a project beside the package directory, in lower case: a package
#: directory of that name, in whatever case, would be one with it on macOS and Windows. A test
#: holds it against the pack.
PROJECT_NAMES = frozenset(
    """admin agents.md azure-pipelines.yml bitbucket-pipelines.yml config docs eslint.config.js
    jenkinsfile jest.config.js jest.setup.js manifest node_modules package-lock.json
    package.json readme.md scripts sfdx-project.json""".split()
)
#: Since when ExternalAuthIdentityProvider is there.
NAMED_LOGIN_VERSION = 62.0

#: What only conversations need: with ``widgets=none`` each of these keeps its default.
CONVERSATION_QUESTIONS = ("conversation_channel", "store", "record_object", "beams")

#: The questions whose answers stand or fall together.
_ACCESS_QUESTIONS = ("channels", "authorization", "login", "store")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two answers that can't be combined."""

    question: str
    reason: str
    hint: str


def explain_combination(answers: Mapping[str, str]) -> Conflict | None:
    """Return the first two answers that can't be combined, or None."""
    return (
        _explain_bridge_only(answers)
        or _explain_channels(answers)
        or _explain_login(answers)
        or _explain_access(answers)
        or _explain_version(answers)
        or _explain_server(answers)
        or _explain_pipeline(answers)
        or _explain_record_object(answers)
        or _explain_project_name(answers)
        or _explain_package_dir(answers)
    )


def explain_partial(answers: Mapping[str, str]) -> Conflict | None:
    """Say why some answers can't become a full set, or return None where they can."""
    for needed, explain in _PARTIAL:
        if needed <= answers.keys() and (conflict := explain(answers)):
            return conflict
    missing = [name for name in _ACCESS_QUESTIONS if name not in answers]
    first: Conflict | None = None
    for values in product(*(BY_NAME[name].choices for name in missing)):
        full = {**answers, **dict(zip(missing, values, strict=True))}
        conflict = (
            _explain_bridge_only(full)
            or _explain_channels(full)
            or _explain_login(full)
            or _explain_access(full)
        )
        if conflict is None:
            return None
        first = first or conflict
    return first


def _explain_bridge_only(answers: Mapping[str, str]) -> Conflict | None:
    """Refuse what asks for conversations where ``widgets=none`` leaves them out."""
    if answers.get("widgets") != "none":
        return None
    for name in CONVERSATION_QUESTIONS:
        if answers.get(name, BY_NAME[name].default) != BY_NAME[name].default:
            return Conflict(
                name,
                f"{answers[name]} is for conversations, and widgets=none leaves them out",
                f"leave {name} out, or choose among utility, home and record",
            )
    if "presence" in answers.get("channels", "").split(","):
        return Conflict(
            "channels",
            "presence shows who is in a conversation, and widgets=none leaves conversations out",
            "leave presence out of channels, or choose among utility, home and record",
        )
    return None


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
            f"authorization {answers['authorization']} uses the advisor's token: it needs oauth",
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


def _explain_pipeline(answers: Mapping[str, str]) -> Conflict | None:
    if answers["ci"] != "none" and not answers["install_from"]:
        return Conflict(
            "install_from",
            f"the {answers['ci']} pipeline installs sfgen, and this one came from no place that "
            "a pipeline can reach",
            f"set install_from (sfgen ci: --install-from) to {PLACES}",
        )
    return None


def _explain_record_object(answers: Mapping[str, str]) -> Conflict | None:
    prefix = answers["prefix"].lower()
    own = {
        f"{prefix}{stem}__c"
        for stem in ("conversation", "longtoken", "message", "settings", "token")
    }
    named = answers["record_object"].lower()
    namespace = f"{answers.get('namespace', '').lower()}__"
    if named.removeprefix(namespace) in own:
        return Conflict(
            "record_object",
            f"{answers['record_object']} is an object of the integration itself",
            "name the object that holds the clients, such as Contact",
        )
    return None


def _explain_project_name(answers: Mapping[str, str]) -> Conflict | None:
    prefix, name = answers["prefix"].lower(), answers["project_name"]
    if name.lower().startswith(prefix) and name.lower()[len(prefix) :] in COMPONENT_STEMS:
        return Conflict(
            "project_name",
            "a project folder named like a component breaks the component's name in an org",
            f"choose a name that no component has, such as {name}-app",
        )
    return None


def _explain_version(answers: Mapping[str, str]) -> Conflict | None:
    """Refuse a metadata type that is newer than the project (Metadata API guide, each type)."""
    newest = float(answers["api_version"])
    if answers["login"] == "named-credential" and newest < NAMED_LOGIN_VERSION:
        return Conflict(
            "login",
            f"named-credential is made of ExternalAuthIdentityProvider, which is there from "
            f"{NAMED_LOGIN_VERSION} on, and api_version is {answers['api_version']}",
            f"set api_version={NAMED_LOGIN_VERSION} or later, or login=oauth",
        )
    return None


def _explain_server(answers: Mapping[str, str]) -> Conflict | None:
    """Refuse a server without TLS: a Trusted URL is https or wss (Metadata API, CspTrustedSite)."""
    if answers["pusher_host"] and answers["pusher_tls"] == "no":
        return Conflict(
            "pusher_tls",
            f"an org takes no Trusted URL ws://{answers['pusher_host']}, and Lightning is https",
            "set pusher_tls=yes and put TLS in front of the server; sfgen preview needs none",
        )
    return None


def _explain_package_dir(answers: Mapping[str, str]) -> Conflict | None:
    first = answers["package_dir"].split("/")[0]
    if first.lower() in PROJECT_NAMES:
        return Conflict(
            "package_dir",
            f"{first} is a file or folder of the project itself",
            "the usual package directory is force-app",
        )
    return None


#: What can be said before all questions are answered: those that it needs, and who says it.
_PARTIAL: tuple[tuple[frozenset[str], Callable[[Mapping[str, str]], Conflict | None]], ...] = (
    (frozenset({"login", "api_version"}), _explain_version),
    (frozenset({"ci", "install_from"}), _explain_pipeline),
    (frozenset({"record_object", "prefix"}), _explain_record_object),
    (frozenset({"pusher_host", "pusher_tls"}), _explain_server),
    (frozenset({"package_dir"}), _explain_package_dir),
    (frozenset({"project_name", "prefix"}), _explain_project_name),
    (frozenset({"widgets"}), _explain_bridge_only),
)
