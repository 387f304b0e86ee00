"""Rules: permission sets and profiles name things that exist and that they may grant."""

from __future__ import annotations

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

REFERENCE: Final = rule("permission-reference", "What a permission set grants exists")
REQUIRED: Final = rule("permission-required-field", "Required fields take no field permissions")
GROUP: Final = rule("permission-group", "The permission sets of a group exist")

#: Element -> (child with the name, metadata types it may be).
_GRANTS: Final = {
    "classAccesses": ("apexClass", ("ApexClass",)),
    "pageAccesses": ("apexPage", ("ApexPage",)),
    "customPermissions": ("name", ("CustomPermission",)),
    "customMetadataTypeAccesses": ("name", ("CustomObject",)),
    "customSettingAccesses": ("name", ("CustomObject",)),
    "applicationVisibilities": ("application", ("CustomApplication",)),
    "flowAccesses": ("flow", ("Flow",)),
}
_CUSTOM: Final = ("__c", "__mdt", "__e", "__x", "__b")


def check_access(subject: Subject) -> Iterator[Finding]:
    """Check every permission set, muting permission set, profile and permission set group."""
    for component in subject.project.components:
        root = subject.tree(component.meta)
        if root is None:
            continue
        if component.type.name in {"PermissionSet", "Profile"}:
            for element in root:
                yield from _check_grant(subject, component, element)
        elif component.type.name == "PermissionSetGroup":
            for element in root.iterfind(f"{{{NAMESPACE}}}permissionSets"):
                name = (element.text or "").strip()
                if not is_foreign(name) and not subject.inventory.has("PermissionSet", name):
                    what = (GROUP, f"no PermissionSet named {name} found")
                    yield at_element(subject, component, component.meta or "", element, what)


def _check_grant(
    subject: Subject, component: Component, element: etree._Element
) -> Iterator[Finding]:
    tag = str(element.tag).rpartition("}")[2]
    path = component.meta or ""
    missing: str | None = None
    if tag in _GRANTS:
        child, kinds = _GRANTS[tag]
        name = child_text(element, child)
        standard = tag == "applicationVisibilities" and name.startswith("standard__")
        if not standard and not is_foreign(name) and not _exists(subject, kinds, name):
            missing = f"no {kinds[0]} named {name} found"
    elif tag == "objectPermissions":
        missing = _missing_object(subject, child_text(element, "object"))
    elif tag == "fieldPermissions":
        missing = _missing_field(subject, child_text(element, "field"))
        if missing is None and _is_required(subject, child_text(element, "field")):
            what = (REQUIRED, "You cannot deploy to a required field: " + _field_name(element))
            hint = "delete the entry: required fields are always readable and editable"
            yield at_element(subject, component, path, element, what, hint)
    elif tag == "tabSettings":
        missing = _missing_tab(subject, child_text(element, "tab"))
    elif tag == "externalCredentialPrincipalAccesses":
        missing = _missing_principal(subject, element)
    if missing is not None:
        yield at_element(subject, component, path, element, (REFERENCE, missing))


def _exists(subject: Subject, kinds: tuple[str, ...], name: str) -> bool:
    return any(subject.inventory.has(kind, name) for kind in kinds)


def _field_name(element: etree._Element) -> str:
    return child_text(element, "field")


def _missing_object(subject: Subject, name: str) -> str | None:
    custom = name.lower().endswith(_CUSTOM)
    if not custom or is_foreign(name) or subject.inventory.has("CustomObject", name):
        return None
    return f"no CustomObject named {name} found"


def _missing_field(subject: Subject, full_name: str) -> str | None:
    parent, _, name = full_name.rpartition(".")
    if not name.lower().endswith("__c") or is_foreign(name) or is_foreign(parent):
        return _missing_object(subject, parent)
    if name.lower() in subject.inventory.fields.get(parent.lower(), {}):
        return None
    return f"no CustomField named {full_name} found"


def _is_required(subject: Subject, full_name: str) -> bool:
    parent, _, name = full_name.rpartition(".")
    element = subject.inventory.fields.get(parent.lower(), {}).get(name.lower())
    if element is None:
        return False
    return child_text(element, "required") == "true" or (
        child_text(element, "type") == "MasterDetail"
    )


def _missing_tab(subject: Subject, name: str) -> str | None:
    if name.startswith("standard-") or is_foreign(name):
        return None
    return None if subject.inventory.has("CustomTab", name) else f"no CustomTab named {name} found"


def _missing_principal(subject: Subject, element: etree._Element) -> str | None:
    value = child_text(element, "externalCredentialPrincipal")
    credential, _, principal = value.partition("-")
    if is_foreign(credential):
        return None
    component = subject.inventory.find("ExternalCredential", credential)
    root = subject.tree(component.meta) if component else None
    if root is None:
        return f"no ExternalCredential named {credential} found"
    names = {
        child_text(entry, "parameterName")
        for entry in root.iterfind(f"{{{NAMESPACE}}}externalCredentialParameters")
    }
    return None if principal in names else f"{credential} has no principal named {principal}"
