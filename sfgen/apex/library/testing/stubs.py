"""Test.createStub: objects whose methods ask a StubProvider (Apex Developer Guide, Stub API)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.library.declarations.registry import platform_interface
from sfgen.apex.runtime.exceptions import raise_apex
from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.objects import ApexObject
from sfgen.apex.runtime.values import ApexList, ApexMap, ApexSet, SObject, find_method, type_of
from sfgen.apex.types.model import STRING, ApexType, type_named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
        answered = ask(
            receiver,
            name,
            result,
            ApexList(kinds, TYPES),
            ApexList(names, STRING),
            ApexList(arguments),
        )
        if _clashes(answered, result):
            raise raise_apex(
                "TypeException",
                f"Invalid conversion from runtime type {_shown(type_of(answered))}"
                f" to {_shown(result)}",
            )
        return answered

    return called


_PLAIN = frozenset("boolean integer long double decimal string id date datetime time blob".split())


def _clashes(answered: Any, result: ApexType) -> bool:
    """Whether a provider answers something that can't be the method's result."""
    if answered is None or result.name.lower() in {"object", "void", "any"}:
        return False
    if result.name.lower() in _PLAIN:
        return isinstance(answered, (ApexList, ApexSet, ApexMap, SObject, ApexObject))
    return type_of(answered).name.lower() in _PLAIN


def _shown(kind: ApexType) -> str:
    """The type's name in the platform's message: a stub is called by its class."""
    return str(kind).replace("__sfdc_ApexStub", "").replace("Object>", "ANY>")


def _check(kind: ApexType, description: Mapping[str, Any]) -> None:
    """TypeException for classes that the Stub API leaves out (its section "Limitations")."""
    if "." in kind.name:
        raise raise_apex("TypeException", f"Cannot create a stub of the inner class {kind}")
    if description.get("hidden"):
        raise raise_apex("TypeException", f"{kind} has only private constructors")


def stub_of(kind: ApexType, provider: Any) -> Any:
    """An object that is an instance of the class. TypeException for what can't be stubbed."""
    program = current().program
    parent = program.find_class(kind.name) if program is not None else None
    if parent is None:
        raise raise_apex("TypeException", f"Cannot create a stub of {kind}")
    _check(kind, parent.apex_description)
    stub_type = ApexType(f"{parent.apex_type.name}__sfdc_ApexStub")
    members: dict[str, Any] = {"__module__": "apex", "apex_type": stub_type}
    for python_class in reversed(parent.__mro__):
        described = getattr(python_class, "apex_description", None)
        for name, kinds, attribute, parameters, result in described["stubs"] if described else ():
            types = tuple(map(type_named, kinds))
            answer = _answer(provider, name, types, parameters, type_named(result))
            members[attribute] = answer
            if name.lower() == "tostring" and not kinds:
                members["apex_text"] = answer
    return type(f"{parent.__name__}__sfdc_ApexStub", (parent,), members)()
