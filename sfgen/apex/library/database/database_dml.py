"""Database's DML methods, every overload (Apex Reference Guide, Database Class)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.database import org_database
from sfgen.apex.library.database.database_class import access_of
from sfgen.apex.library.declarations.arguments import required
from sfgen.apex.library.declarations.data_objects import DataObject
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.library.records.database_results import RESULTS, result_of
from sfgen.apex.library.records.database_results import DmlError as RowError
from sfgen.apex.library.schema.schema_tokens import SObjectField
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.values import ApexEnum, ApexList, Id, SObject
from sfgen.apex.store.org_data import org_data
from sfgen.apex.terms.access_mode import DmlOptions

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["apex_result"]

DATABASE = platform_members("Database")


def apex_result(operation: str, found: Any) -> Any:
    """A result of the store (`data.dml_results.Result`) as Apex sees it."""
    errors = [
        RowError(each.status, each.message, each.fields, each.index, each.record_id)
        for each in found.errors
    ]
    more: dict[str, Any] = {}
    if operation == "upsert":
        more["created"] = found.created
    if operation == "merge":
        more["mergedRecordIds"] = ApexList(found.merged)
        more["updatedRelatedIds"] = ApexList(found.reparented)
    return result_of(operation, found.record_id, errors, **more)


def _rows(value: Any) -> tuple[ApexList, bool]:
    """The records of an argument (records or Ids, one or many), and whether it was a list."""
    many = isinstance(value, ApexList)
    listed = value if many else ApexList([required(value)])
    if not any(isinstance(each, str) for each in listed):
        return listed if many else ApexList(listed, listed[0].apex_type), many
    return ApexList([_of_id(each) for each in listed]), many


def _of_id(value: Any) -> SObject:
    """A record that has nothing but an Id."""
    if isinstance(value, SObject):
        return value
    owner = org_data().schema.of_id(required(value))
    if owner is None:
        raise raise_apex("StringException", f"Invalid id: {value}")
    return SObject(owner.name, [("id", Id(value))])


def _options(rest: tuple[Any, ...]) -> DmlOptions:
    """What the arguments behind the records say."""
    made: dict[str, Any] = {}
    level: ApexEnum | None = None
    for each in rest:
        if type(each) is bool:
            made["all_or_none"] = each
        elif isinstance(each, ApexEnum):
            level = each
        elif isinstance(each, SObjectField):
            made["external_id"] = each.name
        elif isinstance(each, DataObject):
            made["all_or_none"] = each.get("optallornone") is True
            made["truncate"] = each.get("allowfieldtruncation") is True
    return DmlOptions(access=access_of(level), **made)


def _declare(operation: str, arguments: list[str], result: str) -> None:
    """All overloads of one operation: records alone, with options, with an access level."""

    def run(value: Any, *rest: Any) -> Any:
        rows, many = _rows(value)
        options = _options(rest)
        found = getattr(org_database(), operation)(rows, options)
        results = [apex_result(operation, each) for each in found]
        return ApexList(results, RESULTS[operation].apex_type) if many else results[0]

    extra = ["", "Boolean allOrNone"]
    if operation in {"insert", "update"}:
        extra.append("Database.DMLOptions dmlOptions")
    if operation == "upsert":
        extra += ["Schema.SObjectField field", "Schema.SObjectField field, Boolean allOrNone"]
    for argument in arguments:
        kind = f"List<{result}>" if argument.startswith("List<") else result
        for options in extra:
            for level in ("", "AccessLevel accessLevel"):
                parts = ", ".join(filter(None, (argument, options, level)))
                DATABASE.static(f"{kind} {operation}({parts})")(run)


_RECORDS = ["SObject record", "List<SObject> records"]
_IDS = ["Id recordId", "List<Id> recordIds"]
_declare("insert", _RECORDS, "Database.SaveResult")
_declare("update", _RECORDS, "Database.SaveResult")
_declare("upsert", _RECORDS, "Database.UpsertResult")
_declare("delete", _RECORDS + _IDS, "Database.DeleteResult")
_declare("undelete", _RECORDS + _IDS, "Database.UndeleteResult")


def _immediate(operation: str) -> None:
    """`insertImmediate` and kin of external objects: the store knows only its own."""

    def run(value: Any, *rest: Any) -> Any:
        rows, many = _rows(value)
        results = [
            apex_result(operation, each)
            for each in getattr(org_database(), operation)(rows, _options(rest))
        ]
        return ApexList(results, RESULTS[operation].apex_type) if many else results[0]

    result = RESULTS[operation].apex_type.name
    DATABASE.static(f"{result} {operation}Immediate(SObject record)")(run)
    DATABASE.static(f"List<{result}> {operation}Immediate(List<SObject> records)")(run)


for _operation in ("insert", "update", "delete"):
    _immediate(_operation)


def _merge(master: Any, duplicates: Any, *rest: Any) -> Any:
    rows, many = _rows(duplicates)
    options = _options(rest)
    found = org_database().merge(required(master), rows, options)
    results = [apex_result("merge", each) for each in found]
    return ApexList(results, RESULTS["merge"].apex_type) if many else results[0]


def _declare_merge(function: Callable[..., Any]) -> None:
    for argument in (
        "SObject duplicate",
        "Id duplicate",
        "List<SObject> duplicates",
        "List<Id> duplicates",
    ):
        many = argument.startswith("List<")
        kind = "List<Database.MergeResult>" if many else "Database.MergeResult"
        for options in ("", "Boolean allOrNone"):
            for level in ("", "AccessLevel accessLevel"):
                parts = ", ".join(filter(None, ("SObject master", argument, options, level)))
                DATABASE.static(f"{kind} merge({parts})")(function)


_declare_merge(_merge)


def _empty_recycle_bin(value: Any) -> Any:
    rows, many = _rows(value)
    results = []
    for record in rows:
        owner = org_data().schema.find(record.type_name)
        record_id = record.fields.get("id")
        if owner is not None and record_id is not None:
            # ALL ROWS still finds the row until the platform has cleaned up: public suites.
            org_data().store.take_from_bin(record_id)
        results.append(result_of("emptyRecycleBin", record_id))
    current().governor.count("dml_statements")
    current().governor.count("dml_rows", len(rows))
    return ApexList(results, RESULTS["emptyRecycleBin"].apex_type) if many else results[0]


for _argument in ("SObject record", "List<SObject> records", "List<Id> recordIds"):
    _kind = "Database.EmptyRecycleBinResult"
    _kind = f"List<{_kind}>" if _argument.startswith("List<") else _kind
    DATABASE.static(f"{_kind} emptyRecycleBin({_argument})")(_empty_recycle_bin)
