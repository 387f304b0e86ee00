"""The syntax tree of Apex: statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sfgen.apex.syntax.nodes import Node

if TYPE_CHECKING:
    from sfgen.apex.syntax.nodes import Expression, TypeRef

__all__ = [
    "Block",
    "Catch",
    "Dml",
    "DoWhile",
    "ExpressionStatement",
    "For",
    "ForEach",
    "If",
    "Jump",
    "Local",
    "Return",
    "RunAs",
    "Statement",
    "Switch",
    "Throw",
    "Try",
    "When",
    "While",
]


class Statement(Node):
    """Anything that is executed."""

    __slots__ = ()


@dataclass(slots=True)
class Block(Statement):
    """`{ ... }`."""

    statements: tuple[Statement, ...]


@dataclass(slots=True)
class Local(Statement):
    """A declaration of local variables; each with its initial value or None."""

    type: TypeRef
    names: tuple[tuple[str, Expression | None], ...]


@dataclass(slots=True)
class ExpressionStatement(Statement):
    """An expression for its effect."""

    expression: Expression


@dataclass(slots=True)
class If(Statement):
    """`if (condition) then else otherwise`."""

    condition: Expression
    then: Statement
    otherwise: Statement | None


@dataclass(slots=True)
class For(Statement):
    """The three-part loop."""

    start: tuple[Statement, ...]
    condition: Expression | None
    update: tuple[Expression, ...]
    body: Statement | None


@dataclass(slots=True)
class ForEach(Statement):
    """`for (type name : source) body`."""

    type: TypeRef
    name: str
    source: Expression
    body: Statement | None


@dataclass(slots=True)
class While(Statement):
    """`while (condition) body`."""

    condition: Expression
    body: Statement | None


@dataclass(slots=True)
class DoWhile(Statement):
    """`do body while (condition);`."""

    body: Statement
    condition: Expression


@dataclass(slots=True)
class Jump(Statement):
    """`break` or `continue`."""

    word: str


@dataclass(slots=True)
class Return(Statement):
    """`return value;`."""

    value: Expression | None


@dataclass(slots=True)
class Throw(Statement):
    """`throw value;`."""

    value: Expression


@dataclass(slots=True)
class Catch(Node):
    """`catch (type name) body`."""

    type: TypeRef
    name: str
    body: Block


@dataclass(slots=True)
class Try(Statement):
    """`try body catches finally`."""

    body: Block
    catches: tuple[Catch, ...]
    final: Block | None


@dataclass(slots=True)
class Dml(Statement):
    """`insert as user records;`; `extra` is upsert's field or merge's losers."""

    operation: str
    access: str | None
    records: Expression
    extra: Expression | None


@dataclass(slots=True)
class RunAs(Statement):
    """`System.runAs(arguments) body`."""

    arguments: tuple[Expression, ...]
    body: Block


@dataclass(slots=True)
class When(Node):
    """One branch: values, or a type with a name; neither for `when else`."""

    values: tuple[Expression, ...]
    type: TypeRef | None
    name: str | None
    body: Block


@dataclass(slots=True)
class Switch(Statement):
    """`switch on subject { whens }`."""

    subject: Expression
    whens: tuple[When, ...]
