"""What reading, writing, comparing and copying a record means (SObject semantics)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.ids import Id, id_of
from sfgen.apex.runtime.keys import Blob, Long, key_of
from sfgen.apex.runtime.surrogates import encodable
from sfgen.apex.runtime.values import ApexEnum, ApexList, SObject, type_of
from sfgen.apex.schema.missing_packages import refuse_missing
from sfgen.apex.store.org_data import org_data
from sfgen.apex.types.model import ApexType

if TYPE_CHECKING:
    from sfgen.apex.schema.schema import Field, ObjectType

__all__ = ["RecordSemantics", "convert", "install", "object_of"]

_AUDIT = ("createddate", "createdbyid", "lastmodifieddate", "lastmodifiedbyid", "systemmodstamp")
_TEXTS = frozenset(
    "STRING TEXTAREA PHONE EMAIL URL PICKLIST MULTIPICKLIST COMBOBOX ENCRYPTEDSTRING".split()
)


def object_of(record: SObject) -> ObjectType | None:
    """The schema's entry of a record's object; None for AggregateResult and kin."""
    return org_data().schema.find(record.type_name)


def _refused(field: Field, owner: str, value: Any) -> Exception:
    return raise_apex(
        "SObjectException",
        f"Illegal assignment from {type_of(value)} to {_apex_name(field)}"
        if owner
        else "Illegal assignment",
    )


def _apex_name(field: Field) -> str:
    names = {
        "BOOLEAN": "Boolean", "INTEGER": "Integer", "LONG": "Long", "DATE": "Date",
        "DATETIME": "Datetime", "TIME": "Time", "BASE64": "Blob", "ID": "Id", "REFERENCE": "Id",
    }  # fmt: skip
    if field.type in {"DOUBLE", "CURRENCY", "PERCENT"}:
        return "Decimal"
    return names.get(field.type, "String")


def convert(field: Field, owner: str, value: Any) -> Any:
    """`value` as the field holds it; SObjectException for a type it doesn't take (EX27)."""
    if value is None:
        return None
    kind = type(value)
    if field.type in _TEXTS:
        if isinstance(value, str):
            return str(value) if kind is Id else value
        if isinstance(value, ApexEnum):
            return value.name
    elif field.type in {"ID", "REFERENCE"}:
        if isinstance(value, str):
            return str(value) if field.free_reference else id_of(value)
    elif field.type in {"DOUBLE", "CURRENCY", "PERCENT"}:
        if kind is Decimal:
            return value
        if kind is int or kind is Long:
            return Decimal(int(value))
        if kind is float:
            return Decimal(repr(value))
    else:
        return _convert_other(field, owner, value)
    raise _refused(field, owner, value)


def _convert_other(field: Field, owner: str, value: Any) -> Any:
    kind = type(value)
    wanted: dict[str, type] = {
        "BOOLEAN": bool, "INTEGER": int, "LONG": Long, "DATE": dt.date,
        "DATETIME": dt.datetime, "TIME": dt.time, "BASE64": Blob,
    }  # fmt: skip
    if field.type not in wanted or kind is wanted[field.type]:
        return value
    if field.type == "DATETIME" and kind is dt.date:
        return dt.datetime.combine(value, dt.time(0, tzinfo=dt.timezone.utc))
    if field.type == "DATE" and kind is dt.datetime:
        return value.date()
    if field.type == "BASE64" and kind is str:
        return Blob(encodable(value).encode())
    if field.type in {"INTEGER", "LONG"} and kind in {int, Long, Decimal} and value == int(value):
        return int(value) if field.type == "INTEGER" else Long(int(value))
    raise _refused(field, owner, value)


def _check_prefix(owner: ObjectType, record_id: str) -> None:
    """SObjectException for an Id of another standard object."""
    other = org_data().schema.of_id(record_id)
    if other is not None and other is not owner and not (other.custom or owner.custom):
        raise raise_apex("SObjectException", f"Invalid id value for this SObject type: {record_id}")


