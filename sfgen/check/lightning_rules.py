"""Rules: the components that Lightning pages, apps, tabs and actions name exist."""

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

REFERENCE: Final = rule("lightning-reference", "Pages, apps, tabs and actions name what exists")
IDENTIFIER: Final = rule("flexipage-identifier", "Identifiers are unique within a Lightning page")

_COMPONENTS: Final = ("LightningComponentBundle", "AuraDefinitionBundle")
#: Type -> element -> what it may name.
_POINTERS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "CustomTab": {
        "page": ("ApexPage",),
        "flexiPage": ("FlexiPage",),
        "lwcComponent": ("LightningComponentBundle",),
        "auraComponent": ("AuraDefinitionBundle",),
    },
    "QuickAction": {
        "page": ("ApexPage",),
        "lightningWebComponent": ("LightningComponentBundle",),
        "lightningComponent": ("AuraDefinitionBundle",),
    },
    "CustomApplication": {"utilityBar": ("FlexiPage",), "tabs": ("CustomTab",)},
    "NamedCredential": {},
    "ApexTestSuite": {"testClassName": ("ApexClass",)},
}


def check_lightning(subject: Subject) -> Iterator[Finding]:
    """Check the metadata types that place components on pages: FlexiPage, CustomTab and similar."""
    for component in subject.project.components:
        root = subject.tree(component.meta) if component.type.kind == "plain" else None
        if root is None:
            continue
        if component.type.name == "FlexiPage":
            yield from _check_page(subject, component, root)
        for tag, kinds in _POINTERS.get(component.type.name, {}).items():
            for element in root.iterfind(f"{{{NAMESPACE}}}{tag}"):
                yield from _check_pointer(subject, component, element, kinds)
        if component.type.name == "NamedCredential":
            for element in root.iter(f"{{{NAMESPACE}}}externalCredential"):
                yield from _check_pointer(subject, component, element, ("ExternalCredential",))


def _check_pointer(
    subject: Subject, component: Component, element: etree._Element, kinds: tuple[str, ...]
) -> Iterator[Finding]:
    name = (element.text or "").strip()
    bare = name.removeprefix("c:").removeprefix("c__")
    if not name or name.startswith("standard-") or is_foreign(bare) or ":" in bare:
        return
    if not any(subject.inventory.has(kind, bare) for kind in kinds):
        what = (REFERENCE, f"no {kinds[0]} named {name} found")
        yield at_element(subject, component, component.meta or "", element, what)


def _check_page(subject: Subject, component: Component, root: etree._Element) -> Iterator[Finding]:
    path = component.meta or ""
    seen: set[str] = set()
    for instance in root.iter(f"{{{NAMESPACE}}}componentInstance"):
        identifier = child_text(instance, "identifier")
        if identifier and identifier in seen:
            what = (IDENTIFIER, f"the identifier {identifier} is used twice")
            yield at_element(subject, component, path, instance, what)
        seen.add(identifier)
        name = child_text(instance, "componentName")
        bare = name.removeprefix("c:")
        # A prefix other than c is a namespace's or the platform's own.
        if not bare or ":" in bare or is_foreign(bare):
            continue
        if not any(subject.inventory.has(kind, bare) for kind in _COMPONENTS):
            what = (REFERENCE, f"We couldn't retrieve the design time component info for {name}")
            hint = "add the component, or take it off the page"
            yield at_element(subject, component, path, instance, what, hint)
    name = child_text(root, "sobjectType")
    custom = name.lower().endswith("__c") and not is_foreign(name)
    if custom and not subject.inventory.has("CustomObject", name):
        yield at_element(subject, component, path, root, (REFERENCE, f"no object {name}"))
