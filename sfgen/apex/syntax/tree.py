"""The syntax tree of Apex: statements and declarations, and the nodes of expressions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sfgen.apex.syntax.nodes import (
    Assign,
    Binary,
    Call,
    Cast,
    Expression,
    Index,
    InstanceOf,
    Literal,
    Member,
    Name,
    New,
    NewArray,
    NewList,
    NewMap,
    NewRecord,
    Node,
    Postfix,
    Query,
    Ternary,
    TypeLiteral,
    TypeRef,
    Unary,
)

__all__ = [
    "Annotation",
    "ApexFile",
    "Assign",
    "Binary",
    "Block",
    "Call",
    "Cast",
    "Catch",
    "Constructor",
    "Declaration",
    "Dml",
    "DoWhile",
    "Expression",
    "ExpressionStatement",
    "Field",
    "For",
    "ForEach",
    "If",
    "Index",
    "Initializer",
    "InstanceOf",
    "Jump",
    "Literal",
    "Local",
    "Member",
    "Method",
    "Name",
    "New",
    "NewArray",
    "NewList",
    "NewMap",
    "NewRecord",
    "Node",
    "Parameter",
    "Postfix",
    "Property",
    "Query",
    "Return",
    "RunAs",
    "Statement",
    "Switch",
    "Ternary",
    "Throw",
    "Trigger",
    "Try",
    "TypeLiteral",
    "TypeRef",
    "Unary",
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


@dataclass(slots=True)
class Annotation(Node):
    """`@Name(key=value)`; keys in lower case, a single value under ``""``."""

    name: str
    values: dict[str, str]


@dataclass(slots=True)
class Parameter(Node):
    """A method's parameter."""

    type: TypeRef
    name: str


@dataclass(slots=True)
class _Member(Node):
    modifiers: frozenset[str]
    annotations: tuple[Annotation, ...]


@dataclass(slots=True)
class Field(_Member):
    """A field, or one of several in a declaration."""

    type: TypeRef
    name: str
    value: Expression | None


@dataclass(slots=True)
class Property(_Member):
    """A property; an accessor is None when missing, a Block, or an empty tuple when automatic."""

    type: TypeRef
    name: str
    getter: Block | tuple[()] | None
    setter: Block | tuple[()] | None


@dataclass(slots=True)
class Method(_Member):
    """A method; `body` is None for abstract ones and interfaces, `type` None for void."""

    type: TypeRef
    name: str
    parameters: tuple[Parameter, ...]
    body: Block | None


@dataclass(slots=True)
class Constructor(_Member):
    """A constructor."""

    name: str
    parameters: tuple[Parameter, ...]
    body: Block


@dataclass(slots=True)
class Initializer(Node):
    """`{ ... }` or `static { ... }` in a class."""

    static: bool
    body: Block


@dataclass(slots=True)
class Declaration(_Member):
    """A class, interface or enum (`kind`); `members` in the order of the text."""

    kind: str
    name: str
    extends: tuple[TypeRef, ...]
    implements: tuple[TypeRef, ...]
    members: tuple[Any, ...]
    values: tuple[str, ...] = ()


@dataclass(slots=True)
class Trigger(Node):
    """`trigger name on object (events) body`; events as `before insert`."""

    name: str
    object: str
    events: tuple[str, ...]
    body: Block


@dataclass(slots=True)
class ApexFile:
    """What one file holds: a type, a trigger, or an anonymous block's statements and members."""

    type: Declaration | None = None
    trigger: Trigger | None = None
    statements: tuple[Statement, ...] = ()
    members: tuple[Any, ...] = ()
