"""Initial values and initializer blocks, in the order in which they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.compiler.assignments import assign_field
from sfgen.apex.syntax import tree

if TYPE_CHECKING:
    from sfgen.apex.compiler.function import FunctionCompiler
    from sfgen.apex.types.symbols import TypeSymbol

__all__ = ["write_initial_values"]


def write_initial_values(function: FunctionCompiler, symbol: TypeSymbol, *, static: bool) -> None:
    """Write what a class's fields start with: the static ones, or those of each object."""
    for member in symbol.node.members:
        if isinstance(member, tree.Initializer) and member.static == static:
            for statement in member.body.statements:
                function.statement(statement)
        elif isinstance(member, tree.Field) and ("static" in member.modifiers) == static:
            if member.value is None:
                continue
            function.writer.cover(member.line)
            found = symbol.fields[member.name.lower()]
            function.writer.put(assign_field(function, found, member.value))
