"""Finds what dotted names of the platform mean: Trigger.new, Account.Name, Label.X, Page.X."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.checker.scope import dotted
from sfgen.apex.names.meanings import Constant, RuntimeValue, TriggerValue, Typed
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import STRING, ApexType, list_of, map_of, type_named

if TYPE_CHECKING:
    from sfgen.apex.checker.body import Body
    from sfgen.apex.names.meanings import Meaning

__all__ = ["object_token", "special_member", "token"]

_TRIGGER_VALUES = {
    "new": "list",
    "old": "list",
    "newmap": "map",
    "oldmap": "map",
    "size": "Integer",
    "operationtype": "TriggerOperation",
    **dict.fromkeys(
        "isexecuting isbefore isafter isinsert isupdate isdelete isundelete".split(), "Boolean"
    ),
}
_FIELD_LISTS = frozenset({"fields", "fieldsets"})


def token(body: Body, node: tree.Member, kind: ApexType) -> Meaning:
    """`Account.SObjectType`, `Account.Name`, `Account.Fields`."""
    low = node.name.lower()
    if low == "sobjecttype":
        return object_token(kind)
    if low == "fields":
        return Typed(ApexType("fields of", (kind,)))
    record = body.world.record(kind)
    found = record.find(node.name) if record is not None else None
    name = found.name if found is not None else _by_relationship(record, node.name)
    kinds = ApexType("Schema.SObjectField")
    return RuntimeValue("field_token", (kind.name, name), kinds, fixed=True, sure=True)


def object_token(kind: ApexType) -> RuntimeValue:
    """`Account.SObjectType` and `Account.getSObjectType()`."""
    found = ApexType("Schema.SObjectType")
    return RuntimeValue("object_token", (kind.name,), found, fixed=True, sure=True)


def _by_relationship(record: object, name: str) -> str:
    """`Contact.Account` is the token of AccountId."""
    known = getattr(record, "by_relationship", {}).get(name.lower())
    return str(known.name) if known is not None else name


def special_member(body: Body, node: tree.Member) -> Meaning | None:
    """What `Trigger.new`, `SObjectType.Account`, `Label.X` and `Page.X` mean; None for others."""
    path = dotted(node)
    if path is None:
        return _description(body, node)
    first, _, rest = path.lower().removeprefix("system.").removeprefix("schema.").partition(".")
    if not rest or body.scope.begins_with_variable(path):
        return _description(body, node)
    if first == "trigger" and "." not in rest and rest in _TRIGGER_VALUES:
        return _trigger_value(body, rest)
    if first == "label":
        return RuntimeValue("label", (path.rpartition("abel.")[2],), STRING)
    if first == "page" and "." not in rest and body.world.symbol(ApexType("Page")) is None:
        return RuntimeValue("page", (node.name,), ApexType("PageReference"))
    if first == "sobjecttype" and "." not in rest:
        name = _object_name(body, node.name)
        kind = ApexType("Schema.DescribeSObjectResult")
        return RuntimeValue("describe_object", (name,), kind, sure=True)
    return _description(body, node)


def _trigger_value(body: Body, name: str) -> TriggerValue:
    """`Trigger.new` and the like, rows typed by the trigger's object."""
    kind = body.scope.trigger_object or ApexType("SObject")
    answers = {"list": list_of(kind), "map": map_of(type_named("Id"), kind)}
    word = _TRIGGER_VALUES[name]
    return TriggerValue(name, answers.get(word, ApexType(word)))


def _object_name(body: Body, name: str) -> str:
    record = body.world.record(ApexType(name))
    return record.name if record is not None else name


def _description(body: Body, node: tree.Member) -> Meaning | None:
    """`SObjectType.Account.fields.Name`, `Account.Fields.Name` and `X__Share.RowCause.Y__c`."""
    target = node.target
    if isinstance(target, tree.Member) and target.name.lower() == "rowcause":
        owner = body.scope.static_type(target.target)
        if owner is not None and body.world.is_record(owner):
            return Constant(node.name, STRING)
    if not isinstance(target, tree.Member) or target.name.lower() not in _FIELD_LISTS:
        return None
    path = dotted(target.target)
    if path is None or body.scope.begins_with_variable(path):
        return None
    low = path.lower().removeprefix("schema.")
    if low.startswith("sobjecttype."):
        names = (_object_name(body, path.rpartition(".")[2]), node.name)
        if target.name.lower() == "fieldsets":
            return RuntimeValue("describe_field_set", names, ApexType("Schema.FieldSet"))
        kind = ApexType("Schema.DescribeFieldResult")
        return RuntimeValue("describe_field", names, kind, sure=True)
    if low.endswith(".sobjecttype"):
        path = path[: -len(".sobjecttype")]
    owner = body.scope.type_at(path)
    if owner is not None and body.world.is_record(owner):
        return token(body, node, owner)
    return None
