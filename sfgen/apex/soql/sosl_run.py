"""SOSL: in tests the fixed results, filtered as RETURNING says (SQ13); else a search by words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sfgen.apex.runtime.execution import current
from sfgen.apex.runtime.values import ApexList
from sfgen.apex.soql.soql_run import QueryRun
from sfgen.apex.syntax.soql_nodes import (
    Bind,
    Comparison,
    FieldPath,
    ListLiteral,
    Literal,
    Logical,
)
from sfgen.apex.types.model import SOBJECT, list_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sfgen.apex.access.permissions import Permissions
    from sfgen.apex.schema.schema import ObjectType
    from sfgen.apex.store.org_data import OrgData
    from sfgen.apex.syntax.soql_nodes import Query, Search
    from sfgen.apex.terms.access_mode import Access

__all__ = ["run_search"]

_SEARCHED = frozenset("STRING TEXTAREA PHONE EMAIL URL".split())


def run_search(
    data: OrgData,
    permissions: Permissions,
    search: Search,
    bound: Callable[[Bind], Any],
    access: Access,
) -> ApexList:
    """One list of records per object of RETURNING."""
    term = (
        bound(search.term) if isinstance(search.term, Bind) else getattr(search.term, "value", "")
    )
    results = []
    for each in search.returning:
        owner = data.schema[each.source]
        ids = _ids(data, owner, str(term))
        query = _restricted(each.query, ids, search)
        run = QueryRun(data.store, bound, access, permissions.visible_rows)
        results.append(run.run(query))
    return ApexList(results, list_of(SOBJECT))


def _restricted(query: Query, ids: list[str], search: Search) -> Query:
    items = ListLiteral(tuple(Literal("string", each) for each in ids))
    known = Comparison(FieldPath(("Id",)), "IN", items)
    where = Logical("AND", (known, query.where)) if query.where is not None else known
    return replace(query, where=where, limit=query.limit or search.limit)


def _ids(data: OrgData, owner: ObjectType, term: str) -> list[str]:
    test = current().test
    if test.running:
        return [each for each in test.fixed_search_results if each[:3] == owner.prefix]
    words = [re.escape(word).replace(r"\*", r"\w*").replace(r"\?", r"\w") for word in term.split()]
    patterns = [re.compile(rf"\b{word}", re.IGNORECASE) for word in words]
    searched = [each.key for each in owner.fields.values() if each.type in _SEARCHED]
    found = []
    for row in data.store.rows_where(owner, 'NOT "isdeleted"', []):
        text = " ".join(str(row.get(key) or "") for key in searched)
        if patterns and all(pattern.search(text) for pattern in patterns):
            found.append(str(row["id"]))
    return found
