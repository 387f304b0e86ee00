"""SObject.addError and kin: records that may not be saved (Apex Reference Guide, SObject Class)."""

from __future__ import annotations

from typing import Any

from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.records.database_results import DmlError as RowError
from sfgen.apex.library.schema.sobject_class import SOBJECT, known_field, owner_of
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.values import ApexException as AnyException
from sfgen.apex.runtime.values import ApexList, SObject
from sfgen.apex.terms.dml_results import DmlError
from sfgen.apex.types.model import ApexType


def _add_error(record: SObject, message: Any, field: str = "") -> None:
    """Mark the record as one that can't be saved (DM11, EX16)."""
    trigger = current().trigger
    old = trigger.old if trigger is not None and trigger.new is not None else None
    if any(record is each for each in old or ()):
        raise raise_apex("FinalException", "SObject row does not allow errors")
    text = message.text if isinstance(message, AnyException) else str(required(message))
    fields = (field,) if field else ()
    record.errors.append(DmlError("FIELD_CUSTOM_VALIDATION_EXCEPTION", text, fields))


@SOBJECT.method("void addError(String message)")
@SOBJECT.method("void addError(Exception message)")
def add_error(record: SObject, message: Any) -> None:
    """Refuse the record."""
    _add_error(record, message)


@SOBJECT.method("void addError(String message, Boolean escape)")
@SOBJECT.method("void addError(Exception message, Boolean escape)")
def add_error_escaped(record: SObject, message: Any, escape: bool | None) -> None:  # noqa: FBT001 - Apex's parameter
    """Refuse the record; `escape` is for the page that shows it."""
    del escape
    _add_error(record, message)


@SOBJECT.method("void addError(String fieldName, String message)")
@SOBJECT.method("void addError(Schema.SObjectField field, String message)")
def add_field_error(record: SObject, field: Any, message: str | None) -> None:
    """Refuse a field of the record."""
    name = known_field(record, field)
    owner = owner_of(record)
    found = owner.find(name) if owner is not None else None
    _add_error(record, message, found.name if found is not None else name)


@SOBJECT.method("void addError(String fieldName, String message, Boolean escape)")
@SOBJECT.method("void addError(Schema.SObjectField field, String message, Boolean escape)")
def add_field_error_escaped(
    record: SObject,
    field: Any,
    message: str | None,
    escape: bool | None,  # noqa: FBT001 - Apex's parameter
) -> None:
    """Refuse a field of the record."""
    del escape
    add_field_error(record, field, message)


@SOBJECT.method("Boolean hasErrors()")
def has_errors(record: SObject) -> bool:
    """Whether the record was refused."""
    return bool(record.errors)


@SOBJECT.method("List<Database.Error> getErrors()")
def get_errors(record: SObject) -> ApexList:
    """Why the record was refused."""
    made = (RowError(each.status, each.message, each.fields).apex_error() for each in record.errors)
    return ApexList(made, ApexType("Database.Error"))
