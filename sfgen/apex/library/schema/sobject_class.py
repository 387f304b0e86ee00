"""SObject: dynamic access to records (Apex Reference Guide, SObject Class)."""

from __future__ import annotations

from typing import Any

from sfgen.apex.database import org_database
from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.missing_names import refuse_package
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.schema.schema_tokens import SObjectField, SObjectType, object_token
from sfgen.apex.runtime.exceptions import ApexException, raise_apex
from sfgen.apex.runtime.values import ApexMap, Id, SObject, is_id
from sfgen.apex.store.org_data import org_data
from sfgen.apex.types.model import OBJECT, STRING

SOBJECT = platform_members("SObject")


def _named(field: str | SObjectField | None) -> str:
    """The lower-case name of a field given as text or token."""
    known = required(field)
    return (known.name if isinstance(known, SObjectField) else str(known)).lower()


def owner_of(record: SObject) -> Any:
    """The record's object in the schema; None if it is unknown there."""
    database = org_database()
    return database.schema.find(record.type_name) if database is not None else None


def _no_field(record: SObject, name: str) -> ApexException:
    refuse_package(name)
    return raise_apex("SObjectException", f"Invalid field {name} for {record.type_name}")


def _belongs(field: SObjectField, owner: Any) -> bool:
    return bool(owner.name.lower() == field.object_name.lower())


def known_field(record: SObject, field: str | SObjectField | None) -> str:
    """The field's name, checked. SObjectException `Invalid field ...` for one that isn't there."""
    name = _named(field)
    owner = owner_of(record)
    if isinstance(field, SObjectField) and owner is not None and not _belongs(field, owner):
        raise raise_apex(
            "SObjectException",
            f"SObject.{field.name} does not belong to SObject type {owner.name}",
        )
    if name in record.fields or owner is None or name == "id":
        return name
    if owner.find(name) is None and name not in owner.by_relationship:
        raise _no_field(record, field.name if isinstance(field, SObjectField) else str(field))
    found = owner.find(name)
    return str(found.key) if found is not None else name


@SOBJECT.method("Object get(String fieldName)")
@SOBJECT.method("Object get(Schema.SObjectField field)")
def get(record: SObject, field: Any) -> Any:
    """A field's value. SObjectException for a field that isn't there or wasn't queried."""
    return record.read(known_field(record, field))


@SOBJECT.method("Object put(String fieldName, Object value)")
@SOBJECT.method("Object put(Schema.SObjectField field, Object value)")
def put(record: SObject, field: Any, value: Any) -> Any:
    """Set a field; answers the value before."""
    name = known_field(record, field)
    owner = owner_of(record)
    if owner is not None and owner.find(name) is None and name != "id":
        raise _no_field(record, name)
    before = record.fields.get(name)
    if _is_malformed(owner, name, value) and not record.read_only:
        record.fields[name] = value
    else:
        record.write(name, value)
    return before


def _is_malformed(owner: Any, name: str, value: Any) -> bool:
    """Text that is no Id for a lookup: `put` takes it, saving refuses it (public suites)."""
    if not isinstance(value, str) or is_id(value):
        return False
    field = owner.find(name) if owner is not None else None
    return field is not None and field.type == "REFERENCE"


@SOBJECT.method("SObject getSObject(String fieldName)")
@SOBJECT.method("SObject getSObject(Schema.SObjectField field)")
def get_sobject(record: SObject, field: Any) -> Any:
    """The parent record of a relationship; SObjectException if a query left it out (EX05)."""
    return record.read(_relationship(record, field))


@SOBJECT.method("SObject putSObject(String fieldName, SObject value)")
@SOBJECT.method("SObject putSObject(Schema.SObjectField field, SObject value)")
def put_sobject(record: SObject, field: Any, value: SObject | None) -> Any:
    """Set the parent record of a relationship; answers the one before."""
    name = _relationship(record, field)
    before = record.fields.get(name)
    record.write(name, value)
    return before


