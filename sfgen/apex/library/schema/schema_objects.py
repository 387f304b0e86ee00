"""Schema.SObjectType, its describe result and Schema's static methods."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from sfgen.apex.database import org_database
from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.registry import (
    getter,
    method,
    platform_class,
    platform_members,
)
from sfgen.apex.library.schema.schema_parts import (
    Fields,
    FieldSets,
    LookupMap,
    child_relationship,
    record_types,
)
from sfgen.apex.library.schema.schema_tokens import SObjectType, object_token
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.per_transaction import PerTransaction
from sfgen.apex.runtime.values import ApexList, ApexMap, Id, SObject
from sfgen.apex.store.org_data import org_data
from sfgen.apex.types.model import ID, STRING, ApexType

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DescribeSObjectResult"]

SCHEMA = platform_members("Schema")
TOKEN = platform_members("Schema.SObjectType")
TOKEN.holds(SObjectType)
_RECORD_TYPE_INFO = ApexType("Schema.RecordTypeInfo")


@platform_class("Schema.DescribeSObjectResult")
class DescribeSObjectResult:
    """What an object is like, and what the running user may do with it."""

    apex_type: ClassVar[ApexType] = ApexType("Schema.DescribeSObjectResult")

    def __init__(self, token: SObjectType) -> None:
        self.token = token
        self.described = token.described

    def apex_key(self) -> tuple[str, str]:
        """Equal results describe the same object."""
        return ("describe", self.described.key)

    @getter("Schema.SObjectTypeFields fields")
    @method("Schema.SObjectTypeFields getFields()")
    def fields(self) -> Fields:
        """The fields."""
        return Fields(self.described)

    @getter("Schema.SObjectTypeFieldSets fieldSets")
    @method("Schema.SObjectTypeFieldSets getFieldSets()")
    def field_sets(self) -> FieldSets:
        """The field sets."""
        return FieldSets(self.described)

    @getter("List<Schema.ChildRelationship> childRelationships")
    @method("List<Schema.ChildRelationship> getChildRelationships()")
    def get_child_relationships(self) -> ApexList:
        """The references of other objects to this one."""
        found = org_data().schema.children(self.described.name)
        return ApexList(map(child_relationship, found), ApexType("Schema.ChildRelationship"))

    @getter("List<Schema.RecordTypeInfo> recordTypeInfos")
    @method("List<Schema.RecordTypeInfo> getRecordTypeInfos()")
    def get_record_type_infos(self) -> ApexList:
        """The record types."""
        return ApexList(record_types(self.described), _RECORD_TYPE_INFO)

    def _record_types_by(self, name: str, kind: ApexType) -> ApexMap:
        pairs = ((each.get(name), each) for each in record_types(self.described))
        return ApexMap(pairs, kind, _RECORD_TYPE_INFO)

    @getter("Map<String, Schema.RecordTypeInfo> recordTypeInfosByName")
    @method("Map<String, Schema.RecordTypeInfo> getRecordTypeInfosByName()")
    def get_record_type_infos_by_name(self) -> ApexMap:
        """The record types by label."""
        return self._record_types_by("name", STRING)

    @getter("Map<String, Schema.RecordTypeInfo> recordTypeInfosByDeveloperName")
    @method("Map<String, Schema.RecordTypeInfo> getRecordTypeInfosByDeveloperName()")
    def get_record_type_infos_by_developer_name(self) -> ApexMap:
        """The record types by developer name."""
        return self._record_types_by("developername", STRING)

    @getter("Map<Id, Schema.RecordTypeInfo> recordTypeInfosById")
    @method("Map<Id, Schema.RecordTypeInfo> getRecordTypeInfosById()")
    def get_record_type_infos_by_id(self) -> ApexMap:
        """The record types by Id."""
        return self._record_types_by("recordtypeid", ID)


def _allows(letter: str) -> Callable[[Any], bool]:
    def allows(result: DescribeSObjectResult) -> bool:
        permissions = org_database().permissions
        return bool(permissions.object_allows(result.described, letter))

    return allows


def _flag(*flags: str) -> Callable[[Any], bool]:
    return lambda result: any(flag in result.described.flags for flag in flags)


def _without(*flags: str) -> Callable[[Any], bool]:
    return lambda result: not any(flag in result.described.flags for flag in flags)


_TEXTS: dict[str, Callable[[Any], Any]] = {
    "KeyPrefix": lambda result: result.described.prefix or None,
    "Label": lambda result: result.described.label,
    "LabelPlural": lambda result: result.described.plural,
    "LocalName": lambda result: result.described.name,
    "Name": lambda result: result.described.name,
    "AssociateEntityType": lambda _: None,
    "AssociateParentEntity": lambda _: None,
}
_FLAGS: dict[str, Callable[[Any], bool]] = {
    "Accessible": _allows("r"),
    "Createable": _allows("c"),
    "Updateable": _allows("e"),
    "Deletable": _allows("d"),
    "Custom": lambda result: result.described.custom,
    "CustomSetting": lambda result: result.described.setting,
    "DeprecatedAndHidden": lambda _: False,
    "FeedEnabled": _flag("feed"),
    "Mergeable": _flag("merge"),
    "MruEnabled": lambda result: not result.described.setup,
    "Queryable": _without("noquery"),
    "Searchable": _without("setup", "noquery"),
    "Undeletable": _without("setup", "nodml", "readonly"),
}


def _declare() -> None:
    members = platform_members("Schema.DescribeSObjectResult")
    for name, read in _TEXTS.items():
        members.method(f"String get{name}()")(read)
        members.getter(f"String {name}")(read)
    for name, check in _FLAGS.items():
        members.method(f"Boolean is{name}()")(check)
        members.getter(f"Boolean {name}")(check)


_declare()


@platform_members("Schema.DescribeSObjectResult").getter("Schema.SObjectType SObjectType")
@platform_members("Schema.DescribeSObjectResult").method("Schema.SObjectType getSObjectType()")
def get_sobject_type(result: DescribeSObjectResult) -> SObjectType:
    """The object's token."""
    return object_token(result.described.name)


