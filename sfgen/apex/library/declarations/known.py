"""What the platform has and this runtime doesn't: what an `unsupported` says of it."""

from __future__ import annotations

import functools
import importlib.resources
import re
from dataclasses import dataclass

from sfgen.apex.library.declarations.registry import PLATFORM
from sfgen.apex.runtime.execution import current, has_current
from sfgen.apex.store.org_data import find_data

__all__ = ["explain", "is_known_class", "is_unbuilt"]

_WHAT = re.compile(
    r"(?:new )?(?P<path>[A-Za-z_][\w.]*)(?:<.*>)?(?:\.(?P<member>\w+))?[\s=]*(?:\(.*)?\Z"
)

_OTHERS = frozenset({"page", "label", "trigger", "component"})


@dataclass(frozen=True, slots=True)
class _Known:
    """Lower-case names: unbuilt classes, namespaces, and unbuilt members by built class."""

    classes: frozenset[str]
    namespaces: frozenset[str]
    members: dict[str, frozenset[str]]


@functools.cache
def _known() -> _Known:
    text = importlib.resources.files(__package__).joinpath("known_members.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.strip() and line[0] != "#"]
    classes: set[str] = set()
    namespaces: set[str] = set()
    members: dict[str, frozenset[str]] = {}
    for line in "\n".join(lines).replace("\n  ", " ").lower().splitlines():
        head, _, names = line.partition(": ")
        if head.startswith("."):
            members[head[1:]] = frozenset(names.split())
            continue
        namespaces.add(head)
        prefix = "" if head == "system" else f"{head}."
        classes.update(f"{prefix}{name}" for name in names.split())
    return _Known(frozenset(classes - set(PLATFORM)), frozenset(namespaces), members)


def is_known_class(name: str) -> bool:
    """Whether the platform has a class of that name which isn't built here."""
    return name.lower().removeprefix("system.") in _known().classes


def is_unbuilt(name: str, member: str) -> bool:
    """Whether a class that is built has a member of that name which isn't."""
    return member.lower() in _known().members.get(name.lower(), frozenset())


def explain(what: str) -> str:
    """`what` with a word on it: the platform's and not built here, or perhaps a typo."""
    found = _WHAT.match(what)
    if found is None:
        return what
    path = found["path"].lower().removeprefix("system.")
    parts = [*path.split("."), *([found["member"].lower()] if found["member"] else [])]
    note = _note(parts)
    return f"{what} ({note})" if note else what


def _is_own(name: str) -> bool:
    """Whether the project has a class of that name, or the org an object."""
    if not has_current():
        return False
    data, program = find_data(), current().program
    if data is not None and data.schema.find(name) is not None:
        return True
    return program is not None and program.find_class(name) is not None


def _note(parts: list[str]) -> str:
    known = _known()
    if parts[0] in _OTHERS:
        return ""
    for length in range(len(parts), 0, -1):
        name = ".".join(parts[:length])
        if name in known.classes:
            return "of the platform, not built in sfgen's Apex runtime"
        if name in PLATFORM and length == len(parts):
            return ""
        if name in PLATFORM:
            if parts[length] in known.members.get(name, frozenset()):
                return "of the platform, not built in sfgen's Apex runtime"
            return f"sfgen knows no such member of {PLATFORM[name].name}: a typo?"
    if _is_own(parts[0]):
        return ""
    if len(parts) > 1 and parts[0] in known.namespaces:
        return f"sfgen knows no such class of the namespace {parts[0]}: a typo?"
    return "neither in the project nor known of the platform: a missing package, or a typo?"
