"""What an inline query answers, from its text: rows of an object, aggregates, a number, lists."""

from __future__ import annotations

import re

from sfgen.apex.types.model import INTEGER, SOBJECT, ApexType, list_of

__all__ = ["row_type"]

_COUNT = re.compile(r"\s*select\s+count\s*\(\s*\)\s+from\b", re.IGNORECASE)
_AGGREGATE = re.compile(r"\b(?:count|count_distinct|sum|avg|min|max|grouping)\s*\(", re.IGNORECASE)
_GROUP = re.compile(r"\bgroup\s+by\b", re.IGNORECASE)
_WORD = re.compile(r"'(?:[^'\\]|\\.)*'|[()]|[\w.]+", re.DOTALL)


def row_type(text: str) -> ApexType:
    """The type of a row; Integer for `SELECT COUNT()`, a list of lists for a search."""
    if text[:4].lower() == "find":
        return list_of(list_of(SOBJECT))
    if _COUNT.match(text):
        return INTEGER
    depth, outside, name = 0, [], ""
    words = _WORD.findall(text)
    for place, word in enumerate(words):
        depth += (word == "(") - (word == ")")
        if depth == 0 and word.lower() == "from" and place + 1 < len(words):
            name = words[place + 1]
            break
        if depth <= 1:
            outside.append(word)
    selected = " ".join(outside)
    if _AGGREGATE.search(selected) or _GROUP.search(text):
        return ApexType("AggregateResult")
    return ApexType(name)
