"""The tree of a formula, and what can be wrong with one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sfgen.errors import SfgenError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Call",
    "FormulaError",
    "FormulaSyntaxError",
    "Index",
    "Literal",
    "Node",
    "Operation",
    "Path",
    "paths_of",
]


class FormulaError(SfgenError):
    """A formula that can't be read, or that uses what isn't supported."""


class FormulaSyntaxError(FormulaError):
    """A text that is no formula; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Syntax error in formula: {reason}")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant: text, number (Decimal), true, false or null."""

    value: object


@dataclass(frozen=True, slots=True)
class Path:
    """A dotted name such as `Account.Name` or `$User.Id`."""

    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """`value[key]`, or a name behind an index or a call."""

    value: Node
    key: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function, its name in upper case."""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator with one operand (`left` is None) or two."""

    sign: str
    left: Node | None
    right: Node


Node = Literal | Path | Index | Call | Operation


def paths_of(node: Node) -> Iterator[tuple[str, ...]]:
    """The dotted names of a formula, in the order of its text."""
    waiting: list[Node] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Path):
            yield each.parts
        elif isinstance(each, Call):
            waiting.extend(reversed(each.arguments))
        elif isinstance(each, Index):
            waiting += [each.key, each.value]
        elif isinstance(each, Operation):
            waiting += [each.right] if each.left is None else [each.right, each.left]
