"""SOQL that code makes at run time: read, and refused where Apex may not run it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.apex.access.caller_access import caller_is_modern
from sfgen.apex.soql.soql_refusals import SECURED, query_refusals
from sfgen.apex.soql.soql_scope import query_problem
from sfgen.apex.syntax.soql import parse_soql
from sfgen.apex.syntax.soql_nodes import SoqlError

if TYPE_CHECKING:
    from sfgen.apex.schema.schema import Schema
    from sfgen.apex.syntax.soql_nodes import Query

__all__ = ["apex_query", "parsed_query"]


def parsed_query(text: str) -> Query:
    """The query of a text. QueryException for what is no SOQL."""
    try:
        return parse_soql(text)
    except SoqlError as problem:
        raise query_problem(problem.message) from None


def apex_query(text: str, schema: Schema) -> Query:
    """The query of a text that the calling Apex may run. QueryException otherwise."""
    query = parsed_query(text)
    problem = next(query_refusals(query, schema), None)
    if query.mode == "SECURITY_ENFORCED" and caller_is_modern():
        problem = problem or SECURED
    if problem is not None:
        raise query_problem(problem)
    return query
