"""The small describe results: picklist entries, record types, field sets, child relationships."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sfgen.apex.library.declarations.data_objects import data_class
from sfgen.apex.library.declarations.missing_names import refuse_package
from sfgen.apex.library.declarations.registry import method, platform_class, platform_enum
from sfgen.apex.library.schema.schema_tokens import SObjectField, field_token, object_token
from sfgen.apex.runtime.values import ApexList, ApexMap, Id
from sfgen.apex.store.org_data import org_data
from sfgen.apex.types.model import STRING, ApexType

if TYPE_CHECKING:
    from sfgen.apex.library.declarations.data_objects import DataObject

__all__ = [
    "DISPLAY_TYPES",
    "SOAP_TYPES",
    "FieldSets",
    "Fields",
    "child_relationship",
    "picklist_entry",
    "record_types",
]

DISPLAY_TYPES = platform_enum(
    "Schema.DisplayType",
    "ADDRESS ANYTYPE BASE64 BOOLEAN COMBOBOX COMPLEXVALUE CURRENCY DATACATEGORYGROUPREFERENCE DATE "
    "DATETIME DOUBLE EMAIL ENCRYPTEDSTRING ID INTEGER JSON LOCATION LONG MULTIPICKLIST PERCENT "
    "PHONE PICKLIST REFERENCE SOBJECT STRING TEXTAREA TIME URL",
)
SOAP_TYPES = platform_enum(
    "Schema.SoapType",
    "ADDRESS ANYTYPE ARRAY BASE64BINARY BOOLEAN DATE DATETIME DECIMAL DOUBLE ID INTEGER LOCATION "
    "LONG STRING TIME",
)
platform_enum("Schema.SObjectDescribeOptions", "DEFAULT DEFERRED FULL")

PICKLIST_ENTRY = data_class(
    "Schema.PicklistEntry",
    "Boolean active; Boolean defaultValue; String label; String value",
    "Boolean isActive() = active; Boolean isDefaultValue() = defaultValue;"
    "String getLabel() = label; String getValue() = value",
    constructor=False,
)
RECORD_TYPE_INFO = data_class(
    "Schema.RecordTypeInfo",
    "Boolean active; Boolean available; Boolean defaultRecordTypeMapping; String developerName;"
    "Boolean master; String name; Id recordTypeId",
    "Boolean isActive() = active; Boolean isAvailable() = available;"
    "Boolean isDefaultRecordTypeMapping() = defaultRecordTypeMapping;"
    "String getDeveloperName() = developerName; Boolean isMaster() = master;"
    "String getName() = name; Id getRecordTypeId() = recordTypeId",
    constructor=False,
)
CHILD_RELATIONSHIP = data_class(
    "Schema.ChildRelationship",
    "Schema.SObjectType childSObject; Schema.SObjectField field; String relationshipName;"
    "Boolean cascadeDelete; Boolean restrictedDelete; Boolean deprecatedAndHidden",
    "Schema.SObjectType getChildSObject() = childSObject; Schema.SObjectField getField() = field;"
    "String getRelationshipName() = relationshipName; Boolean isCascadeDelete() = cascadeDelete;"
    "Boolean isRestrictedDelete() = restrictedDelete;"
    "Boolean isDeprecatedAndHidden() = deprecatedAndHidden",
    constructor=False,
)
FIELD_SET_MEMBER = data_class(
    "Schema.FieldSetMember",
    "Boolean dbRequired; String fieldPath; String label; Boolean required;"
    "Schema.DisplayType type; Schema.SObjectField sObjectField",
    "Boolean getDbRequired() = dbRequired; String getFieldPath() = fieldPath;"
    "String getLabel() = label; Boolean getRequired() = required;"
    "Schema.DisplayType getType() = type; Schema.SObjectField getSObjectField() = sObjectField",
    constructor=False,
)
FIELD_SET = data_class(
    "Schema.FieldSet",
    "String description; List<Schema.FieldSetMember> fields; String label; String name;"
    "String nameSpace; Schema.SObjectType sObjectType",
    "String getDescription() = description; List<Schema.FieldSetMember> getFields() = fields;"
    "String getLabel() = label; String getName() = name; String getNameSpace() = nameSpace;"
    "Schema.SObjectType getSObjectType() = sObjectType",
    constructor=False,
)


class LookupMap(ApexMap):
    """A describe map: keys are lower case, looked up in any case (CO03)."""

    __slots__ = ()

    def __contains__(self, key: object) -> bool:
        found = super().__contains__(key.lower() if isinstance(key, str) else key)
        if not found and isinstance(key, str):
            refuse_package(key)
        return found

    def get(self, key: Any) -> Any:
        """The value of the key in any case; Unsupported for a name of a package not here."""
        found = super().get(key.lower() if isinstance(key, str) else key)
        if found is None and isinstance(key, str):
            refuse_package(key)
        return found


def picklist_entry(entry: Any) -> DataObject:
    """A `data.schema.PicklistValue` as Apex sees it."""
    return PICKLIST_ENTRY(
        active=entry.active, defaultValue=entry.default, label=entry.label, value=entry.value
    )


def child_relationship(found: Any) -> DataObject:
    """A `data.schema.ChildRelationship` as Apex sees it."""
    return CHILD_RELATIONSHIP(
        childSObject=object_token(found.child),
        field=field_token(found.child, found.field),
        relationshipName=found.name,
        cascadeDelete=found.on_delete == "Cascade",
        restrictedDelete=found.on_delete == "Restrict",
        deprecatedAndHidden=False,
    )


def record_types(described: Any) -> list[DataObject]:
    """The object's record types, the master record type last, as the platform lists them."""
    found = []
    schema, store = org_data().schema, org_data().store
    owner = schema.find("RecordType")
    rows = store.rows_where(owner, "1 = 1", []) if owner is not None else []
    ids = {
        str(row.get("developername")): row.get("id")
        for row in rows
        if str(row.get("sobjecttype")).lower() == described.name.lower()
    }
    for place, each in enumerate(described.record_types):
        found.append(
            RECORD_TYPE_INFO(
                active=each.active,
                available=each.active,
                defaultRecordTypeMapping=place == 0,
                developerName=each.developer_name,
                master=False,
                name=each.label,
                recordTypeId=ids.get(each.developer_name),
            )
        )
    master = RECORD_TYPE_INFO(
        active=True,
        available=True,
        defaultRecordTypeMapping=not found,
        developerName="Master",
        master=True,
        name="Master",
        recordTypeId=Id("012000000000000AAA"),
    )
    return [*found, master]


