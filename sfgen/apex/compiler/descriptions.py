"""What the loader must know of a class: plain data beside its functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.syntax import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sfgen.apex.names.world import World
    from sfgen.apex.types.model import ApexType
    from sfgen.apex.types.symbols import MethodSymbol, TypeSymbol

__all__ = ["describe_type"]


def _constants(symbol: TypeSymbol) -> dict[str, Any]:
    """`static final` fields with a literal are there before anything runs (CL02)."""
    found: dict[str, Any] = {}
    for member in symbol.node.members:
        if isinstance(member, tree.Field) and {"static", "final"} <= member.modifiers:
            value = member.value
            if isinstance(value, tree.Literal) and value.kind in {"string", "boolean"}:
                found[f"f_{member.name.lower()}"] = value.value
    return found


def _ancestors(world: World, kind: ApexType) -> set[str]:
    """Lower-case names of a type and everything above it, arguments left out."""
    found = {kind.name.lower()}
    for parent in world.parents(kind):
        found |= _ancestors(world, parent)
    return found


def describe_type(world: World, symbol: TypeSymbol) -> dict[str, Any]:
    """Collect what the loader needs to make the Python class."""
    own = symbol.fields.values()
    return {
        "name": symbol.name,
        "python": symbol.python,
        "kind": symbol.kind,
        "parent": str(symbol.extends[0]) if symbol.extends and symbol.kind == "class" else None,
        "ancestors": sorted(_ancestors(world, symbol.type)),
        "methods": _methods(symbol),
        "aliases": _aliases(world, symbol),
        "stubs": _stubs(symbol),
        "fields": [(each.name, str(each.type)) for each in own if not each.static],
        "transient": [each.name.lower() for each in own if "transient" in each.node.modifiers],
        "accessors": _accessor_names(symbol),
        "statics": [each.attribute for each in own if each.static],
        "constants": _constants(symbol),
        "modifiers": sorted(symbol.node.modifiers),
        "hidden": _hides_constructors(symbol),
        "rest": _rest_mapping(symbol),
        "rest_methods": _rest_methods(symbol),
        "constructors": [(_texts(each), each.function) for each in symbol.constructors],
        "static_methods": {
            name: [(_texts(each), each.function, str(each.result)) for each in group if each.static]
            for name, group in symbol.methods.items()
        },
        "annotations": [each.name.lower() for each in symbol.node.annotations],
    }


def _texts(method: MethodSymbol) -> tuple[str, ...]:
    """The types of a method's parameters as text."""
    return tuple(map(str, method.parameters))


def _methods(symbol: TypeSymbol) -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    """The instance methods that have a body, by lower-case name."""
    return {
        name: [
            (_texts(each), each.attribute, each.function)
            for each in group
            if not each.static and each.node.body is not None
        ]
        for name, group in symbol.methods.items()
    }


def _stubs(symbol: TypeSymbol) -> list[tuple[Any, ...]]:
    """What a stub (`Test.createStub`) must know of every instance method."""
    return [
        (
            each.name,
            _texts(each),
            each.attribute,
            tuple(parameter.name for parameter in each.node.parameters),
            str(each.result),
        )
        for group in symbol.methods.values()
        for each in group
        if not each.static
    ]


def _hides_constructors(symbol: TypeSymbol) -> bool:
    """Whether the class has constructors and all of them are private."""
    return bool(symbol.constructors) and all(
        not {"public", "protected", "global"} & each.node.modifiers for each in symbol.constructors
    )


def _aliases(world: World, symbol: TypeSymbol) -> list[tuple[str, str]]:
    """An interface's methods with `List<SObject>` that own ones with `List<Account>` stand for."""
    found: list[tuple[str, str]] = []
    for each in _interface_methods(world, symbol.type):
        fitting = [
            one
            for one in symbol.methods.get(each.name.lower(), [])
            if one.node.body is not None
            and not one.static
            and _implements(world, one.parameters, each.parameters)
        ]
        if len(fitting) == 1:
            found.append((each.attribute, fitting[0].function))
    return found


def _implements(world: World, own: tuple[ApexType, ...], wanted: tuple[ApexType, ...]) -> bool:
    """Whether parameters differ, and only in that a list is one of some object's records."""
    return (
        own != wanted
        and len(own) == len(wanted)
        and all(
            mine.key == theirs.key
            or (theirs.key == "list<sobject>" and world.is_record(mine.element))
            for mine, theirs in zip(own, wanted, strict=True)
        )
    )


def _interface_methods(world: World, kind: ApexType) -> Iterator[MethodSymbol]:
    """The methods of the project's interfaces that a type has, the inherited ones too."""
    for parent in world.parents(kind):
        above = world.symbol(parent)
        if above is not None and above.kind == "interface":
            for group in above.methods.values():
                yield from group
        yield from _interface_methods(world, parent)


def _rest_mapping(symbol: TypeSymbol) -> str | None:
    """The urlMapping of a `@RestResource`."""
    for each in symbol.node.annotations:
        if each.name.lower() == "restresource":
            return each.values.get("urlmapping")
    return None


def _rest_methods(symbol: TypeSymbol) -> dict[str, Any]:
    """The methods of a resource by verb: function, parameters' types and names, result."""
    return {
        annotation.name.lower()[4:]: (
            method.function,
            tuple(map(str, method.parameters)),
            [each.name for each in method.node.parameters],
            str(method.result),
        )
        for group in symbol.methods.values()
        for method in group
        for annotation in method.node.annotations
        if annotation.name.lower().startswith("http")
    }


def _accessor_names(symbol: TypeSymbol) -> list[str]:
    """`g_x` and `s_x` of the properties whose accessors are methods of the Python class."""
    found: list[str] = []
    for each in symbol.fields.values():
        node = each.node
        if each.static or not isinstance(node, tree.Property):
            continue
        if node.getter is not None and each.has_getter:
            found.append(f"g_{each.name.lower()}")
        if node.setter is not None and each.has_setter:
            found.append(f"s_{each.name.lower()}")
    return found
