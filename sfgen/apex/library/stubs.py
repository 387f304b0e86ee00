"""Test.createStub: objects whose methods ask a StubProvider (Apex Developer Guide, Stub API)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.registry import platform_interface
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.values import ApexList, find_method
from sfgen.apex.types.model import STRING, ApexType, type_named

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["stub_of"]

platform_interface(
    "StubProvider",
    "Object handleMethodCall(Object stubbedObject, String stubbedMethodName, Type returnType,"
    " List<Type> listOfParamTypes, List<String> listOfParamNames, List<Object> listOfArgs)",
)
TYPES = ApexType("Type")


def _answer(
    provider: Any, name: str, kinds: tuple[ApexType, ...], names: tuple[str, ...], result: ApexType
) -> Callable[..., Any]:
    """A method that asks the provider."""
    handle = find_method(provider, "handleMethodCall", 6)
    if handle is None:
        raise raise_apex("TypeException", "The provider must implement System.StubProvider")
    ask = handle

    def called(receiver: Any, *arguments: Any) -> Any:
        return ask(
            receiver,
            name,
            result,
            ApexList(kinds, TYPES),
            ApexList(names, STRING),
            ApexList(arguments),
        )

    return called


def stub_of(kind: ApexType, provider: Any) -> Any:
    """An object that is an instance of the class. TypeException for what can't be stubbed."""
    program = current().program
    parent = program.find_class(kind.name) if program is not None else None
    if parent is None:
        raise raise_apex("TypeException", f"Cannot create a stub of {kind}")
    stub_type = ApexType(f"{parent.apex_type.name}__sfdc_ApexStub")
    members: dict[str, Any] = {"__module__": "apex", "apex_type": stub_type}
    for python_class in reversed(parent.__mro__):
        described = getattr(python_class, "apex_description", None)
        for name, kinds, attribute, parameters, result in described["stubs"] if described else ():
            types = tuple(map(type_named, kinds))
            members[attribute] = _answer(provider, name, types, parameters, type_named(result))
    return type(f"{parent.__name__}__sfdc_ApexStub", (parent,), members)()
