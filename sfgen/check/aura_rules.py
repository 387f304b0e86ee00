"""Rules: the controllers, actions, components and events that Aura bundles name exist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sfgen.check.aura_markup import read_markup
from sfgen.check.aura_names import find_missing_labels, find_unknown_names, find_wrong_attributes
from sfgen.check.findings import rule
from sfgen.check.inventory import is_foreign
from sfgen.check.lwc_rules import find_aura_enabled
from sfgen.check.places import at_offset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.check.findings import Finding
    from sfgen.check.subject import Subject
    from sfgen.project import Component

CONTROLLER: Final = rule("aura-controller", "An Aura component's Apex controller exists")
ACTION: Final = rule("aura-action", "Actions, helpers and Apex methods that Aura calls exist")
REFERENCE: Final = rule("aura-reference", "Components, events and attributes that Aura names exist")

_CONTROLLER: Final = re.compile(
    r"<aura:component\b[^>]*?\bcontroller\s*=\s*\"([^\"]+)\"", re.DOTALL
)
_TAG: Final = re.compile(r"<c:(\w+)")
_EVENT: Final = re.compile(
    r"<aura:(?:handler|registerEvent)\b[^>]*?\b(?:event|type)\s*=\s*\"c:(\w+)\"", re.DOTALL
)
_ACTION: Final = re.compile(r"\{!\s*c\.(\w+)\s*\}")
_VALUE: Final = re.compile(r"\{!\s*v\.(\w+)")
_FUNCTION: Final = re.compile(
    r"^\s*(?:async\s+)?['\"]?(\w+)['\"]?\s*(?::\s*(?:async\s+)?function\b|\([^)]*\)\s*\{)",
    re.MULTILINE,
)
_HELPER: Final = re.compile(r"\bhelper\.(\w+)\s*\(")
_APEX: Final = re.compile(r"\bget\(\s*['\"]c\.(\w+)['\"]\s*\)")


def check_aura(subject: Subject) -> Iterator[Finding]:
    """Check every bundle that contains a component or application."""
    for component in subject.project.components:
        if component.type.name != "AuraDefinitionBundle":
            continue
        markup = next((p for p in component.files if p.endswith((".cmp", ".app"))), None)
        if markup is not None:
            yield from _check_markup(subject, component, markup)
            yield from _check_scripts(subject, component, markup)
            yield from _check_names(subject, component, markup)


def _check_markup(subject: Subject, component: Component, path: str) -> Iterator[Finding]:
    markup = read_markup(subject.text(path))
    text, inventory = markup.text, subject.inventory
    found = _CONTROLLER.search(text)
    if found and not is_foreign(found[1]) and not inventory.has("ApexClass", found[1]):
        what = (CONTROLLER, f"no Apex class called {found[1]}")
        yield at_offset(subject, component, path, found.start(1), what)
    for pattern in (_TAG, _EVENT):
        for named in pattern.finditer(text):
            kinds = ("AuraDefinitionBundle", "LightningComponentBundle")
            if not any(inventory.has(kind, named[1]) for kind in kinds):
                what = (REFERENCE, f"no component or event called c:{named[1]}")
                yield at_offset(subject, component, path, named.start(1), what)
    script = _script(component, "Controller.js")
    actions = set(_FUNCTION.findall(subject.text(script))) if script else set()
    for named in _ACTION.finditer(text):
        if named[1] not in actions:
            what = (ACTION, f"the controller has no action {named[1]}")
            yield at_offset(subject, component, path, named.start(1), what)
    wrong = [*find_missing_labels(subject, text), *find_wrong_attributes(subject, markup)]
    for offset, message in wrong:
        yield at_offset(subject, component, path, offset, (REFERENCE, message))
    if markup.inherits:
        return
    for named in _VALUE.finditer(text):
        if named[1] not in markup.attributes:
            what = (REFERENCE, f"the component has no attribute {named[1]}")
            yield at_offset(subject, component, path, named.start(1), what)


def _script(component: Component, ending: str) -> str | None:
    return next((p for p in component.files if p.endswith(component.name + ending)), None)


def _check_scripts(subject: Subject, component: Component, markup: str) -> Iterator[Finding]:
    helper = _script(component, "Helper.js")
    helpers = set(_FUNCTION.findall(subject.text(helper))) if helper else set()
    controller = _CONTROLLER.search(subject.text(markup))
    declared = subject.apex_class(controller[1]) if controller else None
    own = _script(component, "Controller.js")
    actions = set(_FUNCTION.findall(subject.text(own))) if own else set()
    for path in (p for p in component.files if p.endswith(".js")):
        text = subject.text(path)
        for named in _HELPER.finditer(text):
            if helper is not None and named[1] not in helpers:
                what = (ACTION, f"the helper has no function {named[1]}")
                yield at_offset(subject, component, path, named.start(1), what)
        for named in _APEX.finditer(text):
            if named[1] in actions or declared is None:
                continue
            if find_aura_enabled(declared.members, named[1]) is None:
                what = (ACTION, f"{declared.name} has no @AuraEnabled method {named[1]}")
                yield at_offset(subject, component, path, named.start(1), what)


def _check_names(subject: Subject, component: Component, path: str) -> Iterator[Finding]:
    """Check the names that a component's scripts use from its markup."""
    markup = read_markup(subject.text(path))
    for script in (one for one in component.files if one.endswith(".js")):
        text = subject.text(script)
        found = [*find_missing_labels(subject, text)]
        if not markup.inherits:
            found += find_unknown_names(subject, markup, text)
        for offset, message in found:
            yield at_offset(subject, component, script, offset, (REFERENCE, message))
