"""Rules: channel and event names in code keep to Pusher's alphabet and limits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sfgen.channels import ACCEPTED_LENGTH, EVENT_LENGTH, ChannelError, read_channel_name
from sfgen.check.findings import rule
from sfgen.check.places import at_offset
from sfgen.check.secret_rules import is_apex_test

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.check.findings import Finding
    from sfgen.check.subject import Subject
    from sfgen.project import Component

CHANNEL: Final = rule("pusher-channel", "Channel names keep to Pusher's alphabet and length")
EVENT: Final = rule("pusher-event", "Event names keep to Pusher's rules")

_CODE: Final = (".cls", ".trigger", ".js", ".page", ".component")
#: A literal that begins as only channels with access control do.
_NAMED: Final = re.compile(r"(['\"`])(?P<name>(?:private|presence)-[^'\"`\n]*)\1")
#: What is subscribed to through something called pusher.
_SUBSCRIBED: Final = re.compile(
    r"(?i:\w*pusher)\.(?:un)?subscribe\(\s*(['\"`])(?P<name>[^'\"`\n]*)\1"
)
#: What a subscriber sends: pusher-js takes only ``client-`` names.
_SENT: Final = re.compile(
    r"(?:\w*[cC]hannel|\.channel\([^()\n]*\))\.trigger\(\s*(['\"`])(?P<name>[^'\"`\n]*)\1"
)
_CLIENT: Final = re.compile(r"(['\"`])(?P<name>client-[^'\"`\n]*)\1")
_PLACEHOLDER: Final = re.compile(r"\$?\{!?[^{}]*\}")
#: What stands in a placeholder is most often a Salesforce Id.
_ID: Final = "0" * 18


def check_pusher_names(subject: Subject) -> Iterator[Finding]:
    """Check names that are literals in code; tests may contain bad ones on purpose."""
    for component in subject.project.components:
        for path in component.files:
            if not path.endswith(_CODE) or path.endswith(".min.js") or "__tests__" in path:
                continue
            if path.endswith(".cls") and is_apex_test(subject, path):
                continue
            text = subject.text(path)
            lower = text.lower()
            if "pusher" in lower or "channel" in lower:
                yield from _channels(subject, component, path, text)
                yield from _events(subject, component, path, text)


def _channels(subject: Subject, component: Component, path: str, text: str) -> Iterator[Finding]:
    found = {match.start("name"): match["name"] for match in _SUBSCRIBED.finditer(text)}
    for match in _NAMED.finditer(text):
        # A literal with a blank in it is prose unless it is subscribed to.
        prefix = match["name"].endswith("-")
        if not prefix and not re.search(r"\s", match["name"]):
            found.setdefault(match.start("name"), match["name"])
    for offset, name in sorted(found.items()):
        error = _judge(name)
        if error is not None:
            what = (CHANNEL, error.message if name else "a channel name is empty")
            yield at_offset(subject, component, path, offset, what, error.hint)


def _judge(name: str) -> ChannelError | None:
    try:
        read_channel_name(_PLACEHOLDER.sub(_ID, name), longest=ACCEPTED_LENGTH)
    except ChannelError as error:
        return error
    return None


def _events(subject: Subject, component: Component, path: str, text: str) -> Iterator[Finding]:
    for match in _SENT.finditer(text):
        if not match["name"].startswith(("client-", "${")):
            what = (EVENT, f"pusher-js sends only events named client-…, not '{match['name']}'")
            hint = "begin the name with client-; other events are published by a server"
            yield at_offset(subject, component, path, match.start("name"), what, hint)
    for match in _CLIENT.finditer(text):
        length = len(_PLACEHOLDER.sub(_ID, match["name"]))
        if length > EVENT_LENGTH:
            what = (EVENT, f"event name has {length} characters, {EVENT_LENGTH} are allowed")
            yield at_offset(subject, component, path, match.start("name"), what)
