"""Schema.SObjectField and its describe result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sfgen.apex.database import org_database
from sfgen.apex.library.declarations.missing_names import refuse_package
from sfgen.apex.library.declarations.registry import platform_class, platform_members
from sfgen.apex.library.schema.schema_parts import DISPLAY_TYPES, SOAP_TYPES, picklist_entry
from sfgen.apex.library.schema.schema_tokens import (
    SObjectField,
    SObjectType,
    field_token,
    object_token,
)
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.text import text_of
from sfgen.apex.runtime.values import ApexList
from sfgen.apex.store.org_data import org_data
from sfgen.apex.types.model import ApexType

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DescribeFieldResult"]

TOKEN = platform_members("Schema.SObjectField")
TOKEN.holds(SObjectField)

_SOAP = {
    "ADDRESS": "ADDRESS",
    "ANYTYPE": "ANYTYPE",
    "BASE64": "BASE64BINARY",
    "BOOLEAN": "BOOLEAN",
    "CURRENCY": "DOUBLE",
    "DATE": "DATE",
    "DATETIME": "DATETIME",
    "DOUBLE": "DOUBLE",
    "ID": "ID",
    "INTEGER": "INTEGER",
    "LOCATION": "LOCATION",
    "LONG": "DOUBLE",
    "PERCENT": "DOUBLE",
    "REFERENCE": "ID",
    "TIME": "TIME",
}
_SYSTEM = frozenset(
    "id ownerid createddate createdbyid lastmodifieddate lastmodifiedbyid systemmodstamp "
    "isdeleted recordtypeid lastactivitydate lastvieweddate lastreferenceddate".split()
)
"""Fields without field-level security of their own."""
_LISTS = frozenset({"getPicklistValues", "getReferenceTo", "getController"})
"""What the text of a described field leaves out."""
_NOT_GROUPED = {"TEXTAREA", "MULTIPICKLIST", "BASE64", "DOUBLE", "CURRENCY", "PERCENT", "DATETIME"}
_NUMBERS = {"DOUBLE", "CURRENCY", "PERCENT"}


@platform_class("Schema.DescribeFieldResult")
class DescribeFieldResult:
    """What a field is like, and what the running user may do with it."""

    apex_type: ClassVar[ApexType] = ApexType("Schema.DescribeFieldResult")

    def __init__(self, token: SObjectField) -> None:
        self.token = token
        self.owner = org_data().schema[token.object_name]
        field = self.owner.find(token.name)
        if field is None:
            refuse_package(token.name)
            raise raise_apex(
                "SObjectException", f"Invalid field {token.name} for {token.object_name}"
            )
        self.field = field

    def apex_key(self) -> tuple[str, str, str]:
        """Equal results describe the same field."""
        return ("field", self.owner.key, self.field.key)

    def apex_text(self) -> str:
        """`Schema.DescribeFieldResult[getByteLength=...;...isUpdateable=true;]`."""
        shown = [
            *((f"get{text.rpartition(' ')[2]}", read) for text, read in _VALUES.items()),
            *((f"is{name}", check) for name, check in sorted(_FLAGS.items())),
        ]
        parts = (f"{name}={text_of(read(self))};" for name, read in shown if name not in _LISTS)
        return f"Schema.DescribeFieldResult[{''.join(parts)}]"


def _allows(letter: str) -> Callable[[Any], bool]:
    """The user's right, and whether the field can be written at all."""

    def allows(result: DescribeFieldResult) -> bool:
        permissions = org_database().permissions
        right = "r" if letter == "r" else "e"
        possible = letter == "r" or (
            result.field.createable if letter == "c" else result.field.updateable
        )
        needed = {"r": "r", "c": "c", "e": "e"}[letter]
        return bool(
            possible
            and not (letter != "r" and result.field.calculated)
            and permissions.object_allows(result.owner, needed)
            and permissions.field_allows(result.owner, result.field, right)
        )

    return allows


def _parents(result: Any) -> ApexList:
    tokens = (object_token(name) for name in result.field.reference_to)
    return ApexList(tokens, SObjectType.apex_type)


def _picklist(result: Any) -> ApexList:
    entries = (picklist_entry(each) for each in result.field.picklist)
    return ApexList(entries, ApexType("Schema.PicklistEntry"))


def _byte_length(result: Any) -> int:
    return int(result.field.length) * (1 if result.field.type in {"ID", "REFERENCE"} else 3)


def _digits(result: Any) -> int:
    return int(result.field.precision or 9) if result.field.type == "INTEGER" else 0


def _nillable(result: Any) -> bool:
    field = result.field
    return not (field.required or field.type == "BOOLEAN" or field.key in {"id", "ownerid"})


