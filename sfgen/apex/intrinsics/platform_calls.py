"""Platform members that compiled code names by key, and tokens of types, objects, fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.database import find_database
from sfgen.apex.library.declarations.registry import PLATFORM, find_class
from sfgen.apex.library.schema.schema_tokens import (
    SObjectField,
    SObjectType,
    field_token,
    object_token,
)
from sfgen.apex.runtime.collections import ApexList
from sfgen.apex.runtime.exceptions import Unsupported, raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.values import SObject
from sfgen.apex.store.org_data import org_data

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sfgen.apex.runtime.objects import ApexEnum
    from sfgen.apex.types.model import ApexType

__all__ = [
    "describe_field",
    "describe_field_set",
    "describe_object",
    "enum_value",
    "enum_values",
    "field_token",
    "label",
    "new_record",
    "object_token",
    "page",
    "platform",
    "platform_constant",
    "setting",
    "trigger_value",
]


def platform(key: str) -> Callable[..., Any]:
    """The function of a platform member by its signature's key."""
    owner, kind, text = key.split("|", 2)
    known = PLATFORM.get(owner.lower())
    if known is not None:
        groups = [*known.statics.values(), *known.methods.values(), known.constructors]
        singles = [*known.getters.values(), *known.setters.values(), *known.static_getters.values()]
        for signature in [each for group in groups for each in group] + singles:
            if signature.kind == kind and signature.text == text:
                return signature.function

    def missing(*_: Any) -> Any:
        raise Unsupported(f"{owner}: {text}")

    return missing


def platform_constant(owner: str, name: str) -> Any:
    """The value of a platform constant or enum value."""
    return PLATFORM[owner.lower()].constants[name][2]


def enum_values(values: Mapping[str, ApexEnum], kind: ApexType) -> ApexList:
    """`Season.values()`."""
    return ApexList(values.values(), kind)


def enum_value(values: Mapping[str, ApexEnum], kind: str, name: Any) -> Any:
    """`Season.valueOf(name)` (EX26)."""
    if name is None:
        raise raise_apex("NullPointerException", "Attempt to de-reference a null object")
    found = values.get(str(name).lower())
    if found is None:
        raise raise_apex("NoSuchElementException", f"No enum constant {kind}.{name}")
    return found


def new_record(name: str, fields: tuple[tuple[str, Any], ...] = ()) -> SObject:
    """`new Account(Name = 'a')`."""
    record = SObject(name.removeprefix("Schema."))
    for field, value in fields:
        record.write(field, value)
    return record


def _described(token: SObjectType | SObjectField) -> Any:
    known = find_class(token.apex_type.name)
    for signature in known.methods.get("getdescribe", ()) if known else ():
        if not signature.parameters:
            return signature.function(token)
    raise Unsupported(f"{token.apex_type.name}.getDescribe")


def describe_object(name: str) -> Any:
    """`SObjectType.Account`. Unsupported for an object that the catalogue lacks."""
    if org_data().schema.find(name) is None:
        raise Unsupported(f"SObjectType.{name}")
    return _described(object_token(name))


def describe_field(name: str, field: str) -> Any:
    """`SObjectType.Account.fields.Name`."""
    record = org_data().schema.find(name)
    found = record.find(field) if record is not None else None
    return _described(field_token(name, found.name if found is not None else field))


def describe_field_set(name: str, field_set: str) -> Any:
    """`SObjectType.Account.fieldSets.My_Set`."""
    sets = describe_object(name)
    known = find_class("Schema.DescribeSObjectResult")
    getter = known.getters.get("fieldsets") if known else None
    if getter is None:
        raise Unsupported("Schema.DescribeSObjectResult.fieldSets")
    holder = getter.function(sets)
    found = holder.get_map().get(field_set) if hasattr(holder, "get_map") else None
    if found is None:
        raise Unsupported(f"field set {name}.{field_set}")
    return found


def label(name: str) -> str:
    """`System.Label.Greeting`; code that names a label compiles only where there is one.

    Raises Unsupported for one that no file of the project declares.
    """
    labels = current().project.labels
    path = name.lstrip(".")
    key = path.rpartition(".")[2].lower()
    for each, value in labels.items():
        if each.lower() == key:
            return str(value)
    raise Unsupported(f"System.Label.{path} (no file of the project declares this label)")


def page(name: str) -> Any:
    """`Page.MyPage`: a reference to a Visualforce page."""
    known = find_class("PageReference")
    for signature in known.constructors if known else ():
        if len(signature.parameters) == 1 and signature.parameters[0].name == "String":
            return signature.function(f"/apex/{name.lower()}")
    raise Unsupported(f"Page.{name}")


def setting(name: str, method: str, *arguments: Any) -> Any:
    """`My__c.getInstance()` and kin of custom settings and custom metadata types."""
    database = find_database()
    if database is None:
        raise Unsupported(f"{name}.{method}")
    return database.settings.call(name, method, *arguments)


def trigger_value(name: str) -> Any:
    """`Trigger.new` and kin; null outside a trigger."""
    return getattr(current().trigger, name, None)