class RecordSemantics:
    """Installed as `SObject.semantics`; the rules themselves, without state."""

    def missing(self, record: SObject, name: str) -> Any:
        """The value of a field that isn't in `fields`.

        Raises SObjectException for a field or relationship that the query left out (EX05).
        """
        owner = object_of(record)
        if owner is None:
            if record.queried is None or name in record.queried:
                return None
            refuse_missing(org_data().schema, name)
            raise raise_apex("SObjectException", f"Invalid field {name} for {record.type_name}")
        field = owner.fields.get(name)
        if record.queried is None:
            return self._unset(record, owner, field, name)
        if name in record.queried or name == "id":
            return False if field is not None and field.type == "BOOLEAN" else None
        child = None if field or name in owner.by_relationship else self._children(owner, name)
        if child is not None and (record.marks or {}).get("subqueries"):
            return ApexList((), ApexType(child))
        if field is None and name not in owner.by_relationship and not child:
            return None
        shown = field.name if field else self.field_name(record, name)
        raise raise_apex(
            "SObjectException",
            "SObject row was retrieved via SOQL without querying the requested field: "
            f"{owner.name}.{shown}",
        )

    def _unset(self, record: SObject, owner: ObjectType, field: Field | None, name: str) -> Any:
        if field is not None and field.calculated and (record.marks or {}).get("trigger"):
            return org_data().calculated(record, owner, field)
        if field is not None:
            return False if field.type == "BOOLEAN" else None
        child = self._children(owner, name)
        if child is None:
            return None
        made = ApexList((), ApexType(child))
        record.fields[name] = made
        return made

    def _children(self, owner: ObjectType, name: str) -> str | None:
        link = org_data().schema.child(owner.name, name)
        return link.child if link else None

    def write(self, record: SObject, name: str, value: Any) -> None:
        """Set a field or relationship; FinalException on a read-only record (EX15)."""
        if record.read_only:
            raise raise_apex("FinalException", "Record is read-only")
        owner = object_of(record)
        field = owner.fields.get(name) if owner else None
        if field is not None and owner is not None:
            value = convert(field, owner.name, value)
            if name == "id" and value is not None:
                _check_prefix(owner, str(value))
        record.fields[name] = value

    def key(self, record: SObject) -> Any:
        """Equal records have equal values in all fields (OP08); marks and errors don't count."""
        pairs = frozenset(
            (name, value if type(value) is Decimal else key_of(value))
            for name, value in record.fields.items()
            if value is not None
        )
        return ("sobject", record.type_name.lower(), pairs)

    def field_name(self, record: SObject, name: str) -> str:
        """The spelling of a field or relationship as the schema has it."""
        names = (record.marks or {}).get("names")
        if names:
            return next((each for each in names if each.lower() == name), name)
        owner = object_of(record)
        if owner is None:
            return name
        if name in owner.fields:
            return owner.fields[name].name
        field = owner.by_relationship.get(name)
        if field is not None and field.relationship:
            return field.relationship
        link = org_data().schema.child(owner.name, name)
        return (link.name if link else None) or name

    def clone(
        self,
        record: SObject,
        preserve_id: bool = False,  # noqa: FBT001, FBT002 - Apex's parameters
        deep: bool = False,  # noqa: FBT001, FBT002
        timestamps: bool = False,  # noqa: FBT001, FBT002
        autonumbers: bool = False,  # noqa: FBT001, FBT002
    ) -> SObject:
        """A copy (Apex Reference Guide, SObject.clone); relationships are shared unless deep."""
        made = SObject(record.type_name, record.fields.items())
        made.queried = None if record.queried is None else set(record.queried)
        source = made.fields.get("id")
        if not preserve_id:
            made.fields.pop("id", None)
        for name in () if timestamps else _AUDIT:
            made.fields.pop(name, None)
        owner = object_of(record)
        for field in owner.fields.values() if owner and not autonumbers else ():
            if field.auto_number:
                made.fields.pop(field.key, None)
        if deep:
            for name, value in made.fields.items():
                if isinstance(value, SObject):
                    made.fields[name] = self.clone(value, True, True, True, True)  # noqa: FBT003
        made.marks = {"clone": True, "source": source}
        if record.marks and "names" in record.marks:
            made.marks["names"] = record.marks["names"]
        return made

    def populated(self, record: SObject) -> list[tuple[str, Any]]:
        """Names as spelt by the schema with their values: `getPopulatedFieldsAsMap`."""
        return [(self.field_name(record, name), value) for name, value in record.fields.items()]


def install() -> None:
    """Make these rules those of every record."""
    SObject.semantics = RecordSemantics()
