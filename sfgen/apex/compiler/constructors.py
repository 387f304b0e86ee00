"""Constructors. Initial values come first, those of every parent before the class's own.

They run before any constructor's body: a parent's constructor that calls an overridden method
finds the fields of the class that overrides it (public suites rely on it).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.compiler.conversions import choose
from sfgen.apex.compiler.initializers import write_initial_values
from sfgen.apex.compiler.statements import StatementCompiler
from sfgen.apex.compiler.writer import Frame, Writer
from sfgen.apex.syntax import tree

if TYPE_CHECKING:
    from sfgen.apex.compiler.world import World
    from sfgen.apex.types.symbols import MethodSymbol, TypeSymbol

__all__ = ["write_constructors"]


def write_constructors(world: World, symbol: TypeSymbol, writer: Writer) -> None:
    """Write `__fields` (initial values), `__default` (no constructor) and every constructor."""
    _write_fields(world, symbol, writer)
    writer.put(f"def {symbol.python}__default(self):")
    writer.put(f"    {_parent_call(world, symbol)}")
    writer.put("    return self")
    for constructor in symbol.constructors:
        _write_constructor(world, constructor, writer)


def _parent_call(world: World, symbol: TypeSymbol) -> str:
    """What runs the parent's constructor without arguments."""
    above = world.symbol(symbol.extends[0]) if symbol.extends else None
    if above is None:
        return "pass"
    for constructor in above.constructors:
        if not constructor.parameters:
            return f"{constructor.function}(self)"
    return f"{above.python}__default(self)"


def _write_fields(world: World, symbol: TypeSymbol, writer: Writer) -> None:
    frame = Frame(symbol, static=False, starting=True)
    compiler = StatementCompiler(world, writer, frame, symbol.file)
    function = f"{symbol.python}__fields"
    writer.places[function] = f"Class.{symbol.name}.<init>"
    writer.line = symbol.node.line
    writer.put(f"def {function}(self):")
    if symbol.has_static_start:
        writer.put(f"    S_{symbol.python}.me")
    writer.put("    pass")
    writer.depth += 1
    write_initial_values(compiler, symbol, static=False)
    writer.depth -= 1


def _write_constructor(world: World, constructor: MethodSymbol, writer: Writer) -> None:
    symbol, node = constructor.owner, constructor.node
    frame = Frame(symbol, static=False, result=None, starting=True)
    names = ["self"]
    for parameter, kind in zip(node.parameters, constructor.parameters, strict=True):
        frame.locals[parameter.name.lower()] = kind
        name = f"v_{parameter.name.lower()}"
        names.append(f"{name}_{len(names)}" if name in names else name)
    compiler = StatementCompiler(world, writer, frame, symbol.file)
    writer.line = node.line
    writer.places[constructor.function] = f"Class.{symbol.name}.<init>"
    writer.put(f"def {constructor.function}({', '.join(names)}):")
    statements = node.body.statements if node.body is not None else ()
    first = _chained(statements[0]) if statements else None
    writer.depth += 1
    if first is None:
        writer.put(_parent_call(world, symbol))
    else:
        writer.cover(first.line)
        writer.put(_chain(compiler, symbol, first))
        statements = statements[1:]
    writer.depth -= 1
    compiler.block(statements)
    writer.put("    return self")


def _chained(statement: tree.Statement) -> tree.Call | None:
    """The call `this(...)` or `super(...)` that a constructor begins with."""
    if isinstance(statement, tree.ExpressionStatement):
        call = statement.expression
        if isinstance(call, tree.Call) and call.target is None:
            return call if call.name.lower() in {"this", "super"} else None
    return None


def _chain(compiler: StatementCompiler, symbol: TypeSymbol, call: tree.Call) -> str:
    """The text of `this(...)` or `super(...)`."""
    arguments = compiler.compiled(call)
    owner: TypeSymbol | None = symbol
    if call.name.lower() == "super":
        owner = compiler.world.symbol(symbol.extends[0]) if symbol.extends else None
    texts = "".join(f", {code.text}" for code in arguments)
    if owner is None or not owner.constructors:
        if owner is not None and not arguments:
            return f"{owner.python}__default(self)"
        return f"start_exception(self{texts})"
    found = compiler.pick(owner.constructors, arguments)
    if compiler.is_exception(owner.type):
        # An exception's own constructors stand beside the four that come free.
        kinds = [each.parameters for each in owner.constructors]
        place = choose(compiler.world, kinds, [code.type for code in arguments])
        if place is None:
            return f"start_exception(self{texts})"
        found = owner.constructors[place]
    refused = compiler.refused_constructor(call, owner, arguments)
    if refused is not None and not compiler.is_exception(owner.type):
        return refused.text
    if found is None:
        return compiler.unsupported(f"a constructor of {owner.name}").text
    fitted = compiler.fitted(arguments, found.parameters)
    return f"{found.function}(self{', ' if fitted else ''}{fitted})"