@TOKEN.method("Schema.DescribeSObjectResult getDescribe()")
def get_describe(token: SObjectType) -> DescribeSObjectResult:
    """What the object is like."""
    return DescribeSObjectResult(token)


@TOKEN.method("Schema.DescribeSObjectResult getDescribe(Object options)")
def get_describe_with(token: SObjectType, options: Any) -> DescribeSObjectResult:
    """What the object is like; everything is known at once here."""
    del options
    return DescribeSObjectResult(token)


@TOKEN.method("String toString()")
def to_string(token: SObjectType) -> str:
    """The object's name."""
    return token.name


@TOKEN.method("SObject newSObject()")
def new_sobject(token: SObjectType) -> SObject:
    """A record without fields."""
    return SObject(token.described.name)


@TOKEN.method("SObject newSObject(Id id)")
def new_sobject_of(token: SObjectType, record_id: Id | None) -> SObject:
    """A record with an Id."""
    return SObject(token.described.name, [("id", record_id)])


@TOKEN.method("SObject newSObject(Id recordTypeId, Boolean loadDefaults)")
def new_sobject_with_defaults(token: SObjectType, kind: Id | None, load: bool | None) -> SObject:  # noqa: FBT001 - Apex's parameter
    """A record with its record type, and the fields' default values if `load`."""
    described = token.described
    record = SObject(described.name)
    if kind is not None:
        record.fields["recordtypeid"] = kind
    if load and described.kind == "event":
        bits = current().random.getrandbits(128)
        record.fields["eventuuid"] = str(uuid.UUID(int=bits, version=4))
    for field in described.fields.values() if load else ():
        if field.default is not None or any(each.default for each in field.picklist):
            value = org_database().rules.default_value(field, record.fields)
            if value is not None:
                record.fields[field.key] = value
    return record


def _describe_all() -> ApexMap:
    pairs = ((each.key, object_token(each.name)) for each in org_data().schema)
    return LookupMap(pairs, STRING, SObjectType.apex_type)


_DESCRIBED = PerTransaction(_describe_all)


@SCHEMA.static("Map<String, Schema.SObjectType> getGlobalDescribe()")
def get_global_describe() -> ApexMap:
    """Every object's token by lower-case name (CO03)."""
    return LookupMap(_DESCRIBED.get().pairs(), STRING, SObjectType.apex_type)


@SCHEMA.static("List<Schema.DescribeSObjectResult> describeSObjects(List<String> types)")
def describe_sobjects(names: ApexList | None) -> ApexList:
    """What the objects are like. InvalidParameterValueException for an unknown one."""
    results = []
    for name in required(names):
        known = org_data().schema.find(name)
        if known is None:
            raise raise_apex(
                "InvalidParameterValueException",
                "Invalid sobject provided. The Schema.describeSObjects() method does not support"
                f" the {name} sObject type.",
            )
        results.append(DescribeSObjectResult(object_token(known.name)))
    return ApexList(results, DescribeSObjectResult.apex_type)


@SCHEMA.static("List<Schema.DescribeSObjectResult> describeSObjects(List<String> types, Object options)")  # fmt: skip # noqa: E501 - one signature
def describe_sobjects_with(names: ApexList | None, options: Any) -> ApexList:
    """What the objects are like."""
    del options
    return describe_sobjects(names)
