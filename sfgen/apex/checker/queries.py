"""What Salesforce's compiler refuses in an inline query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.soql.soql_refusals import query_refusals
from sfgen.apex.syntax.soql import parse_soql
from sfgen.apex.syntax.soql_nodes import SoqlError

if TYPE_CHECKING:
    from sfgen.apex.schema.schema import Schema

__all__ = ["refusals_of"]


def refusals_of(text: str, schema: Schema | None) -> list[str]:
    """What the platform's compiler refuses of an inline query or search."""
    try:
        query = parse_soql(text)
    except SoqlError:
        return []  # a search, or what is said when it runs
    return [] if schema is None else list(dict.fromkeys(query_refusals(query, schema)))
