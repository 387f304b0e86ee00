"""Values of bind variables: by place for inline queries, by name for dynamic ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.per_transaction import PerTransaction
from sfgen.apex.runtime.values import SObject
from sfgen.apex.soql.soql_scope import query_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sfgen.apex.syntax.soql_nodes import Bind

__all__ = ["CALLING_NAMES", "binds_by_name", "binds_by_place"]

CALLING_NAMES: PerTransaction[dict[str, Any] | None] = PerTransaction(lambda: None)
"""What a dynamic query may name of the method that makes it; set around the call."""


def binds_by_place(values: Sequence[Any]) -> Callable[[Bind], Any]:
    """The values in order of the binds' offsets."""
    return lambda bind: values[bind.index]


def binds_by_name(values: Mapping[str, Any]) -> Callable[[Bind], Any]:
    """Variables of the calling scope, or the map of `queryWithBinds`; names ignore case."""
    known = {str(name).lower(): value for name, value in values.items()}

    def bound(bind: Bind) -> Any:
        text = bind.text.lower()
        if text in known:
            return known[text]
        first, *rest = text.split(".")
        if first not in known or not rest:
            raise query_problem(f"Variable does not exist: {bind.text.partition('.')[0]}")
        value = known[first]
        for part in rest:
            value = value.read(part) if isinstance(value, SObject) else getattr(value, part, None)
        return value

    return bound
