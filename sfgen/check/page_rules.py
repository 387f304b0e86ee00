"""Rules: Visualforce markup is well-formed and names what exists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from sfgen.apex.syntax.remote_actions import remote_actions
from sfgen.check.findings import rule
from sfgen.check.inventory import is_foreign
from sfgen.check.places import at_line, at_offset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.check.findings import Finding
    from sfgen.check.subject import Subject
    from sfgen.project import Component

SYNTAX: Final = rule("visualforce-syntax", "Visualforce markup is well-formed")
CONTROLLER: Final = rule("visualforce-controller", "A page's controller and extensions exist")
REFERENCE: Final = rule("visualforce-reference", "What a page names exists")
REMOTE: Final = rule("visualforce-remote-action", "Remote actions that a page calls exist")

_CLASSES: Final = re.compile(r"\b(controller|extensions)\s*=\s*(\"[^\"]*\"|'[^']*')")
_GLOBAL: Final = re.compile(r"\$(Resource|Label|Page)\.(\w+)\b(?!\.)")
#: Expressions may hold any sign, and tag names are the same in either case.
_EXPRESSION: Final = re.compile(r"\{!.*?\}", re.DOTALL)
_TAG_NAME: Final = re.compile(r"(</?)([A-Za-z][\w:.-]*)")
_COMPONENT: Final = re.compile(r"<c:(\w+)")
_REMOTE: Final = re.compile(r"\$RemoteAction\.(\w+)\.(\w+)")
_KINDS: Final = {"Resource": "StaticResource", "Label": "CustomLabel", "Page": "ApexPage"}
_DOCTYPE: Final = re.compile(r"\s*<!DOCTYPE[^>]*>", re.IGNORECASE)


def check_pages(subject: Subject) -> Iterator[Finding]:
    """Check every page and component."""
    for component in subject.project.components:
        if component.type.name not in {"ApexPage", "ApexComponent"}:
            continue
        path = component.files[0]
        text = subject.text(path)
        yield from _well_formed(component, path, text)
        yield from _classes(subject, component, path, text)
        yield from _globals(subject, component, path, text)
        yield from _remote_actions(subject, component, path, text)


def _well_formed(component: Component, path: str, text: str) -> Iterator[Finding]:
    head = _DOCTYPE.match(text)
    body = (" " * head.end() if head else "") + text[head.end() if head else 0 :]
    body = (text[: head.end()].count("\n") * "\n" if head else "") + body.lstrip(" ")
    # The prefixes need no declaration in Visualforce; here a wrapper on the first line declares.
    wrapper = '<x xmlns:apex="a" xmlns:c="c" xmlns:chatter="b" xmlns:flow="f" xmlns:site="s" '
    wrapper += 'xmlns:liveAgent="l" xmlns:wave="w" xmlns:messaging="m" xmlns:topics="t" '
    wrapper += 'xmlns:knowledge="k" xmlns:support="u" xmlns:ideas="i" xmlns:social="o">'
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    body = _EXPRESSION.sub(lambda found: re.sub(r"[<>&\"']", " ", found[0]), body)
    body = _TAG_NAME.sub(lambda found: found[1] + found[2].lower(), body)
    source = wrapper.lower() + body.replace("&nbsp;", "&#160;") + "</x>"
    try:
        etree.fromstring(source.encode(), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        if "Namespace prefix" in (error.msg or "") or "entity" in (error.msg or "").lower():
            return
        shift = len(wrapper) if line == 1 else 0
        place = (line, max(column - shift, 1))
        yield at_line(component, path, place, (SYNTAX, error.msg or "malformed markup"))


def _classes(subject: Subject, component: Component, path: str, text: str) -> Iterator[Finding]:
    for found in _CLASSES.finditer(text):
        for name in found[2].strip("\"'").split(","):
            wanted = name.strip()
            if not wanted or is_foreign(wanted) or "." in wanted:
                continue
            if not subject.inventory.has("ApexClass", wanted):
                what = (CONTROLLER, f"Apex class '{wanted}' does not exist")
                hint = f"add classes/{wanted}.cls, or correct the attribute {found[1]}"
                yield at_offset(subject, component, path, found.start(), what, hint)


def _globals(subject: Subject, component: Component, path: str, text: str) -> Iterator[Finding]:
    for found in _GLOBAL.finditer(text):
        kind = _KINDS[found[1]]
        if not is_foreign(found[2]) and not subject.inventory.has(kind, found[2]):
            what = (REFERENCE, f"${found[1]}.{found[2]}: no {kind} of this name")
            yield at_offset(subject, component, path, found.start(), what)
    for found in _COMPONENT.finditer(text):
        if not subject.inventory.has("ApexComponent", found[1]):
            what = (REFERENCE, f"<c:{found[1]}> does not exist")
            yield at_offset(subject, component, path, found.start(), what)


def _remote_actions(
    subject: Subject, component: Component, path: str, text: str
) -> Iterator[Finding]:
    for found in _REMOTE.finditer(text):
        declared = subject.apex_class(found[1])
        if declared is None:
            if not is_foreign(found[1]) and not subject.inventory.has("ApexClass", found[1]):
                what = (REMOTE, f"Apex class '{found[1]}' does not exist")
                yield at_offset(subject, component, path, found.start(), what)
        elif found[2].lower() not in {action.name.lower() for action in remote_actions(declared)}:
            what = (REMOTE, f"{found[1]} has no @RemoteAction method {found[2]}")
            yield at_offset(subject, component, path, found.start(), what)
