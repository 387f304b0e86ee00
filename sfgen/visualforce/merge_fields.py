"""Texts with merge fields: ``{!...}``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfgen.visualforce.errors import VisualforceError
from sfgen.visualforce.expression import parse_expression

if TYPE_CHECKING:
    from sfgen.formula import Node


def split_text(text: str) -> list[str | Node]:
    """Cut a text into its own characters and its merge fields.

    Raises:
        VisualforceError: a merge field has no end, or is no expression.
    """
    parts: list[str | Node] = []
    position = 0
    while (start := text.find("{!", position)) >= 0:
        if start > position:
            parts.append(text[position:start])
        end = _closing_brace(text, start + 2)
        parts.append(parse_expression(text[start + 2 : end]))
        position = end + 1
    if position < len(text):
        parts.append(text[position:])
    return parts


def _closing_brace(text: str, position: int) -> int:
    quote = ""
    while position < len(text):
        letter = text[position]
        if quote:
            if letter == "\\":
                position += 1
            elif letter == quote:
                quote = ""
        elif letter in "'\"":
            quote = letter
        elif letter == "}":
            return position
        position += 1
    raise VisualforceError("a merge field {! has no closing brace")


def is_encoded(node: Node) -> bool:
    """Say whether an expression's value is fit for a script."""
    name = getattr(node, "name", "")
    first = getattr(node, "parts", ("",))[0].lower()
    return name in {"JSENCODE", "URLFOR", "IF"} or first in {"$remoteaction", "$resource"}
