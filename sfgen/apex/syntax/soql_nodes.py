"""What a SOQL or SOSL text says (SOQL and SOSL Reference), as immutable nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sfgen.errors import SfgenError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "UNBOUNDED",
    "Bind",
    "Comparison",
    "Condition",
    "DateLiteral",
    "FieldPath",
    "FieldsKeyword",
    "FunctionCall",
    "Group",
    "ListLiteral",
    "Literal",
    "Logical",
    "Negation",
    "Operand",
    "OrderBy",
    "Query",
    "Returning",
    "Search",
    "SelectItem",
    "SoqlError",
    "TypeOf",
    "binds_of",
    "is_unbounded",
]


class SoqlError(SfgenError):
    """A text that is no SOQL or SOSL; `offset` is where, in characters from its start."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Bind:
    """`:expression`; `text` is the Apex expression, `offset` its place, `index` its number."""

    text: str
    offset: int
    index: int


@dataclass(frozen=True, slots=True)
class FieldPath:
    """`Account.Owner.Name`: parts as written."""

    parts: tuple[str, ...]
    offset: int = 0

    @property
    def text(self) -> str:
        """The dotted path."""
        return ".".join(self.parts)


@dataclass(frozen=True, slots=True)
class Literal:
    """A value: `kind` is string, number, boolean, null, date, datetime, time or currency."""

    kind: str
    value: Any


@dataclass(frozen=True, slots=True)
class DateLiteral:
    """`TODAY`, `LAST_N_DAYS:30`: name in upper case and its number, if it takes one."""

    name: str
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class FunctionCall:
    """`COUNT(Id)`, `CALENDAR_YEAR(CreatedDate)`, `toLabel(Status)`; name in upper case."""

    name: str
    arguments: tuple[Operand, ...]
    offset: int = 0


@dataclass(frozen=True, slots=True)
class ListLiteral:
    """`('a', 'b', :c)`."""

    items: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class SelectItem:
    """One selected field or function, with its alias."""

    expression: FieldPath | FunctionCall
    alias: str | None = None


@dataclass(frozen=True, slots=True)
class FieldsKeyword:
    """`FIELDS(ALL)`, `FIELDS(STANDARD)`, `FIELDS(CUSTOM)`."""

    which: str


@dataclass(frozen=True, slots=True)
class TypeOf:
    """`TYPEOF What WHEN Account THEN Phone ELSE Name END`."""

    path: FieldPath
    cases: tuple[tuple[str, tuple[FieldPath, ...]], ...]
    otherwise: tuple[FieldPath, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """`left operator right`; operators in upper case: =, !=, <, IN, NOT IN, LIKE, INCLUDES ..."""

    left: FieldPath | FunctionCall
    operator: str
    right: Operand


@dataclass(frozen=True, slots=True)
class Logical:
    """AND or OR over its terms."""

    operator: str
    terms: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """NOT."""

    term: Condition


Condition = Comparison | Logical | Negation


@dataclass(frozen=True, slots=True)
class OrderBy:
    """One term of ORDER BY; `nulls_first` is None where the text doesn't say."""

    expression: FieldPath | FunctionCall
    descending: bool = False
    nulls_first: bool | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """GROUP BY; `kind` is plain, ROLLUP or CUBE."""

    kind: str
    expressions: tuple[FieldPath | FunctionCall, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A whole SELECT. `count_only` is `SELECT COUNT()`; `mode` what WITH says, in upper case."""

    select: tuple[SelectItem | FieldsKeyword | TypeOf | Query, ...]
    source: str
    alias: str | None = None
    aliases: tuple[tuple[str, tuple[str, ...]], ...] = ()
    scope: str | None = None
    where: Condition | None = None
    mode: str | None = None
    group: Group | None = None
    having: Condition | None = None
    order: tuple[OrderBy, ...] = ()
    limit: Operand | None = None
    offset: Operand | None = None
    purpose: str | None = None
    all_rows: bool = False
    count_only: bool = False
    position: int = 0


UNBOUNDED = "The SOQL FIELDS function is not supported with an unbounded set of fields in this API."
"""What the platform says of FIELDS(ALL) and FIELDS(CUSTOM) in Apex (SOQL Reference, FIELDS())."""


def is_unbounded(query: Query) -> bool:
    """Whether a query or a subquery of it selects FIELDS(ALL) or FIELDS(CUSTOM)."""
    return any(
        (isinstance(each, FieldsKeyword) and each.which != "STANDARD")
        or (isinstance(each, Query) and is_unbounded(each))
        for each in query.select
    )


@dataclass(frozen=True, slots=True)
class Returning:
    """One object of SOSL's RETURNING, as the query that fetches its rows."""

    source: str
    query: Query


@dataclass(frozen=True, slots=True)
class Search:
    """A whole FIND."""

    term: Operand
    scope: str
    returning: tuple[Returning, ...]
    mode: str | None = None
    limit: Operand | None = None


Operand = Literal | DateLiteral | Bind | FieldPath | FunctionCall | ListLiteral | Query


def binds_of(node: object) -> Iterator[Bind]:
    """Every bind inside a node, in order of `index`."""
    yield from sorted(_binds(node), key=lambda bind: bind.index)


def _binds(node: object) -> Iterator[Bind]:
    if isinstance(node, Bind):
        yield node
    elif isinstance(node, tuple):
        for each in node:
            yield from _binds(each)
    elif hasattr(node, "__dataclass_fields__"):
        for name in node.__dataclass_fields__:
            yield from _binds(getattr(node, name))
