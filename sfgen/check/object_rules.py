"""Rules: requirements on objects and fields that the schema can't express (CustomField)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sfgen.check.findings import rule
from sfgen.check.inventory import child_text, is_foreign
from sfgen.check.places import at_element
from sfgen.metadata import NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from sfgen.check.findings import Finding
    from sfgen.check.subject import Subject
    from sfgen.project import Component

FIELD: Final = rule("custom-field", "A custom field has what its type needs")
NAME: Final = rule("api-name", "API names follow Salesforce's rules")
LIMIT: Final = rule("text-limit", "Labels and descriptions are no longer than orgs take")
SETTING: Final = rule("custom-setting", "Custom settings have only what they may have")
REFERENCE: Final = rule("object-reference", "Fields that list views and layouts show exist")

_API_NAME: Final = re.compile(r"[A-Za-z](?:_?[A-Za-z0-9])*")
#: Field types that a custom setting takes (Salesforce Help, Custom Settings: "Add Fields").
_IN_SETTINGS: Final = frozenset(
    "Checkbox Currency Date DateTime Email Number Percent Phone Text TextArea Url".split()
)
_NUMBERS: Final = frozenset({"Number", "Currency", "Percent"})
_NOT_IN_SETTINGS: Final = ("nameField", "sharingModel", "deploymentStatus", "pluralLabel")


def check_objects(subject: Subject) -> Iterator[Finding]:
    """Check every object and custom field, decomposed into files of their own or not."""
    for component in subject.project.components:
        if component.type.name == "CustomObject":
            yield from _check_object(subject, component)
        elif component.type.name == "Layout":
            yield from _check_layout(subject, component)


def _check_object(subject: Subject, component: Component) -> Iterator[Finding]:
    root = subject.tree(component.meta)
    is_setting = root is not None and bool(child_text(root, "customSettingsType"))
    if root is not None:
        yield from _limits(subject, component, component.meta or "", root)
        if is_setting:
            yield from _check_setting(subject, component, root)
        for element in root.iterfind(f"{{{NAMESPACE}}}fields"):
            yield from _check_field(subject, component, component.meta or "", element, is_setting)
    for child in component.children:
        definition = subject.tree(child.meta)
        if definition is None or child.type.identity:
            continue
        named = child_text(definition, "fullName")
        if named != child.name:
            what = (NAME, f"fullName {named or 'missing'} does not match the file {child.name}")
            yield at_element(subject, component, child.meta, definition, what)
        if child.type.name == "CustomField":
            yield from _check_field(subject, component, child.meta, definition, is_setting)


def _check_setting(
    subject: Subject, component: Component, root: etree._Element
) -> Iterator[Finding]:
    for tag in _NOT_IN_SETTINGS:
        for element in root.iterfind(f"{{{NAMESPACE}}}{tag}"):
            what = (SETTING, f"a custom setting takes no {tag}")
            yield at_element(subject, component, component.meta or "", element, what)
    if len(component.name.removesuffix("__c")) > 38:
        what = (NAME, f"{component.name}: a custom setting's name has at most 38 characters")
        yield at_element(subject, component, component.meta or "", root, what)


def _check_field(
    subject: Subject,
    component: Component,
    path: str,
    element: etree._Element,
    is_setting: bool,  # noqa: FBT001 - one fact of the object
) -> Iterator[Finding]:
    name, kind = child_text(element, "fullName"), child_text(element, "type")
    if not name.endswith("__c"):
        return
    messages = [*_needs(subject, element, kind)]
    bare = name.removesuffix("__c")
    own = bare.partition("__")[2] if is_foreign(name) else bare
    if not _API_NAME.fullmatch(own) or len(own) > 40:
        yield at_element(
            subject,
            component,
            path,
            element,
            (NAME, f"{name} is not an API name: letters, digits, single underscores, at most 40"),
        )
    if is_setting and kind and kind not in _IN_SETTINGS:
        what = (SETTING, f"a custom setting takes no field of type {kind}")
        yield at_element(subject, component, path, element, what)
    for message in messages:
        yield at_element(subject, component, path, element, (FIELD, f"{name}: {message}"))
    yield from _limits(subject, component, path, element)


def _needs(subject: Subject, element: etree._Element, kind: str) -> Iterator[str]:
    if not kind:
        yield "Required field is missing: type"
        return
    if not child_text(element, "label"):
        yield "Required field is missing: label"
    formula = child_text(element, "formula")
    if kind in {"Text", "LongTextArea", "Html", "EncryptedText"} and not formula:
        yield from _length(element, kind)
    if kind in _NUMBERS:
        yield from _precision(element)
    if kind in {"Lookup", "MasterDetail"}:
        yield from _lookup(subject, element)
    if kind == "Checkbox" and not formula and not child_text(element, "defaultValue"):
        yield "Required field is missing: defaultValue"
    if (
        kind in {"Picklist", "MultiselectPicklist"}
        and element.find(f"{{{NAMESPACE}}}valueSet") is None
    ):
        yield "Required field is missing: valueSet"


def _length(element: etree._Element, kind: str) -> Iterator[str]:
    text = child_text(element, "length")
    least, most = (256, 131072) if kind in {"LongTextArea", "Html"} else (1, 255)
    if kind == "EncryptedText":
        most = 175
    if not text.isdigit():
        yield "Required field is missing: length"
    elif not least <= int(text) <= most:
        yield f"length {text} is not between {least} and {most}"
    if kind in {"LongTextArea", "Html"} and not child_text(element, "visibleLines"):
        yield "Required field is missing: visibleLines"


def _precision(element: etree._Element) -> Iterator[str]:
    precision, scale = child_text(element, "precision"), child_text(element, "scale")
    if not precision.isdigit() or not scale.isdigit():
        yield "Required field is missing: precision and scale"
    elif int(precision) > 18 or int(scale) > int(precision):
        yield f"precision {precision} and scale {scale}: at most 18 digits, of them {scale} after"


def _lookup(subject: Subject, element: etree._Element) -> Iterator[str]:
    target = child_text(element, "referenceTo")
    if not target:
        yield "Required field is missing: referenceTo"
    elif (
        target.endswith("__c")
        and not is_foreign(target)
        and not subject.inventory.has("CustomObject", target)
    ):
        yield f"referenceTo value of '{target}' does not resolve to a valid sObject type"
    if not child_text(element, "relationshipName"):
        yield "Required field is missing: relationshipName"


def _limits(
    subject: Subject, component: Component, path: str, element: etree._Element
) -> Iterator[Finding]:
    for tag, most in (("label", 40), ("pluralLabel", 40), ("description", 1000)):
        text = child_text(element, tag)
        if len(text) > most:
            what = (LIMIT, f"{tag} has {len(text)} characters, at most {most} are taken")
            yield at_element(subject, component, path, element, what)


def _check_layout(subject: Subject, component: Component) -> Iterator[Finding]:
    root = subject.tree(component.meta)
    object_name = component.name.partition("-")[0].lower()
    if root is None or not object_name.endswith("__c") or is_foreign(object_name):
        return
    fields = subject.inventory.fields.get(object_name, {})
    for item in root.iter(f"{{{NAMESPACE}}}layoutItems"):
        name = child_text(item, "field")
        if name.endswith("__c") and not is_foreign(name) and name.lower() not in fields:
            what = (REFERENCE, f"Field {name} does not exist")
            yield at_element(subject, component, component.meta or "", item, what)
