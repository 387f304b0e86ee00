"""Where a formula is evaluated: what its names mean, and what differs from place to place."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sfgen.formula.functions import FUNCTIONS
from sfgen.formula.tree import FormulaError
from sfgen.formula.values import as_number, as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from sfgen.formula.tree import Node

    Lazy = Callable[[tuple[Node, ...], "Scope"], Any]

__all__ = ["Scope"]


class Scope:
    """The language as it is everywhere; a place of use inherits from it.

    `functions` look at values only; `own_functions` decide themselves what they evaluate, and
    stand before the language's own such as IF.
    """

    functions: Mapping[str, Callable[..., Any]] = FUNCTIONS
    own_functions: Mapping[str, Lazy] = {}

    def resolve(self, parts: tuple[str, ...]) -> Any:
        """The value of a dotted name."""
        raise FormulaError(f"Field {'.'.join(parts)} does not exist")

    def member(self, value: Any, key: Any) -> Any:
        """The value of `value[key]`."""
        del value
        raise FormulaError(f"not supported yet: a member {as_text(key)} in a formula")

    def unsupported(self, name: str) -> FormulaError:
        """What to raise for a function that isn't there."""
        return FormulaError(f"not supported yet: {name} in a formula")

    def undefined(self, reason: str) -> Any:
        """The value of what has none, such as 1 / 0 or VALUE('x'): null."""
        del reason

    def unfilled(self) -> Scope:
        """The same place where blank numbers stay blank, as ISBLANK asks for a field."""
        return self

    def truth(self, value: Any) -> bool:
        """Whether a value counts as true."""
        return bool(value)

    def number(self, value: Any) -> Decimal:
        """A value that is calculated with."""
        try:
            return as_number(value)
        except ArithmeticError:
            raise FormulaError(f"{as_text(value)!r} is no number") from None

    def same(self, first: Any, second: Any) -> bool:
        """Whether two values are equal; an empty text is null."""
        return bool((None if first == "" else first) == (None if second == "" else second))

    def differ(self, first: Any, second: Any) -> bool:
        """Whether two values are unequal."""
        return not self.same(first, second)

    def is_less(self, first: Any, second: Any) -> bool:
        """Whether `first` comes before `second`; null comes nowhere."""
        if first is None or second is None:
            return False
        if isinstance(first, dt.datetime) != isinstance(second, dt.datetime):
            first = first.date() if isinstance(first, dt.datetime) else first
            second = second.date() if isinstance(second, dt.datetime) else second
        try:
            return bool(first < second)
        except TypeError:
            shown = f"{as_text(first)!r} and {as_text(second)!r}"
            raise FormulaError(f"{shown} can't be compared") from None

    def calculate(self, sign: str, first: Any, second: Any) -> Any:
        """`first sign second` for the signs of arithmetic."""
        from sfgen.formula.arithmetic import calculate

        return calculate(sign, first, second, self)
