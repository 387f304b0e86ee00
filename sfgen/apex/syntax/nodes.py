"""The nodes of expressions. Every node knows the line and column of its first token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = [
    "Assign",
    "Binary",
    "Call",
    "Cast",
    "Expression",
    "Index",
    "InstanceOf",
    "Literal",
    "Member",
    "Name",
    "New",
    "NewArray",
    "NewList",
    "NewMap",
    "NewRecord",
    "Node",
    "Postfix",
    "Query",
    "Ternary",
    "TypeLiteral",
    "TypeRef",
    "Unary",
]


@dataclass(slots=True)
class Node:
    """Where something stands."""

    line: int
    column: int


class Expression(Node):
    """Anything with a value."""

    __slots__ = ()


@dataclass(slots=True)
class TypeRef(Node):
    """A type as written: dotted name and arguments; `X[]` is `List<X>`."""

    name: str
    arguments: tuple[TypeRef, ...] = ()

    def __str__(self) -> str:
        if not self.arguments:
            return self.name
        return f"{self.name}<{','.join(map(str, self.arguments))}>"


@dataclass(slots=True)
class Literal(Expression):
    """`kind`: string, integer, long, decimal, double, boolean, null; `value` in Python."""

    kind: str
    value: Any


@dataclass(slots=True)
class Name(Expression):
    """A bare name; `this` and `super` too."""

    name: str


@dataclass(slots=True)
class Member(Expression):
    """`target.name` or `target?.name`."""

    target: Expression
    name: str
    safe: bool


@dataclass(slots=True)
class Call(Expression):
    """`target.name(arguments)`; without target in the own class; `this(...)`, `super(...)`."""

    target: Expression | None
    name: str
    arguments: tuple[Expression, ...]
    safe: bool


@dataclass(slots=True)
class Index(Expression):
    """`target[index]`."""

    target: Expression
    index: Expression


@dataclass(slots=True)
class New(Expression):
    """`new Type(arguments)`."""

    type: TypeRef
    arguments: tuple[Expression, ...]


@dataclass(slots=True)
class NewRecord(Expression):
    """`new Account(Name = 'a')`."""

    type: TypeRef
    fields: tuple[tuple[str, Expression], ...]


@dataclass(slots=True)
class NewArray(Expression):
    """`new Integer[size]`; `type` is the list's type."""

    type: TypeRef
    size: Expression


@dataclass(slots=True)
class NewList(Expression):
    """`new List<X>{...}`, `new Set<X>{...}`, `new X[]{...}`."""

    type: TypeRef
    elements: tuple[Expression, ...]


@dataclass(slots=True)
class NewMap(Expression):
    """`new Map<K, V>{k => v}`."""

    type: TypeRef
    pairs: tuple[tuple[Expression, Expression], ...]


@dataclass(slots=True)
class Unary(Expression):
    """`-x`, `+x`, `!x`, `~x`, `++x`, `--x`."""

    operator: str
    operand: Expression


@dataclass(slots=True)
class Postfix(Expression):
    """`x++`, `x--`."""

    operator: str
    operand: Expression


@dataclass(slots=True)
class Binary(Expression):
    """`left operator right`; `<>` is read as `!=`."""

    operator: str
    left: Expression
    right: Expression


@dataclass(slots=True)
class Ternary(Expression):
    """`condition ? yes : no`."""

    condition: Expression
    yes: Expression
    no: Expression


@dataclass(slots=True)
class Assign(Expression):
    """`target operator value` with `=`, `+=`, ..."""

    operator: str
    target: Expression
    value: Expression


@dataclass(slots=True)
class Cast(Expression):
    """`(type) operand`."""

    type: TypeRef
    operand: Expression


@dataclass(slots=True)
class InstanceOf(Expression):
    """`operand instanceof type`."""

    operand: Expression
    type: TypeRef


@dataclass(slots=True)
class TypeLiteral(Expression):
    """`type.class`."""

    type: TypeRef


@dataclass(slots=True)
class Query(Expression):
    """`[SELECT ...]` or `[FIND ...]`: the text inside, its binds renamed `:b0`, `:b1`, ...

    `source` is the text as written, `start` its offset in the file.
    """

    text: str
    binds: tuple[Expression, ...]
    source: str
    start: int
