"""Invocable.Action's results, as flows and tests hand them about; actions are not run here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.declarations.data_objects import data_class
from sfgen.apex.library.declarations.registry import platform_members
from sfgen.apex.runtime.exceptions import Unsupported

if TYPE_CHECKING:
    from sfgen.apex.library.declarations.data_objects import DataObject

ACTION = data_class("Invocable.Action", "String name; String type; Map<String, Object> parameters")
data_class(
    "Invocable.Action.Error",
    "String code; String message",
    "String getCode() = code; String getMessage() = message",
)
data_class(
    "Invocable.Action.Result",
    "Invocable.Action action; List<Invocable.Action.Error> errors;"
    "Map<String, Object> outputParameters; Boolean success",
    "Invocable.Action getAction() = action;"
    "List<Invocable.Action.Error> getErrors() = errors;"
    "Map<String, Object> getOutputParameters() = outputParameters;"
    "Boolean isSuccess() = success",
)
MEMBERS = platform_members("Invocable.Action")


@MEMBERS.static("Invocable.Action createCustomAction(String type, String name)")
def create_custom_action(kind: str | None, name: str | None) -> DataObject:
    """An action by its type and name."""
    return ACTION(type=kind, name=name)


@MEMBERS.static("Invocable.Action createStandardAction(String type)")
def create_standard_action(kind: str | None) -> DataObject:
    """A standard action."""
    return ACTION(type=kind, name=kind)


@MEMBERS.method("String getName()")
def get_name(action: DataObject) -> Any:
    """The action's name."""
    return action.get("name")


@MEMBERS.method("String getType()")
def get_type(action: DataObject) -> Any:
    """The action's type."""
    return action.get("type")


@MEMBERS.method("List<Invocable.Action.Result> invoke()")
def invoke(action: DataObject) -> Any:
    """Running an action needs what it names."""
    raise Unsupported(f"Invocable.Action.invoke of {action.get('name')}")
