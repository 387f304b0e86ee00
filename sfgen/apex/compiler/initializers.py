"""Initial values and initializer blocks, in the order in which they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.syntax import tree

if TYPE_CHECKING:
    from sfgen.apex.compiler.statements import StatementCompiler
    from sfgen.apex.types.symbols import TypeSymbol

__all__ = ["write_initial_values"]


def write_initial_values(compiler: StatementCompiler, symbol: TypeSymbol, *, static: bool) -> None:
    """Write what a class's fields start with: the static ones, or those of each object."""
    for member in symbol.node.members:
        if isinstance(member, tree.Initializer) and member.static == static:
            known = dict(compiler.frame.locals)
            for statement in member.body.statements:
                compiler.statement(statement)
            compiler.frame.locals = known
        elif isinstance(member, tree.Field) and ("static" in member.modifiers) == static:
            if member.value is None:
                continue
            compiler.writer.cover(member.line)
            name = tree.Name(member.line, member.column, member.name)
            assign = tree.Assign(member.line, member.column, "=", name, member.value)
            compiler.writer.put(compiler.assign_statement(assign))