@platform_class("Schema.SObjectTypeFields")
class Fields:
    """`Schema.SObjectType.Account.fields`."""

    apex_type: ClassVar[ApexType] = ApexType("Schema.SObjectTypeFields")

    def __init__(self, described: Any) -> None:
        self.described = described

    @method("Map<String, Schema.SObjectField> getMap()")
    def get_map(self) -> ApexMap:
        """The fields' tokens by lower-case name."""
        name = self.described.name
        pairs = (
            (each.key, field_token(name, each.name)) for each in self.described.fields.values()
        )
        return LookupMap(pairs, STRING, SObjectField.apex_type)


@platform_class("Schema.SObjectTypeFieldSets")
class FieldSets:
    """`Schema.SObjectType.Account.fieldSets`."""

    apex_type: ClassVar[ApexType] = ApexType("Schema.SObjectTypeFieldSets")

    def __init__(self, described: Any) -> None:
        self.described = described

    @method("Map<String, Schema.FieldSet> getMap()")
    def get_map(self) -> ApexMap:
        """The field sets by lower-case name."""
        pairs = ((each.name.lower(), self._field_set(each)) for each in self.described.field_sets)
        return LookupMap(pairs, STRING, FIELD_SET.apex_type)

    def _field_set(self, found: Any) -> DataObject:
        members = (self._member(path, required=path in found.required) for path in found.members)
        return FIELD_SET(
            description=found.description,
            fields=ApexList(members, FIELD_SET_MEMBER.apex_type),
            label=found.label,
            name=found.name,
            sObjectType=object_token(self.described.name),
        )

    def _member(self, path: str, *, required: bool) -> DataObject:
        owner = self.described
        *parents, last = path.split(".")
        for parent in parents:
            reference = owner.by_relationship.get(parent.lower())
            target = reference.reference_to[0] if reference is not None else None
            owner = org_data().schema.find(target) if target else None
            if owner is None:
                break
        field = owner.find(last) if owner is not None else None
        return FIELD_SET_MEMBER(
            dbRequired=field.required if field is not None else False,
            fieldPath=path,
            label=field.label if field is not None else path,
            required=required,
            type=DISPLAY_TYPES.get(field.type) if field is not None else None,
            sObjectField=field_token(owner.name, field.name) if field is not None else None,
        )