_VALUES: dict[str, Callable[[Any], Any]] = {
    "Integer ByteLength": _byte_length,
    "String CalculatedFormula": lambda result: result.field.formula,
    "String CompoundFieldName": lambda result: result.field.compound,
    "Schema.SObjectField Controller": lambda _: None,
    "Object DefaultValue": lambda result: result.field.default_value,
    "String DefaultValueFormula": lambda result: result.field.default,
    "Integer Digits": _digits,
    "String InlineHelpText": lambda result: result.field.help_text,
    "String Label": lambda result: result.field.label or result.field.name,
    "Integer Length": lambda result: result.field.length,
    "String LocalName": lambda result: result.field.name,
    "String Mask": lambda _: None,
    "String MaskType": lambda _: None,
    "String Name": lambda result: result.field.name,
    "List<Schema.PicklistEntry> PicklistValues": _picklist,
    "Integer Precision": lambda result: result.field.precision,
    "String ReferenceTargetField": lambda _: None,
    "List<Schema.SObjectType> ReferenceTo": _parents,
    "String RelationshipName": lambda result: result.field.relationship,
    "Integer RelationshipOrder": lambda result: 0 if result.field.master_detail else None,
    "Integer Scale": lambda result: result.field.scale,
    "Schema.SoapType SoapType": lambda result: SOAP_TYPES[_SOAP.get(result.field.type, "STRING")],
    "Schema.SObjectType SObjectType": lambda result: object_token(result.owner.name),
    "Schema.SObjectField SobjectField": lambda result: field_token(
        result.owner.name, result.field.name
    ),
    "Schema.DisplayType Type": lambda result: DISPLAY_TYPES.get(result.field.type),
}
_FLAGS: dict[str, Callable[[Any], bool]] = {
    "Accessible": _allows("r"),
    "Createable": _allows("c"),
    "Updateable": _allows("e"),
    "Aggregatable": lambda result: result.field.type not in {"TEXTAREA", "BASE64", "BOOLEAN"},
    "AiPredictionField": lambda _: False,
    "AutoNumber": lambda result: result.field.auto_number is not None,
    "Calculated": lambda result: result.field.calculated,
    "CascadeDelete": lambda result: result.field.on_delete == "Cascade",
    "CaseSensitive": lambda result: result.field.case_sensitive,
    "Custom": lambda result: result.field.custom,
    "DefaultedOnCreate": lambda result: result.field.defaulted or result.field.type == "BOOLEAN",
    "DependentPicklist": lambda _: False,
    "DeprecatedAndHidden": lambda _: False,
    "DisplayLocationInDecimal": lambda _: False,
    "Encrypted": lambda result: result.field.type == "ENCRYPTEDSTRING",
    "ExternalId": lambda result: result.field.external_id,
    "Filterable": lambda result: (
        not (
            result.field.type == "BASE64"
            or (result.field.type == "TEXTAREA" and result.field.length > 255)
        )
    ),
    "FormulaTreatNullNumberAsZero": lambda result: result.field.blank_as_zero,
    "Groupable": lambda result: result.field.type not in _NOT_GROUPED,
    "HighScaleNumber": lambda result: result.field.type in _NUMBERS and result.field.scale > 8,
    "HtmlFormatted": lambda result: result.field.html,
    "IdLookup": lambda result: result.field.id_lookup or result.field.key == "id",
    "NameField": lambda result: result.field.name_field,
    "NamePointing": lambda result: len(result.field.reference_to) > 1,
    "Nillable": _nillable,
    "Permissionable": lambda result: (
        not (result.field.required or result.field.name_field or result.field.key in _SYSTEM)
    ),
    "QueryByDistance": lambda _: False,
    "RestrictedDelete": lambda result: result.field.on_delete == "Restrict",
    "RestrictedPicklist": lambda result: result.field.restricted,
    "SearchPrefilterable": lambda result: bool(result.field.reference_to),
    "Sortable": lambda result: result.field.type not in {"MULTIPICKLIST", "BASE64"},
    "Unique": lambda result: result.field.unique,
    "WriteRequiresMasterRead": lambda _: False,
}


def _declare() -> None:
    members = platform_members("Schema.DescribeFieldResult")
    for text, read in _VALUES.items():
        kind, name = text.rsplit(None, 1)
        members.method(f"{kind} get{name}()")(read)
        members.getter(text)(read)
    for name, check in _FLAGS.items():
        members.method(f"Boolean is{name}()")(check)
        members.getter(f"Boolean {name}")(check)


_declare()


@TOKEN.method("Schema.DescribeFieldResult getDescribe()")
def get_describe(token: SObjectField) -> DescribeFieldResult:
    """What the field is like."""
    return DescribeFieldResult(token)


@TOKEN.method("Schema.DescribeFieldResult getDescribe(Object options)")
def get_describe_with(token: SObjectField, options: Any) -> DescribeFieldResult:
    """What the field is like; everything is known at once here."""
    del options
    return DescribeFieldResult(token)


@TOKEN.method("String toString()")
def to_string(token: SObjectField) -> str:
    """The field's name."""
    return token.name
