"""Constructors. Initial values come first, those of every parent before the class's own.

They run before any constructor's body: a parent's constructor that calls an overridden method
finds the fields of the class that overrides it (public suites rely on it).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.compiler.function import Frame
from sfgen.apex.compiler.initializers import write_initial_values
from sfgen.apex.names.call_meanings import Construction, ParentStart
from sfgen.apex.names.chained_calls import chained_call
from sfgen.apex.names.meanings import Missing

if TYPE_CHECKING:
    from sfgen.apex.compiler.file import FileCompiler
    from sfgen.apex.compiler.function import FunctionCompiler
    from sfgen.apex.names.world import World
    from sfgen.apex.syntax import tree
    from sfgen.apex.types.symbols import MethodSymbol, TypeSymbol

__all__ = ["write_constructors"]


def write_constructors(file: FileCompiler, symbol: TypeSymbol) -> None:
    """Write `__fields` (initial values), `__default` (no constructor) and every constructor."""
    _write_fields(file, symbol)
    file.writer.put(f"def {symbol.python}__default(self):")
    file.writer.put(f"    {_parent_call(file.world, symbol)}")
    file.writer.put("    return self")
    for constructor in symbol.constructors:
        _write_constructor(file, constructor)


def _parent_call(world: World, symbol: TypeSymbol) -> str:
    """What runs the parent's constructor without arguments."""
    above = world.symbol(symbol.extends[0]) if symbol.extends else None
    if above is None:
        return "pass"
    for constructor in above.constructors:
        if not constructor.parameters:
            return f"{constructor.function}(self)"
    return f"{above.python}__default(self)"


def _write_fields(file: FileCompiler, symbol: TypeSymbol) -> None:
    writer, function = file.writer, f"{symbol.python}__fields"
    writer.places[function] = f"Class.{symbol.name}.<init>"
    writer.line = symbol.node.line
    writer.put(f"def {function}(self):")
    if symbol.has_static_start:
        writer.put(f"    S_{symbol.python}.me")
    writer.put("    pass")
    writer.depth += 1
    write_initial_values(file.function(Frame(symbol, static=False)), symbol, static=False)
    writer.depth -= 1


def _write_constructor(file: FileCompiler, constructor: MethodSymbol) -> None:
    writer, symbol, node = file.writer, constructor.owner, constructor.node
    names = ["self"]
    for parameter in node.parameters:
        name = f"v_{parameter.name.lower()}"
        names.append(f"{name}_{len(names)}" if name in names else name)
    function = file.function(Frame(symbol, static=False))
    writer.line = node.line
    writer.places[constructor.function] = f"Class.{symbol.name}.<init>"
    writer.put(f"def {constructor.function}({', '.join(names)}):")
    statements = node.body.statements if node.body is not None else ()
    first = chained_call(node)
    writer.depth += 1
    if first is None:
        writer.put(_parent_call(file.world, symbol))
    else:
        writer.cover(first.line)
        writer.put(_chain(function, first))
        statements = statements[1:]
    writer.depth -= 1
    function.block(statements)
    writer.put("    return self")


def _chain(function: FunctionCompiler, node: tree.Call) -> str:
    """The text of `this(...)` or `super(...)`."""
    meaning = function.meanings[id(node)]
    if isinstance(meaning, Missing):
        return function.missing(meaning).text
    if isinstance(meaning, ParentStart):
        return f"{meaning.symbol.python}__default(self)"
    arguments = function.arguments(node)
    if isinstance(meaning, Construction) and meaning.constructor is not None:
        found = meaning.constructor
        fitted = function.fitted(arguments, found.parameters)
        return f"{found.function}(self{', ' if fitted else ''}{fitted})"
    texts = "".join(f", {code.text}" for code in arguments)
    return f"start_exception(self{texts})"
