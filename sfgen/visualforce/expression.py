"""Expressions of Visualforce: what stands between ``{!`` and ``}``, as the tree of a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sfgen.formula import FormulaSyntaxError, parse_formula
from sfgen.visualforce.errors import VisualforceError

if TYPE_CHECKING:
    from sfgen.formula import Node

#: Characters of an expression in an error.
_SHOWN: Final = 120


def parse_expression(text: str) -> Node:
    """Parse what stands between ``{!`` and ``}``.

    Raises:
        VisualforceError: it is no expression.
    """
    try:
        return parse_formula(text)
    except FormulaSyntaxError as error:
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
        raise VisualforceError(f"{{!{shown}}} is no expression: {error.reason}") from None
