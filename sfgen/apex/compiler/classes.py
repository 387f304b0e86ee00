"""Classes, interfaces, enums and triggers into Python functions and a description of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.compiler.constructors import write_constructors
from sfgen.apex.compiler.descriptions import describe_type
from sfgen.apex.compiler.function import Frame
from sfgen.apex.compiler.initializers import write_initial_values
from sfgen.apex.syntax import tree
from sfgen.apex.types.model import VOID

if TYPE_CHECKING:
    from sfgen.apex.compiler.file import FileCompiler
    from sfgen.apex.compiler.writer import Writer
    from sfgen.apex.types.symbols import FieldSymbol, MethodSymbol, TypeSymbol

__all__ = ["write_trigger", "write_type"]


def write_type(file: FileCompiler, symbol: TypeSymbol) -> None:
    """Write a type and its inner types."""
    writer = file.writer
    for inner in symbol.inner.values():
        write_type(file, inner)
    if symbol.kind == "enum":
        values = list(symbol.node.values)
        writer.put(f"E_{symbol.python} = make_enum({symbol.name!r}, {values!r})")
    if symbol.kind == "class":
        for methods in symbol.methods.values():
            for method in methods:
                _write_method(file, method)
        for found in symbol.fields.values():
            _write_accessors(file, found)
        write_constructors(file, symbol)
        _write_static_start(file, symbol)
    writer.line = 1
    writer.put(f"describe_class({describe_type(file.world, symbol)!r})")


def _write_method(file: FileCompiler, method: MethodSymbol) -> None:
    node = method.node
    if node.body is None:
        return
    writer = file.writer
    frame = Frame(method.owner, method.static, method.result)
    names = [] if method.static else ["self"]
    for parameter in node.parameters:
        name = f"v_{parameter.name.lower()}"
        names.append(f"{name}_{len(names)}" if name in names else name)
    writer.line = node.line
    writer.places[method.function] = f"Class.{method.owner.name}.{node.name}"
    if any(each.name.lower() == "future" for each in node.annotations):
        _write_future(method, names, writer)
    writer.put(f"def {_body_name(method)}({', '.join(names)}):")
    if method.static and method.owner.has_static_start:
        writer.put(f"    S_{method.owner.python}.me")
    file.function(frame).block(node.body.statements)


def _body_name(method: MethodSymbol) -> str:
    """The function of a method's body: a @future method's is called by the one that queues it."""
    is_future = any(each.name.lower() == "future" for each in method.node.annotations)
    return f"{method.function}__body" if is_future else method.function


def _write_future(method: MethodSymbol, names: list[str], writer: Writer) -> None:
    """The function that queues a call of a @future method."""
    writer.places[f"{method.function}__body"] = writer.places[method.function]
    arguments = f"({', '.join(names)},)" if names else "()"
    name = f"{method.owner.name}.{method.node.name}"
    writer.put(f"def {method.function}({', '.join(names)}):")
    writer.put(f"    queue_future({method.function}__body, {arguments}, {name!r})")


def _write_accessors(file: FileCompiler, found: FieldSymbol) -> None:
    """The getter and setter of a property, where reading or writing it runs code."""
    node, stem, low = found.node, found.owner.python, found.name.lower()
    if not isinstance(node, tree.Property):
        return
    writer, kind = file.writer, found.type or VOID
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
        writer.line = node.line
        writer.places[function] = place
        writer.put(f"def {function}({', '.join(names)}):")
        if found.static and found.owner.has_static_start:
            writer.put(f"    S_{found.owner.python}.me")
        if isinstance(accessor, tree.Block):
            file.function(frame).block(accessor.statements)
        elif which == "g":
            writer.put(f"    return self.{found.attribute}")
        else:
            writer.put(f"    self.{found.attribute} = v_value")
        if which == "s":
            writer.put("    return v_value")


def _write_static_start(file: FileCompiler, symbol: TypeSymbol) -> None:
    """The function that gives static fields their first values, in text order (CL01)."""
    writer, function = file.writer, f"{symbol.python}__clinit"
    writer.places[function] = f"Class.{symbol.name}.<clinit>"
    writer.line = symbol.node.line
    writer.put(f"def {function}():")
    writer.put("    pass")
    writer.depth += 1
    frame = Frame(symbol, static=True, result=VOID)
    write_initial_values(file.function(frame), symbol, static=True)
    writer.depth -= 1


def write_trigger(file: FileCompiler, node: tree.Trigger) -> None:
    """Write a trigger as one function without parameters."""
    writer, function = file.writer, f"trigger__{node.name.lower()}"
    name = file.world.type_name(node.object, None) or node.object
    writer.places[function] = f"Trigger.{node.name}"
    writer.line = node.line
    writer.put(f"def {function}():")
    file.function(Frame(None, static=True, result=VOID)).block(node.body.statements)
    description = {"name": node.name, "object": name, "events": node.events, "function": function}
    writer.put(f"describe_trigger({description!r})")
