"""The questions: one table that prompts, flags, the answers file and the docs are made from."""

from __future__ import annotations

import re

from sfgen.answers.question import Question
from sfgen.answers.record_objects import RECORD_OBJECTS, explain_record_object
from sfgen.answers.requirements import PLACES, explain_requirement
from sfgen.naming import (
    EXCEPTION_STEMS,
    explain_api_name,
    explain_folder_name,
    explain_namespace,
    explain_package_directory,
)

LATEST_API_VERSION = "68.0"
OLDEST_API_VERSION = "61.0"
#: 40 characters of a class name less the longest suffix that a template adds; a test keeps it true.
PREFIX_LIMIT = 13

_CHANNEL_PART = re.compile(r"[A-Za-z0-9_\-=@,.;]*")
_HOST = re.compile(
    r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*",
    re.IGNORECASE | re.ASCII,
)
_PORT = re.compile(r"0*([1-9][0-9]{0,4})")


def _explain_api_version(value: str) -> str | None:
    if not re.fullmatch(r"[0-9]{2}\.0", value) or not (
        float(OLDEST_API_VERSION) <= float(value) <= float(LATEST_API_VERSION)
    ):
        return f"expected a version from {OLDEST_API_VERSION} to {LATEST_API_VERSION}"
    return None


def _explain_prefix(value: str) -> str | None:
    if value.lower() in EXCEPTION_STEMS:
        return f"{value}Exception is a class of the platform"
    # The integration's own folder is called after it.
    return explain_api_name(value, limit=PREFIX_LIMIT) or explain_package_directory(value.lower())


def _explain_optional_namespace(value: str) -> str | None:
    return explain_namespace(value) if value else None


def _explain_channel(value: str, placeholder: str) -> str | None:
    if value.count(placeholder) != 1:
        return f"expected {placeholder} once"
    return _explain_channel_part(value.replace(placeholder, "")) or (
        "expected at most 100 characters" if len(value) > 100 else None
    )


def _explain_channel_part(value: str) -> str | None:
    if not _CHANNEL_PART.fullmatch(value):
        return "expected letters, digits and _ - = @ , . ;"
    return None


def _explain_user_channel(value: str) -> str | None:
    return _explain_channel(value, "{userId}")


def _explain_conversation_channel(value: str) -> str | None:
    return _explain_channel(value, "{conversationId}")


def _explain_public_channel(value: str) -> str | None:
    if value.startswith(("private-", "presence-")):
        return "a public channel's name can't start with private- or presence-"
    if not value or len(value) > 164:
        return "expected 1 to 164 characters"
    return _explain_channel_part(value)


def _explain_cluster(value: str) -> str | None:
    return (
        None
        if re.fullmatch(r"[a-z][a-z0-9-]{0,18}[a-z0-9]", value)
        else "expected a cluster such as mt1 or eu"
    )


def _explain_optional_host(value: str) -> str | None:
    return (
        None
        if not value or _HOST.fullmatch(value)
        else "expected a host name without scheme or port"
    )


def _explain_port(value: str) -> str | None:
    found = _PORT.fullmatch(value)
    valid = found is not None and int(found[1]) <= 65535
    return None if valid else "expected a port from 1 to 65535"


def _normalize_port(value: str) -> str:
    return value.lstrip("0")


def _explain_external_url(value: str) -> str | None:
    from urllib.parse import urlsplit

    if re.search(r"[\s'\"<>{}\\]", value) or not (value.isascii() and value.isprintable()):
        return "expected a URL of plain characters, without spaces, quotes or brackets"
    expected = "expected an https URL such as https://texting.example.com"
    try:
        parts = urlsplit(value)
    except ValueError:
        return expected
    if parts.scheme != "https" or not _HOST.fullmatch(parts.hostname or ""):
        return expected
    if set(value) & set("?#@") or value.endswith("/"):
        return "expected a URL without query, fragment, user or trailing slash"
    port = parts.netloc.partition(":")[1:]
    if port[0] and (port[1].startswith("0") or _explain_port(port[1])):
        return "expected a port from 1 to 65535 after the host, or none"
    return None


QUESTIONS = (
    Question("project_name", "Project name", "pusher-messaging", explain=explain_folder_name),
    Question(
        "package_dir",
        "Package directory",
        "force-app",
        explain=explain_package_directory,
        hint="a package directory is called force-app or src/app, for example",
    ),
    Question("api_version", "API version", LATEST_API_VERSION, explain=_explain_api_version),
    Question("prefix", "Prefix of classes and components", "Pusher", explain=_explain_prefix),
    Question(
        "namespace",
        "Managed-package namespace, if any",
        "",
        explain=_explain_optional_namespace,
    ),
    Question("bridge", "Where pusher-js runs", "visualforce", ("visualforce", "direct")),
    Question("container", "Component technology", "lwc", ("lwc", "aura", "both")),
    Question(
        "widgets",
        "Components",
        "utility,home,record",
        ("utility", "home", "record", "none"),
        many=True,
        alone="none",
    ),
    Question(
        "channels",
        "Channel kinds",
        "private",
        ("public", "private", "private-encrypted", "presence"),
        many=True,
    ),
    Question(
        "user_channel", "Advisor's channel name", "user-{userId}", explain=_explain_user_channel
    ),
    Question(
        "conversation_channel",
        "Conversation's channel name",
        "conversation-{conversationId}",
        explain=_explain_conversation_channel,
    ),
    Question(
        "public_channel", "Public channel name", "my-channel", explain=_explain_public_channel
    ),
    Question(
        "authorization",
        "Who authorizes subscriptions",
        "proxy",
        ("proxy", "external", "named-credential", "apex", "none"),
    ),
    Question(
        "login", "Login to the external application", "oauth", ("oauth", "named-credential", "none")
    ),
    Question("store", "Where messages are kept", "objects", ("objects", "external")),
    Question(
        "record_object",
        "Object of the record page",
        "Contact",
        explain=explain_record_object,
        hint=f"choose {', '.join(RECORD_OBJECTS)}, or a custom object such as Client__c",
    ),
    Question("pusher_cluster", "Pusher cluster", "mt1", explain=_explain_cluster),
    Question(
        "pusher_host",
        "Host of a self-hosted Pusher server (empty: hosted Pusher)",
        "",
        explain=_explain_optional_host,
    ),
    Question(
        "pusher_port",
        "Port of the Pusher server",
        "443",
        explain=_explain_port,
        normalize=_normalize_port,
    ),
    Question("pusher_tls", "TLS to the Pusher server", "yes", ("yes", "no")),
    Question(
        "external_url",
        "URL of the external application",
        "https://texting.example.com",
        explain=_explain_external_url,
    ),
    Question("lightning_web_security", "Lightning Web Security", "leave", ("leave", "off", "on")),
    Question("beams", "Push notifications to clients through Beams", "no", ("no", "yes")),
    Question(
        "ci", "Pipeline", "none", ("none", "github", "gitlab", "azure", "bitbucket", "jenkins")
    ),
    Question(
        "install_from",
        "What pipelines install sfgen from",
        "",
        explain=explain_requirement,
        hint=f"write {PLACES}",
    ),
)
BY_NAME = {question.name: question for question in QUESTIONS}