def _relationship(record: SObject, field: Any) -> str:
    """The lower-case relationship name of a name or of a reference field's token."""
    name = _named(field)
    owner = owner_of(record)
    if owner is None or name in owner.by_relationship or name in record.fields:
        known = owner.find(name) if owner is not None else None
        if known is None or not known.relationship:
            return name
    found = owner.find(name) if owner is not None else None
    if found is None or not found.relationship:
        raise raise_apex("SObjectException", f"Invalid relationship {name} for {record.type_name}")
    return str(found.relationship.lower())


@SOBJECT.method("List<SObject> getSObjects(String fieldName)")
@SOBJECT.method("List<SObject> getSObjects(Schema.SObjectType fieldName)")
def get_sobjects(record: SObject, field: Any) -> Any:
    """The child records of a relationship; null if there are none."""
    name = _named(field)
    if name not in record.fields and owner_of(record) is not None:
        child = org_data().schema.child(record.type_name, name)
        if child is None:
            raise raise_apex(
                "SObjectException", f"Invalid relationship {name} for {record.type_name}"
            )
    found = record.fields.get(name)
    # The catalogue's own rows answer an empty list where records answer null (apex-recipes).
    return found if found or record.type_name == "EntityDefinition" else None


@SOBJECT.method("Schema.SObjectType getSObjectType()")
def get_sobject_type(record: SObject) -> SObjectType:
    """The token of the record's object."""
    owner = owner_of(record)
    return object_token(owner.name if owner is not None else record.type_name)


@SOBJECT.method("Map<String, Object> getPopulatedFieldsAsMap()")
def get_populated_fields_as_map(record: SObject) -> ApexMap:
    """The fields that are set, by name."""
    semantics = SObject.semantics
    pairs = semantics.populated(record) if semantics else list(record.fields.items())
    return ApexMap(((name, value) for name, value in pairs), STRING, OBJECT)


@SOBJECT.method("Boolean isSet(String fieldName)")
@SOBJECT.method("Boolean isSet(Schema.SObjectField field)")
def is_set(record: SObject, field: Any) -> bool:
    """Whether the field was set or queried."""
    name = known_field(record, field)
    return name in record.fields or name in (record.queried or ())


@SOBJECT.method("void clear()")
def clear(record: SObject) -> None:
    """Forget every field."""
    record.fields.clear()


@SOBJECT.method("Boolean isClone()")
def is_clone(record: SObject) -> bool:
    """Whether the record was made by `clone()`."""
    return bool((record.marks or {}).get("clone"))


@SOBJECT.method("Id getCloneSourceId()")
def get_clone_source_id(record: SObject) -> Id | None:
    """The Id of the record it was cloned from."""
    found: Id | None = (record.marks or {}).get("source")
    return found


_FLAGS = ("preserveId", "isDeepClone", "preserveReadonlyTimestamps", "preserveAutonumber")


def _clone(record: SObject, *flags: bool | None) -> SObject:
    semantics = SObject.semantics
    known = [bool(flag) for flag in flags]
    copied: SObject = semantics.clone(record, *known)
    return copied


for _count in range(len(_FLAGS) + 1):
    _parameters = ", ".join(f"Boolean {name}" for name in _FLAGS[:_count])
    SOBJECT.method(f"SObject clone({_parameters})")(_clone)


@SOBJECT.method("void setOptions(Object options)")
def set_options(record: SObject, options: Any) -> None:
    """How DML treats the record."""
    record.marks = {**(record.marks or {}), "options": options}


@SOBJECT.method("Database.DMLOptions getOptions()")
def get_options(record: SObject) -> Any:
    """What setOptions said."""
    return (record.marks or {}).get("options")


@SOBJECT.method("void recalculateFormulas()")
def recalculate_formulas(record: SObject) -> None:
    """Work the formula fields out again."""
    owner = owner_of(record)
    for field in owner.fields.values() if owner is not None else ():
        if field.formula is not None:
            record.fields[field.key] = org_database().rules.calculated(record, owner, field)
