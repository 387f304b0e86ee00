"""Rules: permissions that depend on others, and settings that only some orgs accept.

Sources: Object Reference, ObjectPermissions (which right needs which); public deploy logs for the
words and for a detail's master; Salesforce Help, custom settings' visibility.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from pathspec import GitIgnoreSpec

from sfgen.apex.host import BELONGS, missing_rights
from sfgen.check.findings import rule
from sfgen.check.inventory import child_text
from sfgen.check.places import at_element
from sfgen.metadata import NAMESPACE
from sfgen.metadata.visibility import is_protected_setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from sfgen.check.findings import Finding
    from sfgen.check.subject import Subject
    from sfgen.project import Component
    from sfgen.project.configuration import Replacement

DEPENDENCY: Final = rule("permission-dependency", "Rights come with the rights that they need")
PROTECTED: Final = rule(
    "setting-protected", "Custom settings are Protected in managed packages only"
)

#: A right's element -> its letter.
_LETTERS: Final = {
    "allowRead": "r", "allowCreate": "c", "allowEdit": "e", "allowDelete": "d",
    "viewAllRecords": "v", "modifyAllRecords": "m", "viewAllFields": "f",
}  # fmt: skip
_PROTECTED: Final = "<visibility>Protected"
#: User permissions that are nothing without others, whatever features an org has.
_USER: Final = {"ModifyAllData": ("ViewAllData",)}


def check_dependencies(subject: Subject) -> Iterator[Finding]:
    """Check permission sets and profiles for permissions that need others to be granted as well."""
    for component in subject.project.components:
        if component.type.name not in {"PermissionSet", "Profile"}:
            continue
        root = subject.tree(component.meta)
        if root is None:
            continue
        granted = {
            child_text(each, "object").lower(): _flags(each)
            for each in root.iterfind(f"{{{NAMESPACE}}}objectPermissions")
        }
        for element in root.iterfind(f"{{{NAMESPACE}}}objectPermissions"):
            yield from _object(subject, component, element, granted)
        yield from _user(subject, component, root)


def _flags(element: etree._Element) -> frozenset[str]:
    return frozenset(
        letter for word, letter in _LETTERS.items() if child_text(element, word) == "true"
    )


def _object(
    subject: Subject,
    component: Component,
    element: etree._Element,
    granted: dict[str, frozenset[str]],
) -> Iterator[Finding]:
    name, flags = child_text(element, "object"), _flags(element)
    for message in missing_rights(name, flags):
        what = (DEPENDENCY, message)
        yield at_element(subject, component, component.meta or "", element, what)
    # A profile's file is a part of the profile: the org may grant the master's right already.
    if component.type.name != "PermissionSet" or not flags:
        return
    for master in _masters(subject, name):
        if "r" not in granted.get(master.lower(), frozenset()):
            yield _dependency(subject, component, element, f"Read {name}", f"Read {master}")


def _masters(subject: Subject, name: str) -> Iterator[str]:
    """The master objects of a detail, or of a standard object that belongs to another."""
    yield from BELONGS.get(name.lower(), ())
    for field in subject.inventory.fields.get(name.lower(), {}).values():
        if child_text(field, "type") == "MasterDetail":
            yield child_text(field, "referenceTo")


def _user(subject: Subject, component: Component, root: etree._Element) -> Iterator[Finding]:
    elements = list(root.iterfind(f"{{{NAMESPACE}}}userPermissions"))
    enabled = {child_text(e, "name") for e in elements if child_text(e, "enabled") == "true"}
    for element in elements:
        name = child_text(element, "name")
        missing = [each for each in _USER.get(name, ()) if each not in enabled]
        if name in enabled and missing:
            yield _dependency(subject, component, element, name, ", ".join(missing))


def _dependency(
    subject: Subject, component: Component, element: etree._Element, right: str, needed: str
) -> Finding:
    what = (DEPENDENCY, f"Permission {right} depends on permission(s): {needed}")
    return at_element(subject, component, component.meta or "", element, what)


def check_visibility(subject: Subject) -> Iterator[Finding]:
    """Warn of Protected settings without a namespace, unless the project replaces the word."""
    if subject.project.configuration.namespace:
        return
    for component in subject.project.components:
        root = subject.tree(component.meta) if component.type.name == "CustomObject" else None
        if root is None or component.meta is None:
            continue
        element = root.find(f"{{{NAMESPACE}}}visibility")
        if element is None or not is_protected_setting(root):
            continue
        if _is_replaced(subject, component.meta):
            continue
        message = (
            "production orgs refuse a Protected custom setting outside of a managed package: "
            "sandboxes, scratch and developer orgs take it"
        )
        hint = "make it Public, or replace the word when going live (replacements)"
        what = (PROTECTED, message)
        yield at_element(subject, component, component.meta, element, what, hint, "warning")


def _is_replaced(subject: Subject, path: str) -> bool:
    """Whether ``replacements`` of sfdx-project.json replace the word for some deploys."""
    text = subject.text(path)
    return any(
        _concerns(entry, path) and _PROTECTED not in entry.pattern.sub("Public", text)
        for entry in subject.project.configuration.replacements
    )


def _concerns(entry: Replacement, path: str) -> bool:
    posix = path.replace(os.sep, "/")
    if entry.filename is not None:
        return posix.endswith(entry.filename)
    return GitIgnoreSpec.from_lines([f"**/{entry.glob}"]).match_file(posix.lstrip("/"))
