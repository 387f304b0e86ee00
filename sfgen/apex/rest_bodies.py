"""The body of an Apex REST request as its method's arguments, and what is wrong with one.

Apex Developer Guide, "Apex REST Methods": a body is deserialized into the method's parameters. A
member that is no parameter, or a body that is no object, is a bad request; the words are those of
public reports. Members of a parameter's own class that it doesn't have are passed over.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sfgen.apex.library.json.json_class import deserialize
from sfgen.apex.library.json.json_tokens import tokens_of
from sfgen.apex.runtime.exceptions import ApexException
from sfgen.apex.types.model import type_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfgen.apex.library.json.json_tokens import Token

__all__ = ["BadBodyError", "read_arguments"]

_OPENED: Final = frozenset({"START_OBJECT", "START_ARRAY", "VALUE_STRING"})
_DEPTHS: Final = {"START_OBJECT": 1, "START_ARRAY": 1, "END_OBJECT": -1, "END_ARRAY": -1}


class BadBodyError(Exception):
    """A body that the platform refuses with 400, JSON_PARSER_ERROR; the message is its own."""


def read_arguments(kinds: Sequence[str], names: Sequence[str], body: str) -> list[Any]:
    """The method's arguments in order; null for a member that isn't there. Raises BadBodyError."""
    if not kinds:
        return []
    try:
        tokens = tokens_of(body) if body.strip() else []
    except ApexException as failure:
        text = failure.text.partition(" at input location")[0]
        raise BadBodyError(f"{text} at [line:1, column:1]") from None
    if not tokens:
        return [None] * len(kinds)
    if tokens[0].kind != "START_OBJECT":
        where = _place(body, tokens[0])
        raise BadBodyError(f"Expected JSON object to deserialize apex parameter from at {where}")
    values = dict(_members(tokens, names, body))
    data = json.loads(body)
    return [
        _typed(kind, data.get(name), _place(body, values[name])) if name in values else None
        for name, kind in zip(names, kinds, strict=True)
    ]


def _typed(kind: str, data: Any, where: str) -> Any:
    if data is None:
        return None
    try:
        return deserialize(json.dumps(data), type_named(kind))
    except ApexException as failure:
        if failure.type_name != "System.JSONException":
            raise
        raise BadBodyError(f"{failure.text} at {where}") from None


def _members(tokens: Sequence[Token], names: Sequence[str], body: str) -> list[tuple[str, Token]]:
    """The object's own members with the tokens that their values begin with."""
    found: list[tuple[str, Token]] = []
    depth = 0
    for place, token in enumerate(tokens):
        depth += _DEPTHS.get(token.kind, 0)
        if token.kind != "FIELD_NAME" or depth != 1:
            continue
        value = tokens[place + 1]
        if token.value not in names:
            where = _place(body, value)
            raise BadBodyError(
                f"Unexpected parameter encountered during deserialization: {token.value} at {where}"
            )
        found.append((token.value, value))
    return found


def _place(body: str, value: Token) -> str:
    """Where the platform's parser (Jackson) stands once it has seen what a value begins with."""
    seen = 1 if value.kind in _OPENED else len(value.text)
    offset = value.place + seen
    line = body.count("\n", 0, offset) + 1
    return f"[line:{line}, column:{offset - (body.rfind(chr(10), 0, offset) + 1) + 1}]"
