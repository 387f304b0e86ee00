"""The syntax tree of Apex: types, their members, triggers and whole files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sfgen.apex.syntax.nodes import Node

if TYPE_CHECKING:
    from sfgen.apex.syntax.nodes import Expression, TypeRef
    from sfgen.apex.syntax.statement_nodes import Block, Statement

__all__ = [
    "Annotation",
    "ApexFile",
    "Constructor",
    "Declaration",
    "Field",
    "Initializer",
    "Method",
    "Parameter",
    "Property",
    "Trigger",
]


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
