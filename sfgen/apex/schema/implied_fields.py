"""The fields every custom object, setting, metadata type and event has without saying so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sfgen.apex.schema.schema import Field, ObjectType
from sfgen.apex.schema.standard import audit_fields, owner_field, read_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sfgen.apex.schema.source_files import Element

__all__ = ["implied_fields", "share_object"]

_METADATA = (
    's40 ! nm "Custom Metadata Record Name"', "s40 !", "pick", "s15 ro", "s40 !", "s255 ro",
)  # fmt: skip
_METADATA_NAMES = (
    "DeveloperName", "MasterLabel", "Language", "NamespacePrefix", "Label", "QualifiedApiName",
)  # fmt: skip


def implied_fields(
    owner: ObjectType,
    head: Element | None,
    declared: Iterable[Field],
    record_types: bool,  # noqa: FBT001 - a fact of the object, not a switch
) -> Sequence[Field]:
    """Id, Name, owner and audit fields, as the object's kind has them."""
    identity = Field(
        "Id", "ID", "Record ID", 18, createable=False, updateable=False, defaulted=True
    )
    if owner.kind == "metadata":
        lines = zip(_METADATA_NAMES, _METADATA, strict=True)
        made = [read_line(f"{name} {rest}") for name, rest in lines]
        return [identity, *made, read_line("SystemModstamp dt ro")]
    if owner.kind == "event":
        lines_of_event = (
            "ReplayId s1000 ro", "EventUuid s36 ro", "CreatedDate dt",
            "CreatedById ref>User/CreatedBy/",
        )  # fmt: skip
        return [identity, *map(read_line, lines_of_event)]
    fields = [identity, _name_field(owner, head)]
    if owner.kind == "hierarchy_setting":
        fields.append(read_line("SetupOwnerId ref>Organization,Profile,User/SetupOwner/ df co u"))
    elif owner.kind == "custom":
        if not any(each.master_detail for each in declared):
            fields.append(owner_field())
        fields.extend(
            read_line(f"{name} dt ro") for name in ("LastViewedDate", "LastReferencedDate")
        )
        if "activity" in owner.flags:
            fields.append(read_line("LastActivityDate d ro"))
    if record_types:
        fields.append(read_line("RecordTypeId ref>RecordType/RecordType/"))
    return [*fields, *audit_fields()]


def _name_field(owner: ObjectType, head: Element | None) -> Field:
    node = head.first("nameField") if head else None
    label = (node.text("label") if node else "") or f"{owner.label} Name"
    made = Field("Name", "STRING", label, 80, name_field=True, id_lookup=True, defaulted=True)
    if owner.setting:
        listed = owner.kind == "list_setting"
        return replace(made, length=38, label="Name", required=listed, unique=listed)
    if node is not None and node.text("type") == "AutoNumber":
        return replace(
            made, auto_number=node.text("displayFormat", "{0}"), createable=False, updateable=False
        )
    return made


def share_object(parent: ObjectType) -> ObjectType:
    """`X__Share`: the rows that share a custom object's records."""
    name = parent.name.removesuffix("__c") + "__Share"
    lines = (
        "AccessLevel pick ! {Read|Edit|All}",
        f"ParentId ref>{parent.name}/Parent/Shares ! co cascade",
        "UserOrGroupId ref>Group,User/UserOrGroup/ ! co",
        "RowCause pick co {Manual|Owner|Rule}",
        "LastModifiedDate dt ro df",
        "LastModifiedById ref>User/LastModifiedBy/ ro df",
        'IsDeleted b ro df "Deleted"',
    )
    identity = Field("Id", "ID", "Sharing ID", 18, createable=False, updateable=False)
    fields = [identity, *map(read_line, lines)]
    label = f"Share: {parent.label}"
    return ObjectType(
        name, label, label, f"s{parent.prefix[1:]}", "standard",
        {each.key: each for each in fields}, flags=frozenset({"share"}),
    )  # fmt: skip
