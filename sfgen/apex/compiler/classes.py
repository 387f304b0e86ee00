"""Classes, interfaces, enums and triggers into Python functions and a description of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.compiler.constructors import write_constructors
from sfgen.apex.compiler.descriptions import describe_type
from sfgen.apex.compiler.initializers import write_initial_values
from sfgen.apex.compiler.statements import StatementCompiler
from sfgen.apex.compiler.writer import Frame, Writer
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import VOID, ApexType

if TYPE_CHECKING:
    from sfgen.apex.compiler.world import World
    from sfgen.apex.types.symbols import FieldSymbol, MethodSymbol, TypeSymbol

__all__ = ["bind_members", "bind_signatures", "write_trigger", "write_type"]


def bind_members(world: World, symbol: TypeSymbol) -> None:
    """Resolve what a type's members refer to; every type must be known by now."""
    symbol.extends = tuple(world.resolve(each, symbol) for each in symbol.node.extends)
    symbol.implements = tuple(world.resolve(each, symbol) for each in symbol.node.implements)
    for inner in symbol.inner.values():
        bind_members(world, inner)


def bind_signatures(world: World, symbol: TypeSymbol) -> None:
    """Resolve fields' and methods' types; every type's parents must be bound by now."""
    for found in symbol.fields.values():
        found.type = world.resolve(found.reference, symbol)
    for methods in [*symbol.methods.values(), symbol.constructors]:
        for method in methods:
            method.parameters = tuple(
                world.resolve(each.type, symbol) for each in method.node.parameters
            )
            if isinstance(method.node, tree.Method):
                method.result = world.resolve(method.node.type, symbol)
    for inner in symbol.inner.values():
        bind_signatures(world, inner)


def write_type(world: World, symbol: TypeSymbol, writer: Writer) -> None:
    """Write a type and its inner types."""
    for inner in symbol.inner.values():
        write_type(world, inner, writer)
    if symbol.kind == "enum":
        values = list(symbol.node.values)
        writer.put(f"E_{symbol.python} = make_enum({symbol.name!r}, {values!r})")
    if symbol.kind == "class":
        for methods in symbol.methods.values():
            for method in methods:
                _write_method(world, method, writer)
        for found in symbol.fields.values():
            _write_accessors(world, found, writer)
        write_constructors(world, symbol, writer)
        _write_static_start(world, symbol, writer)
    writer.line = 1
    writer.put(f"describe_class({describe_type(world, symbol)!r})")


def _compiler(world: World, symbol: TypeSymbol, writer: Writer, frame: Frame) -> StatementCompiler:
    return StatementCompiler(world, writer, frame, symbol.file)


def _write_method(world: World, method: MethodSymbol, writer: Writer) -> None:
    node = method.node
    if node.body is None:
        return
    frame = Frame(method.owner, method.static, method.result)
    names = [] if method.static else ["self"]
    for parameter, kind in zip(node.parameters, method.parameters, strict=True):
        frame.locals[parameter.name.lower()] = kind
        name = f"v_{parameter.name.lower()}"
        names.append(f"{name}_{len(names)}" if name in names else name)
    writer.line = node.line
    writer.places[method.function] = f"Class.{method.owner.name}.{node.name}"
    if any(each.name.lower() == "future" for each in node.annotations):
        _write_future(method, names, writer)
    writer.put(f"def {_body_name(method)}({', '.join(names)}):")
    if method.static and method.owner.has_static_start:
        writer.put(f"    S_{method.owner.python}.me")
    _compiler(world, method.owner, writer, frame).block(node.body.statements)


def _body_name(method: MethodSymbol) -> str:
    """The function of a method's body: a @future method's is behind the one that queues it."""
    is_future = any(each.name.lower() == "future" for each in method.node.annotations)
    return f"{method.function}__body" if is_future else method.function


def _write_future(method: MethodSymbol, names: list[str], writer: Writer) -> None:
    """The function that queues a call of a @future method."""
    writer.places[f"{method.function}__body"] = writer.places[method.function]
    arguments = f"({', '.join(names)},)" if names else "()"
    name = f"{method.owner.name}.{method.node.name}"
    writer.put(f"def {method.function}({', '.join(names)}):")
    writer.put(f"    queue_future({method.function}__body, {arguments}, {name!r})")


def _write_accessors(world: World, found: FieldSymbol, writer: Writer) -> None:
    """The getter and setter of a property, where reading or writing it runs code."""
    node, stem, low = found.node, found.owner.python, found.name.lower()
    if not isinstance(node, tree.Property):
        return
    kind = found.type or VOID
    place = f"Class.{found.owner.name}.{found.name}"
    for which, accessor, runs in (
        ("g", node.getter, found.has_getter),
        ("s", node.setter, found.has_setter),
    ):
        if accessor is None or not runs:
            continue
        function = f"{stem}__{which}_{low}"
        frame = Frame(found.owner, found.static, kind if which == "g" else VOID, found)
        names = [] if found.static else ["self"]
        if which == "s":
            names.append("v_value")
            frame.locals["value"] = kind
        writer.line = node.line
        writer.places[function] = place
        writer.put(f"def {function}({', '.join(names)}):")
        if found.static and found.owner.has_static_start:
            writer.put(f"    S_{found.owner.python}.me")
        if isinstance(accessor, tree.Block):
            _compiler(world, found.owner, writer, frame).block(accessor.statements)
        elif which == "g":
            writer.put(f"    return self.{found.attribute}")
        else:
            writer.put(f"    self.{found.attribute} = v_value")
        if which == "s":
            writer.put("    return v_value")


def _write_static_start(world: World, symbol: TypeSymbol, writer: Writer) -> None:
    """The function that gives static fields their first values, in text order (CL01)."""
    frame = Frame(symbol, static=True, result=VOID, starting=True)
    compiler = _compiler(world, symbol, writer, frame)
    function = f"{symbol.python}__clinit"
    writer.places[function] = f"Class.{symbol.name}.<clinit>"
    writer.line = symbol.node.line
    writer.put(f"def {function}():")
    writer.put("    pass")
    writer.depth += 1
    write_initial_values(compiler, symbol, static=True)
    writer.depth -= 1


def write_trigger(world: World, node: tree.Trigger, file: str, writer: Writer) -> None:
    """Write a trigger as one function without parameters."""
    frame = Frame(None, static=True, result=VOID)
    compiler = StatementCompiler(world, writer, frame, file)
    name = world.type_name(node.object, None) or node.object
    compiler.trigger_object = ApexType(name)
    function = f"trigger__{node.name.lower()}"
    writer.places[function] = f"Trigger.{node.name}"
    writer.line = node.line
    writer.put(f"def {function}():")
    compiler.block(node.body.statements)
    description = {"name": node.name, "object": name, "events": node.events, "function": function}
    writer.put(f"describe_trigger({description!r})")
