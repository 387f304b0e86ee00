"""Writes the project's own schema as rows for the compiler front end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sfgen.check.inventory import child_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from sfgen.check.subject import Subject
    from sfgen.project import Component

_KINDS: Final = {
    "ApexPage": "page",
    "StaticResource": "resource",
    "LightningComponentBundle": "component",
}
#: Field types whose values Apex holds in another type than String (Apex guide, SOQL and SOSL).
_TYPES: Final = {
    "Checkbox": "boolean",
    "Currency": "decimal",
    "Date": "date",
    "DateTime": "datetime",
    "Location": "location",
    "Number": "decimal",
    "Percent": "decimal",
    "Summary": "decimal",
    "Time": "time",
}
_LOOKUPS: Final = frozenset({"Lookup", "MasterDetail", "Hierarchy"})
_OTHER_LOOKUPS: Final = frozenset({"ExternalLookup", "IndirectLookup", "MetadataRelationship"})
_AUDIT: Final = (
    ("Id", "id", "", ""),
    ("CreatedById", "id", "CreatedBy", "user"),
    ("CreatedDate", "datetime", "", ""),
)
_CHANGED: Final = (
    ("IsDeleted", "boolean", "", ""),
    ("LastModifiedById", "id", "LastModifiedBy", "user"),
    ("LastModifiedDate", "datetime", "", ""),
    ("SystemModstamp", "datetime", "", ""),
)
_NAME: Final = (("Name", "string", "", ""),)
#: The fields that an object has without anybody's defining them (Object Reference).
_IMPLIED: Final = {
    "custom": (
        *_AUDIT,
        *_CHANGED,
        *_NAME,
        ("OwnerId", "id", "Owner", "user"),
        ("RecordTypeId", "id", "RecordType", "recordtype"),
        ("CurrencyIsoCode", "string", "", ""),
        ("LastActivityDate", "date", "", ""),
        ("LastViewedDate", "datetime", "", ""),
        ("LastReferencedDate", "datetime", "", ""),
    ),
    "event": (*_AUDIT, ("ReplayId", "string", "", ""), ("EventUuid", "string", "", "")),
    "metadata": (
        ("Id", "id", "", ""),
        ("DeveloperName", "string", "", ""),
        ("MasterLabel", "string", "", ""),
        ("Label", "string", "", ""),
        ("Language", "string", "", ""),
        ("NamespacePrefix", "string", "", ""),
        ("QualifiedApiName", "string", "", ""),
    ),
    "hierarchy": (*_AUDIT, *_CHANGED, *_NAME, ("SetupOwnerId", "id", "SetupOwner", "")),
    "list": (*_AUDIT, *_CHANGED, *_NAME, ("SetupOwnerId", "id", "SetupOwner", "")),
}
_ENDINGS: Final = {"__mdt": "metadata", "__e": "event"}


def describe_schema(subject: Subject) -> list[list[str]]:
    """Write the rows of objects, fields, labels, pages, resources and components."""
    rows: list[list[str]] = []
    for component in subject.project.components:
        if component.type.name in _KINDS:
            rows.append([_KINDS[component.type.name], component.name])
        elif component.type.name == "CustomObject":
            rows += _object(subject, component)
    rows += [["label", name] for name in sorted(subject.inventory.names["CustomLabel"])]
    return rows


def _object(subject: Subject, component: Component) -> Iterator[list[str]]:
    name = component.name
    custom = "__" in name
    if custom:
        kind = _kind(subject, component)
        yield ["object", name, kind]
        yield from (["field", name, *row] for row in _IMPLIED[kind])
    for element in subject.inventory.fields.get(name.lower(), {}).values():
        yield from (["field", name, *row] for row in _field(element))


def _kind(subject: Subject, component: Component) -> str:
    root = subject.tree(component.meta)
    setting = child_text(root, "customSettingsType") if root is not None else ""
    if setting:
        return setting.lower()
    return next((k for ending, k in _ENDINGS.items() if component.name.endswith(ending)), "custom")


def _field(element: etree._Element) -> Iterator[tuple[str, str, str, str]]:
    name, kind = child_text(element, "fullName"), child_text(element, "type")
    relation = f"{name.removesuffix('__c')}__r"
    if kind in _LOOKUPS:
        yield name, "id", relation, child_text(element, "referenceTo").lower()
    elif kind in _OTHER_LOOKUPS:
        yield name, "string", relation, child_text(element, "referenceTo").lower()
    else:
        yield name, _TYPES.get(kind, "string"), "", ""
    if kind == "Location":
        stem = name.removesuffix("__c")
        yield f"{stem}__Latitude__s", "decimal", "", ""
        yield f"{stem}__Longitude__s", "decimal", "", ""
